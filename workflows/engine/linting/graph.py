"""Questions about ways through a scope: what can be reached, and what lies on a loop."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from workflows.engine.diagram import Diagram, Node, NodeKind, Scope

Ways = Mapping[str, Collection[str]]
"""Where each node of a scope leads."""


def ways(diagram: Diagram, scope: Scope) -> dict[str, list[str]]:
    """Return where a token can go from each node of a scope, its boundary events included."""
    inside = {node.id for node in scope.nodes}
    return {node.id: [other for other in diagram.following(node) if other in inside] for node in scope.nodes}


def backwards(forward: Ways) -> dict[str, list[str]]:
    """Return the same ways the other way round."""
    turned: dict[str, list[str]] = {node: [] for node in forward}
    for node, targets in forward.items():
        for target in targets:
            turned[target].append(node)
    return turned


def reachable(forward: Ways, roots: Iterable[str]) -> set[str]:
    """Return what can be reached from `roots`, themselves included."""
    seen: set[str] = set()
    ahead = list(roots)
    while ahead:
        node = ahead.pop()
        if node not in seen:
            seen.add(node)
            ahead += forward.get(node, ())
    return seen


def on_loops(forward: Ways) -> set[str]:
    """Return the nodes from which a way leads back to themselves."""
    return {node for node in forward if node in reachable(forward, forward[node])}


def without(forward: Ways, removed: Collection[str]) -> dict[str, list[str]]:
    """Return the ways that pass none of the removed nodes."""
    return {
        node: [target for target in targets if target not in removed]
        for node, targets in forward.items()
        if node not in removed
    }


def waits(diagram: Diagram, node: Node) -> bool:
    """Tell whether a token rests at a node, or can: for a person, a message or a time, here or somewhere inside."""
    seen: set[str] = set()
    ahead = [node]
    while ahead:
        one = ahead.pop()
        if one.kind in (NodeKind.USER, NodeKind.CATCH, NodeKind.BOUNDARY):
            return True
        inner = one.calls if one.kind is NodeKind.CALL else one.id if one.kind is NodeKind.SUBPROCESS else None
        scope = diagram.scopes.get(inner or "")
        if scope is not None and scope.id not in seen:
            seen.add(scope.id)
            ahead += scope.nodes
    return False
