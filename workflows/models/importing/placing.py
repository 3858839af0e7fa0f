"""Places what an import added to a drawing, so that what was laid by hand stays as people know it.

A new element stands before what it leads to, or after what leads to it. Where there is no room, everything to the
right is moved aside, as one would do by hand.
"""

from __future__ import annotations

from dataclasses import replace

from workflows.models.importing.drawing import GATEWAYS, Box, Point, Scope, Step

GAP = 40
ROOM = 12
"""How near another element may stand."""

SMALL = 60
"""Narrower than this, a step's name cannot be read."""

TASK = (110.0, 80.0)
GATEWAY = (50.0, 50.0)
EVENT = (36.0, 36.0)


def is_hand_laid(process: Scope) -> bool:
    """Tell whether everything that was drawn had a place."""
    own = [step for scope in process.everywhere() for step in scope.steps.values() if not step.added]
    return bool(own) and all(step.box is not None for step in own)


def place_added(process: Scope) -> None:
    """Give every element and flow a place that has none; the others keep theirs, or are moved to the right together."""
    for scope in process.everywhere():
        for step in scope.of("userTask"):
            _grow(scope, step)
    for scope, around in [(process, None), *_inside(process)]:
        waiting = [step for step in scope.steps.values() if step.box is None]
        while waiting:
            step = next((one for one in waiting if _neighbours(scope, one) != (None, None)), waiting[0])
            waiting.remove(step)
            _place(process, scope, step, around)
    for scope in process.everywhere():
        for way in scope.ways.values():
            source, target = scope.steps[way.source], scope.steps[way.target]
            if len(way.points) < 2 and source.box is not None and target.box is not None:
                turn = route_from_corner if source.tag in GATEWAYS else route
                way.points = turn(source.box, target.box)


def _grow(scope: Scope, step: Step) -> None:
    """Let a step that was drawn as an event be as large as a step, where there is room for it."""
    box = step.box
    if box is None or box.width > SMALL:
        return
    others = [one.box for one in scope.steps.values() if one.box is not None and one is not step]
    for width, height in ((TASK[0], TASK[1]), (TASK[0], TASK[1] / 2)):
        middle = Box(
            x=box.x + box.width / 2 - width / 2, y=box.y + box.height / 2 - height / 2, width=width, height=height
        )
        if not any(_touch(middle, other) for other in others):
            step.box = middle
            for way in (*scope.into(step.id), *scope.out_of(step.id)):
                way.points = ()
            return


def _inside(process: Scope) -> list[tuple[Scope, Step | None]]:
    found: list[tuple[Scope, Step | None]] = []
    for scope in process.everywhere():
        found += [(step.inner, step) for step in scope.steps.values() if step.inner is not None]
    return found


def _neighbours(scope: Scope, step: Step) -> tuple[Box | None, Box | None]:
    """Return the places of what leads to a step, and of what it leads to."""
    before = next((box for way in scope.into(step.id) if (box := scope.steps[way.source].box) is not None), None)
    after = next((box for way in scope.out_of(step.id) if (box := scope.steps[way.target].box) is not None), None)
    return before, after


def _place(process: Scope, scope: Scope, step: Step, around: Step | None) -> None:
    width, height = EVENT if step.tag.endswith("Event") else GATEWAY if step.tag in GATEWAYS else TASK
    before, after = _neighbours(scope, step)
    leads_on = after is not None and len(scope.out_of(step.id)) == 1
    if after is not None and (leads_on or before is None):
        wanted = _level(after.x - GAP - width, after, width, height)
        edge, aside = after.x, _level(after.x, after, width, height)
    elif before is not None:
        right = before.x + before.width
        wanted = aside = _level(right + GAP, before, width, height)
        edge = right + 1
    else:
        lowest = max((box.y + box.height for one in scope.steps.values() if (box := one.box)), default=0.0)
        left = around.box.x + GAP if around is not None and around.box is not None else 0.0
        step.box = Box(x=left, y=lowest + GAP, width=width, height=height)
        return
    if _is_free(scope, wanted, around):
        step.box = wanted
    else:
        make_room(process, edge, width + GAP)
        step.box = aside


def _level(x: float, beside: Box, width: float, height: float) -> Box:
    return Box(x=x, y=beside.y + beside.height / 2 - height / 2, width=width, height=height)


def _is_free(scope: Scope, wanted: Box, around: Step | None) -> bool:
    """Tell whether nothing stands in a place or near it, and it lies within its sub-process."""
    others = (step.box for step in scope.steps.values() if step.box is not None)
    if any(_touch(wanted, other) for other in others):
        return False
    if around is None or around.box is None:
        return True
    box = around.box
    return box.x + ROOM <= wanted.x and wanted.x + wanted.width + ROOM <= box.x + box.width


def _touch(one: Box, other: Box) -> bool:
    beside = one.x >= other.x + other.width + ROOM or other.x >= one.x + one.width + ROOM
    above = one.y >= other.y + other.height + ROOM or other.y >= one.y + one.height + ROOM
    return not (beside or above)


def make_room(process: Scope, edge: float, by: float) -> None:
    """Move everything from `edge` to the right; a sub-process through which it goes becomes wider."""
    for scope in process.everywhere():
        for step in scope.steps.values():
            host = scope.steps.get(step.attached_to or "", step)
            box, reference = step.box, host.box
            if box is None or reference is None or host is not step:
                continue
            if box.x >= edge:
                _move(scope, step, by)
            elif step.inner is not None and box.x + box.width > edge:
                step.box = replace(box, width=box.width + by)
        for way in scope.ways.values():
            way.points = tuple((x + by if x >= edge else x, y) for x, y in way.points)


def _move(scope: Scope, step: Step, by: float) -> None:
    for one in (step, *scope.boundary(step.id)):
        if one.box is not None:
            one.box = replace(one.box, x=one.box.x + by)


def route(source: Box, target: Box) -> tuple[Point, ...]:
    """Return a flow of level and upright lines from one element to another."""
    begin, end = source.y + source.height / 2, target.y + target.height / 2
    right, left = source.x + source.width, target.x
    if left >= right:
        if abs(begin - end) < 1:
            return ((right, begin), (left, end))
        middle = (right + left) / 2
        return ((right, begin), (middle, begin), (middle, end), (left, end))
    from_x, to_x = source.x + source.width / 2, target.x + target.width / 2
    if target.y > source.y + source.height:
        return _upright(from_x, source.y + source.height, to_x, target.y)
    if source.y > target.y + target.height:
        return _upright(from_x, source.y, to_x, target.y + target.height)
    top = min(source.y, target.y) - GAP
    return ((from_x, source.y), (from_x, top), (to_x, top), (to_x, target.y))


def route_from_corner(source: Box, target: Box) -> tuple[Point, ...]:
    """Return a flow out of a gateway: upright from its upper or lower corner when it leads to another height."""
    end, middle = target.y + target.height / 2, source.y + source.height / 2
    if target.x < source.x + source.width or abs(end - middle) < 1:
        return route(source, target)
    from_x = source.x + source.width / 2
    return ((from_x, source.y if end < middle else source.y + source.height), (from_x, end), (target.x, end))


def _upright(from_x: float, begin: float, to_x: float, end: float) -> tuple[Point, ...]:
    if abs(from_x - to_x) < 1:
        return ((from_x, begin), (to_x, end))
    middle = (begin + end) / 2
    return ((from_x, begin), (from_x, middle), (to_x, middle), (to_x, end))
