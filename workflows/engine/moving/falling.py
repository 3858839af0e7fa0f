"""Where a branch goes on in another bundle when the work of its step ends with the move."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.engine.codec import Row
from workflows.engine.diagram import Diagram, Flow, Node, NodeKind

_PASSED = (NodeKind.CHOICE, NodeKind.PARALLEL)
"""Gateways that a token goes through by itself where they have one way out."""


def beyond(origin: Diagram, target: Diagram, step: Node) -> Row | Node | None:
    """Return the row of a token that waits where branches meet, or what would have to begin instead.

    None where the branch is gone, or ends there.
    """
    ahead = [_followed(target, flow) for flow in _new_ways(origin, target, step)]
    joins = [flow for flow in ahead if target.nodes[flow.target].kind is NodeKind.PARALLEL]
    if joins:
        return {"n": joins[0].target, "m": joins[0].source}
    begins = [target.nodes[flow.target] for flow in ahead if target.nodes[flow.target].kind is not NodeKind.END]
    return begins[0] if begins else None


def _new_ways(origin: Diagram, target: Diagram, step: Node) -> Iterator[Flow]:
    """Yield the flows that only the target has out of what led to a step."""
    for source in _before(origin, target, step, {step.id}):
        known = {flow.target for flow in origin.nodes[source].outgoing}
        yield from (flow for flow in target.nodes[source].outgoing if flow.target not in known)


def _before(origin: Diagram, target: Diagram, step: Node, seen: set[str]) -> Iterator[str]:
    """Yield the last elements before a step that the target has too, at the same place."""
    for flow in step.incoming:
        source = origin.nodes[flow.source]
        there = target.nodes.get(source.id)
        if there is not None and there.scope == source.scope:
            yield source.id
        elif source.id not in seen:
            seen.add(source.id)
            yield from _before(origin, target, source, seen)


def _followed(target: Diagram, flow: Flow) -> Flow:
    """Return the flow into the first element that a token does not go through by itself."""
    seen: set[str] = set()
    while True:
        node = target.nodes[flow.target]
        by_itself = node.kind in _PASSED and len(node.outgoing) == 1 and node.id not in seen
        if not by_itself or (node.kind is NodeKind.PARALLEL and len(node.incoming) > 1):
            return flow
        seen.add(node.id)
        flow = node.outgoing[0]
