"""What a scenario checked and did not hold, in sentences: what was expected, what was found, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask_babel import gettext

from app.designer.scenario_names import ENDINGS, KINDS, Names
from app.shell.text import names as listed
from workflows.engine import OpenTask, TaskKind
from workflows.models.differing import Difference, Differs
from workflows.models.expecting import is_held_by
from workflows.models.model import Ending
from workflows.models.playing import Failure

Said = tuple[str, str, str]


def _missing(names: Names, one: Difference, failure: Failure) -> Said:
    entry: Mapping[str, Any] = one.wanted
    which = f" ({names.item(entry['item'])})" if entry.get("item") else ""
    expected = gettext("%(step)s%(which)s ska vara öppet", step=names.element(entry["node"]), which=which)
    details = listed([said for key, value in entry.items() if (said := _detail(names, key, value))])
    expected = f"{expected}, {details}." if details else f"{expected}."
    if not names.has(entry["node"]):
        return (
            expected,
            gettext("Modellen har inget sådant steg."),
            gettext("Ta bort steget ur kontrollen, eller låt Styr ta bort raderna om det."),
        )
    if not one.found:
        return (
            expected,
            gettext("Steget är inte öppet."),
            gettext("Lägg till det som saknas på en rad före, eller ändra det som kontrolleras."),
        )
    return (
        expected,
        " ".join(_instead(names, entry, task) for task in one.found),
        gettext("Ändra det som kontrolleras, eller modellen."),
    )


def _detail(names: Names, key: str, value: Any) -> str:
    """Return what an entry says of a step beside which one it is."""
    match key:
        case "by":
            return gettext("görs av %(who)s", who=names.role(value))
        case "gate":
            return gettext("inför %(gate)s", gate=names.gate(value))
        case "round":
            return gettext("i omgång %(number)s", number=value)
        case "at":
            return gettext("i %(place)s", place=names.place(value))
        case "due":
            return gettext("ska vara klart inom %(time)s", time=names.period(value))
        case "remind":
            return gettext("påminner efter %(time)s", time=names.period(value))
        case "escalate":
            return gettext("går vidare efter %(time)s", time=names.period(value))
        case "form":
            return gettext("med %(form)s", form=names.form(value))
        case "kind":
            return gettext("som %(kind)s", kind=gettext(KINDS[value])) if value in KINDS else ""
        case _:
            return ""


def _instead(names: Names, entry: Mapping[str, Any], task: OpenTask) -> str:
    """Return in what an open step is otherwise than an entry says."""
    other = [said for key in entry if (said := _other(names, key, entry[key], task))]
    if not other:
        return gettext("%(step)s är öppet, men fler väntades.", step=names.task(task))
    return gettext("%(step)s är öppet, men %(other)s.", step=names.task(task), other=listed(other))


def _other(names: Names, key: str, value: Any, task: OpenTask) -> str:
    drawn = task.definition
    if key == "by":
        is_it = is_held_by(task, value, names.people)
        return "" if is_it else gettext("görs av %(who)s", who=names.holder(task))
    if key == "item":
        return "" if value in task.items.values() else gettext("det är ett annat")
    if key == "at":
        return "" if task.place.startswith(value) else gettext("det står i %(place)s", place=names.place(task.place))
    found = {
        "gate": task.gate,
        "round": task.round,
        "due": drawn.due,
        "remind": drawn.remind,
        "escalate": drawn.escalate,
        "form": drawn.form,
        "kind": str(drawn.kind),
    }
    if key not in found or found[key] == value:
        return ""
    if key == "gate" and task.gate is None:
        return gettext("det hör inte till en beslutspunkt")
    return _detail(names, key, found[key])


def _unexpected(names: Names, one: Difference, failure: Failure) -> Said:
    task: OpenTask = one.found
    decides = task.definition.kind is TaskKind.DECISION
    return (
        gettext("Bara det som kontrolleras ska vara öppet."),
        gettext("Även %(step)s är öppet.", step=names.task(task)),
        gettext("Fatta beslutet på en rad före, eller lägg till det i kontrollen.")
        if decides
        else gettext("Gör steget på en rad före, eller lägg till det i kontrollen."),
    )


def _not_closed(names: Names, one: Difference, failure: Failure) -> Said:
    return (
        gettext("%(step)s ska inte vara öppet.", step=names.element(one.wanted)),
        gettext("Steget är öppet."),
        gettext("Gör steget på en rad före, eller ändra det som kontrolleras."),
    )


def _timers(names: Names, pairs: list[tuple[str, str]]) -> str:
    said = [
        gettext("%(event)s den %(day)s", event=names.element(node), day=names.day(day)) if day else names.element(node)
        for node, day in pairs
    ]
    return listed(said)


def _due(names: Names, one: Difference, failure: Failure) -> Said:
    return (
        gettext("Tiden ska löpa för %(what)s.", what=_timers(names, one.wanted))
        if one.wanted
        else gettext("Ingen tid ska löpa."),
        gettext("Tiden löper för %(what)s.", what=_timers(names, one.found))
        if one.found
        else gettext("Ingen tid löper."),
        gettext("Ändra dagen som kontrolleras, eller tiden i modellen."),
    )


def _variable(names: Names, one: Difference, failure: Failure) -> Said:
    name, fields = one.wanted
    mend = gettext("Ändra det som kontrolleras, eller raderna före.")
    if one.about == "gates":
        gate = names.gate(name)
        return (
            gettext("%(gate)s ska inte vara beslutad.", gate=gate)
            if fields is None
            else gettext("%(gate)s ska ha blivit %(how)s.", gate=gate, how=names.decided(fields)),
            gettext("Den är inte beslutad än.")
            if one.found is None
            else gettext("Den blev %(how)s.", how=names.decided(one.found)),
            mend,
        )
    step = names.variable(name)
    return (
        gettext("%(step)s ska inte vara besvarat.", step=step)
        if fields is None
        else gettext("I %(step)s ska det stå att %(answers)s.", step=step, answers=names.answers(name, fields)),
        gettext("Steget är inte besvarat.")
        if one.found is None
        else gettext("Där står att %(answers)s.", answers=names.answers(name, one.found)),
        mend,
    )


def _effect(names: Names, text: str) -> str:
    kind, _, rest = text.partition(" ")
    gate, _, item = rest.partition("[")
    which = f" ({names.item(item.rstrip(']'))})" if item else ""
    match kind:
        case "freeze":
            return gettext("underlaget för %(gate)s fryses", gate=names.gate(gate)) + which
        case "record":
            return gettext("beslutet om %(gate)s registreras", gate=names.gate(gate)) + which
        case _:
            return gettext("ett meddelande går ut")


def _effects(names: Names, one: Difference, failure: Failure) -> Said:
    return (
        gettext("Raden före ska leda till att %(what)s.", what=listed([_effect(names, text) for text in one.wanted]))
        if one.wanted
        else gettext("Raden före ska inte leda till att något fryses eller registreras."),
        gettext("Den ledde till att %(what)s.", what=listed([_effect(names, text) for text in one.found]))
        if one.found
        else gettext("Den ledde inte till att något fryses eller registreras."),
        gettext("Ställ kontrollen efter den rad som den gäller, eller ändra det som kontrolleras."),
    )


def _passed(names: Names, one: Difference, failure: Failure) -> Said:
    reached = list(_ends(names, one.found))
    return (
        gettext("Projektet ska ha nått %(ends)s.", ends=listed([names.element(end) for end in one.wanted])),
        gettext("Det har nått %(ends)s.", ends=listed(reached))
        if reached
        else gettext("Det har inte nått något slut."),
        gettext("Se efter på raderna före var projektet går en annan väg."),
    )


def _ends(names: Names, ends: list[str]) -> Iterator[str]:
    drawn = names.bundle.executable.diagram.nodes
    return (names.element(end) for end in dict.fromkeys(ends) if end in drawn and drawn[end].name)


def _end(names: Names, one: Difference, failure: Failure) -> Said:
    return (
        gettext("Till slut ska det stå ”%(status)s”.", status=gettext(ENDINGS[Ending(one.wanted)])),
        gettext("Det står ”%(status)s”.", status=gettext(ENDINGS[Ending(one.found)]))
        if one.found
        else gettext("Projektet har inte slutat på ett sätt som modellen ger ett namn."),
        gettext("Se efter på raderna före var projektet går en annan väg."),
    )


def _ended(names: Names, one: Difference, failure: Failure) -> Said:
    return (
        gettext("Inget ska vara kvar att göra.") if one.wanted else gettext("Något ska vara kvar att göra."),
        gettext("Det finns mer att göra.") if one.wanted else gettext("Inget är kvar att göra."),
        gettext("Lägg till raderna som saknas.") if one.wanted else gettext("Ändra raderna före, eller kontrollen."),
    )


EXPECTATION_WORDS: Mapping[Differs, Callable[[Names, Difference, Failure], Said]] = {
    Differs.MISSING: _missing,
    Differs.UNEXPECTED: _unexpected,
    Differs.NOT_CLOSED: _not_closed,
    Differs.DUE: _due,
    Differs.VARIABLE: _variable,
    Differs.EFFECTS: _effects,
    Differs.PASSED: _passed,
    Differs.END: _end,
    Differs.ENDED: _ended,
}
"""How to say what was checked and did not hold."""
