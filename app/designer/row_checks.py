"""What a scenario checks, as fields: what waits and for whom, how decisions went, which phase it is, how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.row_asks import Ask, AskKind, Kept, Options, Part, Raw, Typed, select, text, tick
from app.designer.row_options import Known
from app.designer.row_waiting import lines, none, open_part, read_open

NOT_DECIDED = "!"


def check_parts(known: Known, expect: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the fields of a check; what it does not say is folded."""
    return tuple(build(known, expect, form) for build, _ in _PARTS)


def read_checks(known: Known, expect: Raw, typed: Typed) -> dict[str, Any]:
    """Return what is checked as it was typed; what has no field stays unless it was dropped."""
    found: dict[str, Any] = {}
    for build, read in _PARTS:
        found |= read(known, expect, build(known, expect, typed.form), typed)
    order = [*expect, *(key for key in found if key not in expect)]
    return {key: found[key] for key in order if key in found}


# What does not wait, and which ends were reached: lists of names.


def _list(key: str, title: str, label: str, options: Callable[[Known], Options]) -> _Pair:
    def build(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
        said = list(expect.get(key) or ())
        choices = (*none(gettext("Inget")), *options(known))
        entries = tuple(
            (select(f"{key}-{number}-name", gettext(label), choices, one or ""),)
            for number, one in lines(form, key, said)
        )
        return Part(key=key, title=gettext(title), entries=entries, folded=True, says=bool(said))

    def read(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
        names = [typed.choice(entry[0], gettext("Välj något som modellen har")) for entry in part.entries]
        found = [name for name in names if name]
        return {key: found} if found or (key in expect and not expect[key]) else {}

    return build, read


# How decisions went.


def _gates(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    said = list((expect.get("gates") or {}).items())
    return Part(
        key="gates",
        title=gettext("Så blev besluten"),
        entries=tuple(tuple(_gate(known, number, one)) for number, one in lines(form, "gates", said)),
        folded=True,
        says=bool(said),
    )


def _gate(known: Known, number: int, one: tuple[str, Any] | None) -> Iterator[Ask]:
    key, fields = one or ("", {})
    at, said = f"gates-{number}", fields or {}
    outcome = NOT_DECIDED if one is not None and fields is None else said.get("outcome", "")
    outcomes = (*none(gettext("Kontrolleras inte")), (NOT_DECIDED, gettext("Inte beslutad än")), *known.outcomes(""))
    yield select(f"{at}-gate", gettext("Beslutspunkt"), (*none(gettext("Ingen")), *known.gates()), key)
    yield select(f"{at}-outcome", gettext("Blev"), outcomes, outcome)
    yield select(
        f"{at}-target",
        gettext("Tillbaka till"),
        (*none(gettext("Kontrolleras inte")), *known.phases()),
        said.get("target", ""),
    )
    yield text(f"{at}-round", gettext("Omgång"), said.get("round"), kind=AskKind.NUMBER)


def _read_gates(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    before, found = expect.get("gates") or {}, {}
    for gate, outcome, target, rounds in part.entries:
        wrong = gettext("Välj något som modellen har")
        key, said = typed.choice(gate, wrong), typed.choice(outcome, wrong)
        fields = {"outcome": said, "target": typed.choice(target, wrong)}
        number = typed.number(rounds.name, gettext("Skriv omgången med en siffra"))
        whole = {name: value for name, value in fields.items() if value} | ({} if number is None else {"round": number})
        if not key:
            if whole and gate.name not in typed.errors:
                typed.errors[gate.name] = gettext("Välj vilken beslutspunkt det gäller")
            continue
        if not whole:
            typed.errors[outcome.name] = gettext("Välj hur beslutet blev")
        null = {"target": None} if (before.get(key) or {}).get("target", "") is None and "target" not in whole else {}
        found[key] = None if said == NOT_DECIDED else {**whole, **null}
    return {"gates": found} if found else {}


# The phase, and how it ended.


def _state(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    unsaid = none(gettext("Kontrolleras inte"))
    truth = {True: "true", False: "false"}
    ended = (*unsaid, ("true", gettext("Inget är kvar att göra")), ("false", gettext("Något är kvar att göra")))
    return Part(
        key="state",
        title=gettext("Så står det till med projektet"),
        asks=(
            select("phase", gettext("Projektet är i fasen"), (*unsaid, *known.phases()), expect.get("phase", "")),
            select(
                "ended",
                gettext("Kvar att göra"),
                ended,
                truth.get(bool(expect["ended"]), "") if "ended" in expect else "",
            ),
            select("end", gettext("Så slutade det"), (*unsaid, *known.endings()), expect.get("end", "")),
        ),
        folded=True,
        says=bool({"phase", "ended", "end"} & set(expect)),
    )


def _read_state(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    phase, ended, end = (typed.choice(ask, gettext("Välj något som modellen har")) for ask in part.asks)
    found: dict[str, Any] = {"phase": phase, "end": end}
    return {key: value for key, value in found.items() if value} | ({"ended": ended == "true"} if ended else {})


# What the row before led to, and which times run.


def _effects(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    said = list(expect.get("effects") or ())
    return Part(
        key="effects",
        title=gettext("Raden före leder till"),
        asks=(tick("effects_none", gettext("Ingenting fryses eller registreras"), expect.get("effects") == []),),
        entries=tuple(tuple(_effect(known, number, one or "")) for number, one in lines(form, "effects", said)),
        folded=True,
        says="effects" in expect,
    )


def _effect(known: Known, number: int, said: str) -> Iterator[Ask]:
    kind, _, rest = said.partition(" ")
    gate, _, item = rest.partition("[")
    kinds = (
        ("", gettext("Inget")),
        ("freeze", gettext("Underlaget fryses")),
        ("record", gettext("Beslutet registreras")),
        ("notify", gettext("Ett meddelande går ut")),
    )
    at = f"effects-{number}"
    yield select(f"{at}-kind", gettext("Vad"), kinds, kind)
    yield select(f"{at}-gate", gettext("Inför"), (*none(gettext("Ingen beslutspunkt")), *known.gates()), gate)
    if known.items or item:
        yield select(f"{at}-item", gettext("Vilken"), (*none(gettext("Sägs inte")), *known.several()), item.rstrip("]"))


def _read_effects(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    found = []
    for entry in part.entries:
        kind, gate, *more = (typed.choice(ask, gettext("Välj något som modellen har")) for ask in entry)
        if kind and kind != "notify" and not gate:
            typed.errors[entry[1].name] = gettext("Välj vilken beslutspunkt det gäller")
        item = f"[{more[0]}]" if more and more[0] and gate else ""
        found += [f"{kind} {gate}{item}".strip()] if kind else []
    return {"effects": found} if found or typed.ticked("effects_none") else {}


def _due(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    said = list((expect.get("due") or {}).items())
    events = (*none(gettext("Ingen")), *known.timers())
    return Part(
        key="due",
        title=gettext("Tider som löper"),
        asks=(tick("due_none", gettext("Ingen tid löper"), expect.get("due") == {}),),
        entries=tuple(
            (
                select(f"due-{number}-event", gettext("Händelse"), events, one[0] if one else ""),
                text(f"due-{number}-day", gettext("Den dagen"), one[1][:10] if one else "", kind=AskKind.DATE),
            )
            for number, one in lines(form, "due", said)
        ),
        folded=True,
        says="due" in expect,
    )


def _read_due(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    before: Mapping[str, str] = expect.get("due") or {}
    found = {}
    for event, day in part.entries:
        node, said = typed.choice(event, gettext("Välj något som modellen har")), typed.day(day.name)
        if node and not said:
            typed.errors.setdefault(day.name, gettext("Skriv vilken dag tiden går ut"))
        elif said and not node:
            typed.errors.setdefault(event.name, gettext("Välj vilken händelse tiden gäller"))
        elif node:
            found[node] = before[node] if before.get(node, "")[:10] == said else said
    return {"due": found} if found or typed.ticked("due_none") else {}


# What has no field.


def _variables(known: Known, expect: Raw, form: Mapping[str, str]) -> Part:
    said: Mapping[str, Any] = expect.get("variables") or {}
    kept = tuple(
        Kept(
            name=f"drop-variables-{name}",
            words=gettext("%(step)s är inte besvarat", step=known.names.variable(name))
            if fields is None
            else gettext(
                "%(step)s: %(answers)s", step=known.names.variable(name), answers=known.names.answers(name, fields)
            ),
        )
        for name, fields in said.items()
    )
    return Part(key="variables", title=gettext("Det är svarat"), kept=kept, folded=True, says=bool(kept))


def _read_variables(known: Known, expect: Raw, part: Part, typed: Typed) -> dict[str, Any]:
    dropped = typed.drops(part.kept)
    said: Mapping[str, Any] = expect.get("variables") or {}
    found = {name: fields for name, fields in said.items() if f"drop-variables-{name}" not in dropped}
    return {"variables": found} if found else {}


_Pair = tuple[
    Callable[[Known, Raw, Mapping[str, str]], Part],
    Callable[[Known, Raw, Part, Typed], dict[str, Any]],
]

_PARTS: tuple[_Pair, ...] = (
    (open_part, read_open),
    _list("closed", "Väntar inte på", "Steg", lambda known: known.steps()),
    (_gates, _read_gates),
    (_state, _read_state),
    (_effects, _read_effects),
    (_due, _read_due),
    _list("passed", "Slut som är nådda", "Slut", lambda known: known.ends()),
    (_variables, _read_variables),
)
