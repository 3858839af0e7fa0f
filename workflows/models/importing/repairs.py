"""Draws what our engine wants drawn: one start, an end, one way out of a step, ways that meet in a gateway.

What BPMN lets a tool leave out is put in as BPMN means it; each repair is a row.
"""

from __future__ import annotations

from workflows.models.importing.drawing import Scope, Step
from workflows.models.importing.events import said
from workflows.models.importing.work import Work

MEETING = frozenset({"exclusiveGateway", "parallelGateway", "endEvent"})
"""Where several flows may meet."""

PARTING = frozenset({"exclusiveGateway", "parallelGateway", "eventBasedGateway"})
"""Where a flow may part."""


def draw_starts_and_ends(scope: Scope, work: Work) -> None:
    """Give every scope exactly one start and at least one end; called before gateways get their conditions."""
    for inner in list(scope.everywhere()):
        _ends(inner, work)
        _starts(inner, work)
        for step in list(inner.steps.values()):
            _one_way_out(inner, step, work)
        _races(inner, work)


def draw_meetings(scope: Scope, work: Work) -> None:
    """Let ways meet in gateways; called last, when nothing else is moved."""
    for inner in list(scope.everywhere()):
        _same_flows(inner, work)
        for step in list(inner.steps.values()):
            if step.tag not in MEETING and len(inner.into(step.id)) > 1:
                gateway = inner.add("exclusiveGateway", f"in_{step.id}")
                inner.put_before(step, gateway)
                was = "Flera flöden gick rakt in i steget."
                work.report.changed(step.place, was, "De möts nu i en grind före det.")


def settle_errors(scope: Scope, work: Work) -> None:
    """Keep errors that are thrown and caught; the others neither end nor catch anything."""
    _settle(scope, work, frozenset())
    for inner in list(scope.everywhere()):
        for event in [one for one in inner.of("boundaryEvent") if one.trigger and one.trigger.kind == "error"]:
            host = inner.steps[event.attached_to or ""]
            thrown = _thrown(host.inner) if host.inner is not None else set()
            if (
                event.trigger
                and host.tag == "subProcess"
                and not thrown & {event.trigger.value}
                and (event.trigger.value or not thrown)
            ):
                was = f"Fångar {said(event.trigger)}, som inget i {host.label} ger."
                work.leave_out(inner, event, was, "Kanthändelsen togs inte med.", "Rita vägen som ett val i stället.")


def _settle(scope: Scope, work: Work, caught: frozenset[str]) -> None:
    for step in list(scope.steps.values()):
        trigger = step.trigger
        if step.tag == "endEvent" and trigger is not None and trigger.value not in caught and "" not in caught:
            advice = "Rita vägen dit felet ledde, eller fånga det på en delprocess runtom."
            work.report.lost(
                step.place, f"Slutet gav {said(trigger)}, som inget fångar.", "Det är ett vanligt slut.", advice
            )
            step.trigger = None
        if step.inner is not None:
            here = {
                event.trigger.value
                for event in scope.boundary(step.id)
                if event.trigger is not None and event.trigger.kind == "error"
            }
            _settle(step.inner, work, caught | here)


def _thrown(scope: Scope) -> set[str]:
    return {
        step.trigger.value for inner in scope.everywhere() for step in inner.of("endEvent") if step.trigger is not None
    }


def _ends(scope: Scope, work: Work) -> None:
    for step in list(scope.of("endEvent")):
        for way in scope.out_of(step.id):
            scope.drop_way(way)
            work.report.lost(step.place, "Ett flöde gick ut ur ett slut.", "Flödet togs bort.", "Dra om det.")
    open_ends = [step for step in scope.steps.values() if step.tag != "endEvent" and not scope.out_of(step.id)]
    for step in open_ends:
        end = scope.add("endEvent", f"{step.id}_end")
        scope.connect(step.id, end.id)
        if step.tag != "startEvent":
            work.report.changed(step.place, "Ingenting följde efter.", "Ett slut ritades efter det.")


def _starts(scope: Scope, work: Work) -> None:
    starts = scope.of("startEvent")
    for start in starts:
        for way in scope.into(start.id):
            following = scope.out_of(start.id)
            way.target, way.points = following[0].target, ()
            work.report.changed(start.place, "Ett flöde gick in i starten.", "Det går nu till det första steget.")
    if len(starts) > 1:
        _several_starts(scope, starts, work)
    elif not starts:
        _no_start(scope, work)


def _several_starts(scope: Scope, starts: list[Step], work: Work) -> None:
    """Let whoever begins say how it began: each start is one way out of a gateway."""
    start = scope.add("startEvent", f"{scope.id}_start")
    gateway = scope.add("exclusiveGateway", f"{scope.id}_began", "Hur började det?")
    scope.connect(start.id, gateway.id)
    for one in starts:
        for way in scope.out_of(one.id)[:1]:
            scope.connect(gateway.id, way.target, name=one.name or scope.steps[way.target].label)
        scope.drop(one)
    names = ", ".join(one.name for one in starts if one.name)
    advice = "Se om ärendet verkligen kan börja på flera sätt."
    work.report.changed(
        scope.place,
        f"{len(starts)} starter{names and ': '}{names}",
        "En start, och en fråga om hur det började.",
        advice,
    )


def _no_start(scope: Scope, work: Work) -> None:
    first = [one for one in scope.steps.values() if one.attached_to is None and not scope.into(one.id)]
    first = [one for one in first if one.tag != "endEvent" or len(first) == 1] or list(scope.steps.values())[:1]
    start = scope.add("startEvent", f"{scope.id}_start")
    for step in first:
        scope.connect(start.id, step.id)
    done = "En start ritades före det som inget ledde till."
    work.report.changed(scope.place, "Processen har ingen start.", done)


def _one_way_out(scope: Scope, step: Step, work: Work) -> None:
    """Put a gateway after a step whose flows part: all of them are taken, or those whose conditions hold."""
    ways = scope.out_of(step.id)
    if step.tag in PARTING or len(ways) < 2:
        return
    conditional = any(way.condition for way in ways)
    tag = "exclusiveGateway" if conditional else "parallelGateway"
    gateway = scope.add(tag, f"after_{step.id}", step.label if conditional else "")
    scope.put_after(step, gateway)
    if conditional:
        advice = "Rita en parallell grind om flera vägar ska gås samtidigt."
        work.report.lost(
            step.place, "Flera flöden med villkor ut ur steget.", "En exklusiv grind väljer ett av dem.", advice
        )
    else:
        work.report.changed(step.place, "Flera flöden ut ur steget.", "De delas nu i en parallell grind.")


def _races(scope: Scope, work: Work) -> None:
    """Make a choice of an event gateway after which something else than events waits, or more than one time."""
    for gateway in scope.of("eventBasedGateway"):
        after = [scope.steps[way.target] for way in scope.out_of(gateway.id)]
        timers = sum(step.trigger is not None and step.trigger.kind == "timer" for step in after)
        fine = all(step.tag == "intermediateCatchEvent" for step in after) and timers < 2 and len(after) > 1
        if not fine:
            gateway.tag = "exclusiveGateway"
            gateway.name = gateway.name or "Vad hände?"
            advice = "Se om frågan är rätt ställd."
            work.report.changed(
                gateway.place, "En händelsegrind: det som hände först valde väg.", "Någon svarar vad som hände.", advice
            )


def _same_flows(scope: Scope, work: Work) -> None:
    seen: set[tuple[str, str]] = set()
    for way in list(scope.ways.values()):
        source, pair = scope.steps[way.source], (way.source, way.target)
        if pair in seen and source.tag != "exclusiveGateway":
            scope.drop_way(way)
            work.report.changed(source.place, "Två flöden gick mellan samma två steg.", "Det ena togs bort.")
        seen.add(pair)
