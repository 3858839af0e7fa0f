"""A process as one graph, sub-processes opened: what can come after what, whatever frames are drawn around it."""

from __future__ import annotations

from workflows.engine.diagram import Diagram, Node, NodeKind, Scope, TriggerKind


def flat_ways(diagram: Diagram, process: str) -> dict[str, list[str]]:
    """Return where a token can go from each node of a process: into sub-processes, and out through their ends."""
    return {
        node.id: _following(diagram, scope, node)
        for scope in diagram.scopes.values()
        if scope.process == process
        for node in scope.nodes
    }


def start_of(diagram: Diagram, scope: str) -> str:
    """Return the id of the start event of a process or sub-process."""
    return next(node.id for node in diagram.scopes[scope].nodes if node.kind is NodeKind.START)


def catchers(diagram: Diagram, end: Node) -> list[Node]:
    """Return the events that catch an error end within its process: those of the innermost frame that has any."""
    owner = diagram.scopes[end.scope].owner
    while owner is not None and end.trigger is not None:
        found = [event for event in diagram.boundary(owner) if catches(event, end.trigger.value)]
        if found:
            return found
        owner = diagram.scopes[diagram.nodes[owner].scope].owner
    return []


def catches(event: Node, code: str) -> bool:
    """Tell whether a boundary event catches an error with this code."""
    trigger = event.trigger
    return trigger is not None and trigger.kind is TriggerKind.ERROR and trigger.value in ("", code)


def _following(diagram: Diagram, scope: Scope, node: Node) -> list[str]:
    if node.kind is NodeKind.END:
        if node.trigger is not None:
            return [event.id for event in catchers(diagram, node)]
        return [] if scope.owner is None else [flow.target for flow in diagram.nodes[scope.owner].outgoing]
    if node.kind is NodeKind.SUBPROCESS:
        return [start_of(diagram, node.id), *(event.id for event in diagram.boundary(node.id))]
    return list(diagram.following(node))
