"""Plays the token game of each scope with every choice, to find joins that can be left waiting for ever."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workflows.engine.diagram import Diagram, Flow, Node, NodeKind, Scope, at
from workflows.engine.errors import Finding

Marking = tuple[str, ...]
"""Ids of the flows on which tokens stand, sorted."""

MAX_MARKINGS = 5_000
MAX_TOKENS = 24
"""Beyond these the game is given up, and nothing is said; ours have at most a few hundred markings."""


def joins_complete(diagram: Diagram) -> Iterator[Finding]:
    """A parallel join gets a token from each of its flows, whatever is chosen before it.

    Ways of different tokens never hinder one another, so it is enough to try the choices of one token at a time.
    """
    for scope in diagram.scopes.values():
        stuck = {node.id: node for marking in _dead_ends(diagram, scope) for node in _targets(diagram, scope, marking)}
        for node in stuck.values():
            message = "Sammanslagningen kan bli väntande för alltid. Låt just de grenar mötas här som delas parallellt."
            yield at(node, "join-waits-forever", message)


def _dead_ends(diagram: Diagram, scope: Scope) -> Iterator[Marking]:
    """Yield the reachable markings in which tokens are left but none can move."""
    [start] = [node for node in scope.nodes if node.kind is NodeKind.START]
    first: Marking = tuple(flow.id for flow in start.outgoing)
    seen, ahead = {first}, [first]
    while ahead and len(seen) < MAX_MARKINGS:
        marking = ahead.pop()
        following = _moves(diagram, scope, marking)
        if following is None:
            yield marking
            continue
        for after in following:
            if after not in seen and len(after) <= MAX_TOKENS:
                seen.add(after)
                ahead.append(after)


def _moves(diagram: Diagram, scope: Scope, marking: Marking) -> list[Marking] | None:
    """Return what one token's next move can make of a marking; None when tokens are left and none can move."""
    if not marking:
        return []
    flows = {flow.id: flow for node in scope.nodes for flow in node.outgoing}
    for identifier in marking:
        node = diagram.nodes[flows[identifier].target]
        if node.kind is NodeKind.END and node.trigger is not None:
            return []
        taken = [flow.id for flow in node.incoming] if node.kind is NodeKind.PARALLEL else [identifier]
        left = Counter(marking)
        left.subtract(taken)
        if min(left.values()) >= 0:
            rest = list(left.elements())
            return [tuple(sorted(rest + [flow.id for flow in out])) for out in _ways_out(diagram, node)]
    return None


def _ways_out(diagram: Diagram, node: Node) -> list[list[Flow]]:
    """Return the sets of flows by which a token can leave a node. What only adds a token is taken to have happened."""
    if node.kind is NodeKind.CHOICE:
        return [[flow] for flow in node.outgoing]
    if node.kind is NodeKind.RACE:
        return [list(diagram.nodes[flow.target].outgoing) for flow in node.outgoing]
    events = diagram.boundary(node.id)
    added = [flow for event in events if not event.interrupting for flow in event.outgoing]
    instead = [list(event.outgoing) for event in events if event.interrupting]
    return [[*node.outgoing, *added], list(node.outgoing), *instead]


def _targets(diagram: Diagram, scope: Scope, marking: Marking) -> list[Node]:
    return [diagram.nodes[flow.target] for node in scope.nodes for flow in node.outgoing if flow.id in marking]
