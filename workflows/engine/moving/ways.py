"""The ways through a process with its sub-processes laid flat: what can still be reached, and what is known there.

A way out of a gate that leads to a place before it (rework, a plan that is revised, the same gate once more) leads
back. What is reached without any is what comes to every project that goes on; the rest comes only to one sent back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workflows.engine.codec import Row
from workflows.engine.diagram import Diagram, Node, NodeKind, TriggerKind
from workflows.engine.executable import Executable
from workflows.engine.linting.gates import allowed_by, chosen, gates_of, listens

OUT = "/"
"""Ends the name of the place where a sub-process is left; no XML id can contain it."""

REWORK = "rework"
"""The outcome of a gate that leads back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where a token can go from each place of a process; what each step writes; which joins wait for all.

    `forward` is `onward` without the ways that lead back.
    """

    onward: Mapping[str, tuple[str, ...]]
    forward: Mapping[str, tuple[str, ...]]
    writes: Mapping[str, frozenset[str]]
    joins: frozenset[str]
    start: str

    def reach(self, roots: Iterable[str], *, forward: bool = False) -> set[str]:
        """Return what can be reached from `roots`, themselves included; with `forward`, without going back."""
        return _reach(self.forward if forward else self.onward, roots)

    def known(self, roots: Collection[str], now: frozenset[str]) -> Mapping[str, frozenset[str]]:
        """Return, for each place that can be reached, the variables that are written before whichever way is taken.

        `now` are those that are there at `roots`. A join knows what any of its branches wrote, other places what all
        ways to them did.
        """
        reached = self.reach(roots)
        before: dict[str, list[str]] = {place: [] for place in reached}
        for place in reached:
            for other in self.onward.get(place, ()):
                before[other].append(place)
        everything = now.union(*(self.writes.get(place, frozenset()) for place in reached))
        found = dict.fromkeys(reached, everything)
        left = list(reached)
        while left:
            place = left.pop()
            arriving = [found[other] | self.writes.get(other, frozenset()) for other in before[place]]
            if place in roots:
                arriving.append(now)
            meet = frozenset.union if place in self.joins else frozenset.intersection
            there = meet(*arriving)
            if there != found[place]:
                found[place] = there
                left += self.onward.get(place, ())
        return found


@lru_cache(maxsize=256)
def ways_of(executable: Executable, process: str) -> Ways:
    """Return the ways through a process of a bundle."""
    diagram = executable.diagram
    nodes = [node for node in diagram.nodes.values() if node.process == process]
    onward = {place: tuple(targets) for node in nodes for place, targets in _onward(diagram, node)}
    start = _start(diagram, process)
    back = set(_ways_back(diagram, process, onward, start))
    return Ways(
        onward=onward,
        forward={
            place: tuple(target for target in targets if (place, target) not in back)
            for place, targets in onward.items()
        },
        writes={node.id: frozenset({node.variable}) for node in nodes if _writes(node)},
        joins=frozenset(node.id for node in nodes if node.kind is NodeKind.PARALLEL and len(node.incoming) > 1),
        start=start,
    )


@lru_cache(maxsize=1024)
def reached(executable: Executable, process: str, roots: frozenset[str]) -> frozenset[str]:
    """Return what can be reached in a process; projects that stand at the same places share the answer."""
    return frozenset(ways_of(executable, process).reach(roots))


@lru_cache(maxsize=256)
def known_at(
    executable: Executable, process: str, roots: frozenset[str], now: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """Return what `Ways.known` says, shared by the projects that stand at the same places and know the same."""
    once: dict[frozenset[str], frozenset[str]] = {}  # most places know what the one before knows
    found = ways_of(executable, process).known(roots, now)
    return {place: once.setdefault(there, there) for place, there in found.items()}


def _reach(onward: Mapping[str, tuple[str, ...]], roots: Iterable[str], around: str | None = None) -> set[str]:
    """Return what can be reached from `roots`, themselves included, without passing `around`."""
    seen: set[str] = set()
    left = list(roots)
    while left:
        place = left.pop()
        if place not in seen and place != around:
            seen.add(place)
            left += onward.get(place, ())
    return seen


def _ways_back(
    diagram: Diagram, process: str, onward: Mapping[str, tuple[str, ...]], start: str
) -> Iterator[tuple[str, str]]:
    """Yield the ways out of gates, from and to, that only a rework takes, or that lead to where all came through."""
    for gate in gates_of(diagram):
        gateway = diagram.nodes[gate.outgoing[0].target] if gate.process == process and gate.outgoing else None
        if gateway is None or gateway.kind is not NodeKind.CHOICE:
            continue
        others = [chosen(gate, gateway, outcome, None) for outcome in allowed_by(gate) if outcome != REWORK]
        ahead = {flow.id for flow in others if flow is not None}
        for flow in gateway.outgoing:
            if flow.id not in ahead or gate.id not in _reach(onward, [start], flow.target):
                yield gateway.id, flow.target


def roots_of(executable: Executable, rows: Iterable[Row], scope: str) -> Iterator[str]:
    """Yield the places where something is alive in a run, embedded sub-processes included."""
    diagram = executable.diagram
    for row in rows:
        node = diagram.nodes[node_of(row)]
        inside, children = row.get("r"), row.get("c", ())
        if children:
            yield from roots_of(executable, children, scope)
            if node.each is not None and not is_frame(row):
                yield _start(diagram, node.id) if node.kind is NodeKind.SUBPROCESS else node.id
        elif inside is not None and node.kind is NodeKind.SUBPROCESS:
            yield from roots_of(executable, inside["t"], node.id)
        else:
            yield node.id


def calls_in(executable: Executable, rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield the called processes that run inside some rows, at this level, each with its run."""
    for row in rows:
        node = executable.diagram.nodes[node_of(row)]
        yield from calls_in(executable, row.get("c", ()))
        inside = row.get("r")
        if inside is not None and node.kind is NodeKind.CALL:
            yield node.calls or "", inside
        elif inside is not None:
            yield from calls_in(executable, inside["t"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Ids of what a run stands at or can come to: by going on, only by going back, only once it is terminated."""

    onward: frozenset[str]
    back: frozenset[str]
    stopped: frozenset[str]


def ahead(executable: Executable, run: Row, process: str) -> Reach:
    """Return what a run can still come to, called processes included."""
    roots = frozenset(roots_of(executable, run["t"], process))
    stops = frozenset(root for root in roots if _stops(executable.diagram, root))
    onward = _ahead(executable, process, roots - stops, True)
    everything = _ahead(executable, process, roots - stops, False)
    stopped = _ahead(executable, process, stops, False)
    for called, inner in calls_in(executable, run["t"]):
        there = ahead(executable, inner, called)
        onward |= there.onward
        everything |= there.onward | there.back
    return Reach(onward=onward, back=everything - onward, stopped=stopped - everything)


def _stops(diagram: Diagram, place: str) -> bool:
    """Tell whether a place is where a project goes on once it is terminated, by a message or by a gate's error end."""
    node = diagram.nodes[place]
    error = node.trigger is not None and node.trigger.kind is TriggerKind.ERROR
    beside = diagram.boundary(node.attached_to or "")
    return listens(node) or (error and any(listens(event) for event in beside))


@lru_cache(maxsize=1024)
def _ahead(executable: Executable, process: str, roots: frozenset[str], forward: bool) -> frozenset[str]:
    """Return what can be reached from some places; projects that stand at the same ones share the answer."""
    found = ways_of(executable, process).reach(roots, forward=forward)
    return frozenset(found | _inside_calls(executable, found, forward))


def _inside_calls(executable: Executable, places: Iterable[str], forward: bool) -> set[str]:
    """Return what is in the processes that are called at some places."""
    nodes = executable.diagram.nodes
    found: set[str] = set()
    for called in {nodes[place].calls for place in places if place in nodes} - {None}:
        ways = ways_of(executable, called or "")
        inside = ways.reach([ways.start], forward=forward)
        found |= inside | _inside_calls(executable, inside, forward)
    return found


def node_of(row: Row) -> str:
    """Return the id of the element that a row is at."""
    name: str = row["n"]
    return name.removesuffix("[]").removesuffix("|")


def is_frame(row: Row) -> bool:
    """Tell whether a row stands round an activity with its boundary events."""
    return str(row["n"]).endswith("|")


def _onward(diagram: Diagram, node: Node) -> Iterator[tuple[str, list[str]]]:
    """Yield where a token goes from an element; a sub-process is entered at one place and left at another."""
    flows = [flow.target for flow in node.outgoing]
    events = [event.id for event in diagram.boundary(node.id)]
    if node.kind is NodeKind.SUBPROCESS:
        skipped = [node.id + OUT] if node.each is not None else []
        yield node.id, [_start(diagram, node.id), *events, *skipped]
        yield node.id + OUT, flows
    elif node.kind is NodeKind.END and node.trigger is None and diagram.scopes[node.scope].owner is not None:
        yield node.id, [node.scope + OUT]
    else:
        yield node.id, [*flows, *events]


def _start(diagram: Diagram, scope: str) -> str:
    return next(node.id for node in diagram.scopes[scope].nodes if node.kind is NodeKind.START)


def _writes(node: Node) -> bool:
    """Tell whether a variable is there once an element was passed."""
    return node.kind in (NodeKind.USER, NodeKind.DECISION) or "gate" in node.styr or node.each is not None
