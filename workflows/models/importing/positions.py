"""Reads where everything in a BPMN file is drawn."""

from __future__ import annotations

from lxml import etree

from workflows.models.importing.drawing import Box, Point
from workflows.models.importing.file_reader import FileReader

_DC = "{http://www.omg.org/spec/DD/20100524/DC}"
_DI = "{http://www.omg.org/spec/DD/20100524/DI}"
_BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def read_positions(reader: FileReader) -> None:
    """Read where everything is drawn. A second plane (the inside of a collapsed sub-process) has a room of its own."""
    for number, plane in enumerate(reader.root.iter(f"{_BPMNDI}BPMNPlane")):
        for shape in plane.iterchildren(f"{_BPMNDI}BPMNShape") if not number else ():
            bounds = shape.find(f"{_DC}Bounds")
            box = None if bounds is None else _box(bounds)
            if box is not None and shape.get("isExpanded") != "false":
                reader.boxes[shape.get("bpmnElement") or ""] = box
        for edge in plane.iterchildren(f"{_BPMNDI}BPMNEdge") if not number else ():
            points = [_point(point) for point in edge.iterchildren(f"{_DI}waypoint")]
            if len(points) > 1 and all(points):
                reader.points[edge.get("bpmnElement") or ""] = tuple(point for point in points if point)


def _box(bounds: etree._Element) -> Box | None:
    sides = [_number(bounds.get(side)) for side in ("x", "y", "width", "height")]
    if any(side is None for side in sides):
        return None
    x, y, width, height = (side or 0.0 for side in sides)
    return Box(x=x, y=y, width=width, height=height) if width > 0 and height > 0 else None


def _point(point: etree._Element) -> Point | None:
    x, y = _number(point.get("x")), _number(point.get("y"))
    return None if x is None or y is None else (x, y)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if abs(number) < 100_000 else None
