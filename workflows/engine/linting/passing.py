"""The rule that a gate cannot be passed by: nothing later is reached unless the gate says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from workflows.engine.diagram import Diagram, Node, NodeKind, at
from workflows.engine.errors import Finding
from workflows.engine.linting.flat import flat_ways, start_of
from workflows.engine.linting.gates import chosen, gates_of

APPROVING = ("approve", "approve_conditional", "approve_revised")
"""The outcomes by which a project passes a gate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The order that a project goes in: the phase box of each phase and of each gate that ends one, by key.

    `closed` are the ends that close a project well.
    """

    phases: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[str] = frozenset()


def passing(diagram: Diagram, process: str, course: Course) -> Iterator[Finding]:
    """No way leads from the start to a later phase, or to a good end, but through each gate's approval."""
    ways = flat_ways(diagram, process)
    start = start_of(diagram, process)
    for gate in gates_of(diagram):
        box = course.gates.get(gate.styr["gate"].get("key", ""))
        if box is None or gate.process != process:
            continue
        later = {phase for phase, other in course.phases.items() if other > box} | course.closed
        path = _path(_without_approval(diagram, gate, ways), start, later)
        if path:
            said = " → ".join(f"”{diagram.nodes[node].label}”" for node in _telling(diagram, path))
            message = f"Beslutspunkten går att komma förbi: {said}. Dra om vägen så att den går genom beslutspunkten."
            yield at(gate, "gate-passed-by", message)


def _without_approval(diagram: Diagram, gate: Node, ways: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the ways with those left out that the gateway after a gate takes when it approves."""
    gateway = diagram.nodes[gate.outgoing[0].target]
    taken = {flow.id for outcome in APPROVING if (flow := chosen(gate, gateway, outcome, None)) is not None}
    if gateway.kind is not NodeKind.CHOICE:
        return {**ways, gate.id: []}
    taken.discard(gateway.default or "")
    return {**ways, gateway.id: [flow.target for flow in gateway.outgoing if flow.id not in taken]}


def _path(ways: Mapping[str, list[str]], start: str, goals: set[str]) -> list[str]:
    """Return the nodes of a shortest way from `start` to one of the goals; empty when there is none."""
    came: dict[str, str] = {start: ""}
    ahead = [start]
    for node in ahead:
        if node in goals:
            path = [node]
            while came[path[-1]]:
                path.append(came[path[-1]])
            return path[::-1]
        for target in ways.get(node, ()):
            if target not in came:
                came[target] = node
                ahead.append(target)
    return []


def _telling(diagram: Diagram, path: list[str]) -> list[str]:
    """Return the last steps of a way that people know by name."""
    named = [node for node in path if diagram.nodes[node].name]
    return named[-3:]
