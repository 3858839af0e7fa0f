"""Reads shipped diagrams as a person sees them: shapes, lines and words with their places. No engine is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).parents[2]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
STYR = "{urn:styr:bpmn:1}"

EVENTS = ("startEvent", "endEvent", "boundaryEvent")
STEPS = ("userTask", "serviceTask", "businessRuleTask", "callActivity", "subProcess")
GATEWAYS = ("exclusiveGateway", "parallelGateway")
FLOW_NODES = {f"{BPMN}{tag}" for tag in (*EVENTS, *STEPS, *GATEWAYS)}
CONTAINERS = {f"{BPMN}subProcess", f"{BPMN}participant", f"{BPMN}lane"}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def grown(self, by: float) -> Box:
        return Box(x=self.x - by, y=self.y - by, width=self.width + 2 * by, height=self.height + 2 * by)

    def meets(self, other: Box) -> bool:
        apart_x = self.x >= other.x + other.width or other.x >= self.x + self.width
        apart_y = self.y >= other.y + other.height or other.y >= self.y + self.height
        return not (apart_x or apart_y)

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.x + self.width >= other.x + other.width
            and self.y + self.height >= other.y + other.height
        )

    def touches(self, point: Point) -> bool:
        """Whether a line that ends here ends at this shape."""
        return self.grown(1).holds(Box(x=point[0], y=point[1], width=0, height=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A straight piece of a flow."""

    flow: str
    start: Point
    end: Point

    @property
    def straight(self) -> bool:
        return self.start[0] == self.end[0] or self.start[1] == self.end[1]

    @property
    def box(self) -> Box:
        (x0, y0), (x1, y1) = self.start, self.end
        return Box(x=min(x0, x1), y=min(y0, y1), width=abs(x1 - x0), height=abs(y1 - y0))

    def lies_on(self, other: Segment) -> bool:
        """Whether two pieces run along the same line for a while."""
        along = 0 if self.start[1] == self.end[1] == other.start[1] == other.end[1] else None
        if self.start[0] == self.end[0] == other.start[0] == other.end[0]:
            along = 1
        if along is None:
            return False
        mine, theirs = ({s.start[along], s.end[along]} for s in (self, other))
        return min(max(mine), max(theirs)) > max(min(mine), min(theirs))


@dataclass(frozen=True, slots=True)
class Drawing:
    """One BPMN file and its picture."""

    path: Path
    root: etree._Element
    shapes: dict[str, Box] = field(default_factory=dict)
    lines: dict[str, list[Point]] = field(default_factory=dict)
    labels: dict[str, Box] = field(default_factory=dict)

    @property
    def by_id(self) -> dict[str, etree._Element]:
        return {element.get("id", ""): element for element in self.root.iter() if element.get("id")}

    def nodes(self) -> Iterator[etree._Element]:
        return (element for element in self.root.iter() if element.tag in FLOW_NODES)

    def flows(self) -> Iterator[etree._Element]:
        return self.root.iter(f"{BPMN}sequenceFlow")

    def segments(self) -> list[Segment]:
        return [
            Segment(flow=flow, start=start, end=end)
            for flow, points in self.lines.items()
            for start, end in pairwise(points)
        ]


def read(path: Path) -> Drawing:
    """Read a diagram with its picture."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    drawing = Drawing(path, etree.parse(str(path), parser).getroot())
    for shape in drawing.root.iter(f"{BPMNDI}BPMNShape"):
        drawing.shapes[shape.get("bpmnElement", "")] = _bounds(shape)
        _label(drawing, shape)
    for edge in drawing.root.iter(f"{BPMNDI}BPMNEdge"):
        points = [(float(p.get("x", "")), float(p.get("y", ""))) for p in edge.iter(f"{DI}waypoint")]
        drawing.lines[edge.get("bpmnElement", "")] = points
        _label(drawing, edge)
    return drawing


def _bounds(element: etree._Element) -> Box:
    bounds = element.find(f"{DC}Bounds")
    assert bounds is not None
    return Box(**{name: float(bounds.get(name, "")) for name in ("x", "y", "width", "height")})


def _label(drawing: Drawing, element: etree._Element) -> None:
    label = element.find(f"{BPMNDI}BPMNLabel")
    if label is not None:
        drawing.labels[element.get("bpmnElement", "")] = _bounds(label)


def styr(element: etree._Element, tag: str) -> etree._Element | None:
    """Return one of our extension elements of a node."""
    return element.find(f"{BPMN}extensionElements/{STYR}{tag}")


HARNOSAND = ROOT / "bpmn" / "harnosand"
SECOND = ROOT / "tests" / "models" / "second"
SHARED = ROOT / "bpmn" / "shared"
SHIPPED = sorted([*SHARED.glob("*.bpmn"), *HARNOSAND.glob("*.bpmn"), *SECOND.glob("*.bpmn")])
"""Every diagram in the repository that a person is meant to read."""


def bundle(folder: Path) -> list[Drawing]:
    """Return the diagrams of a model, the shared gate among them."""
    return [read(path) for path in sorted([*SHARED.glob("*.bpmn"), *folder.glob("*.bpmn")])]
