"""Makes room in a picture: what stands in the way moves on, and frames grow round what lies in them."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.models.editing.layout_graph import Item, Lane
from workflows.models.editing.layout_picture import Box
from workflows.models.editing.layout_scene import Frame, Scene

GAP = 40.0
EDGE = 30.0
"""Between what lies in a frame and its sides."""


def push(scene: Scene, frame: Frame, grown: dict[Item, Box], new: Box | None) -> None:
    """Move what stands in the way of a new box, or of items that have grown (with their old boxes), to the right.

    Free room on the way is used up before anything further off has to move.
    """
    settled: list[tuple[Box, Box]] = [(box, scene.box(item)) for item, box in grown.items()]
    begin = min([box.x for box, _ in settled] + ([new.x] if new is not None else []))
    items = [item for item in frame.scope.items if item.id in scene.picture.boxes and item not in grown]
    for item in sorted(items, key=lambda item: scene.box(item).x):
        box = scene.box(item)
        if box.x < begin - 1 and (new is None or not box.overlaps(new)):
            continue
        left = box.x
        if new is not None and _level(box, new):
            left = max(left, new.right + GAP)
        for old, now in settled:
            if old != now and _level(box, now) and box.x >= old.right - 1:
                left = max(left, now.right + min(box.x - old.right, GAP))
        if left > box.x:
            scene.move(item, left - box.x, 0)
            settled.append((box, scene.box(item)))


def _level(one: Box, other: Box) -> bool:
    return one.y < other.bottom + 10 and other.y < one.bottom + 10


def open_below(scene: Scene, frame: Frame, cut: float, by: float) -> None:
    """Move everything of a scope below a height downwards, and let the frames around grow."""
    picture = scene.picture
    for item in frame.scope.items:
        if item.id in picture.boxes and scene.box(item).y >= cut:
            scene.move(item, 0, by)
    for flow in frame.scope.flows:
        if flow.id in picture.lines:
            picture.lines[flow.id] = [(x, y + by if y >= cut else y) for x, y in picture.lines[flow.id]]
            label = picture.labels.get(flow.id)
            if label is not None and label.bottom >= cut:
                picture.labels[flow.id] = label.moved(0, by)
    grow(scene, frame, 0, by)


def hold(scene: Scene, frame: Frame) -> None:
    """Let a frame grow round what lies in it now."""
    box = scene.picture.boxes.get(frame.key)
    if box is None:
        return
    extent = scene.extent(frame.scope)
    right = extent.right + EDGE - box.right
    bottom = extent.bottom + EDGE - box.bottom
    if right > 0 or bottom > 0:
        grow(scene, frame, max(0, right), max(0, bottom))


def grow(scene: Scene, frame: Frame, dx: float, dy: float) -> None:
    """Make a frame larger, and make room for it in the scope around it."""
    box = scene.picture.boxes.get(frame.key)
    if box is None:
        return
    scene.picture.boxes[frame.key] = Box(box.x, box.y, box.width + dx, box.height + dy)
    if frame.outer is None:
        _grow_lanes(scene, frame, box, dx, dy)
        return
    outer = frame.outer
    item = next(item for item in outer.scope.items if item.id == frame.key)
    for event in item.events:
        if event.id in scene.picture.boxes and scene.box(event).middle[1] > box.bottom - 2:
            scene.move(event, 0, dy)
    if dx:
        push(scene, outer, {item: box}, None)
    if dy:
        _make_way_below(scene, outer, item, box, dy)
    hold(scene, outer)


def _make_way_below(scene: Scene, outer: Frame, grown: Item, old: Box, dy: float) -> None:
    """Move down what stands below an item that has grown, when it is in the way."""
    now = scene.box(grown)
    others = [item for item in outer.scope.items if item is not grown and item.id in scene.picture.boxes]
    if outer.outer is None and outer.lanes:
        lane = next((one for one in outer.lanes for leaf in one.leaves() if grown.id in leaf.members), None)
        lane_box = scene.picture.boxes.get(lane.element.id) if lane is not None else None
        if lane_box is not None and now.bottom + EDGE <= lane_box.bottom:
            return
        cut = lane_box.bottom - 1 if lane_box is not None else old.bottom
        open_below(scene, outer, cut, dy)
        return
    if any(now.overlaps(scene.box(item), 10) for item in others):
        open_below(scene, outer, old.bottom, dy)


def _grow_lanes(scene: Scene, frame: Frame, old: Box, dx: float, dy: float) -> None:
    """Stretch a pool's lanes with it; the last lane whose contents no longer fit, and those below it follow."""
    boxes = scene.picture.boxes
    leaves = [leaf for lane in frame.lanes for leaf in lane.leaves()]
    every = [lane for lane in _all_lanes(frame.lanes) if lane.element.id in boxes]
    for lane in every:
        box = boxes[lane.element.id]
        boxes[lane.element.id] = Box(box.x, box.y, box.width + dx, box.height)
    if not dy or not every:
        return
    full = [leaf for leaf in leaves if leaf.element.id in boxes and _overfull(scene, frame, leaf)]
    grown = full[0] if full else leaves[-1]
    edge = boxes[grown.element.id].bottom
    for lane in every:
        box = boxes[lane.element.id]
        if box.y >= edge - 1:
            boxes[lane.element.id] = box.moved(0, dy)
        elif box.bottom >= edge - 1:
            boxes[lane.element.id] = Box(box.x, box.y, box.width, box.height + dy)


def _overfull(scene: Scene, frame: Frame, lane: Lane) -> bool:
    box = scene.picture.boxes[lane.element.id]
    members = [item for item in frame.scope.items if item.id in lane.members and item.id in scene.picture.boxes]
    return any(scene.box(item).bottom > box.bottom - 5 for item in members)


def _all_lanes(lanes: list[Lane]) -> Iterator[Lane]:
    for lane in lanes:
        yield lane
        yield from _all_lanes(lane.lanes)
