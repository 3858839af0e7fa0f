"""A picture that exists, open for changes: what moved is written back to its own line, the rest keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.models.editing.layout_graph import BPMN, Flow, Item, Lane, Scope, read_scope
from workflows.models.editing.layout_picture import Box, Picture, Point, around
from workflows.models.editing.layout_writing import BPMNDI, Writer
from workflows.models.editing.xml_text import Document, Element, Splice


@dataclass(slots=True, eq=False)
class Frame:
    """A scope in the picture: the box round it (none for a process that is in no pool) and the scope around that."""

    scope: Scope
    key: str
    outer: Frame | None
    lanes: list[Lane] = field(default_factory=list)


class Scene:
    """The first plane of a file. Boxes, lines and labels as they are, and as they were."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.plane = next((e for e in document.root.walk() if e.tag == f"{{{BPMNDI}}}BPMNPlane"), None)
        self.shapes: dict[str, Element] = {}
        self.picture = Picture()
        for element in self.plane.children if self.plane is not None else ():
            self._read(element)
        self.before = Picture()
        self.before.add(self.picture, 0, 0)
        self.frames = list(self._frames())

    def _read(self, element: Element) -> None:
        key = element.attributes.get("bpmnElement", "")
        if element.local == "BPMNShape" and (bounds := element.find("Bounds")) is not None:
            self.picture.boxes[key] = _box(bounds)
        elif element.local == "BPMNEdge":
            points = [child for child in element.children if child.local == "waypoint"]
            self.picture.lines[key] = [(_number(point, "x"), _number(point, "y")) for point in points]
        else:
            return
        self.shapes[key] = element
        label = element.find("BPMNLabel")
        bounds = label.find("Bounds") if label is not None else None
        if bounds is not None:
            self.picture.labels[key] = _box(bounds)

    def _frames(self) -> Iterator[Frame]:
        """Yield every scope that the plane shows, outer ones first; what is drawn closed has no inside here."""
        shown = self.plane.attributes.get("bpmnElement", "") if self.plane is not None else ""
        root = self.document.by_id.get(shown)
        pools = {}
        if root is not None and root.local == "collaboration":
            parts = [child for child in root.children if child.local == "participant"]
            pools = {part.attributes.get("processRef", "").rpartition(":")[2]: part.id for part in parts}
        for child in self.document.root.children:
            if child.tag == f"{BPMN}process" and (child.id == shown or child.id in pools):
                scope = read_scope(self.document, child)
                yield from self._inside(Frame(scope=scope, key=pools.get(child.id, ""), outer=None, lanes=scope.lanes))

    def _inside(self, frame: Frame) -> Iterator[Frame]:
        yield frame
        for item in frame.scope.items:
            shape = self.shapes.get(item.id)
            if shape is not None and shape.attributes.get("isExpanded") == "false":
                item.inside = None
            if item.inside is not None and shape is not None:
                yield from self._inside(Frame(scope=item.inside, key=item.id, outer=frame))

    def complete(self) -> bool:
        """Tell whether everything has its place."""
        return not any(self.missing_items(frame) or self.missing_flows(frame) for frame in self.frames)

    def missing_items(self, frame: Frame) -> list[Item]:
        """Return the items of a scope that have no box."""
        items = [one for item in frame.scope.items for one in (item, *item.events)]
        return [item for item in items if item.id not in self.picture.boxes]

    def missing_flows(self, frame: Frame) -> list[Flow]:
        """Return the flows of a scope that have no line."""
        return [flow for flow in frame.scope.flows if flow.id not in self.picture.lines]

    def box(self, item: Item) -> Box:
        """Return an item's box."""
        return self.picture.boxes[item.id]

    def move(self, item: Item, dx: float, dy: float) -> None:
        """Move an item with everything on and in it."""
        keys = {item.id, *(event.id for event in item.events)}
        if item.inside is not None:
            inside = list(_scopes(item.inside))
            keys |= {one.id for scope in inside for one in scope.all_items()}
            keys |= {flow.id for scope in inside for flow in scope.flows}
        self.shift(keys, dx, dy)

    def shift(self, keys: set[str], dx: float, dy: float) -> None:
        """Move boxes, lines and labels by their keys."""
        picture = self.picture
        for key in keys:
            if key in picture.boxes:
                picture.boxes[key] = picture.boxes[key].moved(dx, dy)
            if key in picture.lines:
                picture.lines[key] = [(x + dx, y + dy) for x, y in picture.lines[key]]
            if key in picture.labels:
                picture.labels[key] = picture.labels[key].moved(dx, dy)

    def extent(self, scope: Scope) -> Box:
        """Return the box round what a scope shows."""
        keys = [one.id for item in scope.items for one in (item, *item.events)] + [flow.id for flow in scope.flows]
        boxes = [self.picture.boxes[key] for key in keys if key in self.picture.boxes]
        boxes += [self.picture.labels[key] for key in keys if key in self.picture.labels]
        lines = [self.picture.lines[key] for key in keys if key in self.picture.lines]
        return around([*boxes, *(Box(x, y, 0, 0) for line in lines for x, y in line)])

    def written(self) -> bytes:
        """Return the file with what moved written anew, and what is new at the end of the plane."""
        if self.plane is None:
            return self.document.data
        writer = Writer.of(self.document)
        writer.prefixes.update(_prefixes(self.plane))
        splices = [splice for key, element in self.shapes.items() for splice in self._changed(writer, key, element)]
        new = [self._new(writer, key) for key in {**self.picture.boxes, **self.picture.lines} if key not in self.shapes]
        if new:
            at = self.document.line_start(self.plane.closing)
            splices.append(Splice(start=at, end=at, text="".join(f"\n{one}" for one in new).encode()))
        return self.document.spliced(splices)

    def _new(self, writer: Writer, key: str) -> str:
        label = self.picture.labels.get(key)
        if key in self.picture.lines:
            return writer.edge(key, self.picture.lines[key], label)
        return writer.shape(self.document.by_id[key], self.picture.boxes[key], label)

    def _changed(self, writer: Writer, key: str, element: Element) -> Iterator[Splice]:
        picture, before = self.picture, self.before
        bounds = element.find("Bounds")
        if bounds is not None and picture.boxes.get(key) != before.boxes.get(key):
            yield Splice(start=bounds.start, end=bounds.end, text=writer.bounds(picture.boxes[key]).encode())
        points = [child for child in element.children if child.local == "waypoint"]
        if points and picture.lines.get(key) != before.lines.get(key):
            lines = f"\n{self.document.indent(points[0])}".join(writer.waypoints(picture.lines[key]))
            yield Splice(start=points[0].start, end=points[-1].end, text=lines.encode())
        if picture.labels.get(key) != before.labels.get(key):
            yield from self._label(writer, key, element)

    def _label(self, writer: Writer, key: str, element: Element) -> Iterator[Splice]:
        box, label = self.picture.labels.get(key), element.find("BPMNLabel")
        bounds = label.find("Bounds") if label is not None else None
        if label is not None and box is None:
            yield Splice(start=self.document.line_start(label.start), end=label.end, text=b"")
        elif bounds is not None and box is not None:
            yield Splice(start=bounds.start, end=bounds.end, text=writer.bounds(box).encode())
        elif box is not None:
            at = element.children[-1].end
            indent = self.document.indent(element.children[-1])
            lines = "".join(f"\n{indent}{line}" for line in writer.label(box))
            yield Splice(start=at, end=at, text=lines.encode())


def _scopes(scope: Scope) -> Iterator[Scope]:
    yield scope
    for item in scope.items:
        if item.inside is not None:
            yield from _scopes(item.inside)


def _prefixes(plane: Element) -> dict[str, str]:
    """Return the prefixes that a plane is written with."""
    found: dict[str, str] = {}
    for element in plane.walk():
        space, _, _ = element.tag.removeprefix("{").partition("}")
        found.setdefault(space, element.name.rpartition(":")[0])
    return found


def _box(bounds: Element) -> Box:
    return Box(*(_number(bounds, key) for key in ("x", "y", "width", "height")))


def _number(element: Element, key: str) -> float:
    try:
        return float(element.attributes.get(key, "0"))
    except ValueError:
        return 0.0


__all__ = ["Frame", "Point", "Scene"]
