"""What of a model's diagrams scenarios pass, and what none of them ever does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from workflows.engine import Executable, Trail
from workflows.engine.diagram import Diagram, Flow, Node
from workflows.engine.outline import leads_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Ids of the elements and flows that were passed, of the processes of one bundle."""

    nodes: frozenset[str] = frozenset()
    flows: frozenset[str] = frozenset()

    @classmethod
    def of(cls, trail: Trail) -> Coverage:
        """Freeze what the engine noted."""
        return cls(nodes=frozenset(trail.nodes), flows=frozenset(trail.flows))

    def __or__(self, other: Coverage) -> Coverage:
        """Return what either has passed."""
        return Coverage(nodes=self.nodes | other.nodes, flows=self.flows | other.flows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unvisited:
    """An element or a flow that nothing passed. A flow has the elements it goes between as `source` and `target`.

    `process` is the name of the process it lies in.
    """

    id: str
    name: str
    process: str
    process_name: str
    source: Node | None = None
    target: Node | None = None
    node: Node | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A coverage held against the diagrams: how much of them was passed, and what was not, in the order drawn."""

    coverage: Coverage
    nodes: int
    flows: int
    unvisited_nodes: tuple[Unvisited, ...]
    unvisited_flows: tuple[Unvisited, ...]

    @property
    def visited_nodes(self) -> int:
        """How many elements were passed."""
        return self.nodes - len(self.unvisited_nodes)

    @property
    def visited_flows(self) -> int:
        """How many flows were followed."""
        return self.flows - len(self.unvisited_flows)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left out."""
        return not self.unvisited_nodes and not self.unvisited_flows


def together(coverages: Iterable[Coverage]) -> Coverage:
    """Return what any of them has passed."""
    total = Coverage()
    for coverage in coverages:
        total |= coverage
    return total


def cover(executable: Executable, coverage: Coverage) -> Covered:
    """Hold a coverage against everything that a project of the model can come to.

    Processes that the model's own neither is nor calls are left out.
    """
    nodes = tuple(_reachable(executable))
    flows = tuple(flow for node in nodes for flow in node.outgoing)
    return Covered(
        coverage=coverage,
        nodes=len(nodes),
        flows=len(flows),
        unvisited_nodes=tuple(_node(executable.diagram, node) for node in nodes if node.id not in coverage.nodes),
        unvisited_flows=tuple(_flow(executable.diagram, flow) for flow in flows if flow.id not in coverage.flows),
    )


@lru_cache(maxsize=32)
def _reachable(executable: Executable) -> tuple[Node, ...]:
    """Return the elements of the outermost process and of every process called from it, in the order drawn."""
    diagram = executable.diagram
    wanted, queue = [executable.process], [executable.process]
    while queue:
        for called in _called(diagram, queue.pop()):
            if called not in wanted and called in diagram.scopes:
                wanted.append(called)
                queue.append(called)
    return tuple(node for process in wanted for node in _inside(diagram, process))


def _called(diagram: Diagram, process: str) -> Iterator[str]:
    return (node.calls for node in diagram.nodes.values() if node.process == process and node.calls)


def _inside(diagram: Diagram, scope: str) -> Iterator[Node]:
    for node in diagram.scopes[scope].nodes:
        yield node
        if node.id in diagram.scopes:
            yield from _inside(diagram, node.id)


def _node(diagram: Diagram, node: Node) -> Unvisited:
    process = diagram.scopes[node.process]
    return Unvisited(id=node.id, name=node.name, process=process.id, process_name=process.name, node=node)


def _flow(diagram: Diagram, flow: Flow) -> Unvisited:
    source = diagram.nodes[flow.source]
    process = diagram.scopes[source.process]
    return Unvisited(
        id=flow.id,
        name=flow.name,
        process=process.id,
        process_name=process.name,
        source=source,
        target=leads_to(diagram, flow.target),
    )
