"""What comes after a step, read from the diagram: the answer to "what happens when I hand this in?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from forms.feel import evaluate, names, parse
from forms.tree import Field, Form, keyed
from workflows.engine import DrawnFlow, DrawnStep, Executable, NodeKind
from workflows.governance.facts import environment
from workflows.models.model import Label, Model

Way = tuple[str, str]
NO_WAY: Way = ("", "")
"""A question and the answer to it that leads on."""

_TIMELESS = environment(datetime(2000, 1, 1, tzinfo=UTC))
"""A choice that is compared with written-out values is so at any moment."""

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


Choices = Mapping[str, tuple[str, ...]]
"""What a person may still have chosen, by field of the step's form."""


def ahead(
    executable: Executable, model: Model, node: str, forms: Mapping[str, Form] | None = None
) -> tuple[Ahead, ...]:
    """Return what may follow the step `node` of its process, each once, in the order of the diagram.

    Ways that no choice in the step's own form can lead to are left out; `forms` are the model's.
    """
    definition = executable.tasks.get(node)
    if definition is None:
        return ()
    places = dict(_places(executable.steps(definition.process)))
    walker = _Walker(executable=executable, model=model, places=places, variable=definition.variable)
    form = (forms or {}).get(definition.form or "")
    found: list[Ahead] = []
    for one in walker.after(places[node], seen=frozenset({node}), left=_choices(form)):
        found += [one] if one not in found else []
    return tuple(found) if len(found) <= MOST else ()


def _places(steps: Sequence[DrawnStep], within: DrawnStep | None = None) -> Iterator[tuple[str, _Place]]:
    for step in steps:
        yield step.node, _Place(step=step, within=within)
        yield from _places(step.steps, step)


def _choices(form: Form | None) -> Choices:
    """Return the choices of a form's fields where exactly one is made, of those that are written out."""
    fields = (one for one in keyed(form.nodes) if isinstance(one, Field)) if form else ()
    return {
        one.key: tuple(option.value for option in one.options.values)
        for one in fields
        if one.options.values and not one.many and one.rules.required
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walker:
    executable: Executable
    model: Model
    places: Mapping[str, _Place]
    variable: str

    def after(
        self, place: _Place, *, seen: frozenset[str], left: Choices, way: Way = NO_WAY, waits: bool = False
    ) -> Iterator[Ahead]:
        """Yield what the ways out of a place lead to; the innermost named answer is the one that is told."""
        for flow, still in self.possible(place.step.flows, left):
            if flow.leads_to not in seen:
                said = (place.step.name, flow.name) if flow.name else way
                yield from self.at(self.places[flow.leads_to], seen=seen, left=still, way=said, waits=waits)

    def possible(self, flows: Sequence[DrawnFlow], left: Choices) -> Iterator[tuple[DrawnFlow, Choices]]:
        """Yield the ways that some choice leads to, with the choices that do; all of them where other things count."""
        conditions = {flow.target: parse(flow.condition.removeprefix("=")) for flow in flows if flow.condition}
        read = {path for condition in conditions.values() for path in names(condition)}
        field = next(iter(read))[-1] if len(read) == 1 else ""
        if read != {(self.variable, field)} or field not in left:
            yield from ((flow, left) for flow in flows)
            return
        led: dict[str, tuple[str, ...]] = {}
        for value in left[field]:
            scope = {self.variable: {field: value}}
            taken = next((key for key, one in conditions.items() if evaluate(one, scope, _TIMELESS) is True), None)
            taken = taken or next((flow.target for flow in flows if flow.default), "")
            led[taken] = (*led.get(taken, ()), value)
        yield from ((flow, {**left, field: led[flow.target]}) for flow in flows if flow.target in led)

    def at(self, place: _Place, *, seen: frozenset[str], left: Choices, way: Way, waits: bool) -> Iterator[Ahead]:
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
                yield from self.after(self.places[place.within.node], seen=passed, left=left, way=way, waits=waits)
            case NodeKind.PARALLEL if len(step.flows) == 1:
                yield from self.after(place, seen=passed, left=left, way=way, waits=True)
            case _:
                yield from self.after(place, seen=passed, left=left, way=way, waits=waits)

    def phase(self, step: DrawnStep) -> str:
        """Return the name of a part of the diagram; phases are called what the model calls them."""
        return next((phase.label["sv"] for phase in self.model.phases if phase.key == step.node), step.name)

    def role(self, node: str) -> Label | None:
        """Return who does a step."""
        wanted = self.executable.tasks[node].role
        return next((role.label for role in self.model.roles if role.key == wanted), None)
