"""Puts a project round an imported process: one phase that holds it, and a decision that closes it.

A model is run as phases that end in decisions. Where one phase should be several is for whoever knows the process;
until then the smallest model is made in which everything works: begin, do, decide, end, and stop at any time.
"""

from __future__ import annotations

from dataclasses import dataclass

from workflows.models.importing.drawing import Scope, Step, Trigger
from workflows.models.importing.naming import slug
from workflows.models.importing.questions import Question
from workflows.models.importing.roles import INITIATOR
from workflows.models.importing.work import Work

PROCESS = "project"
OUTCOMES = ("approve", "rework", "defer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What was drawn round a process (`content`), by id, and the form of the first step."""

    process: Scope
    content: Scope
    work: str
    phase: str
    gate: str
    closed: str
    stopped: str
    start_form: str


def frame(main: Scope, work: Work, *, name: str) -> Frame:
    """Return the main process of the model, with `main` inside its only phase."""
    first = _first_step(main, work)
    names = work.names
    inner = Scope(id=names.free("work"), name="Arbetet", file=main.file, names=names)
    phase = inner.add("subProcess", slug(name, "phase"), name, inner=main)
    gate_key = names.free("bp1")
    _around_phase(inner, phase, gate_key)
    outer = Scope(id=PROCESS, name=name, file=main.file, names=names)
    begin = outer.add("startEvent", "begun", "Ärendet börjar")
    whole = Step(id=inner.id, tag="subProcess", name="Arbetet", file=main.file, inner=inner)
    outer.steps[whole.id] = whole
    closed = outer.add("endEvent", "closed", "Avslutat")
    stop = outer.add(
        "boundaryEvent", "stop", "Avbryt", attached_to=whole.id, trigger=Trigger(kind="message", value="terminate")
    )
    stopped = outer.add("endEvent", "stopped", "Avbrutet")
    for source, target in ((begin, whole), (whole, closed), (stop, stopped)):
        outer.connect(source.id, target.id)
    work.report.changed(
        main.place,
        "Processen har inga faser och ingen beslutspunkt.",
        "En fas ritades runt den, och efter den en beslutspunkt som avslutar.",
        "Dela upp den i faser med var sin beslutspunkt, om den är ett projekt.",
    )
    return Frame(
        process=outer,
        content=main,
        work=whole.id,
        phase=phase.id,
        gate=gate_key,
        closed=closed.id,
        stopped=stopped.id,
        start_form=work.forms.of_step[first.id].key,
    )


def _first_step(main: Scope, work: Work) -> Step:
    """Put a step first that gives a project its name and the people it needs."""
    [start] = main.of("startEvent")
    step = main.add("userTask", "describe", "Beskriv ärendet")
    main.put_after(start, step)
    form = work.forms.of_step[step.id] = work.forms.new("start", step.name)
    form.ask(Question(variable="title", label="Rubrik", required=True, help="Ett kort namn på ärendet."))
    for key, label, told in (
        ("sponsor", "Beställare", "Den som beslutar."),
        ("project_manager", "Projektledare", "Den som leder arbetet."),
    ):
        form.components.append(
            {"type": "select", "id": f"Field_{key}", "key": key, "label": label, "valuesExpression": "=people"}
            | {"validate": {"required": True}, "properties": {"help": told}}
        )
    step.styr["task"] = {"kind": "record", "form": form.key, "role": INITIATOR}
    done = "Ett första steg lades till, där ärendet får rubrik, beställare och projektledare."
    work.report.changed(step.place, "Ett projekt i Styr har en rubrik och någon som beslutar.", done)
    return step


def _around_phase(inner: Scope, phase: Step, key: str) -> None:
    """Draw what comes before and after the phase: where rework comes back, the decision, and its ways out."""
    start = inner.add("startEvent", f"{inner.id}_begun")
    enter = inner.add("exclusiveGateway", f"enter_{phase.id}")
    before = inner.add("exclusiveGateway", f"before_{key}")
    gate = Step(id=key, tag="callActivity", name="Beslut om avslut", file=inner.file, calls="gate")
    gate.styr["gate"] = {"key": key, "outcomes": " ".join(OUTCOMES)}
    inner.steps[gate.id] = gate
    after = inner.add("exclusiveGateway", f"after_{key}", "Beslut?")
    end = inner.add("endEvent", f"{inner.id}_done")
    for source, target in ((start, enter), (enter, phase), (phase, before), (before, gate), (gate, after)):
        inner.connect(source.id, target.id)
    approve = inner.connect(after.id, end.id, "Godkänn")
    approve.feel = f'{key}.outcome = "approve"'
    defer = inner.connect(after.id, before.id, "Skjut upp")
    defer.feel = f'{key}.outcome = "defer"'
    after.default = inner.connect(after.id, enter.id, "Komplettera").id
