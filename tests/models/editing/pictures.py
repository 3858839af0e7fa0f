"""Reads pictures back, independently of the code that drew them, and makes processes to be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import hypot

from hypothesis import strategies as st
from lxml import etree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A file as seen: boxes, lines and labels by BPMN id, and the elements themselves."""

    boxes: dict[str, Rectangle]
    lines: dict[str, list[tuple[float, float]]]
    labels: dict[str, Rectangle]
    elements: dict[str, etree._Element]

    def inside(self, key: str) -> Iterator[str]:
        """Yield what lies directly in a scope and has a box."""
        yield from (child.get("id", "") for child in self.elements[key] if child.get("id") in self.boxes)


def see(xml: bytes) -> Seen:
    """Read a file's picture."""
    root = etree.fromstring(xml)
    boxes, lines, labels = {}, {}, {}
    for shape in root.iter(f"{BPMNDI}BPMNShape"):
        key = shape.get("bpmnElement", "")
        assert key not in boxes, f"{key} is drawn twice"
        boxes[key] = _bounds(shape)
    for edge in root.iter(f"{BPMNDI}BPMNEdge"):
        lines[edge.get("bpmnElement", "")] = [
            (float(point.get("x", "")), float(point.get("y", ""))) for point in edge.iter(f"{DI}waypoint")
        ]
    for label in root.iter(f"{BPMNDI}BPMNLabel"):
        owner = label.getparent()
        if owner is not None and label.find(f"{DC}Bounds") is not None:
            labels[owner.get("bpmnElement", "")] = _bounds(label)
    elements = {e.get("id", ""): e for e in root.iter() if isinstance(e.tag, str) and e.tag.startswith(BPMN)}
    return Seen(boxes=boxes, lines=lines, labels=labels, elements=elements)


def _bounds(element: etree._Element) -> Rectangle:
    bounds = element.find(f"{DC}Bounds")
    assert bounds is not None
    x, y, width, height = (float(bounds.get(key, "")) for key in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def within(outer: Rectangle, inner: Rectangle) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def faults(xml: bytes, *, labels: bool = True) -> list[str]:
    """Return everything that is wrong with a picture: overlaps, things outside their frame, lines that hang loose."""
    seen = see(xml)
    found: list[str] = []
    for key, element in seen.elements.items():
        local = etree.QName(element).localname
        if local in ("process", "subProcess"):
            found += _siblings(seen, key)
        if local == "subProcess" and key in seen.boxes:
            frame = seen.boxes[key]
            found += [f"{inner} outside {key}" for inner in seen.inside(key) if not within(frame, seen.boxes[inner])]
        if local == "sequenceFlow":
            found += _line(seen, element)
    if labels:
        found += _covered(seen)
    return found


def _siblings(seen: Seen, key: str) -> Iterator[str]:
    inner = list(seen.inside(key))
    for number, one in enumerate(inner):
        for other in inner[:number]:
            sits = {seen.elements[one].get("attachedToRef"), seen.elements[other].get("attachedToRef")}
            if not sits & {one, other} and overlap(seen.boxes[one], seen.boxes[other]):
                yield f"{one} on {other}"


def _line(seen: Seen, flow: etree._Element) -> Iterator[str]:
    key = flow.get("id", "")
    points = seen.lines.get(key)
    if points is None or len(points) < 2:
        yield f"{key} is not drawn"
        return
    for point, end in ((points[0], "sourceRef"), (points[-1], "targetRef")):
        item = flow.get(end, "")
        if not on_border(seen, item, point):
            yield f"{key} does not touch {item}"
    for (x, y), (other_x, other_y) in pairwise(points):
        if abs(x - other_x) > 0.3 and abs(y - other_y) > 0.3:
            yield f"{key} runs aslant"


def on_border(seen: Seen, item: str, point: tuple[float, float]) -> bool:
    """Tell whether a point lies on the outline of a shape: rectangle, diamond or circle."""
    left, top, right, bottom = seen.boxes[item]
    x, y = point[0] - (left + right) / 2, point[1] - (top + bottom) / 2
    half, tall = (right - left) / 2, (bottom - top) / 2
    local = etree.QName(seen.elements[item]).localname
    if local.endswith("Gateway"):
        return abs(abs(x) / half + abs(y) / tall - 1) < 0.03
    if local.endswith("Event"):
        return abs(hypot(x, y) - half) < 0.7
    on_side = abs(abs(x) - half) < 0.3 and abs(y) <= tall
    return on_side or (abs(abs(y) - tall) < 0.3 and abs(x) <= half)


def _covered(seen: Seen) -> Iterator[str]:
    """Yield labels that lie on a shape, a frame round them aside."""
    solid = {
        key: box
        for key, box in seen.boxes.items()
        if etree.QName(seen.elements[key]).localname not in ("subProcess", "participant", "lane", "textAnnotation")
    }
    for key, label in seen.labels.items():
        yield from (f"the name of {key} on {other}" for other, box in solid.items() if overlap(label, box))


def crossed(xml: bytes) -> list[str]:
    """Return the names that a line runs through, their own included."""
    seen = see(xml)
    pieces = [(key, piece) for key, line in seen.lines.items() for piece in pairwise(line)]
    return [
        f"the name of {key} under {other}"
        for key, label in seen.labels.items()
        for other, ((x, y), (to_x, to_y)) in pieces
        if overlap(label, (min(x, to_x) - 0.5, min(y, to_y) - 0.5, max(x, to_x) + 0.5, max(y, to_y) + 0.5))
    ]


HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<bpmn:definitions '
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="urn:x">\n'
)

_KINDS = ("userTask", "exclusiveGateway", "parallelGateway", "intermediateThrowEvent", "subProcess")


@st.composite
def processes(draw: st.DrawFn, nodes: int = 14) -> bytes:
    """Any process at all: ways that part, meet, jump ahead and lead back, sub-processes, events on their edges."""
    body = "".join(_scope(draw, "p", draw(st.integers(1, nodes)), depth=0))
    return f'{HEAD}<bpmn:process id="p" isExecutable="true">\n{body}</bpmn:process>\n</bpmn:definitions>\n'.encode()


def _scope(draw: st.DrawFn, prefix: str, size: int, depth: int) -> Iterator[str]:
    ids = [f"{prefix}_{number}" for number in range(size)]
    ends = list(ids)
    named = st.sampled_from(["", "Ja", "Nej, det saknas något", "En lång fråga som bryts på flera rader?"])
    for key in ids:
        kind = draw(st.sampled_from(_KINDS))
        inside = ""
        if kind == "subProcess":
            inside = "".join(_scope(draw, key, draw(st.integers(0, 4)), depth + 1)) if depth < 2 else ""
        yield f'<bpmn:{kind} id="{key}" name="{draw(named)}">{inside}</bpmn:{kind}>\n'
        if kind in ("userTask", "subProcess"):
            for number in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
                ends.append(f"{key}_event_{number}")
                yield f'<bpmn:boundaryEvent id="{ends[-1]}" name="{draw(named)}" attachedToRef="{key}" />\n'
    ways = st.lists(st.tuples(st.sampled_from(ends), st.sampled_from(ids)), max_size=2 * size)
    pairs = draw(ways) if ids else []
    for number, (source, target) in enumerate(pairs):
        yield (
            f'<bpmn:sequenceFlow id="{prefix}_flow_{number}" name="{draw(named)}" '
            f'sourceRef="{source}" targetRef="{target}" />\n'
        )


def row_of(count: int) -> bytes:
    """A process of `count` steps with a way back over every tenth and a side way round every fourth."""
    steps = "".join(f'<bpmn:userTask id="s{n}" name="Steg {n}" />\n' for n in range(count))
    pairs = [(n, n + 1) for n in range(count - 1)] + [(n, n - 7) for n in range(10, count, 10)]
    pairs += [(n, n + 3) for n in range(0, count - 3, 4)]
    flows = "".join(f'<bpmn:sequenceFlow id="f{a}_{b}" sourceRef="s{a}" targetRef="s{b}" />\n' for a, b in pairs)
    return f'{HEAD}<bpmn:process id="p">\n{steps}{flows}</bpmn:process>\n</bpmn:definitions>\n'.encode()
