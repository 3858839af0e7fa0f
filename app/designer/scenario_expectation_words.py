"""What a scenario checked and did not hold, in sentences: what was expected, what was found, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flask_babel import gettext

from app.designer.scenario_names import Names
from app.designer.scenario_open_words import Said, missing, unexpected
from app.designer.scenario_values import ENDINGS
from app.shell.text import names as listed
from workflows.models.differing import Difference, Differs
from workflows.models.model import Ending
from workflows.models.playing import Failure


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


def _phase(names: Names, one: Difference, failure: Failure) -> Said:
    phase = names.phase(one.wanted)
    return (
        gettext("Projektet ska vara i fasen %(phase)s.", phase=phase),
        gettext("Inget väntar i den fasen."),
        gettext("Lägg till det som saknas på en rad före, eller välj en annan fas i kontrollen."),
    )


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
    Differs.MISSING: missing,
    Differs.UNEXPECTED: unexpected,
    Differs.NOT_CLOSED: _not_closed,
    Differs.DUE: _due,
    Differs.VARIABLE: _variable,
    Differs.EFFECTS: _effects,
    Differs.PASSED: _passed,
    Differs.PHASE: _phase,
    Differs.END: _end,
    Differs.ENDED: _ended,
}
"""How to say what was checked and did not hold."""
