"""Takes a phase away with its gate, and leads past it."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.models.editing.drawing import Drawing
from workflows.models.editing.errors import StepNeeded
from workflows.models.editing.phase_boxes import renumber
from workflows.models.editing.phases import meets, phases_in_order, ways_forward
from workflows.models.editing.reading import Changes, unless_read
from workflows.models.editing.step_removal import forget_documents
from workflows.models.editing.tables_text import drop_gate_rows
from workflows.models.editing.work import Work, styr_of


def parts_of_phase(work: Work, drawing: Drawing, key: str) -> list[str]:
    """Return a phase with what follows it and leads nowhere but on: its gate, gateways and ends."""
    order = phases_in_order(work, drawing)
    entries = {meets(drawing, other) or other for other in order}
    found = [meets(drawing, key)] if meets(drawing, key) else []
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
    gates = {styr_of(drawing.element(node), "gate").get("key", "") for node in gone} - {""}
    _refuse_rework(work, gates, key, called)
    target = meets(drawing, onward) or onward
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
    return unless_read(files, work.changes(), inside, called)


def _refuse_outermost(work: Work, order: list[str], key: str, called: str) -> None:
    if key == order[0]:
        raise StepNeeded(what=called, why="modellen börjar i den")
    if key == order[-1]:
        raise StepNeeded(what=called, why="modellen slutar i den")


def _refuse_rework(work: Work, gates: set[str], key: str, called: str) -> None:
    """Raise StepNeeded when another gate leads back to the phase and nowhere else, or first."""
    for gate in work.value("gates"):
        if gate["of"] in gates and gate["key"] not in gates:
            raise StepNeeded(what=called, why=f"{gate['label']['sv']} hör till dess beslutspunkt", gate=gate["key"])
        if gate["key"] not in gates and gate["rework_to"][:1] == [key]:
            why = f"{gate['label']['sv']} leder i första hand tillbaka dit"
            raise StepNeeded(what=called, why=why, gate=gate["key"])


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
        renumber(work, box, -1)
