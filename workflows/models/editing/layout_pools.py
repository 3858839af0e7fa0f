"""Draws what stands outermost: pools one above the other with their messages, or a process by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workflows.models.editing.layout_graph import BPMN, Item, Lane, Scope, Shape, read_scope
from workflows.models.editing.layout_picture import Box, Picture, Point, dock
from workflows.models.editing.layout_scope import PAD, STRIP, Drawn, draw_scope
from workflows.models.editing.layout_words import label_size
from workflows.models.editing.xml_text import Document, Element

POOL_GAP = 70
CLOSED_POOL = 60
MARGIN = 100
"""Between the origin and the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """What one diagram shows: a process or a collaboration, with everything drawn in it."""

    element: Element
    picture: Picture
    items: Mapping[str, Item]


def draw_planes(document: Document) -> Iterator[Plane]:
    """Lay out every collaboration, then every process that is in none."""
    processes = {child.id: child for child in document.root.children if child.tag == f"{BPMN}process"}
    shown: set[str] = set()
    for child in document.root.children:
        if child.tag == f"{BPMN}collaboration":
            pools = [part for part in child.children if part.local == "participant" and part.id]
            if pools:
                shown |= {pool.attributes.get("processRef", "").rpartition(":")[2] for pool in pools}
                yield _collaboration(document, child, pools, processes)
    for process in processes.values():
        if process.id not in shown:
            scope = read_scope(document, process)
            picture = Picture()
            picture.add(draw_scope(scope).picture, MARGIN, MARGIN)
            yield _finished(document, process, picture, scope)


def _collaboration(
    document: Document, element: Element, pools: list[Element], processes: Mapping[str, Element]
) -> Plane:
    scopes: dict[str, Scope] = {}
    drawn: dict[str, Drawn] = {}
    for pool in pools:
        process = processes.get(pool.attributes.get("processRef", "").rpartition(":")[2])
        if process is not None:
            scope = read_scope(document, process)
            if scope.items:
                scopes[pool.id], drawn[pool.id] = scope, draw_scope(scope)
    picture = _stack(pools, scopes, drawn)
    notes = read_scope(document, element)
    _place_notes(picture, notes)
    return _finished(document, element, picture, *scopes.values(), notes)


def _stack(pools: list[Element], scopes: Mapping[str, Scope], drawn: Mapping[str, Drawn]) -> Picture:
    """Put pools one above the other, all of the same width."""
    picture = Picture()
    pads = {key: 0 if scope.lanes else PAD for key, scope in scopes.items()}
    width = STRIP + max((drawn[key].width + 2 * pad for key, pad in pads.items()), default=600)
    y = float(MARGIN)
    for pool in pools:
        height: float = CLOSED_POOL
        if pool.id in drawn:
            inside, pad = drawn[pool.id], pads[pool.id]
            height = max(inside.height + 2 * pad, 80)
            for lane in scopes[pool.id].lanes:
                _widen(inside.picture, lane, width - STRIP - inside.width)
            picture.add(inside.picture, MARGIN + STRIP + pad, y + pad)
        picture.boxes[pool.id] = Box(MARGIN, y, width, height)
        y += height + POOL_GAP
    return picture


def _widen(picture: Picture, lane: Lane, by: float) -> None:
    box = picture.boxes[lane.element.id]
    picture.boxes[lane.element.id] = Box(box.x, box.y, box.width + by, box.height)
    for inner in lane.lanes:
        _widen(picture, inner, by)


def _place_notes(picture: Picture, notes: Scope) -> None:
    """Put what belongs to no pool in a row below them."""
    x, y = float(MARGIN), picture.around().bottom + 40
    for item in notes.items:
        picture.boxes[item.id] = Box(x, y, item.width, item.height)
        x += item.width + 40


def _finished(document: Document, element: Element, picture: Picture, *scopes: Scope) -> Plane:
    """Draw the lines between scopes: messages, and what else has both ends in the picture."""
    items = {item.id: item for scope in scopes for item in scope.all_items()}
    number = 0
    for line in document.root.walk():
        ends = [line.attributes.get(key, "").rpartition(":")[2] for key in ("sourceRef", "targetRef")]
        if line.local not in ("messageFlow", "association", "sequenceFlow") or line.id in picture.lines or not line.id:
            continue
        boxes = [picture.boxes.get(end) for end in ends]
        source, target = boxes
        if source is None or target is None:
            continue
        shapes = [items[end].shape if end in items else Shape.BOX for end in ends]
        if line.local == "messageFlow" and _apart(source, target):
            picture.lines[line.id] = _message(picture, source, target, shapes, [end in items for end in ends], number)
            number += 1
        else:
            picture.lines[line.id] = [dock(shapes[0], source, target.middle), dock(shapes[1], target, source.middle)]
        _name_line(picture, line)
    return Plane(element=element, picture=picture, items=items)


def _apart(one: Box, other: Box) -> bool:
    return one.bottom < other.y or other.bottom < one.y


def _message(
    picture: Picture, source: Box, target: Box, shapes: list[Shape], small: list[bool], number: int
) -> list[Point]:
    """Return the points of a message: out of one pool, level between the pools, into the other."""
    x, other_x = source.middle[0], target.middle[0]
    if not small[0]:
        x = min(max(other_x, source.x + STRIP + 10), source.right - 10)
    if not small[1]:
        other_x = min(max(x, target.x + STRIP + 10), target.right - 10)
    down = source.bottom < target.y
    start, end = (source.bottom, target.y) if down else (source.y, target.bottom)
    away = 14 + number * 10 % (POOL_GAP - 24)
    holder = [box for box in picture.boxes.values() if box.contains(source)]
    edge = max(holder, key=lambda box: box.width * box.height, default=source)
    level = edge.bottom + away if down else edge.y - away
    if x == other_x:
        return [(x, start), (x, end)]
    return [(x, start), (x, level), (other_x, level), (other_x, end)]


def _name_line(picture: Picture, line: Element) -> None:
    name = line.attributes.get("name", "")
    if name:
        points = picture.lines[line.id]
        one, other = points[len(points) // 2 - 1], points[len(points) // 2]
        width, height = label_size(name)
        x, y = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
        picture.labels[line.id] = Box(x + 4, y - height - 2, width, height)
