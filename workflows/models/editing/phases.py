"""Changes of a phase: a new one with its own gate between two others, another name, its removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.asking import Question, key_of, keys_in, new_checklist, next_id
from workflows.models.editing.drawing import Drawing, Line, Part
from workflows.models.editing.errors import OutcomesWrong, StepGone, StepNeeded, WordsMissing
from workflows.models.editing.gates import (
    AGAIN,
    STOP,
    OutcomeWay,
    draw_ways,
    meeting,
    phase_name,
)
from workflows.models.editing.steps import Changes, forget_documents, refuse_when_read, without_gaps
from workflows.models.editing.tables_text import add_gate_rows, drop_gate_rows
from workflows.models.editing.work import Work, styr_of

OUTCOMES = ("approve", "approve_conditional", "rework", "defer", "hold", "terminate")
"""What a new gate allows until somebody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseWords:
    """What has to be said of a new phase: its name and question, its gate, and the first thing it is checked against.

    `group`: the group that decides together decides where a project has one; else the sponsor always does.
    """

    name: str
    question: str = ""
    gate_label: str = ""
    gate_short: str = ""
    statement: str = ""
    first_question: str = ""
    area: str = ""
    group: bool = True


_COMPULSORY = (
    ("name", "Skriv vad fasen heter"),
    ("gate_label", "Skriv vad beslutspunkten heter"),
    ("gate_short", "Skriv ett kort namn på beslutspunkten, till exempel BP2b"),
    ("statement", "Skriv vad som ska vara sant när beslutspunkten passeras"),
    ("area", "Skriv vilket område den första frågan hör till"),
    ("first_question", "Skriv den första frågan i fasens checklista"),
)


def add_phase(files: Mapping[str, bytes], after: str, words: PhaseWords) -> tuple[Changes, str]:
    """Add a phase after another (not the last), with a checklist and a gate; return the changes and the phase's key.

    Raises WordsMissing, StepGone, OutcomesWrong.
    """
    for field, sentence in _COMPULSORY:
        if not getattr(words, field).strip():
            raise WordsMissing(field=field, sentence=sentence)
    work = Work(files)
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
    _tell(work, after, phase, gate, checklist, words)
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


def _meets(drawing: Drawing, node: str) -> str:
    into = drawing.into(node)
    if len(into) == 1 and len(drawing.out_of(into[0].source)) == 1:
        return into[0].source
    return ""


def phases_in_order(work: Work, drawing: Drawing) -> list[str]:
    """Return the phases that are drawn, in the order of `model.json`."""
    return [phase.key for phase in work.model.phases if phase.key in drawing.document.by_id]


def ways_forward(drawing: Drawing, phase: str) -> list[Line]:
    """Return the flows that lead on to a phase from what comes before it; not those that lead back."""
    entry = _meets(drawing, phase) or phase
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


def _tell(work: Work, after: str, phase: str, gate: str, checklist: str, words: PhaseWords) -> None:
    """Tell `model.json` of the phase, its box and its gate."""
    box = _open_box(work, after, words.name.strip())
    place = work.place("phases", after) + 1
    entry: dict[str, Any] = {"key": phase, "box": box, "label": {"sv": words.name.strip()}}
    entry |= {"question": {"sv": words.question.strip()}} if words.question.strip() else {}
    work.insert(("phases",), place, entry | {"checklist": checklist})
    gates = work.value("gates")
    last = max((number for number, one in enumerate(gates) if one["box"] < box), default=-1)
    told = {
        "key": gate,
        "short": {"sv": words.gate_short.strip()},
        "label": {"sv": words.gate_label.strip()},
        "box": box,
        "statement": {"sv": words.statement.strip()},
        "checklists": [checklist],
        "documents": [],
        "outcomes": list(OUTCOMES),
        "rework_to": [phase],
        "of": None,
        "item": None,
        "closing": False,
    }
    work.insert(("gates",), last + 1, told)


def _open_box(work: Work, after: str, label: str) -> int:
    """Put a new box after the one that a phase lies in, and return its number.

    Where that box goes on with other phases it is cut in two, since each gate closes a box.
    """
    phases = work.value("phases")
    here = next(phase for phase in phases if phase["key"] == after)
    number = here["box"]
    rest = [phase["key"] for phase in phases[work.place("phases", after) + 1 :] if phase["box"] == number]
    by = 2 if rest else 1
    _renumber(work, number, by)
    place = next(n for n, box in enumerate(work.value("boxes")) if box["number"] == number)
    work.insert(("boxes",), place + 1, {"number": number + 1, "label": {"sv": label}})
    if rest:
        names = "/".join(phase_name(work, key) for key in rest)
        work.insert(("boxes",), place + 2, {"number": number + 2, "label": {"sv": names}})
        first = [phase["label"]["sv"] for phase in phases if phase["box"] == number and phase["key"] not in rest]
        work.put(("boxes", place, "label"), {"sv": "/".join(first)})
        for key in rest:
            work.put(("phases", work.place("phases", key), "box"), number + 2)
        for n, gate in enumerate(work.value("gates")):
            if gate["box"] == number:
                work.put(("gates", n, "box"), number + 2)
    return int(number) + 1


def _renumber(work: Work, above: int, by: int) -> None:
    """Give every box after one, and what lies in it, another number."""
    for kind, field in (("boxes", "number"), ("phases", "box"), ("gates", "box")):
        for number, entry in enumerate(work.value(kind)):
            if entry[field] > above:
                work.put((kind, number, field), entry[field] + by)


def _tell_names(work: Work, drawing: Drawing, forward: list[Line], onward: str, phase: str) -> None:
    """Let flows that named the phase they led to name the new one."""
    old, new = phase_name(work, onward), phase_name(work, phase)
    for line in forward:
        if line.name.endswith(f"→ {old}"):
            now = drawing.lines[line.id]
            drawing.say(now, name=line.name.removesuffix(old) + new, condition=now.condition)


def rename_phase(files: Mapping[str, bytes], key: str, *, name: str, question: str) -> Changes:
    """Call a phase something else, also where flows name it. Raises WordsMissing, StepGone."""
    if not name.strip():
        raise WordsMissing(field="name", sentence="Skriv vad fasen heter")
    work = Work(files)
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


def parts_of_phase(work: Work, drawing: Drawing, key: str) -> list[str]:
    """Return a phase with what follows it and leads nowhere but on: its gate, gateways and ends."""
    order = phases_in_order(work, drawing)
    entries = {_meets(drawing, other) or other for other in order}
    found = [_meets(drawing, key)] if _meets(drawing, key) else []
    stack = [key]
    while stack:
        node = stack.pop()
        if node in found:
            continue
        found.append(node)
        stack += [line.target for line in drawing.out_of(node) if line.target not in entries]
    return found


def remove_phase(files: Mapping[str, bytes], key: str) -> Changes:
    """Take a phase away with its gate, and lead past it. Raises StepNeeded, AnswersRead, StepGone."""
    work = Work(files)
    drawing = work.drawing(key)
    order = phases_in_order(work, drawing)
    number = work.place("phases", key)
    called = f"Fasen {work.model.phase(key).label['sv']}"
    _refuse_outermost(work, order, key, called)
    onward = order[order.index(key) + 1]
    gone = parts_of_phase(work, drawing, key)
    inside = {inner.id for node in gone for inner in drawing.element(node).walk() if inner.id}
    refuse_when_read(files, inside, called)
    gates = {styr_of(drawing.element(node), "gate").get("key", "") for node in gone} - {""}
    _refuse_rework(work, gates, key, called)
    target = _meets(drawing, onward) or onward
    for line in ways_forward(drawing, key):
        drawing.change(line, target=target)
    ends = [node for node in gone if drawing.element(node).local == "endEvent"]
    for node in gone:
        drawing.remove(node)
    for end in ends:
        if end in work.value("ends"):
            work.drop(("ends", end))
    forget_documents(work, inside)
    _forget(work, key, number, gates)
    for gate in gates:
        drop_gate_rows(work, gate)
    return without_gaps(files, work.changes(), called)


def _refuse_outermost(work: Work, order: list[str], key: str, called: str) -> None:
    if key == order[0]:
        raise StepNeeded(what=called, why="modellen börjar i den")
    if key == order[-1]:
        raise StepNeeded(what=called, why="modellen slutar i den")


def _refuse_rework(work: Work, gates: set[str], key: str, called: str) -> None:
    """Raise StepNeeded when another gate leads back to the phase and nowhere else, or first."""
    for gate in work.value("gates"):
        if gate["of"] in gates and gate["key"] not in gates:
            raise StepNeeded(what=called, why=f"{gate['label']['sv']} hör till dess beslutspunkt")
        if gate["key"] not in gates and gate["rework_to"][:1] == [key]:
            raise StepNeeded(what=called, why=f"{gate['label']['sv']} leder i första hand tillbaka dit")


def _forget(work: Work, key: str, number: int, gates: set[str]) -> None:
    """Take the phase, its gates, and its box when that is empty, out of `model.json`."""
    box = work.value("phases", number)["box"]
    work.drop(("phases", number))
    for gate in gates:
        work.drop(("gates", work.place("gates", gate)))
    for place, told in enumerate(work.value("gates")):
        if key in told["rework_to"]:
            work.put(("gates", place, "rework_to"), [phase for phase in told["rework_to"] if phase != key])
    if not any(phase["box"] == box for phase in work.value("phases")):
        place = next(n for n, one in enumerate(work.value("boxes")) if one["number"] == box)
        work.drop(("boxes", place))
        _renumber(work, box, -1)


__all__ = ["PhaseWords", "add_phase", "phases_in_order", "remove_phase", "rename_phase"]
