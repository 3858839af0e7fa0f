"""Places what has no place yet in a picture that people have laid: room is made, and the rest stays where it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workflows.models.editing.layout_graph import EVENT, Flow, Item, Lane, Scope, Shape
from workflows.models.editing.layout_picture import Box, Point, side_point
from workflows.models.editing.layout_room import LABEL_GAP
from workflows.models.editing.layout_router import Scenery, crosses_shape, find_way
from workflows.models.editing.layout_scene import Frame, Scene
from workflows.models.editing.layout_scope import NAME_ROOM, draw_scope
from workflows.models.editing.layout_words import label_size

GAP = 40.0
EDGE = 30.0
"""Between what lies in a frame and its sides."""

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
        _mend(scene, frame)
        for flow in scene.missing_flows(frame):
            _draw(scene, frame, flow)


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
        _push(scene, frame, {}, size.moved(*at))
    elif after is not None and (before is None or after.x < before.x) and any(item.inside for item in island):
        at = _new_row(scene, frame, size, first, before, after)
    else:
        at = _free_place(scene, frame, size, first, before or after)
    scene.picture.add(drawn.picture, *at)
    _hold(scene, frame)


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
    _open(scene, frame, cut, size.height + 2 * ROW_ROOM)
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


def _push(scene: Scene, frame: Frame, grown: dict[Item, Box], new: Box | None) -> None:
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


def _open(scene: Scene, frame: Frame, cut: float, by: float) -> None:
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
    _grow(scene, frame, 0, by)


def _hold(scene: Scene, frame: Frame) -> None:
    """Let a frame grow round what lies in it now."""
    box = scene.picture.boxes.get(frame.key)
    if box is None:
        return
    extent = scene.extent(frame.scope)
    right = extent.right + EDGE - box.right
    bottom = extent.bottom + EDGE - box.bottom
    if right > 0 or bottom > 0:
        _grow(scene, frame, max(0, right), max(0, bottom))


def _grow(scene: Scene, frame: Frame, dx: float, dy: float) -> None:
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
        _push(scene, outer, {item: box}, None)
    if dy:
        _make_way_below(scene, outer, item, box, dy)
    _hold(scene, outer)


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
        _open(scene, outer, cut, dy)
        return
    if any(now.overlaps(scene.box(item), 10) for item in others):
        _open(scene, outer, old.bottom, dy)


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


def _mend(scene: Scene, frame: Frame) -> None:
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


def _draw(scene: Scene, frame: Frame, flow: Flow) -> None:
    """Find a way for a line, and a place for its name."""
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
    line = find_way(source, target, scenery)
    scene.picture.lines[flow.id] = line
    if flow.name:
        scene.picture.labels[flow.id] = _label(scene, frame, flow, line)


def _label(scene: Scene, frame: Frame, flow: Flow, line: list[Point]) -> Box:
    """Return a free place for a line's name: over a level piece near its beginning, else beside an upright one."""
    width, height = label_size(flow.name)
    taken = [
        scene.box(one) for item in frame.scope.items for one in (item, *item.events) if one.id in scene.picture.boxes
    ]
    taken += [label for key, label in scene.picture.labels.items() if key != flow.id]
    solid = [box for box in taken if box.width < 600]
    places: list[Box] = []
    for one, other in pairwise(line):
        if abs(one[1] - other[1]) < 1:
            step = 1 if other[0] > one[0] else -1
            for away in (6, 30, 60):
                x = one[0] + away * step - (width if step < 0 else 0)
                places += [Box(x, one[1] - height - 2, width, height), Box(x, one[1] + 3, width, height)]
        else:
            middle = (one[1] + other[1]) / 2 - height / 2
            places += [Box(one[0] + 5, middle, width, height), Box(one[0] - width - 5, middle, width, height)]
    return next((place for place in places if not any(place.overlaps(box) for box in solid)), places[0])
