"""Places what has no place yet in a picture that people have laid: room is made, and the rest stays where it is."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.models.editing.layout_graph import EVENT, Item, Scope
from workflows.models.editing.layout_growth import EDGE, GAP, hold, open_below, push
from workflows.models.editing.layout_lines import draw, mend
from workflows.models.editing.layout_naming import name
from workflows.models.editing.layout_picture import Box
from workflows.models.editing.layout_room import LABEL_GAP
from workflows.models.editing.layout_scene import Frame, Scene
from workflows.models.editing.layout_scope import NAME_ROOM, draw_scope
from workflows.models.editing.layout_words import label_size

ROW_ROOM = 70.0
"""Above and below a new row, for the lines that run there."""


def fill(scene: Scene) -> None:
    """Place every item and draw every line that is missing."""
    for frame in scene.frames:
        for island in _islands(scene, frame):
            _place(scene, frame, island)
        for item in frame.scope.items:
            _place_events(scene, item)
    for frame in reversed(scene.frames):
        mend(scene, frame)
        for flow in scene.missing_flows(frame):
            draw(scene, frame, flow)
    name(scene)


def _islands(scene: Scene, frame: Frame) -> Iterator[list[Item]]:
    """Yield the missing items of a scope, those together that flows join."""
    left = [item for item in scene.missing_items(frame) if item.host is None]
    while left:
        island = [left.pop(0)]
        for item in island:
            near = {flow.target for flow in frame.scope.flows if flow.leaves is item}
            near |= {flow.leaves for flow in frame.scope.flows if flow.target is item}
            island += [other for other in left if other in near]
            left = [other for other in left if other not in near]
        yield island


def _place(scene: Scene, frame: Frame, island: list[Item]) -> None:
    """Draw an island by itself, find where it goes, make room there, and put it down."""
    flows = [flow for flow in frame.scope.flows if flow.leaves in island and flow.target in island]
    entry = _entry(island, frame)
    items = [entry, *(item for item in island if item is not entry)]
    drawn = draw_scope(Scope(element=frame.scope.element, items=items, flows=flows, lanes=[]))
    first = drawn.picture.boxes[entry.id]
    before, after = _neighbours(scene, frame, island)
    size = Box(0, 0, drawn.width, drawn.height)
    if before is not None and after is not None and _same_row(before, after):
        box = scene.picture.boxes.get(frame.key)
        level = before.middle[1] - first.middle[1]
        at = (
            before.right + GAP,
            max(level, box.y + NAME_ROOM) if box is not None and level > box.y - size.height else level,
        )
        push(scene, frame, {}, size.moved(*at))
    elif after is not None and (before is None or after.x < before.x) and any(item.inside for item in island):
        at = _new_row(scene, frame, size, first, before, after)
    else:
        at = _free_place(scene, frame, size, first, before or after)
    scene.picture.add(drawn.picture, *at)
    hold(scene, frame)


def _entry(island: list[Item], frame: Frame) -> Item:
    """Return the item that a flow from outside enters; else the first."""
    entered = [flow.target for flow in frame.scope.flows if flow.target in island and flow.leaves not in island]
    return entered[0] if entered else island[0]


def _neighbours(scene: Scene, frame: Frame, island: list[Item]) -> tuple[Box | None, Box | None]:
    """Return the boxes of what leads to an island, and of what it leads to: the nearest ahead first."""
    boxes = scene.picture.boxes
    into = [flow.leaves for flow in frame.scope.flows if flow.target in island and flow.leaves not in island]
    out = [flow.target for flow in frame.scope.flows if flow.leaves in island and flow.target not in island]
    before = [boxes[item.id] for item in into if item.id in boxes]
    after = [boxes[item.id] for item in out if item.id in boxes]
    main = max(before, key=lambda box: box.right, default=None)
    if main is not None:
        ahead = [box for box in after if _same_row(main, box)]
        below = [box for box in after if box.y >= main.bottom]
        after = ahead or below or after
    return main, min(after, key=lambda box: (box.y, box.x), default=None)


def _same_row(before: Box, after: Box) -> bool:
    return after.x >= before.right - 1 and abs(before.middle[1] - after.middle[1]) < max(before.height, after.height)


def _new_row(scene: Scene, frame: Frame, size: Box, first: Box, before: Box | None, after: Box) -> tuple[float, float]:
    """Open a row above the one that an island leads to, and return where it goes: beginning where that row begins."""
    boxes = [scene.box(item) for item in frame.scope.items if item.id in scene.picture.boxes]
    top, bottom = after.y, after.bottom
    for _ in boxes:
        row = [box for box in boxes if box.y < bottom and box.bottom > top]
        top, bottom = min(box.y for box in row), max(box.bottom for box in row)
    above = max((box.bottom for box in boxes if box.bottom <= top), default=top - ROW_ROOM)
    cut = min(above + 8, top)
    open_below(scene, frame, cut, size.height + 2 * ROW_ROOM)
    return after.x - first.x + (after.width - first.width) / 2, cut + ROW_ROOM


def _free_place(scene: Scene, frame: Frame, size: Box, first: Box, near: Box | None) -> tuple[float, float]:
    """Return the nearest free place to the right of something, else below everything."""
    boxes = [scene.box(item) for item in frame.scope.items if item.id in scene.picture.boxes]
    boxes += [label for key, label in scene.picture.labels.items() if key in {item.id for item in frame.scope.items}]
    if near is None:
        extent = scene.extent(frame.scope)
        return extent.x, extent.bottom + GAP
    level = near.middle[1] - first.middle[1]
    frame_box = scene.picture.boxes.get(frame.key)
    for away in (0, 1, -1, 2, -2, 3, -3, 4, 5, 6, 8, 10, 13, 17, 22):
        place = size.moved(near.right + GAP, level + away * 40)
        inside = frame_box is None or (place.y > frame_box.y + EDGE and (away <= 0 or place.bottom < frame_box.bottom))
        if inside and not any(place.overlaps(box, 10) for box in boxes):
            return place.x, place.y
    extent = scene.extent(frame.scope)
    return near.right + GAP, extent.bottom + GAP


def _place_events(scene: Scene, item: Item) -> None:
    """Put boundary events that have no place on the lower side of their host, after those that have."""
    if item.id not in scene.picture.boxes:
        return
    box = scene.box(item)
    at = max((scene.box(event).right for event in item.events if event.id in scene.picture.boxes), default=box.x)
    for event in item.events:
        if event.id not in scene.picture.boxes:
            place = Box(min(at + 8, box.right - EVENT), box.bottom - EVENT / 2, EVENT, EVENT)
            scene.picture.boxes[event.id] = place
            if event.name:
                width, height = label_size(event.name)
                scene.picture.labels[event.id] = Box(place.right + 2, box.bottom + LABEL_GAP, width, height)
            at = place.right
