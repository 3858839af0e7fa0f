"""A decision in a scenario's row as fields: the gate, what is decided, and all that a real decision says beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext

from app.designer.decision_words import said_words
from app.designer.row_asks import LONGEST, AskKind, Kept, Part, Raw, Typed, select, text
from app.designer.row_attendance import MOST_SEATS, TAKEN, attendance_part, fits, read_attendance
from app.designer.row_demands import CONDITION, demands_parts, read_demands
from app.designer.row_options import Known
from app.designer.row_record import RECORD, read_record, record_parts
from workflows.kernel.errors import Text, _l

DAYS: tuple[tuple[str, Text], ...] = (
    ("due_on", _l("Komplettering klar senast")),
    ("defer_to", _l("Tas upp igen")),
    ("resume_on", _l("Återupptas tidigast")),
)
SAID = ("motivation", *(name for name, _ in DAYS))
FIRST = ("outcome", "target")


def decision_parts(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the fields of a decision; what is written in a way that no field holds stays as it is."""
    said: Raw = raw.get("with") or {}
    gate = str(raw.get("decide") or "")
    shown = {name: value for name, value in said.items() if _has_field(name, value)}
    kept = tuple(
        Kept(name=f"drop-with-{name}", words=said_words(known.bundle, name, value))
        for name, value in said.items()
        if name not in FIRST and name not in shown
    )
    return (
        Part(key="decision", title=gettext("Beslutet"), asks=_first(known, gate, said)),
        Part(
            key="said",
            title=gettext("Motivering och dagar"),
            hint=gettext("Det hindrar eller styr inte vart projektet går."),
            asks=(
                text("motivation", gettext("Motivering"), shown.get("motivation"), kind=AskKind.AREA),
                *(text(name, gettext(label), shown.get(name), kind=AskKind.DATE) for name, label in DAYS),
            ),
            kept=kept,
            folded=True,
            says=bool(kept) or any(name in shown for name in SAID),
        ),
        *demands_parts(known, gate, shown, form),
        attendance_part(shown, form),
        *record_parts(shown),
    )


def _first(known: Known, gate: str, said: Raw) -> tuple[Any, ...]:
    return (
        select("gate", gettext("Beslutspunkt"), (("", gettext("Välj")), *known.gates()), gate),
        select(
            "outcome", gettext("Beslutet blir"), (("", gettext("Välj")), *known.outcomes(gate)), said.get("outcome", "")
        ),
        select(
            "target",
            gettext("Tillbaka till"),
            (("", gettext("Ingen fas")), *known.back_to(gate)),
            said.get("target", ""),
            gettext("Bara när beslutet är att komplettera."),
        ),
    )


def _has_field(name: str, value: Any) -> bool:
    """Tell whether a value can stand in the field of its name."""
    if name in TAKEN:
        return fits(name, value)
    if name == "reopen":
        return isinstance(value, list) and len(value) <= MOST_SEATS and all(isinstance(one, str) for one in value)
    if name == "conditions":
        return isinstance(value, list) and len(value) <= MOST_SEATS and all(map(_is_condition, value))
    if name in ("in_favour", "against", "plan_version"):
        return type(value) is int
    return name in (*SAID, *RECORD) and _is_written(name, value)


def _is_condition(value: Any) -> bool:
    if not isinstance(value, Mapping) or not set(value) <= set(CONDITION):
        return False
    return all(_is_written(part, said) for part, said in value.items())


def _is_written(name: str, value: Any) -> bool:
    """Tell whether a text fits its field: a day is one that there is, and nothing is cut off."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return False
    try:
        return (not name.endswith("_on") and name != "defer_to") or bool(date.fromisoformat(value))
    except ValueError:
        return False


def read_decision(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    """Return the gate and what is decided."""
    first, said, *more = decision_parts(known, raw, typed.form)
    before: Raw = raw.get("with") or {}
    gate, found = _read_first(first, typed)
    found |= {"motivation": typed.lines("motivation")} | {name: typed.day(name) for name, _ in DAYS}
    shown = {name: value for name, value in before.items() if _has_field(name, value)}
    seats = next(part for part in more if part.key == "seat")
    found |= read_demands(more, typed) | read_attendance(seats, shown, typed) | read_record(more, typed)
    dropped = typed.drops(said.kept)
    held = {one.name.removeprefix("drop-with-") for one in said.kept if one.name not in dropped}
    found |= {name: value for name, value in before.items() if name in held}
    found = {name: value for name, value in found.items() if value not in ("", None, [], {})}
    order = [*before, *(name for name in found if name not in before)]
    return {"decide": gate, "with": {name: found[name] for name in order if name in found}}


def _read_first(part: Part, typed: Typed) -> tuple[str, dict[str, Any]]:
    gate = typed.choice(part.asks[0], gettext("Välj en beslutspunkt som modellen har"))
    outcome = typed.choice(part.asks[1], gettext("Välj ett beslut som beslutspunkten tillåter"))
    target = typed.choice(part.asks[2], gettext("Välj en fas som beslutspunkten kan gå tillbaka till"))
    if not gate:
        typed.errors.setdefault("gate", gettext("Välj vilken beslutspunkt det gäller"))
    if not outcome:
        typed.errors.setdefault("outcome", gettext("Välj vad beslutet blir"))
    if outcome and outcome != "rework" and target:
        typed.errors.setdefault("target", gettext("Bara en komplettering går tillbaka. Välj ingen fas"))
    return gate, {"outcome": outcome, "target": target}
