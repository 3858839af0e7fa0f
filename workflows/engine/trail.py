"""Which elements and flows of a diagram tokens have passed, for whoever asks: trials and the coverage of scenarios."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from workflows.engine.diagram import Node, NodeKind


@dataclass(slots=True, kw_only=True)
class Trail:
    """Grows while the engine's verbs are given it. Ids of nodes that were reached, and of flows that were followed.

    An event on an edge or behind an event-based gateway is reached when it happens, everything else when a token
    comes to it.
    """

    nodes: set[str] = field(default_factory=set)
    flows: set[str] = field(default_factory=set)

    def passed(self, node: Node, targets: Iterable[str]) -> None:
        """Note that a token went on from `node` to the nodes `targets`."""
        self.nodes.add(node.id)
        reached = set(targets)
        for flow in node.outgoing:
            if flow.target in reached:
                self.flows.add(flow.id)
                self.nodes.add(flow.target)

    def chose(self, node: Node, flow_id: str | None) -> None:
        """Note which flow a gateway chose, None for its default. Two flows may well lead to the same node."""
        wanted = flow_id or node.default or node.outgoing[0].id
        self.nodes.add(node.id)
        for flow in node.outgoing:
            if flow.id == wanted:
                self.flows.add(flow.id)
                self.nodes.add(flow.target)

    def happened(self, node: Node, before: Iterable[Node]) -> None:
        """Note that an event happened: only now is the flow to it followed, where several events waited together."""
        races = {other.id for other in before if other.kind is NodeKind.RACE}
        self.flows.update(flow.id for flow in node.incoming if flow.source in races)
