"""Makes events ours: those that wait for a time or a message, errors that are caught, and the rest in other ways."""

from __future__ import annotations

from workflows.models.importing.by_person import be_user_task
from workflows.models.importing.drawing import Scope, Step, Trigger
from workflows.models.importing.times import said_time, timer
from workflows.models.importing.work import Work

CATCHING = {
    "message": ("meddelandet", "ett meddelande utan namn"),
    "signal": ("signalen", "en signal utan namn"),
    "timer": ("tiden", "en tid som inte är angiven"),
    "conditional": ("villkoret", "ett villkor som inte är skrivet"),
    "escalation": ("eskaleringen", "en eskalering utan namn"),
    "error": ("felet", "ett fel utan namn"),
    "link": ("länken", "en länk utan namn"),
    "compensate": ("kompensation av", "en kompensation"),
    "cancel": ("avbrott av", "ett avbrott"),
    "terminate": ("avslut av", "ett avslut"),
}
"""What an event is about: before its name, and where it has none."""

LASTING = frozenset({"userTask", "subProcess", "callActivity"})
HOSTS = LASTING | {"businessRuleTask"}


def said(trigger: Trigger | None) -> str:
    """Return what an event is about, for a row."""
    if trigger is None:
        return "något"
    if trigger.kind == "timer" and trigger.value:
        return f"tiden {said_time(trigger.value, trigger.form)}"
    named, unnamed = CATCHING.get(trigger.kind, (trigger.kind, trigger.kind))
    return f"{named} {trigger.value}" if trigger.value else unnamed


def map_start(scope: Scope, step: Step, work: Work) -> None:
    """Let a process begin when a person begins it."""
    if step.trigger is not None:
        was = f"Börjar vid {said(step.trigger)}."
        work.report.changed(step.place, was, "En person startar ärendet.", "")
    step.trigger = None
    if step.hints.form.key or step.hints.form.questions:
        asked = scope.add("userTask", f"{step.id}_form", step.name or scope.name)
        asked.hints = step.hints
        scope.put_after(step, asked)
        be_user_task(asked, work)
        work.report.changed(step.place, "Ett formulär vid starten.", "Det blev ett första steg.", "")


def map_end(scope: Scope, step: Step, work: Work) -> None:
    """Let a process end. Errors stay until it is known whether something catches them; others only end."""
    kind = step.trigger.kind if step.trigger else ""
    if kind == "error":
        return
    if kind == "terminate":
        parallel = any(len(scope.out_of(one.id)) > 1 for one in scope.of("parallelGateway", "inclusiveGateway"))
        if parallel:
            advice = "Se om de andra grenarna ska avbrytas; rita då ett felslut som fångas på delprocessen."
            work.report.lost(step.place, "Slutet avbröt allt annat.", "Det är ett vanligt slut.", advice)
    elif kind:
        advice = "Lägg in ett steg före slutet, om någon ska göra något."
        work.report.lost(step.place, f"Slutet skickade {said(step.trigger)}.", "Det är ett vanligt slut.", advice)
    step.trigger = None


def map_throw(scope: Scope, step: Step, work: Work) -> None:
    """Leave out an event that only tells somebody; a link goes on where it leads."""
    trigger = step.trigger
    if trigger is not None and trigger.kind == "link":
        target = next(
            (one for one in scope.of("intermediateCatchEvent") if one.trigger and _same_link(one.trigger, trigger)),
            None,
        )
        if target is not None:
            scope.connect(step.id, target.id)
            work.report.changed(step.place, f"En länk till {trigger.value}.", "Den blev ett flöde dit.")
            scope.bridge(step)
            return
    if trigger is None:
        work.report.changed(step.place, "En händelse som inte gör något.", "Den togs bort; flödet går vidare.")
    else:
        advice = "Lägg in ett steg där någon gör det, om det behövs."
        work.report.lost(step.place, f"Skickade {said(trigger)}.", "Händelsen togs bort; flödet går vidare.", advice)
    scope.bridge(step)


def map_catch(scope: Scope, step: Step, work: Work) -> None:
    """Keep an event that waits for a time; a person tells when anything else has happened."""
    trigger = step.trigger
    raced = any(scope.steps[way.source].tag == "eventBasedGateway" for way in scope.into(step.id))
    if trigger is None or trigger.kind == "link":
        if trigger is None:
            work.report.changed(step.place, "En händelse som inte väntar på något.", "Den togs bort.")
        scope.bridge(step)
        return
    if trigger.kind == "timer":
        moment = timer(trigger.value, trigger.form)
        if moment is not None:
            step.trigger = Trigger(kind="timer", value=moment, form=_form(trigger))
            return
    if raced and trigger.kind == "message":
        advice = "Se vem som får meddelandet; i Styr finns ännu inget som skickar det hit."
        work.report.lost(step.place, f"Väntar på {said(trigger)}.", "Händelsen väntar på det.", advice)
        return
    step.trigger = None
    step.name = step.name or f"Invänta {said(trigger)}"
    be_user_task(step, work)
    work.report.changed(
        step.place, f"Väntade på {said(trigger)}.", "En person säger till när det har hänt.", "Se vem det är."
    )


def map_boundary(scope: Scope, event: Step, work: Work) -> None:
    """Keep what can happen to a step that lasts; make other endings of a step a choice of whoever does it."""
    host, trigger = scope.steps.get(event.attached_to or ""), event.trigger
    advice = "Rita vägen på ett annat sätt, till exempel som ett val efter steget."
    if host is None or trigger is None or host.tag not in HOSTS:
        work.leave_out(scope, event, "En kanthändelse som inte sitter på något.", "Den togs inte med.", advice)
        return
    if trigger.kind == "timer" and host.tag in LASTING:
        moment = timer(trigger.value, trigger.form)
        if moment is not None:
            if trigger.form == "timeCycle":
                was = f"Händer vid {said(trigger)}."
                work.report.changed(event.place, was, "Det händer en gång.", "")
            event.trigger = Trigger(kind="timer", value=moment, form=_form(trigger))
            return
    if trigger.kind == "message" and host.tag in LASTING and event.interrupting:
        told = "Se vem som får meddelandet; i Styr finns ännu inget som skickar det hit."
        work.report.changed(event.place, f"Avbryts av {said(trigger)}.", "Händelsen väntar på det.", told)
        return
    if trigger.kind == "error" and host.tag in ("subProcess", "callActivity"):
        return
    if event.interrupting and scope.out_of(event.id) and scope.out_of(host.id):
        _choose_instead(scope, host, event, work)
        return
    work.leave_out(scope, event, f"Händer vid {said(trigger)}, medan {host.label} pågår.", "Det togs inte med.", advice)


def _choose_instead(scope: Scope, host: Step, event: Step, work: Work) -> None:
    """Put a gateway after a step: it ended as it should, or the event happened."""
    gateway = scope.add("exclusiveGateway", f"after_{host.id}", f"Hur gick {host.label}?"[:200])
    scope.put_after(host, gateway)
    [usual] = scope.out_of(gateway.id) if len(scope.out_of(gateway.id)) == 1 else [scope.out_of(gateway.id)[0]]
    usual.name = usual.name or "Som det ska"
    gateway.default = usual.id
    for way in scope.out_of(event.id):
        scope.connect(gateway.id, way.target, name=event.name or said(event.trigger).capitalize())
    work.report.changed(
        event.place,
        f"Steget {host.label} kunde avbrytas av {said(event.trigger)}.",
        "Den som gör steget svarar hur det gick, och en grind väljer väg.",
        "Se om frågan är rätt ställd.",
    )
    scope.drop(event)


def _form(trigger: Trigger) -> str:
    return "timeDate" if trigger.form == "timeDate" else "timeDuration"


def _same_link(one: Trigger, other: Trigger) -> bool:
    return one.kind == "link" and one.value == other.value
