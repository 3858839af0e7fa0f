"""Rules on four eyes: whoever decides or reviews can be somebody else than whoever asked or wrote."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.engine import Node, TaskDefinition, TaskKind
from workflows.models.finding import Finding
from workflows.models.linting.parts import Parts, in_model

WRITING = frozenset({TaskKind.DOCUMENT, TaskKind.CHECKLIST, TaskKind.RECORD})
"""Steps that make what others then look at."""


def check(parts: Parts) -> Iterator[Finding]:
    """Return the decisions and reviews that only the person could make who asked for them."""
    assert parts.diagram is not None
    yield from _decisions(parts)
    yield from _reviews(parts)
    yield from _holders(parts)


def _decisions(parts: Parts) -> Iterator[Finding]:
    """Within a gate, the step that decides has another role than the step that asks for the decision."""
    for task in _tasks(parts):
        if task.kind is not TaskKind.DECISION:
            continue
        asking = [other for other in _before(parts, task) if other.kind is not TaskKind.DECISION]
        if asking and all(_same_people(parts, task.role, other.role) for other in asking):
            message = (
                f"Den som begär beslutet ({parts.role_name(asking[0].role)}) fattar det också. "
                "Ge beslutet till en annan roll, så att två personer alltid ser på det."
            )
            yield _at(parts, task, "decider-asks", message)


def _reviews(parts: Parts) -> Iterator[Finding]:
    """A review is made by another role than what it looks at."""
    for task in _tasks(parts):
        if task.kind is not TaskKind.REVIEW:
            continue
        written = _written(parts, task)
        if written and all(_same_people(parts, task.role, other.role) for other in written):
            message = (
                f"Den som skriver (steget ”{written[0].name}”) granskar också. Ge granskningen till en annan roll "
                f"än {parts.role_name(written[0].role)}."
            )
            yield _at(parts, task, "reviewer-writes", message)


def _holders(parts: Parts) -> Iterator[Finding]:
    """The sponsor and the project manager are not appointed by the very same answer."""
    model = parts.model
    roles = (model.duties.manager, model.duties.sponsor)
    manager, sponsor = (model.holders.get(role, ()) for role in roles)
    if manager and manager == sponsor:
        both = " och ".join(map(parts.role_name, roles))
        message = f"Samma fält utser {both}, så ingen kan besluta. Ge en av dem ett eget fält."
        yield in_model("same-holder", f"holders/{roles[0]}", message)


def _written(parts: Parts, task: TaskDefinition) -> list[TaskDefinition]:
    """Return the steps that make what a review looks at: by `about`, else the nearest steps before it."""
    sources = {source.partition(".")[0] for source in parts.model.about.get(task.form or "", ())}
    if sources:
        return [other for other in _tasks(parts) if other.form in sources and other.node != task.node]
    return [other for other in _before(parts, task) if other.kind in WRITING]


def _same_people(parts: Parts, one: str | None, other: str | None) -> bool:
    """Tell whether two roles are always held by the same person: one role, or one field that appoints both."""
    if one is None or other is None:
        return False
    fields = [parts.model.holders.get(role, ()) for role in (one, other)]
    return one == other or (bool(fields[0]) and fields[0] == fields[1])


def _before(parts: Parts, task: TaskDefinition) -> list[TaskDefinition]:
    """Return the nearest user tasks on every way that leads to a step, within its process."""
    assert parts.diagram is not None
    nodes, tasks = parts.diagram.diagram.nodes, parts.diagram.tasks
    found: dict[str, TaskDefinition] = {}
    seen: set[str] = set()
    ahead = _sources(parts, nodes[task.node])
    while ahead:
        node = ahead.pop()
        if node in seen:
            continue
        seen.add(node)
        if node in tasks:
            found[node] = tasks[node]
        else:
            ahead += _sources(parts, nodes[node])
    found.pop(task.node, None)
    return list(found.values())


def _sources(parts: Parts, node: Node) -> list[str]:
    """Return what leads to a node: into a sub-process from before it, and out of one from its ends."""
    assert parts.diagram is not None
    diagram = parts.diagram.diagram
    owner = diagram.scopes[node.scope].owner
    sources = [flow.source for flow in node.incoming]
    if not sources and node.attached_to is None and owner is not None:
        sources = [flow.source for flow in diagram.nodes[owner].incoming]
    opened: list[str] = []
    for source in sources:
        inside = diagram.scopes.get(source)
        ends = [] if inside is None else [end.id for end in inside.nodes if not end.outgoing and end.trigger is None]
        opened += ends or [source]
    return opened


def _tasks(parts: Parts) -> Iterator[TaskDefinition]:
    assert parts.diagram is not None
    return iter(parts.diagram.tasks.values())


def _at(parts: Parts, task: TaskDefinition, rule: str, message: str) -> Finding:
    assert parts.diagram is not None
    file = parts.diagram.diagram.nodes[task.node].file
    return Finding(rule=rule, file=file, element=task.node, attribute="role", message=message)
