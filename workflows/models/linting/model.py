"""`model.json` and the diagrams tell of the same phases, gates, roles, ends and first step."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.engine import DrawnStep, Executable, NodeKind, TaskKind
from workflows.models.finding import Finding
from workflows.models.linting.parts import Parts, in_model

DECIDING_FORMS = frozenset({"single", "meeting", "board"})
"""The forms of deciding tasks: how a decision is taken."""


def check(parts: Parts) -> Iterator[Finding]:
    """Return where `model.json` and the diagrams differ."""
    assert parts.diagram is not None
    for rule in (_work, _first_step, _gates, _ends, _roles, _forms, _documents, _items):
        yield from rule(parts, parts.diagram)


def _work(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """The frame round all phases is a sub-process, and each phase a sub-process in it, in the same order."""
    model = parts.model
    frame = next((step for step in diagram.steps() if step.node == model.work), None)
    if frame is None or frame.kind is not NodeKind.SUBPROCESS:
        yield in_model("unknown-work", "work", f"Delprocessen {model.work} finns inte i {model.process}.")
        return
    drawn = [step.node for step in frame.steps if step.kind is NodeKind.SUBPROCESS]
    for phase in model.phases:
        if phase.key not in drawn:
            message = f"Fasen {phase.key} har ingen delprocess med det id:t i {model.work}."
            yield in_model("phase-without-subprocess", f"phases/{phase.key}", message)
    for node in drawn:
        if node not in {phase.key for phase in model.phases}:
            yield _drawn(parts, "subprocess-without-phase", node, f"Delprocessen {node} är ingen fas i model.json.")


def _first_step(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """Whoever has an idea meets the start form first."""
    first = next(_tasks(diagram, diagram.steps(), {parts.model.process}), None)
    form = diagram.tasks[first].form if first else None
    if form != parts.model.start_form:
        message = f"Det första steget visar {form}, inte {parts.model.start_form}."
        yield in_model("start-form", "start_form", message)


def _tasks(diagram: Executable, steps: tuple[DrawnStep, ...], seen: set[str]) -> Iterator[str]:
    """Yield user tasks in flow order, through sub-processes and called processes, each of these once."""
    for step in steps:
        if step.kind is NodeKind.USER:
            yield step.node
        yield from _tasks(diagram, step.steps, seen)
        if step.calls is not None and step.calls not in seen:
            seen.add(step.calls)
            yield from _tasks(diagram, diagram.steps(step.calls), seen)


def _gates(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """The gates are the same, with the same outcomes."""
    told = {gate.key: gate for gate in parts.model.gates}
    for key in sorted(told.keys() - diagram.gates.keys()):
        yield in_model("gate-not-drawn", f"gates/{key}", f"Beslutspunkten {key} finns inte i diagrammet.")
    for node in diagram.diagram.nodes.values():
        drawn_key = node.styr.get("gate", {}).get("key")
        if drawn_key is not None and drawn_key not in told:
            yield _drawn(parts, "gate-not-told", node.id, f"Beslutspunkten {drawn_key} finns inte i model.json.")
    for key in sorted(told.keys() & diagram.gates.keys()):
        drawn, said = set(diagram.gates[key].outcomes), set(told[key].outcomes)
        if drawn != said:
            message = (
                f"Utfallen skiljer: diagrammet har {_listed(drawn - said)}, model.json har {_listed(said - drawn)}."
            )
            yield in_model("gate-outcomes-differ", f"gates/{key}", message)


def _ends(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """Ends that close a project are drawn, and one of them closes it well."""
    for end in parts.model.ends:
        if end not in diagram.ends:
            yield in_model("unknown-end", f"ends/{end}", f"Sluthändelsen {end} finns inte i diagrammet.")
    if "closed" not in parts.model.ends.values():
        yield in_model("no-closed-end", "ends", "Ingen sluthändelse gör projektet avslutat (closed).")


def _roles(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """Whoever does a step has a role of the model."""
    known = {role.key for role in parts.model.roles}
    for task in diagram.tasks.values():
        if task.role is not None and task.role not in known:
            yield _drawn(parts, "unknown-role", task.node, f"Rollen {task.role} finns inte i model.json.")


def _forms(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """A step that is not a decision shows a form or checklist; a decision shows how it is taken."""
    for task in diagram.tasks.values():
        if task.kind is TaskKind.DECISION and task.form not in DECIDING_FORMS:
            message = f"Ett beslut visar {_listed(DECIDING_FORMS)}, inte {task.form}."
            yield _drawn(parts, "deciding-form", task.node, message)
        elif task.form is None:
            yield _drawn(parts, "task-without-form", task.node, "Steget visar inget formulär. Välj ett.")
        elif task.kind is TaskKind.CHECKLIST and task.form in parts.forms:
            yield _drawn(
                parts, "unknown-checklists", task.node, f"{parts.called(task.form or '')} är inte en checklista."
            )


def _documents(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """A document comes from a step."""
    shown = {task.form for task in diagram.tasks.values()}
    for document in parts.model.documents:
        if document.form in parts.forms and document.form not in shown:
            message = f"Inget steg visar formuläret {parts.called(document.form)}, så dokumentet blir aldrig till."
            yield in_model("document-without-step", f"documents/{document.key}", message)


def _items(parts: Parts, diagram: Executable) -> Iterator[Finding]:
    """A gate held once per item lies in a process that is called once per such item."""
    names = {node.each.item for node in diagram.diagram.nodes.values() if node.each is not None}
    for gate in parts.model.gates:
        if gate.item is not None and gate.item not in names:
            message = f"Inget flerinstanssteg i diagrammet har delen {gate.item}."
            yield in_model("unknown-item", f"gates/{gate.key}", message)


def _drawn(parts: Parts, rule: str, element: str, message: str) -> Finding:
    """Return a finding about an element of a diagram."""
    assert parts.diagram is not None
    node = parts.diagram.diagram.nodes.get(element)
    return Finding(rule=rule, file=node.file if node else "", element=element, message=message)


def _listed(words: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(words)) or "inget"
