"""What a diagram holds, read for laying it out: scopes of items and the flows between them; nothing of what it means.

Wider than what the engine runs, since an import is laid out before anybody mends it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from workflows.models.editing.layout_words import TASK, name_lines, task_width
from workflows.models.editing.xml_text import Document, Element

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"

EVENT = 36
GATEWAY = 50


class Shape(Enum):
    """The outlines that edges dock on."""

    BOX = auto()
    DIAMOND = auto()
    CIRCLE = auto()


@dataclass(slots=True, eq=False)
class Item:
    """Something that gets a shape. `inside` is the scope of an expanded sub-process; `host` what an event sits on."""

    element: Element
    shape: Shape
    width: float
    height: float
    inside: Scope | None = None
    host: Item | None = None
    events: list[Item] = field(default_factory=list)
    note: bool = False

    @property
    def id(self) -> str:
        """The element's id."""
        return self.element.id

    @property
    def name(self) -> str:
        """The name that stands in or beside the shape; notes and data take care of theirs."""
        return self.element.attributes.get("name", "") if not self.note else ""

    @property
    def outside_label(self) -> bool:
        """Tell whether the name stands beside the shape instead of in it."""
        return self.shape is not Shape.BOX and bool(self.name)


@dataclass(slots=True, eq=False)
class Flow:
    """A line between two items of one scope; `association` for the dotted ones that move nothing."""

    element: Element
    source: Item
    target: Item
    association: bool = False

    @property
    def id(self) -> str:
        """The element's id."""
        return self.element.id

    @property
    def name(self) -> str:
        """What stands at the line."""
        return self.element.attributes.get("name", "")

    @property
    def leaves(self) -> Item:
        """The item in whose column the flow begins: the host of a boundary event."""
        return self.source.host or self.source


@dataclass(slots=True, eq=False)
class Lane:
    """A lane with what lies in it; `lanes` inside it, top first."""

    element: Element
    lanes: list[Lane]
    members: frozenset[str]

    def leaves(self) -> Iterator[Lane]:
        """Yield the lanes that have no lanes in them."""
        if not self.lanes:
            yield self
        for lane in self.lanes:
            yield from lane.leaves()

    @property
    def depth(self) -> int:
        """How many lanes lie in one another here."""
        return 1 + max((lane.depth for lane in self.lanes), default=0)


@dataclass(slots=True, eq=False)
class Scope:
    """The inside of a process or sub-process. Items in the order of the file, boundary events on their hosts."""

    element: Element
    items: list[Item]
    flows: list[Flow]
    lanes: list[Lane]

    def all_items(self) -> Iterator[Item]:
        """Yield everything with a shape, inside sub-processes too."""
        for item in self.items:
            yield item
            yield from item.events
            if item.inside is not None:
                yield from item.inside.all_items()


CONTAINERS = frozenset({"subProcess", "transaction", "adHocSubProcess"})
_DATA = {"dataObjectReference": (36, 50), "dataObject": (36, 50), "dataStoreReference": (50, 50)}
_DATA |= {"dataInput": (36, 50), "dataOutput": (36, 50)}


def read_scope(document: Document, element: Element) -> Scope:
    """Return what stands inside a process or sub-process."""
    items = {item.id: item for item in _items(document, element)}
    for item in items.values():
        host = items.get(item.element.attributes.get("attachedToRef", ""))
        if item.element.local == "boundaryEvent" and host is not None and host.element.local != "boundaryEvent":
            item.host = host
            host.events.append(item)
    return Scope(
        element=element,
        items=[item for item in items.values() if item.host is None],
        flows=list(_flows(document, element, items)),
        lanes=[_lane(lane) for found in element.children if found.local == "laneSet" for lane in found.children],
    )


def _items(document: Document, element: Element) -> Iterator[Item]:
    referenced = {child.attributes.get("dataObjectRef") for child in element.children}
    specification = element.find("ioSpecification")
    for child in [*element.children, *(specification.children if specification is not None else ())]:
        local = child.local
        if not child.id or not child.tag.startswith(BPMN):
            continue
        if local.endswith("Event") or local == "event":
            yield Item(element=child, shape=Shape.CIRCLE, width=EVENT, height=EVENT)
        elif local.endswith("Gateway"):
            yield Item(element=child, shape=Shape.DIAMOND, width=GATEWAY, height=GATEWAY)
        elif local in CONTAINERS:
            yield _container(document, child)
        elif local in ("task", "callActivity") or local.endswith("Task"):
            yield _task(child)
        elif local == "textAnnotation":
            yield _annotation(child)
        elif local in _DATA and child.id not in referenced:
            width, height = _DATA[local]
            yield Item(element=child, shape=Shape.BOX, width=width, height=height, note=True)


def _container(document: Document, element: Element) -> Item:
    inside = read_scope(document, element)
    expanded = inside if inside.items else None
    task = _task(element)
    task.inside = expanded
    return task


def _task(element: Element) -> Item:
    width = task_width(element.attributes.get("name", ""))
    return Item(element=element, shape=Shape.BOX, width=width, height=TASK[1])


def _annotation(element: Element) -> Item:
    text = element.find("text")
    lines = name_lines(text.text if text is not None else "", 150)
    return Item(element=element, shape=Shape.BOX, width=160, height=max(30, 14 * len(lines) + 12), note=True)


def _flows(document: Document, element: Element, items: dict[str, Item]) -> Iterator[Flow]:
    for child in element.children:
        source, target = (items.get(child.attributes.get(key, "")) for key in ("sourceRef", "targetRef"))
        if child.local in ("sequenceFlow", "association") and child.id and source and target:
            is_flow = child.local == "sequenceFlow"
            if is_flow and target.host is not None:
                target = target.host  # nothing may lead into a boundary event; the check says so, the line is drawn
            yield Flow(element=child, source=source, target=target, association=not is_flow)
    for item in items.values():
        for child in item.element.children:
            if child.local in ("dataInputAssociation", "dataOutputAssociation") and child.id:
                ends = [
                    items.get(end.text.strip()) for end in child.children if end.local in ("sourceRef", "targetRef")
                ]
                data = next((end for end in ends if end is not None and end is not item), None)
                if data is not None:
                    source, target = (data, item) if child.local == "dataInputAssociation" else (item, data)
                    yield Flow(element=child, source=source, target=target, association=True)


def _lane(element: Element) -> Lane:
    inner = element.find("childLaneSet")
    members = frozenset(child.text.strip() for child in element.children if child.local == "flowNodeRef")
    lanes = [_lane(child) for child in inner.children if child.local == "lane"] if inner is not None else []
    return Lane(element=element, lanes=lanes, members=members)
