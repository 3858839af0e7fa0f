"""Gives the frame its place round a process that is drawn already; nothing inside moves."""

from __future__ import annotations

from workflows.models.importing.drawing import Box, Point, Scope
from workflows.models.importing.framing import Frame
from workflows.models.importing.placing import route

MARGIN = 40
EVENT, GATEWAY, TASK_WIDTH, TASK_HEIGHT = 36, 50, 120, 80
GAP = 60


def place_frame(framed: Frame) -> None:
    """Place everything that the frame added."""
    outer = framed.process
    inner = outer.steps[framed.work].inner
    assert inner is not None
    phase = inner.steps[framed.phase]
    assert phase.inner is not None
    phase.box = _around(_boxes(phase.inner), MARGIN)
    middle = phase.box.y + phase.box.height / 2
    left, right = phase.box.x, phase.box.x + phase.box.width
    start, enter, before, gate, after, end = (
        next(step for step in inner.steps.values() if step.id == wanted) for wanted in _row(inner, framed)
    )
    enter.box = _centred(left - GAP - GATEWAY, middle, GATEWAY, GATEWAY)
    start.box = _centred(enter.box.x - GAP - EVENT, middle, EVENT, EVENT)
    before.box = _centred(right + GAP, middle, GATEWAY, GATEWAY)
    gate.box = _centred(before.box.x + GATEWAY + GAP, middle, TASK_WIDTH, TASK_HEIGHT)
    after.box = _centred(gate.box.x + TASK_WIDTH + GAP, middle, GATEWAY, GATEWAY)
    end.box = _centred(after.box.x + GATEWAY + 2 * GAP, middle, EVENT, EVENT)
    top = phase.box.y - MARGIN
    for way in inner.ways.values():
        source, target = inner.steps[way.source].box, inner.steps[way.target].box
        assert source is not None
        assert target is not None
        if target.x > source.x:
            way.points = route(source, target)
        else:
            way.points = _over(source, target, top - (MARGIN if target is enter.box else 0))
    whole = outer.steps[framed.work]
    whole.box = _around([*_boxes(inner), Box(x=left, y=top - 2 * MARGIN, width=1, height=1)], MARGIN)
    _place_outer(outer, framed, whole.box)


def _row(inner: Scope, framed: Frame) -> list[str]:
    key = framed.gate
    return [
        next(step.id for step in inner.of("startEvent")),
        next(way.source for way in inner.into(framed.phase)),
        next(way.target for way in inner.out_of(framed.phase)),
        key,
        next(way.target for way in inner.out_of(key)),
        next(step.id for step in inner.of("endEvent")),
    ]


def _place_outer(outer: Scope, framed: Frame, box: Box) -> None:
    [begin] = outer.of("startEvent")
    [stop] = outer.of("boundaryEvent")
    closed, stopped = outer.steps[framed.closed], outer.steps[framed.stopped]
    middle = box.y + box.height / 2
    begin.box = _centred(box.x - GAP - EVENT, middle, EVENT, EVENT)
    closed.box = _centred(box.x + box.width + GAP, middle, EVENT, EVENT)
    bottom = box.y + box.height
    stop.box = Box(x=box.x + MARGIN, y=bottom - EVENT / 2, width=EVENT, height=EVENT)
    stopped.box = _centred(stop.box.x + EVENT + GAP, bottom + GAP, EVENT, EVENT)
    for way in outer.ways.values():
        source, target = outer.steps[way.source].box, outer.steps[way.target].box
        assert source is not None
        assert target is not None
        way.points = route(source, target)
        if way.source == stop.id:
            x = stop.box.x + EVENT / 2
            way.points = ((x, bottom + EVENT / 2), (x, bottom + GAP), (stopped.box.x, bottom + GAP))


def _boxes(scope: Scope) -> list[Box]:
    """Return everything drawn in a scope, flows as boxes without a size."""
    boxes = [step.box for inner in scope.everywhere() for step in inner.steps.values() if step.box is not None]
    points = (point for inner in scope.everywhere() for way in inner.ways.values() for point in way.points)
    return [*boxes, *(Box(x=x, y=y, width=0, height=0) for x, y in points)]


def _around(boxes: list[Box], margin: float) -> Box:
    left, top = min(box.x for box in boxes) - margin, min(box.y for box in boxes) - margin
    right = max(box.x + box.width for box in boxes) + margin
    bottom = max(box.y + box.height for box in boxes) + margin
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _centred(x: float, middle: float, width: float, height: float) -> Box:
    return Box(x=x, y=middle - height / 2, width=width, height=height)


def _over(source: Box, target: Box, height: float) -> tuple[Point, ...]:
    """Lead a flow back over everything."""
    begin, end = source.x + source.width / 2, target.x + target.width / 2
    return ((begin, source.y), (begin, height), (end, height), (end, target.y))
