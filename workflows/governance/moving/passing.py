"""What of another version a project is taken past by a move: new phases and gates that lie before its place there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.engine import Coming, Moved
from workflows.models import Bundle
from workflows.models.model import Gate, Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """New phases and gates behind a project; `returns` tells whether it can be sent back to any of them."""

    phases: tuple[Phase, ...]
    gates: tuple[Gate, ...]
    returns: bool

    @property
    def names(self) -> frozenset[str]:
        """The names of the phases."""
        return frozenset(phase.label.get("sv", phase.key) for phase in self.phases)


def passed_by(origin: Bundle, target: Bundle, moved: Moved, phase: str | None) -> Passed:
    """Return what is new behind a project that stands in `phase` of the target."""
    model = target.model
    keys = [one.key for one in model.phases]
    if phase not in keys:
        return Passed(phases=(), gates=(), returns=False)
    known = {one.key for one in origin.model.phases} | set(moved.renamed.values())
    onward, back = _places(target, moved.ahead), _places(target, moved.back)
    phases = tuple(one for one in model.phases[: keys.index(phase)] if one.key not in known and one.key not in onward)
    old = {gate.key for gate in origin.model.gates}
    box = model.phase(phase).box
    gates = tuple(
        gate
        for gate in model.gates
        if gate.key not in old and gate.box < box and gate.of is None and gate.key not in onward
    )
    there = {*(one.key for one in phases), *(gate.key for gate in gates)}
    return Passed(phases=phases, gates=gates, returns=not there.isdisjoint(back))


def taken_past(passed: Passed) -> Iterator[str]:
    """Yield what the move passes over, in words."""
    phases = [f"fasen ”{one.label.get('sv', one.key)}”" for one in passed.phases]
    gates = [f"beslutspunkten {gate.short.get('sv', gate.key)}" for gate in passed.gates]
    names = [*phases, *gates]
    if names:
        what = " och ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        one = len(names) == 1
        it = "Den är ny och ligger" if one else "De är nya och ligger"
        done = "Den görs" if one else "De görs"
        last = f" {done} bara om projektet skickas tillbaka dit." if passed.returns else ""
        yield f"Hoppas över vid flytten: {what}. {it} före projektets plats.{last}"


def _places(target: Bundle, coming: Coming) -> frozenset[str]:
    """Return the gates, and everything round the steps, of what is to come."""
    diagram, found = target.executable.diagram, set[str]()
    for name in (*coming.added, *coming.kept):
        node = diagram.nodes[name]
        found.add(node.styr.get("gate", {}).get("key", ""))
        scope: str | None = node.scope
        while scope is not None:
            found.add(scope)
            owner = diagram.scopes[scope].owner
            scope = None if owner is None else diagram.nodes[owner].scope
    return frozenset(found)
