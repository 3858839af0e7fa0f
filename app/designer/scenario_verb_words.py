"""What a row of a scenario met instead of what it does, in sentences: what was expected, what happened, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import gettext, ngettext

from app.designer.scenario_names import Names
from app.designer.scenario_values import quoted
from app.designer.scenario_way_words import Said, only_decisions, round_and_round, too_long
from app.shell.text import names as listed
from workflows.engine import NoWayOut, OpenTask
from workflows.models.differing import Difference, Differs
from workflows.models.playing import Failure
from workflows.models.trying import innermost


def _not_open(names: Names, one: Difference, failure: Failure) -> Said:
    which = f" ({names.item(one.item)})" if one.item else ""
    expected = gettext("Det ska gå att göra %(step)s%(which)s.", step=names.element(one.wanted), which=which)
    if not names.has(one.wanted):
        return (
            expected,
            gettext("Modellen har inget sådant steg."),
            gettext("Ta bort steget ur raden, eller låt Styr ta bort raderna om det."),
        )
    return (
        expected,
        gettext("Steget väntade inte på någon just då."),
        gettext("Lägg till det som saknas på en rad före, eller flytta raden dit steget är öppet."),
    )


def _no_decision(names: Names, one: Difference, failure: Failure) -> Said:
    gate = names.gate(one.wanted)
    expected = gettext("Det ska gå att besluta om %(gate)s.", gate=gate)
    if not names.has(one.wanted):
        return expected, gettext("Modellen har ingen sådan beslutspunkt."), gettext("Ta bort raden.")
    asked = [task for task in failure.tasks if task.gate == one.wanted]
    if asked:
        return (
            expected,
            gettext("Begäran kom inte fram till den som beslutar, för något saknades."),
            gettext("Ändra fakta så att inget saknas, eller begär beslut med avvikelse på en rad före."),
        )
    return (
        expected,
        gettext("Projektet väntade inte på det beslutet just då."),
        gettext("Lägg till det som saknas på en rad före, eller flytta raden."),
    )


def _several(names: Names, one: Difference, failure: Failure) -> Said:
    tasks: tuple[OpenTask, ...] = one.found
    items = [names.item(item) for task in tasks if (item := innermost(task))]
    ways = ngettext("Det var öppet %(num)s gång", "Det var öppet %(num)s gånger", len(tasks))
    return (
        gettext("Bara ett %(step)s ska vara öppet.", step=names.target(one.wanted)),
        f"{ways}, {listed(items)}." if items else f"{ways}.",
        gettext("Skriv vilket raden gäller under Fler villkor, eller kryssa i Alla som passar."),
    )


def _mode(names: Names, one: Difference, failure: Failure) -> Said:
    task: OpenTask = one.found
    return (
        gettext("Det ska vara %(form)s.", form=names.form(one.wanted)),
        gettext("Det blev %(form)s.", form=names.form(task.definition.form)),
        gettext("Ändra beslutsformen i raden, eller se efter i beslutstabellen vem som beslutar."),
    )


def _holder(names: Names, one: Difference, failure: Failure) -> Said:
    task: OpenTask = one.found
    return (
        gettext("%(step)s ska göras av %(who)s.", step=names.task(task), who=names.role(one.wanted)),
        gettext("Det görs av %(who)s.", who=names.holder(task)),
        gettext("Ändra vem raden säger, eller vem som gör steget i modellen."),
    )


def _day(names: Names, one: Difference, failure: Failure) -> Said:
    if one.kind is Differs.NO_DAY:
        return (
            gettext("Raden ska vänta till en dag som finns."),
            gettext("Dagen finns inte i kalendern, eller ligger för långt fram."),
            gettext("Skriv dagen som år, månad och dag med bindestreck mellan."),
        )
    return (
        gettext("Tiden ska gå framåt."),
        gettext(
            "Raden väntar %(day)s, men det var redan %(now)s.",
            day=names.wait(one.wanted),
            now=names.moment(one.found),
        ),
        gettext("Välj en senare dag."),
    )


def _message(names: Names, one: Difference, failure: Failure) -> Said:
    message, place = names.message(one.wanted[0]), names.place(one.wanted[1])
    if one.kind is Differs.MESSAGE_TAKEN:
        return (
            gettext("Meddelandet %(name)s ska inte tas emot i %(place)s.", name=message, place=place),
            gettext("Det togs emot."),
            gettext("Ta bort krysset Det ska inte gå, eller ändra modellen."),
        )
    return (
        gettext("Meddelandet %(name)s ska tas emot i %(place)s.", name=message, place=place),
        gettext("Inget väntade på meddelandet där just då."),
        gettext("Skicka det på en annan rad, eller ändra platsen."),
    )


def _refused(names: Names, one: Difference, failure: Failure) -> Said:
    taken = one.kind is Differs.STEP_TAKEN
    return (
        gettext("Det ska inte gå att göra %(step)s.", step=names.task(one.found)),
        gettext("Svaret togs emot fast steget är stängt.") if taken else gettext("Steget var öppet och gick att göra."),
        gettext("Ta bort krysset Det ska inte gå, eller ändra modellen."),
    )


def _engine(names: Names, one: Difference, failure: Failure) -> Said:
    expected = gettext("Projektet ska kunna gå vidare.")
    if isinstance(one.found, NoWayOut):
        label = str(one.found.facts.get("element", ""))
        element = names.element(label) if names.has(label) else quoted(label)
        return (
            expected,
            gettext("Ingen väg ut ur %(element)s stämmer med svaren.", element=element),
            gettext("Se över villkoren på vägarna ut, eller svaren på raden före."),
        )
    return (
        expected,
        gettext("Modellen gick inte att köra just där."),
        gettext("Öppna Kontroll och rätta det som står där. Kör sedan igen."),
    )


def _process(names: Names, one: Difference, failure: Failure) -> Said:
    known = names.bundle.executable.diagram.scopes.get(one.wanted or "")
    return (
        gettext("Scenariot ska spela %(name)s.", name=quoted(known.name))
        if known and known.name
        else gettext("Scenariot ska spela en egen process."),
        gettext("Den går inte att köra.") if known else gettext("Den finns inte i modellen."),
        gettext("Välj något annat under Vad som spelas, eller rätta processen i diagrammet."),
    )


VERB_WORDS: Mapping[Differs, Callable[[Names, Difference, Failure], Said]] = {
    Differs.STEP_NOT_OPEN: _not_open,
    Differs.GATE_NOT_OPEN: _no_decision,
    Differs.SEVERAL_OPEN: _several,
    Differs.NEVER_CAME: round_and_round,
    Differs.TOO_LONG: too_long,
    Differs.ONLY_DECISIONS: only_decisions,
    Differs.OTHER_MODE: _mode,
    Differs.OTHER_HOLDER: _holder,
    Differs.NO_DAY: _day,
    Differs.DAY_PASSED: _day,
    Differs.NOBODY_LISTENS: _message,
    Differs.MESSAGE_TAKEN: _message,
    Differs.STILL_OPEN: _refused,
    Differs.STEP_TAKEN: _refused,
    Differs.ENGINE: _engine,
    Differs.PROCESS: _process,
}
"""How to say what a row met instead of what it does."""
