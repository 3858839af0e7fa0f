"""Rules on what is known when an expression is read: answers that come later are null, and null takes the default way.

Solved as a data flow over all processes at once: which names every way to a node has filled in, and which some way has.
Where branches meet in a parallel gateway, all of them have been gone through.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms import feel
from workflows.engine.decisions import Decision
from workflows.engine.diagram import Diagram, Node, NodeKind, at
from workflows.engine.errors import Finding, Severity
from workflows.engine.expressions import sites
from workflows.engine.linting.flat import flat_ways, start_of
from workflows.engine.linting.steps import Fields
from workflows.engine.outline import flow_order

Name = tuple[str, str]
"""A variable and its field (empty when it is read as a whole)."""

WRITERS = frozenset({NodeKind.USER, NodeKind.DECISION})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A name that a node reads, and where on the node."""

    node: Node
    name: Name
    attribute: str


def upstream(diagram: Diagram, decisions: Mapping[str, Decision], fields: Fields | None) -> Iterator[Finding]:
    """What an expression reads of earlier steps has been answered, on every way that leads to it."""
    writers = [node for node in diagram.nodes.values() if _writes(node)]
    asked = {node.variable for node in writers if node.kind is NodeKind.USER}
    items = {node.each.item for node in diagram.nodes.values() if node.each is not None}
    variables = {node.variable for node in writers} - items - {"facts", "gate"}
    reads = [read for read in _reads(diagram, decisions) if read.name[0] in variables]
    bits = {name: 1 << number for number, name in enumerate(dict.fromkeys(read.name for read in reads))}
    written = {node.id: _bits(node, bits, fields) for node in writers}
    known = _Known(diagram, written, all_bits=(1 << len(bits)) - 1)
    somewhere = _all(iter(written.values()))
    told: set[tuple[str, Name]] = set()
    for read in reads:
        bit, node = bits[read.name], read.node
        own = node.each is not None and node.variable == read.name[0]
        if own or not somewhere & bit or (node.id, read.name) in told:
            continue
        told.add((node.id, read.name))
        said = ".".join(part for part in read.name if part)
        if not known.sometimes[node.id] & bit:
            message = f"{said} är aldrig ifyllt när det läses här. Läs något tidigare, eller flytta steget som skriver."
            yield at(node, "read-too-early", message, attribute=read.attribute)
        elif not known.always[node.id] & bit and read.name[0] in asked:
            message = f"{said} är inte ifyllt på alla vägar hit. Där det saknas gäller förvalet; dra annars om vägarna."
            yield at(node, "read-on-some-ways", message, attribute=read.attribute, severity=Severity.WARNING)


def _writes(node: Node) -> bool:
    return node.kind in WRITERS or "gate" in node.styr or node.each is not None


def _reads(diagram: Diagram, decisions: Mapping[str, Decision]) -> Iterator[_Read]:
    for site in sites(diagram):
        for root, *path in sorted(feel.names(feel.parse(site.source))):
            yield _Read(node=site.node, name=(root, path[0] if path else ""), attribute=site.attribute)
    for node in diagram.nodes.values():
        if node.kind is NodeKind.DECISION:
            for root, *path in sorted(decisions[node.styr["decision"]["ref"]].names()):
                yield _Read(node=node, name=(root, path[0] if path else ""), attribute="ref")


def _bits(node: Node, bits: Mapping[Name, int], fields: Fields | None) -> int:
    """Return the names that a node fills in. A form that has not all fields leaves the others as they were."""
    form = node.styr.get("task", {}).get("form")
    declared = fields(form) if node.kind is NodeKind.USER and fields is not None and form is not None else None
    return sum(
        bit
        for (root, field), bit in bits.items()
        if root == node.variable and (not field or declared is None or field in declared or node.each is not None)
    )


class _Known:
    """By node: the names filled in on every way (`always`) and on some way (`sometimes`) before it."""

    def __init__(self, diagram: Diagram, written: Mapping[str, int], *, all_bits: int) -> None:
        self.diagram = diagram
        self.written = written
        self.ways: dict[str, list[str]] = {}
        self.before: dict[str, list[str]] = defaultdict(list)
        self.always = dict.fromkeys(diagram.nodes, all_bits)
        self.sometimes = dict.fromkeys(diagram.nodes, 0)
        for scope in diagram.processes():
            self.ways |= flat_ways(diagram, scope.id)
        for node in diagram.nodes.values():
            if node.kind is NodeKind.CALL and node.calls:
                self.ways[node.id] = [*self.ways[node.id], start_of(diagram, node.calls)]
        for node_id, targets in self.ways.items():
            for target in targets:
                self.before[target].append(node_id)
        self._settle()

    def _settle(self) -> None:
        """Carry names along every way until nothing changes."""
        ahead = dict.fromkeys(
            node for scope in self.diagram.scopes.values() for node in flow_order(self.diagram, scope)
        )
        while ahead:
            node = self.diagram.nodes[next(iter(ahead))]
            del ahead[node.id]
            always, sometimes = self._always(node), self._sometimes(node)
            if (always, sometimes) != (self.always[node.id], self.sometimes[node.id]):
                self.always[node.id], self.sometimes[node.id] = always, sometimes
                ahead |= dict.fromkeys(self.ways[node.id])

    def _always(self, node: Node) -> int:
        ways = [self.always[other] | self._added(other, node) for other in self.before[node.id]]
        if not ways:
            return 0
        met = ways[0]
        for way in ways[1:]:
            met = met | way if node.kind is NodeKind.PARALLEL else met & way
        return met

    def _sometimes(self, node: Node) -> int:
        met = 0
        for other in self.before[node.id]:
            met |= self.sometimes[other] | self._added(other, node)
        if node.kind is NodeKind.BOUNDARY:
            met |= self._inside(node.attached_to or "")
        return met

    def _added(self, other: str, node: Node) -> int:
        """Return what a step fills in on the way to a node: nothing for the events on its edge and what it calls."""
        if node.kind in (NodeKind.BOUNDARY, NodeKind.START):
            return 0
        return self.written.get(other, 0)

    def _inside(self, host: str) -> int:
        """Return what may have been filled in inside a sub-process that an event on its edge ends."""
        scope = self.diagram.scopes.get(host)
        if scope is None:
            return self.written.get(host, 0) if self.diagram.nodes[host].each is not None else 0
        return _all(self.written.get(node.id, 0) | self._inside(node.id) for node in scope.nodes)


def _all(bits: Iterator[int]) -> int:
    """Return all names of several sets."""
    met = 0
    for one in bits:
        met |= one
    return met
