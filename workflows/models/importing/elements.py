"""Makes every element one that our engine runs: by keeping it, by asking a person instead, or by leaving it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from workflows.models.importing.by_person import be_user_task
from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.events import map_boundary, map_catch, map_end, map_start, map_throw, said
from workflows.models.importing.rows import shortened
from workflows.models.importing.work import Work

BY_HAND = {
    "task": "Ett steg utan sort.",
    "manualTask": "Ett manuellt steg.",
    "receiveTask": "Ett steg som väntar på ett meddelande.",
    "sendTask": "Ett steg som skickar ett meddelande.",
    "serviceTask": "Ett steg som ett system gör.",
    "businessRuleTask": "Ett steg som frågar en beslutstabell.",
}
"""Kinds of steps that a person does here, and what they were."""

AUTOMATIC = frozenset({"sendTask", "serviceTask", "businessRuleTask"})


def map_elements(scope: Scope, work: Work) -> None:
    """Make the elements of a scope, and of those inside it, ours."""
    for step in list(scope.steps.values()):
        if step.by_event:
            _event_subprocess(scope, step, work)
        elif step.undoes:
            advice = "Rita ett steg på vägen där något ska göras ogjort."
            work.leave_out(
                scope, step, "Ett steg som gör ett annat ogjort (kompensation).", "Det togs inte med.", advice
            )
    for step in list(scope.steps.values()):
        if step.id in scope.steps and (mapper := MAPPERS.get(step.tag)) is not None:
            mapper(scope, step, work)
    for event in [event for event in scope.steps.values() if event.tag == "boundaryEvent"]:
        if event.id in scope.steps:
            map_boundary(scope, event, work)
    for step in scope.steps.values():
        if step.inner is not None:
            map_elements(step.inner, work)


def _user(scope: Scope, step: Step, work: Work) -> None:
    be_user_task(step, work)
    _finish(step, work)


def _by_hand(scope: Scope, step: Step, work: Work) -> None:
    was, told = BY_HAND[step.tag], step.tag in AUTOMATIC
    runs = "; ".join(step.hints.runs)
    if runs:
        was = f"{was} Det körde ”{shortened(runs)}”."
    tell = work.report.lost if told else work.report.changed
    advice = "Se om steget behövs, och vem som gör det." if told else ""
    be_user_task(step, work)
    tell(step.place, was, "En person gör det och skriver vad som hände.", advice)
    _finish(step, work)


def _script(scope: Scope, step: Step, work: Work) -> None:
    was = f"Ett skript: {shortened('; '.join(step.hints.runs)).removeprefix('skriptet ') or '(tomt)'}"
    advice = "Räkna i ett formulärfält eller i en beslutstabell, om något senare läser resultatet."
    work.report.lost(step.place, was, "Steget togs bort: Styr kör ingen kod från diagram.", advice)
    scope.bridge(step)


def _decision(scope: Scope, step: Step, work: Work) -> None:
    """Keep a business rule task whose table came along."""
    outputs = work.tables.get(step.hints.decision)
    if outputs is None:
        was = "Steget säger inte vilken beslutstabell det frågar."
        advice = "Rita en under Beslutstabeller, om en tabell ska ge svaret."
        if step.hints.decision:
            was = f"Beslutstabellen ”{step.hints.decision}” finns inte bland filerna, eller kan inte läsas."
            advice = "Importera om tillsammans med tabellen, eller rita en under Beslutstabeller."
        work.report.lost(step.place, was, "En person gör steget.", advice)
        be_user_task(step, work)
    else:
        step.styr["decision"] = {"ref": step.hints.decision}
    _finish(step, work)


def _call(scope: Scope, step: Step, work: Work) -> None:
    called = work.processes.get(step.calls or "")
    if called == work.main:
        step.calls = None
        be_user_task(step, work)
        was = "Steget anropar hela processen, som här är själva ärendet."
        work.report.lost(step.place, was, "En person gör steget.", "Rita ett flöde tillbaka dit arbetet ska börja om.")
    elif called is None:
        was = f"Steget anropar processen ”{step.calls}”, som inte finns bland filerna."
        advice = "Importera om tillsammans med den processen, eller rita den."
        if not step.calls:
            was, advice = "Steget säger inte vilken process det anropar.", "Rita processen, om det ska anropa en."
        step.calls = None
        be_user_task(step, work)
        work.report.lost(step.place, was, "En person gör steget.", advice)
    else:
        step.calls = called
    _finish(step, work)


def _subprocess(scope: Scope, step: Step, work: Work) -> None:
    kinds = {"transaction": "En transaktion.", "adHocSubProcess": "En delprocess utan ordning (ad hoc)."}
    if step.tag in kinds:
        done = "Den blev en vanlig delprocess."
        if step.tag == "adHocSubProcess":
            done += " Steg som inget flöde leder till görs samtidigt."
        work.report.changed(step.place, kinds[step.tag], done, "Se om ordningen stämmer.")
    step.tag = "subProcess"
    if step.inner is None or not step.inner.steps:
        be_user_task(step, work)
        step.inner = None
        work.report.changed(step.place, "En delprocess utan innehåll.", "En person gör den som ett steg.", "")
    _finish(step, work)


def _event_subprocess(scope: Scope, step: Step, work: Work) -> None:
    inside = step.inner.steps.values() if step.inner else ()
    start = next((one for one in inside if one.tag == "startEvent"), None)
    waits = said(start.trigger) if start and start.trigger else "en händelse"
    names = ", ".join(one.name for one in inside if one.name and one is not start)
    was = f"En händelsedelprocess som börjar vid {waits}: {names}"
    advice = "Rita stegen i huvudflödet, eller som en kanthändelse på en delprocess."
    work.leave_out(scope, step, was, "Den togs inte med.", advice)


def _inclusive(scope: Scope, step: Step, work: Work) -> None:
    kind = "inklusiv" if step.tag == "inclusiveGateway" else "komplex"
    splits = len(scope.out_of(step.id)) > 1
    step.tag = "exclusiveGateway"
    done = "Den blev en exklusiv grind: precis en väg tas." if splits else "Den blev en grind där vägar möts."
    advice = "Rita en parallell grind om flera vägar ska gås samtidigt." if splits else ""
    tell = work.report.lost if splits else work.report.changed
    tell(step.place, f"En {kind} grind.", done, advice)


def _finish(step: Step, work: Work) -> None:
    """Tell of an activity that is done several times (`exemplars` keeps those whose list our model knows), and let go
    of what other engines read.
    """
    if step.loop is not None and step.loop.kind == "standard":
        step.loop = None
        advice = "Rita en slinga tillbaka till steget om det ska kunna göras om."
        work.report.lost(step.place, "Steget upprepas.", "Det görs en gång.", advice)
    step.hints = type(step.hints)(decision=step.hints.decision, result=step.hints.result)


Mapper = Callable[[Scope, Step, Work], None]

MAPPERS: Mapping[str, Mapper] = {
    **dict.fromkeys(BY_HAND, _by_hand),
    "userTask": _user,
    "scriptTask": _script,
    "businessRuleTask": _decision,
    "callActivity": _call,
    "subProcess": _subprocess,
    "transaction": _subprocess,
    "adHocSubProcess": _subprocess,
    "inclusiveGateway": _inclusive,
    "complexGateway": _inclusive,
    "startEvent": map_start,
    "endEvent": map_end,
    "intermediateCatchEvent": map_catch,
    "intermediateThrowEvent": map_throw,
    "implicitThrowEvent": map_throw,
}
