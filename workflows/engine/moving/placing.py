"""Finds, for everything that is alive in a state, its place in another bundle; or says why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.engine.building import FRAME
from workflows.engine.codec import Row
from workflows.engine.diagram import Diagram, Node, NodeKind, TriggerKind
from workflows.engine.moving.falling import beyond
from workflows.engine.moving.joins import Marking, dead_end
from workflows.engine.moving.renaming import renamed_part
from workflows.engine.moving.ways import is_frame, node_of
from workflows.engine.step import TaskKind

BEGUN = "+"
"""Where a placed row keeps the events that are new on an open step, and begin with the move."""

_GONE: Mapping[NodeKind, str] = {
    NodeKind.USER: "Projektet väntar på steget ”{name}”, som tas bort.",
    NodeKind.CATCH: "Projektet väntar på händelsen ”{name}”, som tas bort.",
    NodeKind.RACE: "Projektet väntar vid ”{name}”, som tas bort.",
    NodeKind.PARALLEL: "Parallella grenar väntar på varandra där versionen inte längre har någon mötesplats.",
}
_PART_GONE = "Projektet är i delen ”{name}”, som tas bort."
_ELSEWHERE = "Projektet är i ”{name}”, som har flyttats till en annan del av modellen."
_OTHER_KIND = "Projektet är i ”{name}”, som inte längre är samma sorts steg."
_REPEATED_OTHERWISE = "Projektet är i ”{name}”, som upprepas på ett annat sätt i versionen."
_CALLS_OTHERWISE = "Projektet är i ”{name}”, som innehåller något annat i versionen."
_BEGUN = "Steget ”{name}” är redan gjort för några. Det kan bara fortsätta i ett nytt steg, och ”{other}” är inte nytt."
_COUNTS = "Det som är klart i ”{name}” ({done} st) räknas i ”{other}”."
_NOT_MET = "En gren som är klar efter ”{name}” leder inte längre till mötesplatsen där den väntar."
_FALLS = "Steget ”{name}” faller bort."
_TAKEN = "Steget ”{name}” faller bort, eftersom projektet redan väntar på ”{other}”."
_NEXT = "Steget ”{name}” kan inte falla bort: efter det kommer ”{next}”. Välj det, eller gör klart steget först."
_ALONE = "Steget ”{name}” kan inte falla bort: inget annat är öppet bredvid det."
_LAST = "Steget ”{name}” kan inte falla bort: allt bredvid det är redan klart. Gör klart det och försök igen."
_STUCK = "Projektet skulle fastna: grenen med ”{name}” är ny bredvid grenar som redan är i gång."
_STUCK_SOMEHOW = "Projektet skulle fastna där parallella grenar möts."


@dataclass(slots=True)
class Placing:
    """One state on its way from the bundle of `origin` to that of `target`.

    `renamed` maps elements by id where that is certain; `falling` are steps whose work is to end. `reasons` are
    sentences why the move is refused, `changes` what it changes in what already waits, `fallen` the steps whose work
    ended.
    """

    origin: Diagram
    target: Diagram
    renamed: dict[str, str] = field(default_factory=dict)
    falling: frozenset[str] = frozenset()
    fallen: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    def run(self, run: Row, scope: str) -> Row:
        """Return a run with its rows where they are in the target; meaningless when there are reasons."""
        fallen = self._falling(run["t"])
        placed = self._rows([row for row in run["t"] if node_of(row) not in fallen], scope)
        placed += [row for row in fallen.values() if row is not None]
        if not self.reasons:
            self._joins(placed, scope)
        if fallen and not placed:
            self.reasons.append(_ALONE.format(name=self.origin.nodes[next(iter(fallen))].label))
        elif fallen and _STUCK_SOMEHOW in self.reasons:
            self.reasons.remove(_STUCK_SOMEHOW)
            self.reasons.append(_LAST.format(name=self.origin.nodes[next(iter(fallen))].label))
        return {**run, "t": placed}

    def _falling(self, rows: Sequence[Row]) -> dict[str, Row | None]:
        """Return the steps whose work ends, each with its token where branches meet, if it goes on there.

        It ends where that was chosen, and where two pieces of work would go on in one step.
        """
        names = [node_of(row) for row in rows]
        taken = {name for name in names if name not in self.renamed}
        found: dict[str, Row | None] = {}
        for name in names:
            node, other = self.origin.nodes[name], self.renamed.get(name)
            chosen = self.target.nodes.get(other or "") if node.kind is NodeKind.USER else None
            if name in self.falling:
                found[name] = self._fall(node, _FALLS.format(name=node.label))
            elif chosen is not None and chosen.id in taken:
                found[name] = self._fall(node, _TAKEN.format(name=node.label, other=chosen.label))
            elif chosen is not None:
                taken.add(chosen.id)
        return found

    def _fall(self, node: Node, sentence: str) -> Row | None:
        self.fallen.append(node.id)
        self.changes.append(sentence)
        there = beyond(self.origin, self.target, node)
        if isinstance(there, Node):
            self.reasons.append(_NEXT.format(name=node.label, next=there.label))
            return None
        return there

    def _rows(self, rows: Sequence[Row], scope: str) -> list[Row]:
        return [placed for row in rows for placed in self._row(row, scope)]

    def _row(self, row: Row, scope: str) -> Iterator[Row]:
        node = self.origin.nodes[node_of(row)]
        found = self._found(node, row, scope)
        if found is None:
            return
        if is_frame(row) or (node.kind is not NodeKind.RACE and self.target.boundary(found.id)):
            yield self._framed(row, node, found, scope)
            return
        yield self._placed(row, node, found, scope)

    def _placed(self, row: Row, node: Node, found: Node, scope: str) -> Row:
        """Return a row, and what is in it, at `found`."""
        placed: dict[str, Any] = {**row, "n": found.id + str(row["n"]).removeprefix(node.id)}
        if "m" in row:
            placed["m"] = self._name(self.origin.nodes[row["m"]], {}, scope)
        if node.kind is NodeKind.RACE:
            kept, begun = self._events(row["c"], node, found, [flow.target for flow in found.outgoing])
            placed |= {"c": kept, BEGUN: begun}
        elif "c" in row:
            placed["c"] = [self._placed(child, node, found, scope) for child in row["c"]]
        if "r" in row:
            inner = found.calls if found.kind is NodeKind.CALL else found.id
            placed["r"] = self.run(row["r"], inner or "")
        return placed

    def _framed(self, row: Row, node: Node, found: Node, scope: str) -> Row:
        """Return an activity with the boundary events that the target draws, and without a frame if it draws none."""
        inside = row["c"] if is_frame(row) else [row]
        [host] = [child for child in inside if node_of(child) == node.id]
        waiting = [child for child in inside if child is not host]
        drawn = [event.id for event in self.target.boundary(found.id)]
        kept, begun = self._events(waiting, node, found, drawn)
        placed = self._placed(host, node, found, scope)
        return {"n": found.id + FRAME, "c": [*kept, placed], BEGUN: begun} if drawn else placed

    def _events(
        self, waiting: Sequence[Row], node: Node, found: Node, drawn: Sequence[str]
    ) -> tuple[list[Row], list[str]]:
        """Return the rows of events that go on waiting, and the ids of those that begin to; what went off stays off."""
        before = {self.renamed.get(event, event): event for event in self.origin.following(node)}
        same = {
            event
            for event in drawn
            if event in before and _waits_alike(self.origin.nodes[before[event]], self.target.nodes[event])
        }
        kept = []
        for row in waiting:
            event = self.origin.nodes[node_of(row)]
            name = self.renamed.get(event.id, event.id)
            if name in same:
                kept.append({**row, "n": name})
            elif event.trigger is not None and event.trigger.kind is TriggerKind.TIMER:
                self.changes.append(f"Tidsgränsen ”{event.label}” på ”{node.label}” gäller inte längre.")
            elif event.trigger is not None and event.trigger.kind is TriggerKind.MESSAGE:
                self.changes.append(f"”{event.label}” går inte längre att göra vid ”{node.label}”.")
        begun = [event for event in drawn if event not in same]
        for new in (self.target.nodes[event] for event in begun):
            if new.trigger is not None and new.trigger.kind is TriggerKind.TIMER:
                label = new.label
                self.changes.append(f"Tidsgränsen ”{label}” på ”{found.label}” börjar räknas när projektet flyttas.")
        return kept, begun

    def _found(self, node: Node, row: Row, scope: str) -> Node | None:
        """Return where an element is in the target; None, with a reason, when that is not certain."""
        found = self.target.nodes.get(self._name(node, row, scope))
        reason = _GONE.get(node.kind, _PART_GONE) if found is None else _mismatch(node, found, scope)
        if found is not None and found.id != node.id and node.kind is NodeKind.USER and (done := _done(row)):
            if found.id in self.origin.nodes:
                reason = _BEGUN
            else:
                self.changes.append(_COUNTS.format(name=node.label, other=found.label, done=done))
        if reason is None:
            return found
        sentence = reason.format(name=node.label, other=found.label if found is not None else "")
        if sentence not in self.reasons:
            self.reasons.append(sentence)
        return None

    def _name(self, node: Node, row: Row, scope: str) -> str:
        """Return the id that an element has in the target, if it has any there."""
        name = self.renamed.get(node.id) or renamed_part(self.origin, self.target, node, row, scope)
        if name is not None:
            self.renamed[node.id] = name
        return name or node.id

    def _joins(self, rows: Sequence[Row], scope: str) -> None:
        """Refuse where a join holds what no longer leads to it, or would wait for what never comes."""
        drawn = self.target.scopes[scope]
        if not any(node.kind is NodeKind.PARALLEL for node in drawn.nodes):
            return
        marking: list[str] = []
        for row in rows:
            node = self.target.nodes[node_of(row)]
            flows = [flow for flow in node.incoming if "m" not in row or flow.source == row["m"]]
            if flows:
                marking.append(flows[0].id)
            elif "m" in row:
                came = self.target.nodes.get(row["m"]) or self.origin.nodes[row["m"]]
                self.reasons.append(_NOT_MET.format(name=came.label))
                return
            else:
                marking += [flow.id for flow in node.outgoing]
        if any(_complete(node, rows) for node in drawn.nodes):
            self.reasons.append(_STUCK_SOMEHOW)
        elif dead := dead_end(self.target, drawn, tuple(sorted(marking))):
            self.reasons.append(self._stuck(dead))

    def _stuck(self, dead: Marking) -> str:
        """Say which branch never comes to the join that a dead end waits at."""
        reached = (node for node in self.target.nodes.values() if any(flow.id in dead for flow in node.incoming))
        joins = [node for node in reached if node.kind is NodeKind.PARALLEL]
        missing = [flow.source for node in joins for flow in node.incoming if flow.id not in dead]
        new = [source for source in missing if source not in self.origin.nodes] or missing
        return _STUCK.format(name=self.target.nodes[new[0]].label) if new else _STUCK_SOMEHOW


def _done(row: Row) -> int:
    """Return for how many a repeated activity is done already."""
    return len(row.get("k", ())) + sum(map(_done, row.get("c", ())))


def _complete(node: Node, rows: Sequence[Row]) -> bool:
    """Tell whether every branch waits at a join already: nothing would come that lets it go on."""
    arrived = {row.get("m") for row in rows if node_of(row) == node.id}
    return node.kind is NodeKind.PARALLEL and bool(arrived) and arrived >= {flow.source for flow in node.incoming}


def _mismatch(node: Node, found: Node, scope: str) -> str | None:
    """Say why an element of the same id is not the same place."""
    if found.kind is not node.kind or _decides(node) != _decides(found):
        return _OTHER_KIND
    if found.scope != scope:
        return _ELSEWHERE
    before, after = (None if one.each is None else one.each.item for one in (node, found))
    if before != after:
        return _REPEATED_OTHERWISE
    gates = (node.styr.get("gate", {}).get("key"), found.styr.get("gate", {}).get("key"))
    if node.calls != found.calls or gates[0] != gates[1]:
        return _CALLS_OTHERWISE
    if node.kind is NodeKind.CATCH and not _waits_alike(node, found):
        return _OTHER_KIND
    return None


def _decides(node: Node) -> bool:
    return bool(node.styr.get("task", {}).get("kind") == TaskKind.DECISION)


def _waits_alike(before: Node, after: Node) -> bool:
    """Tell whether an event still waits for the same kind of thing, at the same step."""
    kinds = [None if node.trigger is None else node.trigger.kind for node in (before, after)]
    return before.kind is after.kind and kinds[0] is kinds[1]
