"""Changes of a phase: a new one with its own gate between two others, another name, its removal."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.models.asking import Question, key_of, keys_in, new_checklist, next_id
from workflows.models.editing.drawing import Drawing
from workflows.models.editing.drawing_parts import Line, Part
from workflows.models.editing.errors import OutcomesWrong, StepGone, WordsMissing
from workflows.models.editing.gate_ways import AGAIN, STOP, OutcomeWay, draw_ways, meeting, phase_name
from workflows.models.editing.names import require_own_name
from workflows.models.editing.phase_boxes import tell_of
from workflows.models.editing.phase_words import COMPULSORY, OUTCOMES, PhaseWords
from workflows.models.editing.steps import Changes
from workflows.models.editing.tables_text import add_gate_rows
from workflows.models.editing.work import Work, styr_of


def add_phase(files: Mapping[str, bytes], after: str, words: PhaseWords) -> tuple[Changes, str]:
    """Add a phase after another (not the last), with a checklist and a gate; return the changes and the phase's key.

    Raises WordsMissing, NameTaken, StepGone, OutcomesWrong.
    """
    for field, sentence in COMPULSORY:
        if not getattr(words, field).strip():
            raise WordsMissing(field=field, sentence=sentence)
    work = Work(files)
    require_own_name(work, "phases", "label", words.name, field="name")
    require_own_name(work, "gates", "label", words.gate_label, field="gate_label")
    require_own_name(work, "gates", "short", words.gate_short, field="gate_short")
    drawing = work.drawing(work.model.work)
    order = phases_in_order(work, drawing)
    if after not in order[:-1]:
        raise StepGone
    onward = order[order.index(after) + 1]
    forward = ways_forward(drawing, onward)
    taken = work.taken()
    phase = key_of(words.name, taken)
    gate = key_of(words.gate_short, {*taken, phase})
    checklist = key_of(f"c_{phase}", {*keys_in(files), *taken, phase, gate})
    drawing.taken |= {phase, gate, checklist}
    _draw_phase(work, drawing, phase, checklist, words)
    _draw_gate(work, drawing, phase, gate, words)
    begin = meeting(drawing, phase)
    for line in forward:
        drawing.change(drawing.lines[line.id], target=begin)
    tell_of(work, after, phase, gate, checklist, words)
    ways = [OutcomeWay(outcome=outcome, target=_target(outcome, phase, onward)) for outcome in OUTCOMES]
    draw_ways(work, gate, tuple(ways))
    _tell_names(work, drawing, forward, onward, phase)
    add_gate_rows(work, gate, group=words.group)
    first = Question(
        id=next_id(files, None), area=words.area.strip(), question=words.first_question.strip(), satisfied_by=("yes",)
    )
    made = new_checklist(
        files, checklist, title=f"Checklista {words.name.strip()}", title_en="", phase=phase, first=first
    )
    work.others |= made
    return work.changes(), phase


def _target(outcome: str, phase: str, onward: str) -> str:
    if outcome in ("approve", "approve_conditional"):
        return onward
    return {"rework": phase, "terminate": STOP}.get(outcome, AGAIN)


def meets(drawing: Drawing, node: str) -> str:
    """Return the gateway where ways meet before an element; "" when there is none."""
    into = drawing.into(node)
    if len(into) == 1 and len(drawing.out_of(into[0].source)) == 1:
        return into[0].source
    return ""


def phases_in_order(work: Work, drawing: Drawing) -> list[str]:
    """Return the phases that are drawn, in the order of `model.json`."""
    return [phase.key for phase in work.model.phases if phase.key in drawing.document.by_id]


def ways_forward(drawing: Drawing, phase: str) -> list[Line]:
    """Return the flows that lead on to a phase from what comes before it; not those that lead back."""
    entry = meets(drawing, phase) or phase
    scope = drawing.scope_of(phase)
    start = next(
        (key for key, element in drawing.document.by_id.items() if _starts(element.local, drawing, key, scope)), ""
    )
    reached, stack = {start}, [start]
    while stack:
        node = stack.pop()
        for line in drawing.out_of(node):
            if line.target not in reached and line.target not in (phase, entry):
                reached.add(line.target)
                stack.append(line.target)
    return [line for line in drawing.into(entry) if line.source in reached]


def _starts(local: str, drawing: Drawing, key: str, scope: str) -> bool:
    return local == "startEvent" and drawing.scope_of(key) == scope


def _draw_phase(work: Work, drawing: Drawing, phase: str, checklist: str, words: PhaseWords) -> None:
    """Draw the sub-process with its one step, the checklist."""
    name = _full_name(words.name, words.question)
    drawing.add(Part(id=phase, scope=work.model.work, kind="subProcess", name=name))
    start, end = drawing.new_id(f"{phase}_start"), drawing.new_id(f"{phase}_end")
    drawing.add(Part(id=start, scope=phase, kind="startEvent"))
    task = {"kind": "checklist", "form": checklist, "role": work.model.duties.manager}
    drawing.add(
        Part(
            id=checklist,
            scope=phase,
            kind="userTask",
            name=f"Svara på checklistan {words.name.strip()}",
            extensions=drawing.styr("task", task),
        )
    )
    drawing.add(Part(id=end, scope=phase, kind="endEvent"))
    drawing.connect(start, checklist)
    drawing.connect(checklist, end)


def _draw_gate(work: Work, drawing: Drawing, phase: str, gate: str, words: PhaseWords) -> None:
    """Draw the gate after the phase, and the gateway that its outcomes leave."""
    calls = [
        element
        for element in drawing.document.root.walk()
        if element.local == "callActivity" and styr_of(element, "gate")
    ]
    if not calls:
        raise OutcomesWrong(sentence="Modellen har ingen beslutspunkt att ta efter. Rita fasen i diagrammet")
    called = calls[0].attributes.get("calledElement", "")
    extensions = drawing.styr("gate", {"key": gate, "outcomes": " ".join(OUTCOMES)})
    drawing.add(
        Part(
            id=gate,
            scope=work.model.work,
            kind="callActivity",
            name=words.gate_label.strip(),
            attributes={"calledElement": called},
            extensions=extensions,
        )
    )
    gateway = drawing.new_id(f"g_{gate}")
    drawing.add(Part(id=gateway, scope=work.model.work, kind="exclusiveGateway", name="Beslut?"))
    drawing.connect(phase, gate)
    drawing.connect(gate, gateway)
    meeting(drawing, gate)


def _tell_names(work: Work, drawing: Drawing, forward: list[Line], onward: str, phase: str) -> None:
    """Let flows that named the phase they led to name the new one."""
    old, new = phase_name(work, onward), phase_name(work, phase)
    for line in forward:
        if line.name.endswith(f"→ {old}"):
            now = drawing.lines[line.id]
            drawing.say(now, name=line.name.removesuffix(old) + new, condition=now.condition)


def rename_phase(files: Mapping[str, bytes], key: str, *, name: str, question: str) -> Changes:
    """Call a phase something else, also where flows name it. Raises WordsMissing, NameTaken, StepGone."""
    if not name.strip():
        raise WordsMissing(field="name", sentence="Skriv vad fasen heter")
    work = Work(files)
    require_own_name(work, "phases", "label", name, field="name", key=key)
    number = work.place("phases", key)
    drawing = work.drawing(key)
    old = phase_name(work, key)
    work.put(("phases", number, "label", "sv"), name.strip())
    asked = work.value("phases", number).get("question")
    if not question.strip() and asked is not None:
        work.drop(("phases", number, "question"))
    elif question.strip() != (asked or {}).get("sv", ""):
        work.put(("phases", number, "question"), {**(asked or {}), "sv": question.strip()})
    for place, box in enumerate(work.value("boxes")):
        if box["number"] == work.value("phases", number)["box"] and box["label"]["sv"] == old:
            work.put(("boxes", place, "label", "sv"), name.strip())
    if old != name.strip() or question.strip() != (asked or {}).get("sv", ""):
        drawing.set_attribute(key, "name", _full_name(name, question))
    for line in list(drawing.lines.values()):
        if line.name.endswith(f"→ {old}"):
            drawing.say(line, name=line.name.removesuffix(old) + name.strip(), condition=line.condition)
    return work.changes()


def _full_name(name: str, question: str) -> str:
    return " – ".join(part.strip() for part in (name, question) if part.strip())
