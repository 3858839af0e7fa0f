"""A row of a scenario as a form: its fields by what the row does, and the row that was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.row_answers import answer_parts, read_answers
from app.designer.row_asks import AskKind, Kept, Part, Raw, Typed, select, slots, text, tick
from app.designer.row_checks import check_parts, read_checks
from app.designer.row_decision import decision_parts, read_decision
from app.designer.row_facts import facts_part, read_facts
from app.designer.row_options import Known
from app.designer.row_time import read_wait, wait_part
from workflows.kernel.errors import Text, _l
from workflows.models.scenario import Verb

VERBS: Mapping[Verb, tuple[Text, Text]] = {
    Verb.DO: (_l("Gör ett steg"), _l("Någon lämnar in ett steg, med de svar du väljer.")),
    Verb.UNTIL: (
        _l("Spela fram till"),
        _l("Allt på vägen görs med vanliga svar, tills steget eller beslutspunkten väntar."),
    ),
    Verb.DECIDE: (_l("Besluta"), _l("Beslutet begärs och fattas vid en beslutspunkt.")),
    Verb.EXPECT: (
        _l("Kontrollera"),
        _l("Vad som väntar, vem som beslutar, hur det blev. Stämmer det inte håller inte scenariot."),
    ),
    Verb.WAIT: (_l("Låt tiden gå"), _l("Ett antal dagar, eller till en viss dag.")),
    Verb.FACTS: (_l("Ändra fakta"), _l("Till exempel projektets kostnad eller storlek, från och med nu.")),
    Verb.SEND: (_l("Skicka ett meddelande"), _l("Till exempel att begäran tas tillbaka eller att projektet avbryts.")),
    Verb.CANCEL: (_l("Avsluta där det står"), _l("Projektet avbryts utan att gå vidare i modellen.")),
}
"""What a row can do, in the order in which it is offered, and what that means."""


def row_parts(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    """Return the fields of a row, as many lines in its lists as were posted (`form`)."""
    verb = verb_of(raw)
    note = Part(
        key="note",
        title="",
        asks=(
            text("note", gettext("Anteckning"), raw.get("note"), gettext("Visas när raden inte håller. Får vara tom.")),
        ),
    )
    return (*_BUILD[verb](known, raw, form), note)


def read_row(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    """Return the row that was typed; look at `typed.errors` before it is used."""
    verb = verb_of(raw)
    found = _READ[verb](known, raw, typed)
    note = typed.words("note")
    whole = {**found, **({"note": note} if note else {})}
    order = [*raw, *(key for key in whole if key not in raw)]
    return {key: whole[key] for key in order if key in whole}


def verb_of(raw: Raw) -> Verb:
    """Return what a row does."""
    return next((verb for verb in Verb if verb in raw), Verb.DO)


def empty_row(known: Known, verb: Verb) -> dict[str, Any]:
    """Return a new row that does something: with what waits where it stands, if anything does."""
    waiting = [task for task in known.open_tasks if not known.decides(task.node)]
    gates = [task.gate for task in known.open_tasks if task.gate]
    match verb:
        case Verb.DO:
            return {"do": waiting[0].node if waiting else next((key for key, _ in known.doable()), "")}
        case Verb.DECIDE:
            return {"decide": gates[0] if gates else next((key for key, _ in known.gates()), ""), "with": {}}
        case Verb.FACTS | Verb.EXPECT:
            return {verb: {}}
        case Verb.CANCEL:
            return {"cancel": True}
        case _:
            return {verb: ""}


def with_subject(known: Known, raw: Raw, form: Mapping[str, str]) -> dict[str, Any]:
    """Return a row about the step or gate that was chosen in the form, so that its questions can be shown."""
    verb = verb_of(raw)
    if verb is Verb.DO and "step-0" in form:
        nodes = [form[name] for number in range(slots(form, "step", 0)) if form.get(name := f"step-{number}")]
        return {**raw, "do": nodes if len(nodes) > 1 else next(iter(nodes), "")}
    if verb is Verb.DECIDE and "gate" in form:
        return {**raw, "decide": form["gate"]}
    return dict(raw)


def nodes_of(raw: Raw) -> list[str]:
    """Return the steps that a row does."""
    done = raw.get("do") or []
    return [done] if isinstance(done, str) else list(done)


# A step.


def _do(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    nodes, none = nodes_of(raw), ("", gettext("Inget mer"))
    count = max(slots(form, "step", len(nodes)), 1)
    steps = tuple(
        (
            select(
                f"step-{number}",
                gettext("Steg") if number == 0 else gettext("Och sedan"),
                (known.doable() if number == 0 else (none, *known.steps()))
                if not raw.get("refused")
                else (none, *known.steps()),
                nodes[number] if number < len(nodes) else "",
            ),
        )
        for number in range(count)
    )
    answers = answer_parts(known, nodes[0], raw.get("with") or {}) if nodes else ()
    return (Part(key="step", title=gettext("Vilket steg"), entries=steps), *answers, _more(known, raw))


def _read_do(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    step, *_ = _do(known, raw, typed.form)
    wrong = gettext("Välj ett steg som modellen har")
    nodes = [node for entry in step.entries if (node := typed.choice(entry[0], wrong))]
    if not nodes:
        typed.errors.setdefault("step-0", gettext("Välj vilket steg som görs"))
    answers = read_answers(known, nodes[0], raw.get("with") or {}, typed) if nodes else {}
    said = {"do": nodes if len(nodes) > 1 else next(iter(nodes), ""), **_read_more(known, raw, typed)}
    return {**said, "with": answers} if answers else said


def _more(known: Known, raw: Raw) -> Part:
    asks = [select("by", gettext("Görs av"), (("", gettext("Kontrolleras inte")), *known.holders()), raw.get("by", ""))]
    if known.items or raw.get("item"):
        asks.append(
            select(
                "item", gettext("Vilken av flera"), (("", gettext("Sägs inte")), *known.several()), raw.get("item", "")
            )
        )
    if "do" in raw:
        asks.append(tick("every", gettext("Alla som väntar, en efter en"), raw.get("every")))
    if "decide" in raw:
        modes = (("", gettext("Kontrolleras inte")), *known.modes())
        asks.insert(0, select("mode", gettext("Beslutas av"), modes, raw.get("mode", "")))
    asks.append(tick("refused", gettext("Det ska inte gå"), raw.get("refused")))
    says = bool({"by", "item", "every", "refused", "at", "mode"} & set(raw))
    kept = (
        (Kept(name="drop-at", words=gettext("bara i %(place)s", place=known.names.place(raw["at"]))),)
        if raw.get("at")
        else ()
    )
    return Part(
        key="more", title=gettext("Vem, vilken och om det ska gå"), asks=tuple(asks), kept=kept, folded=True, says=says
    )


def _read_more(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    part = _more(known, raw)
    found: dict[str, Any] = {}
    for ask in part.asks:
        value: Any = (
            typed.ticked(ask.name)
            if ask.kind is AskKind.CHECK
            else typed.choice(ask, gettext("Välj något som modellen har"))
        )
        found |= {ask.name: value} if value else {}
    if raw.get("at") and "drop-at" not in typed.drops(part.kept):
        found["at"] = raw["at"]
    return found


# A way.


def _until(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    targets = (("", gettext("Välj")), *known.gates(), *known.steps())
    kept = tuple(
        Kept(
            name=f"drop-with-{node}",
            words=gettext(
                "i %(step)s svaras att %(what)s", step=known.names.element(node), what=_said(known, node, said)
            ),
        )
        for node, said in (raw.get("with") or {}).items()
    )
    asks = (select("until", gettext("Steg eller beslutspunkt"), targets, raw.get("until", "")),)
    return (Part(key="way", title=gettext("Fram till"), asks=asks, kept=kept),)


def _said(known: Known, node: str, said: Raw) -> str:
    task = known.task(node)
    return known.names.answers(task.variable if task is not None else node, said)


def _read_until(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    (part,) = _until(known, raw, typed.form)
    dropped = typed.drops(part.kept)
    kept = {node: said for node, said in (raw.get("with") or {}).items() if f"drop-with-{node}" not in dropped}
    target = typed.choice(part.asks[0], gettext("Välj ett steg eller en beslutspunkt som modellen har"))
    if not target:
        typed.errors.setdefault("until", gettext("Välj vart det spelas"))
    return {"until": target, **({"with": kept} if kept else {})}


# A message, facts, time, the end.


def _send(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    value = f"{raw['send']}@{raw.get('at', '')}" if raw.get("send") else ""
    options = (("", gettext("Välj")), *known.messages())
    hint = gettext(
        "Listan har de meddelanden som projektet tar emot där raden står, och de som scenariot redan skickar."
    )
    asks = (
        select("message", gettext("Meddelande"), options, value, hint),
        tick("refused", gettext("Det ska inte gå"), raw.get("refused")),
    )
    return (Part(key="message", title=gettext("Vad som skickas"), asks=asks),)


def _read_send(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    (part,) = _send(known, raw, typed.form)
    chosen = typed.choice(part.asks[0], gettext("Välj ett meddelande som tas emot"))
    if not chosen:
        typed.errors.setdefault("message", gettext("Välj vilket meddelande som skickas"))
    message, _, place = chosen.partition("@")
    return {"send": message, "at": place, **({"refused": True} if typed.ticked("refused") else {})}


def _expect(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    return check_parts(known, raw.get("expect") or {}, form)


def _read_expect(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    found = read_checks(known, raw.get("expect") or {}, typed)
    if not found and not typed.errors:
        typed.errors["open_way"] = gettext("Välj något att kontrollera")
    return {"expect": found}


def _decision(known: Known, raw: Raw, form: Mapping[str, str]) -> tuple[Part, ...]:
    return (*decision_parts(known, raw, form), _more(known, raw))


def _read_decision(known: Known, raw: Raw, typed: Typed) -> dict[str, Any]:
    decided = read_decision(known, raw, typed)
    return {**decided, **_read_more(known, raw, typed)}


_Build = Callable[[Known, Raw, Mapping[str, str]], tuple[Part, ...]]
_Read = Callable[[Known, Raw, Typed], dict[str, Any]]

_BUILD: Mapping[Verb, _Build] = {
    Verb.DO: _do,
    Verb.UNTIL: _until,
    Verb.DECIDE: _decision,
    Verb.WAIT: lambda known, raw, form: (wait_part(raw),),
    Verb.SEND: _send,
    Verb.FACTS: lambda known, raw, form: (facts_part(known, raw.get("facts") or {}),),
    Verb.CANCEL: lambda known, raw, form: (),
    Verb.EXPECT: _expect,
}
_READ: Mapping[Verb, _Read] = {
    Verb.DO: _read_do,
    Verb.UNTIL: _read_until,
    Verb.DECIDE: _read_decision,
    Verb.WAIT: lambda known, raw, typed: {"wait": read_wait(raw, typed)},
    Verb.SEND: _read_send,
    Verb.FACTS: lambda known, raw, typed: {"facts": read_facts(known, raw.get("facts") or {}, typed)},
    Verb.CANCEL: lambda known, raw, typed: {"cancel": True},
    Verb.EXPECT: _read_expect,
}
