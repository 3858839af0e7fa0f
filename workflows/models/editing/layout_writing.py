"""Writes pictures as BPMN DI: whole diagrams, and single shapes and edges."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from workflows.models.editing.layout_graph import BPMN, CONTAINERS
from workflows.models.editing.layout_picture import Box, Point
from workflows.models.editing.layout_pools import Plane
from workflows.models.editing.xml_text import Document, Element, attribute

BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
USUAL = {BPMNDI: "bpmndi", DC: "dc", DI: "di"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Knows the prefixes to write with, and the ids that are taken. A diagram declares itself what is in `declared`."""

    prefixes: dict[str, str]
    declared: str
    taken: set[str]

    @classmethod
    def of(cls, document: Document) -> Writer:
        """Return a writer for a file."""
        prefixes = {space: document.prefixes.get(space, usual) for space, usual in USUAL.items()}
        missing = [space for space in USUAL if space not in document.prefixes]
        declared = "".join(attribute(f"xmlns:{USUAL[space]}", space) for space in missing)
        return cls(prefixes=prefixes, declared=declared, taken=set(document.by_id))

    def diagram(self, plane: Plane) -> str:
        """Return a whole diagram, indented to stand in the root."""
        target = plane.element.id
        head = attribute("id", self.new_id(f"{target}_diagram")) + self.declared
        inner = attribute("id", self.new_id(f"{target}_plane")) + attribute("bpmnElement", target)
        parts = "".join(f"\n{part}" for part in self._parts(plane))
        tag, plane_tag = self._tag(BPMNDI, "BPMNDiagram"), self._tag(BPMNDI, "BPMNPlane")
        return f"  <{tag}{head}>\n    <{plane_tag}{inner}>{parts}\n    </{plane_tag}>\n  </{tag}>"

    def _parts(self, plane: Plane) -> Iterator[str]:
        picture = plane.picture
        elements = {element.id: element for element in self._elements(plane)}
        for key, box in picture.boxes.items():
            yield self.shape(elements[key], box, picture.labels.get(key))
        for key, points in picture.lines.items():
            yield self.edge(key, points, picture.labels.get(key))

    def _elements(self, plane: Plane) -> Iterator[Element]:
        root = plane.element
        while root.parent is not None:
            root = root.parent
        return root.walk()

    def shape(self, element: Element, box: Box, label: Box | None, indent: str = "      ") -> str:
        """Return a shape for `element`."""
        head = attribute("id", self.new_id(f"{element.id}_di")) + attribute("bpmnElement", element.id)
        if element.local == "exclusiveGateway":
            head += attribute("isMarkerVisible", "true")
        if element.local in CONTAINERS:
            expanded = any(child.tag.startswith(BPMN) and child.id for child in element.children)
            head += attribute("isExpanded", "true" if expanded and (box.width > 120 or box.height > 80) else "false")
        if element.local in ("participant", "lane"):
            head += attribute("isHorizontal", "true")
        return self._drawn("BPMNShape", head, [self.bounds(box)], label, indent)

    def edge(self, key: str, points: list[Point], label: Box | None, indent: str = "      ") -> str:
        """Return an edge for the flow `key`."""
        head = attribute("id", self.new_id(f"{key}_di")) + attribute("bpmnElement", key)
        return self._drawn("BPMNEdge", head, self.waypoints(points), label, indent)

    def _drawn(self, kind: str, head: str, inside: list[str], label: Box | None, indent: str) -> str:
        tag = self._tag(BPMNDI, kind)
        lines = [f"{indent}<{tag}{head}>", *(f"{indent}  {line}" for line in inside)]
        if label is not None:
            lines += [f"{indent}  {line}" for line in self.label(label)]
        return "\n".join([*lines, f"{indent}</{tag}>"])

    def label(self, box: Box) -> list[str]:
        """Return the lines that place a name."""
        tag = self._tag(BPMNDI, "BPMNLabel")
        return [f"<{tag}>", f"  {self.bounds(box)}", f"</{tag}>"]

    def bounds(self, box: Box) -> str:
        """Return the line that places a box."""
        place = f'x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}" height="{_number(box.height)}"'
        return f"<{self._tag(DC, 'Bounds')} {place} />"

    def waypoints(self, points: list[Point]) -> list[str]:
        """Return a line for each point."""
        tag = self._tag(DI, "waypoint")
        return [f'<{tag} x="{_number(x)}" y="{_number(y)}" />' for x, y in points]

    def new_id(self, wanted: str) -> str:
        """Return `wanted`, or that with a number when it is taken."""
        key = unused(wanted, self.taken)
        self.taken.add(key)
        return key

    def _tag(self, space: str, local: str) -> str:
        prefix = self.prefixes[space]
        return f"{prefix}:{local}" if prefix else local


def unused(wanted: str, taken: Set[str]) -> str:
    """Return `wanted`, or that with the first number that makes it one of a kind."""
    key, number = wanted, 1
    while key in taken:
        number += 1
        key = f"{wanted}_{number}"
    return key


def _number(value: float) -> str:
    return f"{round(value, 1):g}" if abs(value) < 100_000 else str(round(value))
