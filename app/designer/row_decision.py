"""A decision in a scenario's row as fields: the gate, what is decided, where it goes back, why and until when."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from app.designer.row_asks import AskKind, Kept, Part, Raw, Typed, select, text
from app.designer.row_options import Known
from app.designer.try_decision import said_words
from workflows.kernel.errors import Text, _l

DAYS: tuple[tuple[str, Text], ...] = (
    ("due_on", _l("Komplettering klar senast")),
    ("defer_to", _l("Tas upp igen")),
    ("resume_on", _l("Återupptas tidigast")),
    ("held_on", _l("Mötets dag")),
)
FIELDS = ("outcome", "target", "motivation", *(name for name, _ in DAYS))


def decision_parts(known: Known, raw: Raw) -> tuple[Part, ...]:
    """Return the fields of a decision; what else it says of a meeting stays as it is."""
    said: Raw = raw.get("with") or {}
    gate = str(raw.get("decide") or "")
    first = (
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
    more = (
        text("motivation", gettext("Motivering"), said.get("motivation"), kind=AskKind.AREA),
        *(text(name, gettext(label), said.get(name), kind=AskKind.DATE) for name, label in DAYS),
    )
    kept = tuple(
        Kept(name=f"drop-with-{name}", words=said_words(name, value))
        for name, value in said.items()
        if name not in FIELDS
    )
    words = gettext("Det hindrar eller styr inte vart projektet går.")
    return (
        Part(key="decision", title=gettext("Beslutet"), asks=first),
        Part(
            key="said",
            title=gettext("Motivering och dagar"),
            hint=words,
            asks=more,
            kept=kept,
            folded=True,
            says=bool(set(said) - {"outcome", "target"}),
        ),
    )


def read_decision(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    """Return the gate and what is decided."""
    decision, more = decision_parts(known, raw)
    before: Raw = raw.get("with") or {}
    gate = typed.choice(decision.asks[0], gettext("Välj en beslutspunkt som modellen har"))
    outcome = typed.choice(decision.asks[1], gettext("Välj ett beslut som beslutspunkten tillåter"))
    target = typed.choice(decision.asks[2], gettext("Välj en fas som beslutspunkten kan gå tillbaka till"))
    if not gate:
        typed.errors.setdefault("gate", gettext("Välj vilken beslutspunkt det gäller"))
    if not outcome:
        typed.errors.setdefault("outcome", gettext("Välj vad beslutet blir"))
    if outcome and outcome != "rework" and target:
        typed.errors.setdefault("target", gettext("Bara en komplettering går tillbaka. Välj ingen fas"))
    found: dict[str, Any] = {"outcome": outcome, "target": target, "motivation": typed.lines("motivation")}
    found |= {name: typed.day(name) for name, _ in DAYS}
    dropped = typed.drops(more.kept)
    found |= {
        name: value for name, value in before.items() if name not in FIELDS and f"drop-with-{name}" not in dropped
    }
    found = {name: value for name, value in found.items() if value not in ("", None)}
    order = [*before, *(name for name in found if name not in before)]
    return {"decide": gate, "with": {name: found[name] for name in order if name in found}}
