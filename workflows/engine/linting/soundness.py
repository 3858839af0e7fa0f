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
"""Beyond these the game is given up, and nothing is said; our largest scope has 50 markings."""


def joins_complete(diagram: Diagram) -> Iterator[Finding]:
    """A parallel join gets a token from each of its flows, whatever is chosen before it."""
    for scope in diagram.scopes.values():
        game = _Game(diagram, scope)
        for node in {node.id: node for marking in game.dead_ends() for node in game.reached_by(marking)}.values():
            message = "Sammanslagningen kan bli väntande för alltid. Låt just de grenar mötas här som delas parallellt."
            yield at(node, "join-waits-forever", message)


class _Game:
    """The markings of one scope.

    Moves of different tokens never hinder one another (only an error end does, and it ends the game), so it is enough
    to try the choices of one token at a time: no marking that is dead is missed thereby.
    """

    def __init__(self, diagram: Diagram, scope: Scope) -> None:
        self.diagram = diagram
        self.targets = {flow.id: diagram.nodes[flow.target] for node in scope.nodes for flow in node.outgoing}
        [start] = [node for node in scope.nodes if node.kind is NodeKind.START]
        self.first: Marking = tuple(flow.id for flow in start.outgoing)

    def reached_by(self, marking: Marking) -> list[Node]:
        """Return the nodes before which the tokens of a marking stand."""
        return [self.targets[flow] for flow in marking]

    def dead_ends(self) -> Iterator[Marking]:
        """Yield the markings in which tokens are left but none can move."""
        seen, ahead = {self.first}, [self.first]
        while ahead and len(seen) < MAX_MARKINGS:
            marking = ahead.pop()
            following = self._moves(marking)
            if following is None:
                yield marking
                continue
            new = {after for after in following if after not in seen and len(after) <= MAX_TOKENS}
            seen |= new
            ahead += new

    def _moves(self, marking: Marking) -> list[Marking] | None:
        """Return what one token's move can make of a marking; None when tokens are left and none can move."""
        if not marking:
            return []
        for flow in marking:
            node = self.targets[flow]
            if node.kind is NodeKind.END and node.trigger is not None:
                return []
            left = Counter(marking)
            left.subtract([flow.id for flow in node.incoming] if node.kind is NodeKind.PARALLEL else [flow])
            if min(left.values()) >= 0:
                rest = list(left.elements())
                return [tuple(sorted(rest + [flow.id for flow in out])) for out in self._ways_out(node)]
        return None

    def _ways_out(self, node: Node) -> list[list[Flow]]:
        """Return the sets of flows by which a token can leave a node."""
        if node.kind is NodeKind.CHOICE:
            return [[flow] for flow in node.outgoing]
        if node.kind is NodeKind.RACE:
            return [list(self.diagram.nodes[flow.target].outgoing) for flow in node.outgoing]
        events = self.diagram.boundary(node.id)
        added = [flow for event in events if not event.interrupting for flow in event.outgoing]
        instead = [list(event.outgoing) for event in events if event.interrupting]
        return [[*node.outgoing, *added], list(node.outgoing), *instead]
