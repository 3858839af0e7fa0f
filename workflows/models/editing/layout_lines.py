"""Lets lines follow what has moved, and draws those that are missing."""

from __future__ import annotations

from itertools import pairwise

from workflows.models.editing.layout_graph import Flow, Item, Shape
from workflows.models.editing.layout_picture import Box, Point, side_point
from workflows.models.editing.layout_router import Scenery, crosses_shape, find_way
from workflows.models.editing.layout_scene import Frame, Scene


def mend(scene: Scene, frame: Frame) -> None:
    """Let lines follow what has moved: along, stretched, or drawn anew when they would cut through something."""
    picture = scene.picture
    for flow in frame.scope.flows:
        line = picture.lines.get(flow.id)
        if line is None or flow.association:
            continue
        ends = [(scene.before.boxes.get(item.id), picture.boxes.get(item.id)) for item in (flow.source, flow.target)]
        if any(now is None for _, now in ends):
            continue
        moves = [(now.right - old.right, now.y - old.y) if old and now else (0.0, 0.0) for old, now in ends]
        before = scene.before.lines.get(flow.id)
        if before != line or moves != [(0.0, 0.0)] * 2:
            _follow(scene, flow, moves, before or line)
        if not _sound(scene, frame, flow):
            del picture.lines[flow.id]
            picture.labels.pop(flow.id, None)


def _follow(scene: Scene, flow: Flow, moves: list[tuple[float, float]], before: list[Point]) -> None:
    """Move a line that nobody has moved yet with its ends."""
    picture = scene.picture
    line = picture.lines[flow.id]
    (dx, _), (other_dx, _) = moves
    if line != before or (not dx and not other_dx):
        return
    if dx == other_dx:
        scene.shift({flow.id}, dx, 0)
        return
    label = picture.labels.get(flow.id)
    if label is not None:
        near_start = abs(label.middle[0] - line[0][0]) <= abs(label.middle[0] - line[-1][0])
        picture.labels[flow.id] = label.moved(dx if near_start else other_dx, 0)
    picture.lines[flow.id] = _stretched(_stretched(line, dx)[::-1], other_dx)[::-1]


def _stretched(line: list[Point], dx: float) -> list[Point]:
    """Move a line's beginning sideways, with the upright pieces that hang on it."""
    count = 1
    while count < len(line) and line[count][0] == line[0][0]:
        count += 1
    return [(x + dx if n < count else x, y) for n, (x, y) in enumerate(line)]


def _sound(scene: Scene, frame: Frame, flow: Flow) -> bool:
    """Tell whether a line touches its ends, runs level and upright, and goes through nothing."""
    line = scene.picture.lines[flow.id]
    ends = ((line[0], flow.source), (line[-1], flow.target))
    if not all(_touches(item, scene.box(item), point) for point, item in ends):
        return False
    if any(abs(one[0] - other[0]) > 0.5 and abs(one[1] - other[1]) > 0.5 for one, other in pairwise(line)):
        return False
    was = scene.before.lines.get(flow.id)
    moved = [
        item
        for item in frame.scope.items
        if item.id in scene.picture.boxes and (was != line or scene.before.boxes.get(item.id) != scene.box(item))
    ]
    others = [item for item in moved if item not in (flow.leaves, flow.source, flow.target)]
    return not any(crosses_shape(line, scene.box(item)) for item in others)


def _touches(item: Item, box: Box, point: Point) -> bool:
    x, y = point
    if not (box.x - 1 <= x <= box.right + 1 and box.y - 1 <= y <= box.bottom + 1):
        return False
    sides = [side_point(item, box, y, right=right)[0] for right in (True, False)]
    if item.shape is Shape.BOX:
        return min(abs(x - box.x), abs(x - box.right), abs(y - box.y), abs(y - box.bottom)) < 1.5
    return min(abs(x - side) for side in sides) < 1.5


def draw(scene: Scene, frame: Frame, flow: Flow) -> None:
    """Find a way for a line; its name is placed when every line has its way."""
    boxes = scene.picture.boxes
    if flow.source.id not in boxes or flow.target.id not in boxes:
        return
    source, target = scene.box(flow.source), scene.box(flow.target)
    keys = {one.id for item in frame.scope.items for one in (item, *item.events)}
    lines = [line for other in frame.scope.flows if (line := scene.picture.lines.get(other.id))]
    scenery = Scenery(
        boxes=tuple(boxes[key] for key in keys if key in boxes),
        lines=tuple(tuple(line) for line in lines),
        frame=boxes.get(frame.key),
    )
    scene.picture.lines[flow.id] = find_way(source, target, scenery)
