"""The variables of a state in another bundle: filled in from what was handed in, and those that nobody can fill in.

The engine keeps of a step's answers only the fields that expressions of its own bundle read. Another bundle may read
more of them, or have a step behind the project that was never done; without a value its expressions see null, and a
gateway takes its default flow without a word. So both are found before a move.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from forms import feel
from workflows.engine.codec import Row
from workflows.engine.diagram import Node, NodeKind
from workflows.engine.executable import Executable
from workflows.engine.expressions import sites
from workflows.engine.moving.handed import Handed
from workflows.engine.moving.ways import known_at, node_of, reached, roots_of, ways_of

Reads = Mapping[str, Mapping[str, frozenset[str]]]
"""By place and variable, the fields that expressions there read."""

AROUND = frozenset({"facts", "gate"})
"""Names that no step writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """An element of the target that reads fields of a variable that the project has no value for."""

    node: Node
    variable: str
    fields: frozenset[str]


@dataclass(slots=True)
class Filling:
    """Fills in the variables of one state, oldest answers first in `handed`, by the target's ids.

    `became` maps steps that only the target has to those of the origin whose answers are theirs.
    """

    origin: Executable
    target: Executable
    handed: Sequence[Handed]
    became: Mapping[str, str]
    unknown: list[Unknown] = field(default_factory=list)

    def run(self, run: Row, process: str, place: str = "") -> None:
        """Fill in the variables of a placed run (of a process of its own), and note what stays unknown in it."""
        data: dict[str, Any] = run["v"]
        lacking = {
            variable: lacks
            for variable in self._to_fill(process, run)
            if (lacks := self._fill(data, variable, process, place, run))
        }
        self._note_unknown(run, process, lacking)
        for call, path, inner in _calls(self.target, run["t"], place):
            self.run(inner, call.calls or "", path)

    def _to_fill(self, process: str, run: Row) -> Iterator[str]:
        """Yield the variables of which the target wants more, and those that a repeated step adds its results to."""
        going_on = {node.variable for node, _ in _repeated(self.target, run["t"])}
        for variable, writers in _writers(self.target, process).items():
            named = variable in self.target.named
            if named and (variable in going_on or any(self._is_widened(one) for one in writers)):
                yield variable

    def _is_widened(self, writer: Node) -> bool:
        return _widened(self.origin, self.target, writer.id, self._before(writer.id))

    def _before(self, node: str) -> str:
        return self.became.get(node, node)

    def _fill(self, data: dict[str, Any], variable: str, process: str, place: str, run: Row) -> frozenset[str]:
        """Fill in one variable; return the fields that it still lacks."""
        wanted = self.target.named[variable]
        writers = {node.id: node for node in _writers(self.target, process)[variable]}
        known = dict.fromkeys(_old_variable(self.origin, self._before(node)) for node in writers)
        before = [old for old in known if old is not None and old in data]
        mine = [one for one in self.handed if one.node in writers and _is_in(one.place, place)]
        each = next((node for node in writers.values() if node.each is not None), None)
        if each is not None:
            return self._fill_list(data, each, next(iter(before), None), mine, run)
        if place and not before:
            return frozenset()  # an earlier round of the called process may have written it, this one has not
        if mine:
            last = mine[-1]
            data[variable] = {name: value for name, value in last.fields.items() if name in wanted}
            return frozenset() if last.asked is None else wanted - last.asked - last.fields.keys()
        kept = data.get(next(iter(before), variable))
        if isinstance(kept, dict):
            data[variable] = kept
            return wanted - kept.keys()
        return frozenset()

    def _fill_list(
        self, data: dict[str, Any], each: Node, before: str | None, mine: Sequence[Handed], run: Row
    ) -> frozenset[str]:
        """Fill in the results of a repeated step: those there are, or those of the items that are done."""
        assert each.each is not None
        item, wanted = each.each.item, self.target.named[each.variable]
        done = next((row.get("k", []) for node, row in _repeated(self.target, run["t"]) if node is each), None)
        kept = data.get(before or each.variable)
        if not isinstance(kept, list):
            if done is None:
                return frozenset()
            kept = [{item: key} for key in done]
        elif done is not None:
            kept = [entry for entry in kept if entry.get(item) in done]  # no more of an earlier round
        answers = {one.item: one for one in mine}
        results, lacking = [], set[str]()
        for entry in kept:
            one = answers.get(entry.get(item))
            fields = {} if one is None else {name: value for name, value in one.fields.items() if name in wanted}
            results.append({**entry, **fields, item: entry.get(item)})
            if each.kind is NodeKind.USER and (one is None or one.asked is not None):
                lacking |= wanted - results[-1].keys() - (frozenset() if one is None else one.asked or frozenset())
        data[each.variable] = results
        return frozenset(lacking)

    def _note_unknown(self, run: Row, process: str, lacking: Mapping[str, frozenset[str]]) -> None:
        """Note what reads a variable that would be there in a project begun on the target, and is not in this one."""
        reads = _reads(self.target, process)
        roots = frozenset(roots_of(self.target, run["t"], process))
        ahead = reached(self.target, process, roots)
        wanted = {place: read for place, read in reads.items() if place in ahead}
        if not wanted:
            return
        usual = _usual(self.target, process)
        now = known_at(self.target, process, roots, frozenset(run["v"].keys() - lacking.keys()))
        for place, variables in wanted.items():
            for variable, fields in variables.items():
                if variable not in usual.get(place, frozenset()) or variable in now[place]:
                    continue
                missing = fields & lacking[variable] if variable in lacking else fields
                if missing or (variable not in lacking and not fields):
                    node = self.target.diagram.nodes[place]
                    self.unknown.append(Unknown(node=node, variable=variable, fields=frozenset(missing)))


def _is_in(place: str, outer: str) -> bool:
    """Tell whether a place is another one, or lies in it; everything lies in the outermost."""
    return not outer or f"{place}/".startswith(f"{outer}/")


def wants_more(origin: Executable, target: Executable, became: Mapping[str, str]) -> bool:
    """Tell whether any step's answers must be kept more of in the target than in the origin."""
    return any(_widened(origin, target, node, became.get(node, node)) for node in target.tasks)


@lru_cache(maxsize=4096)
def _widened(origin: Executable, target: Executable, node: str, old: str) -> bool:
    """Tell whether the target reads something of a step's answers that the origin did not keep, or kept elsewhere."""
    drawn = target.diagram.nodes[node]
    wanted = target.named.get(drawn.variable)
    if wanted is None or drawn.kind is not NodeKind.USER:
        return False
    before = _old_variable(origin, old)
    if before is None:
        return False
    return before != drawn.variable or before not in origin.named or not wanted <= origin.named[before]


def _old_variable(origin: Executable, node: str) -> str | None:
    drawn = origin.diagram.nodes.get(node)
    return None if drawn is None else drawn.variable


@lru_cache(maxsize=256)
def _writers(executable: Executable, process: str) -> Mapping[str, tuple[Node, ...]]:
    """Return the steps of a process by the variable that their answers or results go to."""
    found: dict[str, tuple[Node, ...]] = {}
    for node in executable.diagram.nodes.values():
        if node.process == process and (node.kind is NodeKind.USER or node.each is not None):
            found[node.variable] = (*found.get(node.variable, ()), node)
    return found


@lru_cache(maxsize=256)
def _usual(executable: Executable, process: str) -> Mapping[str, frozenset[str]]:
    """Return what is known at each place of a process that runs from its start."""
    ways = ways_of(executable, process)
    return ways.known([ways.start], frozenset())


@lru_cache(maxsize=256)
def _reads(executable: Executable, process: str) -> Reads:
    """Return what each place of a process reads; at a call, what the called process reads and does not write."""
    found: dict[str, dict[str, set[str]]] = {}
    diagram = executable.diagram
    for site in sites(diagram):
        if site.node.process == process:
            _add(found.setdefault(site.node.id, {}), feel.names(feel.parse(site.source)))
    for node in diagram.nodes.values():
        if node.process != process:
            continue
        if node.kind is NodeKind.DECISION:
            _add(found.setdefault(node.id, {}), executable.decisions[node.styr["decision"]["ref"]].names())
        if node.kind is NodeKind.CALL:
            own = _writers(executable, node.calls or "")
            for read in _reads(executable, node.calls or "").values():
                wanted = {(name, one) for name, fields in read.items() if name not in own for one in fields}
                _add(found.setdefault(node.id, {}), wanted)
    return {place: {name: frozenset(fields) for name, fields in read.items()} for place, read in found.items() if read}


def _add(found: dict[str, set[str]], names: Iterable[tuple[str, ...]]) -> None:
    for root, *path in names:
        if root not in AROUND:
            found.setdefault(root, set()).update(path)


def _calls(executable: Executable, rows: Collection[Row], place: str) -> Iterator[tuple[Node, str, Row]]:
    """Yield the called processes that run inside some rows, with their paths, as `tokens.place` writes them."""
    for row in rows:
        node = executable.diagram.nodes[node_of(row)]
        item = f"[{row['e']}]" if "e" in row else ""
        path = f"{place}/{node.id}{item}" if place else f"{node.id}{item}"
        yield from _calls(executable, row.get("c", ()), place)
        inside = row.get("r")
        if inside is not None and node.kind is NodeKind.CALL:
            yield node, path, inside
        elif inside is not None:
            yield from _calls(executable, inside["t"], path)


def _repeated(executable: Executable, rows: Collection[Row]) -> Iterator[tuple[Node, Row]]:
    """Yield the repeated steps under way in a run, embedded sub-processes included."""
    for row in rows:
        node = executable.diagram.nodes[node_of(row)]
        if node.each is not None and "e" not in row and not str(row["n"]).endswith("|"):
            yield node, row
        yield from _repeated(executable, row.get("c", ()))
        if "r" in row and node.kind is NodeKind.SUBPROCESS:
            yield from _repeated(executable, row["r"]["t"])
