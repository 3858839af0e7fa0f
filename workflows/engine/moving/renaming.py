"""Parts of a diagram that were only given another id: what is alive in them goes on there."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.engine.codec import Row
from workflows.engine.diagram import Diagram, Node, NodeKind
from workflows.engine.moving.ways import node_of


def renamed_part(origin: Diagram, target: Diagram, node: Node, row: Row, scope: str) -> str | None:
    """Return the id in `scope` of the target of a part that it does not have by its own, where that is certain."""
    if node.id in target.nodes:
        return None
    if node.kind is NodeKind.SUBPROCESS:
        return _same_inside(origin, target, node, row, scope)
    return _same_call(origin, target, node, scope) if node.kind is NodeKind.CALL else None


def as_often(one: Node, other: Node) -> bool:
    """Tell whether two activities are done as often: once, or for each of the same list.

    When it is enough is no part of that: such a condition reads the activity's own results, by its id.
    """
    loops = [None if node.each is None else (node.each.item, node.each.collection) for node in (one, other)]
    return loops[0] == loops[1]


def _same_inside(origin: Diagram, target: Diagram, node: Node, row: Row, scope: str) -> str | None:
    """Return the sub-process that has everything of a missing one: new, alone, and at the same place."""
    inside = {other.id for other in origin.scopes[node.id].nodes if other.id in target.nodes}
    homes = {target.nodes[other].scope for other in inside}
    alive = {node_of(inner) for inner in _inner_rows(row)}
    if len(homes) != 1 or not alive <= inside:
        return None
    [home] = homes
    owner = target.nodes.get(home)
    return home if owner is not None and home not in origin.nodes and owner.scope == scope else None


def _same_call(origin: Diagram, target: Diagram, node: Node, scope: str) -> str | None:
    """Return the one new call of the same process, as often and at the same place, if only one such is missing."""
    missing = [other for other in origin.nodes.values() if other.scope == node.scope and other.id not in target.nodes]
    new = [other for other in target.nodes.values() if other.scope == scope and other.id not in origin.nodes]
    alike = [[other for other in found if _calls_alike(node, other)] for found in (missing, new)]
    return alike[1][0].id if [len(found) for found in alike] == [1, 1] else None


def _calls_alike(one: Node, other: Node) -> bool:
    gates = [node.styr.get("gate", {}).get("key") for node in (one, other)]
    return other.kind is NodeKind.CALL and one.calls == other.calls and as_often(one, other) and gates[0] == gates[1]


def _inner_rows(row: Row) -> Iterator[Row]:
    """Yield the rows that stand directly inside a sub-process, in whatever frame or repetition it is."""
    yield from row.get("r", {}).get("t", ())
    for child in row.get("c", ()):
        yield from _inner_rows(child)
