"""A process while it is made ours: elements and flows that may be moved, replaced and left out.

Tags are BPMN's own until `elements` has made them the engine's; positions are kept, so that what is hand-laid stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from workflows.models.importing.foreign import Hints
from workflows.models.importing.naming import Names
from workflows.models.importing.rows import Place

Point = tuple[float, float]

GATEWAYS = frozenset({"exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "eventBasedGateway"})

_KINDS = {"Gateway": "grinden", "Process": "delprocessen", "startEvent": "starten", "endEvent": "slutet"} | {
    "boundaryEvent": "kanthändelsen",
    "Event": "händelsen",
}
"""What to call an element without a name, by how its tag ends; anything else is a step."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where an element is drawn."""

    x: float
    y: float
    width: float
    height: float


@dataclass(slots=True, kw_only=True)
class Trigger:
    """What an event waits for or throws: the kind of its definition, and a message's name, an error's code, a time."""

    kind: str
    value: str = ""
    form: str = ""


@dataclass(slots=True, kw_only=True)
class Loop:
    """How often an activity is done: in several exemplars, or again and again."""

    kind: str
    sequential: bool = False
    collection: str = ""
    item: str = ""
    until: str = ""


@dataclass(slots=True, kw_only=True)
class Step:
    """One element. `styr` are the extension elements it will have; `added`: the import drew it."""

    id: str
    tag: str
    name: str
    file: str
    hints: Hints = field(default_factory=Hints)
    documentation: str = ""
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    trigger: Trigger | None = None
    loop: Loop | None = None
    calls: str | None = None
    inner: Scope | None = None
    by_event: bool = False
    undoes: bool = False
    added: bool = False
    lane: str = ""
    box: Box | None = None
    styr: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """What to call this within a sentence."""
        kind = next((word for ending, word in _KINDS.items() if self.tag.endswith(ending)), "steget")
        return self.name or f"{kind} utan namn"

    @property
    def place(self) -> Place:
        """Where this stands, for a row."""
        return Place(file=self.file, element=self.id, name=self.name or self.label.capitalize())


@dataclass(slots=True, kw_only=True)
class Way:
    """A sequence flow; `condition` as it was written, `feel` as our engine reads it."""

    id: str
    name: str
    source: str
    target: str
    condition: str | None = None
    feel: str | None = None
    points: tuple[Point, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Scope:
    """The inside of a process or sub-process. `left` here and in flows is what other engines would read there."""

    id: str
    name: str
    file: str
    names: Names
    steps: dict[str, Step] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)
    left: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """Where this stands, for a row."""
        return Place(file=self.file, element=self.id, name=self.name)

    def into(self, step: str) -> list[Way]:
        """Return the flows that lead to a step."""
        return [way for way in self.ways.values() if way.target == step]

    def out_of(self, step: str) -> list[Way]:
        """Return the flows that leave a step."""
        return [way for way in self.ways.values() if way.source == step]

    def boundary(self, step: str) -> list[Step]:
        """Return the events on the edge of a step."""
        return [event for event in self.steps.values() if event.attached_to == step]

    def of(self, *tags: str) -> list[Step]:
        """Return the elements of some kinds."""
        return [step for step in self.steps.values() if step.tag in tags]

    def everywhere(self) -> Iterator[Scope]:
        """Yield this scope and those inside it."""
        yield self
        for step in self.steps.values():
            if step.inner is not None:
                yield from step.inner.everywhere()

    def add(self, tag: str, wanted: str, name: str = "", **more: object) -> Step:
        """Draw a new element, without a position."""
        step = replace(Step(id=self.names.free(wanted), tag=tag, name=name, file=self.file, added=True), **more)  # type: ignore[arg-type]  # fields of Step
        self.steps[step.id] = step
        return step

    def connect(self, source: str, target: str, name: str = "", condition: str | None = None) -> Way:
        """Draw a new flow."""
        way = Way(
            id=self.names.free(f"{source}__{target}"), name=name, source=source, target=target, condition=condition
        )
        self.ways[way.id] = way
        return way

    def put_before(self, step: Step, new: Step) -> None:
        """Let everything that led to `step` lead to `new`, and `new` to `step`."""
        for way in self.into(step.id):
            way.target, way.points = new.id, ()
        self.connect(new.id, step.id)

    def put_after(self, step: Step, new: Step) -> None:
        """Let everything that left `step` leave `new`, and `step` lead to `new`."""
        for way in self.out_of(step.id):
            way.source, way.points = new.id, ()
        new.default, step.default = step.default, None
        self.connect(step.id, new.id)

    def bridge(self, step: Step) -> None:
        """Leave a step out; what led to it leads on to what followed it (the first way, when there are several)."""
        following = self.out_of(step.id)
        for way in self.into(step.id):
            if following and following[0].target != step.id:
                way.target, way.points = following[0].target, ()
            else:
                self.drop_way(way)
        self.drop(step)

    def drop(self, step: Step) -> None:
        """Leave a step out with its flows and the events on its edge."""
        self.steps.pop(step.id, None)
        for event in self.boundary(step.id):
            self.drop(event)
        for way in [*self.into(step.id), *self.out_of(step.id)]:
            self.drop_way(way)

    def drop_way(self, way: Way) -> None:
        """Leave a flow out; a gateway whose default it was has none then."""
        self.ways.pop(way.id, None)
        source = self.steps.get(way.source)
        if source is not None and source.default == way.id:
            source.default = None

    def reached(self, roots: Iterable[str]) -> set[str]:
        """Return the steps that can be reached from `roots`, themselves included."""
        seen: set[str] = set()
        ahead = list(roots)
        while ahead:
            step = ahead.pop()
            if step not in seen:
                seen.add(step)
                ahead += [way.target for way in self.out_of(step)]
                ahead += [event.id for event in self.boundary(step)]
        return seen

    def upstream(self, step: str) -> Iterator[Step]:
        """Yield the steps before one, the nearest first."""
        seen, ahead = {step}, [step]
        while ahead:
            here = ahead.pop(0)
            before = [way.source for way in self.into(here)]
            host = self.steps[here].attached_to if here in self.steps else None
            before += [host] if host else []
            for source in before:
                if source not in seen and source in self.steps:
                    seen.add(source)
                    ahead.append(source)
                    yield self.steps[source]
