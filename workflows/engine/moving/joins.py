"""Plays the token game of a scope from where a project stands, to find joins that would be left waiting for ever."""

from __future__ import annotations

from collections import Counter

from workflows.engine.diagram import Diagram, Flow, Node, NodeKind, Scope

Marking = tuple[str, ...]
"""Ids of the flows on which tokens stand, sorted."""

MAX_MARKINGS = 5_000
"""Beyond these nothing more is looked at; our largest scope has 50."""


def dead_end(diagram: Diagram, scope: Scope, first: Marking) -> Marking | None:
    """Return a marking that can be reached from `first` in which tokens are left but none can move; None without any.

    Moves of different tokens never hinder one another (only an error end does, and it ends the game), so it is enough
    to try the choices of one token at a time: no marking that is dead is missed thereby.
    """
    targets = {flow.id: diagram.nodes[flow.target] for node in scope.nodes for flow in node.outgoing}
    seen, ahead = {first}, [first]
    while ahead and len(seen) < MAX_MARKINGS:
        marking = ahead.pop()
        following = _moves(diagram, targets, marking)
        if following is None:
            return marking
        new = set(following) - seen
        seen |= new
        ahead += new
    return None


def _moves(diagram: Diagram, targets: dict[str, Node], marking: Marking) -> list[Marking] | None:
    """Return what one token's move can make of a marking; None when tokens are left and none can move."""
    if not marking:
        return []
    for flow in marking:
        node = targets[flow]
        if node.kind is NodeKind.END and node.trigger is not None:
            return []
        left = Counter(marking)
        left.subtract([flow.id for flow in node.incoming] if node.kind is NodeKind.PARALLEL else [flow])
        if min(left.values()) >= 0:
            rest = list(left.elements())
            return [tuple(sorted(rest + [flow.id for flow in out])) for out in _ways_out(diagram, node)]
    return None


def _ways_out(diagram: Diagram, node: Node) -> list[list[Flow]]:
    """Return the sets of flows by which a token can leave a node."""
    if node.kind is NodeKind.CHOICE:
        return [[flow] for flow in node.outgoing]
    if node.kind is NodeKind.RACE:
        return [list(diagram.nodes[flow.target].outgoing) for flow in node.outgoing]
    events = diagram.boundary(node.id)
    added = [flow for event in events if not event.interrupting for flow in event.outgoing]
    instead = [list(event.outgoing) for event in events if event.interrupting]
    return [[*node.outgoing, *added], list(node.outgoing), *instead]
