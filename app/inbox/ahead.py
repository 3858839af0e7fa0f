"""What comes after a step, read from the diagram: the answer to "what happens when I hand this in?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workflows.engine import DrawnStep, Executable, NodeKind
from workflows.models.model import Label, Model

Way = tuple[str, str]
NO_WAY: Way = ("", "")
"""A question and the answer to it that leads on."""

MOST = 5
"""A step with more ways ahead than this says nothing: a list that long explains less than the form itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Something that may come next. `way` is the answer to `question` that leads there, "" when every answer does.

    `role` is who does it, empty for gates, parts of the diagram and ends; `waits` when steps beside this one come
    first.
    """

    name: str
    question: str = ""
    way: str = ""
    role: Label | None = None
    gate: bool = False
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    step: DrawnStep
    within: DrawnStep | None


def ahead(executable: Executable, model: Model, node: str) -> tuple[Ahead, ...]:
    """Return what may follow the step `node` of its process, each once, in the order of the diagram."""
    definition = executable.tasks.get(node)
    if definition is None:
        return ()
    places = dict(_places(executable.steps(definition.process)))
    walker = _Walker(executable=executable, model=model, places=places)
    found: list[Ahead] = []
    for one in walker.after(places[node], seen=frozenset({node})):
        found += [one] if one not in found else []
    return tuple(found) if len(found) <= MOST else ()


def _places(steps: Sequence[DrawnStep], within: DrawnStep | None = None) -> Iterator[tuple[str, _Place]]:
    for step in steps:
        yield step.node, _Place(step=step, within=within)
        yield from _places(step.steps, step)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walker:
    executable: Executable
    model: Model
    places: Mapping[str, _Place]

    def after(self, place: _Place, *, seen: frozenset[str], way: Way = NO_WAY, waits: bool = False) -> Iterator[Ahead]:
        """Yield what the ways out of a place lead to; the innermost named answer is the one that is told."""
        for flow in place.step.flows:
            if flow.leads_to not in seen:
                said = (place.step.name, flow.name) if flow.name else way
                yield from self.at(self.places[flow.leads_to], seen=seen, way=said, waits=waits)

    def at(self, place: _Place, *, seen: frozenset[str], way: Way, waits: bool) -> Iterator[Ahead]:
        """Yield the place itself where it says something to people, else what follows it."""
        step, passed = place.step, seen | {place.step.node}
        question, answer = way
        match step.kind:
            case NodeKind.USER:
                yield Ahead(name=step.name, question=question, way=answer, role=self.role(step.node), waits=waits)
            case NodeKind.CALL:
                yield Ahead(name=step.name, question=question, way=answer, gate=step.gate is not None, waits=waits)
            case NodeKind.SUBPROCESS:
                yield Ahead(name=self.phase(step), question=question, way=answer, waits=waits)
            case NodeKind.END if step.name:
                yield Ahead(name=step.name, question=question, way=answer, waits=waits)
            case NodeKind.END if place.within is not None:
                yield from self.after(self.places[place.within.node], seen=passed, way=way, waits=waits)
            case NodeKind.PARALLEL if len(step.flows) == 1:
                yield from self.after(place, seen=passed, way=way, waits=True)
            case _:
                yield from self.after(place, seen=passed, way=way, waits=waits)

    def phase(self, step: DrawnStep) -> str:
        """Return the name of a part of the diagram; phases are called what the model calls them."""
        return next((phase.label["sv"] for phase in self.model.phases if phase.key == step.node), step.name)

    def role(self, node: str) -> Label | None:
        """Return who does a step."""
        wanted = self.executable.tasks[node].role
        return next((role.label for role in self.model.roles if role.key == wanted), None)
