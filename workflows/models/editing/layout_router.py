"""Finds a way for one line between shapes that stand already: level and upright, round everything, with few turns.

A* over the lines along which people would draw: beside shapes, through their middles, and next to other lines.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from workflows.models.editing.layout_picture import Box, Point

TURN = 40.0
"""A turn is worth as much as so long a way round."""

BESIDE = 5.0
"""Running along another line costs so many times the way."""

WRONG_SIDE = 90.0

EAGER = 1.3
"""Ways that come nearer are tried first, though the shortest might be found a little later."""

STUB = 10.0
CLEAR = 5.0
WINDOW = 500.0

RIGHT, DOWN, LEFT, UP = range(4)
_STEP = {RIGHT: (1, 0), DOWN: (0, 1), LEFT: (-1, 0), UP: (0, -1)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenery:
    """What a line must go round, what it should not run along, and the frame it must stay in."""

    boxes: tuple[Box, ...]
    lines: tuple[tuple[Point, ...], ...]
    frame: Box | None


def find_way(source: Box, target: Box, scenery: Scenery) -> list[Point]:
    """Return the points of a line from one shape to another, each end in the middle of a side."""
    field = _Field(source, target, scenery)
    return field.search() or _plain(source, target)


def _plain(source: Box, target: Box) -> list[Point]:
    """Return a line that takes no heed, for where no way is free."""
    (x, y), (other_x, other_y) = source.middle, target.middle
    if abs(x - other_x) < 1:
        return [(x, source.bottom), (x, target.y)] if y < other_y else [(x, source.y), (x, target.bottom)]
    start, end = (source.right, target.x) if x < other_x else (source.x, target.right)
    if abs(y - other_y) < 1:
        return [(start, y), (end, y)]
    middle = (start + end) / 2
    return [(start, y), (middle, y), (middle, other_y), (end, other_y)]


def _ports(box: Box) -> dict[int, Point]:
    x, y = box.middle
    return {RIGHT: (box.right, y), DOWN: (x, box.bottom), LEFT: (box.x, y), UP: (x, box.y)}


def _out(point: Point, direction: int, length: float = STUB) -> Point:
    dx, dy = _STEP[direction]
    return point[0] + dx * length, point[1] + dy * length


class _Field:
    """The grid of possible ways, and what each piece of it costs."""

    def __init__(self, source: Box, target: Box, scenery: Scenery) -> None:
        self.starts = {side: _out(port, side) for side, port in _ports(source).items()}
        self.ends = {side: _out(port, side) for side, port in _ports(target).items()}
        self.ports = _ports(source), _ports(target)
        window = _around(source, target, scenery.frame)
        boxes = [box for box in scenery.boxes if box.overlaps(window)]
        lines = [line for line in scenery.lines if any(_crosses(window, one, other) for one, other in pairwise(line))]
        points = [*self.starts.values(), *self.ends.values()]
        self.xs = _axis(window.x, window.right, [(box.x, box.right) for box in boxes], lines, points, 0)
        self.ys = _axis(window.y, window.bottom, [(box.y, box.bottom) for box in boxes], lines, points, 1)
        self.away = (
            _away(self.xs, [point[0] for point in self.ends.values()]),
            _away(self.ys, [point[1] for point in self.ends.values()]),
        )
        self.best: dict[tuple[int, int], float] = {}
        self.width = len(self.xs)
        size = self.width * len(self.ys)
        self.blocked = bytearray(size), bytearray(size)
        self.beside = bytearray(size), bytearray(size)
        for box in boxes:
            self._block(box)
        for line in lines:
            for one, other in pairwise(line):
                self._mark(one, other)

    def _block(self, box: Box) -> None:
        """Close the pieces of the grid that enter a shape or come too near; a piece is named by its lower end."""
        left, right = box.x - CLEAR, box.right + CLEAR
        top, bottom = box.y - CLEAR, box.bottom + CLEAR
        across = range(max(0, bisect_right(self.xs, left) - 1), bisect_left(self.xs, right))
        along = range(bisect_right(self.xs, left), bisect_left(self.xs, right))
        rows = range(bisect_right(self.ys, top), bisect_left(self.ys, bottom))
        piles = range(max(0, bisect_right(self.ys, top) - 1), bisect_left(self.ys, bottom))
        for j in rows:
            for i in across:
                self.blocked[0][j * self.width + i] = 1
        for j in piles:
            for i in along:
                self.blocked[1][j * self.width + i] = 1

    def _mark(self, one: Point, other: Point) -> None:
        """Make the pieces dear that run along a line."""
        level = abs(one[1] - other[1]) < 1
        main, side = (self.xs, self.ys) if level else (self.ys, self.xs)
        axis = 0 if level else 1
        low, high = sorted((one[axis], other[axis]))
        at = one[1 - axis]
        for across in range(bisect_left(side, at - 6), bisect_right(side, at + 6)):
            for along in range(max(0, bisect_right(main, low) - 1), bisect_left(main, high)):
                place = across * self.width + along if level else along * self.width + across
                self.beside[axis][place] = 1

    def search(self) -> list[Point]:
        """Return the cheapest way; nothing when there is none."""
        goals = {self._key(point): side for side, point in self.ends.items() if self._on(point)}
        queue: list[tuple[float, float, int, int, tuple[int, ...]]] = []
        for side, point in self.starts.items():
            if self._on(point):
                cost = 0.0 if side == RIGHT else WRONG_SIDE if side == LEFT else TURN / 2
                key = self._key(point)
                heapq.heappush(queue, (cost + self._rest(key), cost, key, side, (key,)))
        while queue:
            _, cost, key, direction, way = heapq.heappop(queue)
            if key == -1:
                return self._drawn(way, direction)
            if self.best.get((key, direction), 1e18) < cost:
                continue
            if key in goals:
                side = goals[key]
                into = (side + 2) % 4
                extra = 0.0 if into == direction else TURN if into % 2 != direction % 2 else 1e6
                extra += 0.0 if side == LEFT else WRONG_SIDE if side == RIGHT else TURN / 2
                heapq.heappush(queue, (cost + extra, cost + extra, -1, way_code(way[0], side), (*way, key)))
            for turn in (direction, (direction + 1) % 4, (direction + 3) % 4):
                self._go(queue, cost, key, direction, turn, way)
        return []

    def _go(
        self,
        queue: list[tuple[float, float, int, int, tuple[int, ...]]],
        cost: float,
        key: int,
        direction: int,
        turn: int,
        way: tuple[int, ...],
    ) -> None:
        i, j = key % self.width, key // self.width
        dx, dy = _STEP[turn]
        to_i, to_j = i + dx, j + dy
        if not (0 <= to_i < self.width and 0 <= to_j < len(self.ys)):
            return
        piece = min(j, to_j) * self.width + min(i, to_i)
        axis = 0 if dx else 1
        if self.blocked[axis][piece]:
            return
        length = abs(self.xs[to_i] - self.xs[i]) + abs(self.ys[to_j] - self.ys[j])
        cost += length * (BESIDE if self.beside[axis][piece] else 1.0) + (0.0 if turn == direction else TURN)
        to = to_j * self.width + to_i
        if self.best.get((to, turn), 1e18) <= cost:
            return
        self.best[to, turn] = cost
        trail = way if turn == direction else (*way, key)
        heapq.heappush(queue, (cost + self._rest(to), cost, to, turn, trail))

    def _rest(self, key: int) -> float:
        """Return how far it is to the nearest end at least."""
        return self.away[0][key % self.width] + self.away[1][key // self.width]

    def _on(self, point: Point) -> bool:
        return point[0] in self.xs and point[1] in self.ys

    def _key(self, point: Point) -> int:
        return bisect_left(self.ys, point[1]) * self.width + bisect_left(self.xs, point[0])

    def _drawn(self, way: tuple[int, ...], code: int) -> list[Point]:
        sources, targets = self.ports
        side = code % 4
        begin = next(port for key, port in sources.items() if self._key(self.starts[key]) == code // 4)
        points = [(self.xs[key % self.width], self.ys[key // self.width]) for key in way]
        return _straightened([begin, *points, targets[side]])


def _away(axis: list[float], ends: list[float]) -> list[float]:
    """Return how far each coordinate lies outside the span of the ends."""
    low, high = min(ends), max(ends)
    return [EAGER * max(low - at, at - high, 0.0) for at in axis]


def way_code(start: int, side: int) -> int:
    """Pack where a way began and the side it ends at into one number."""
    return start * 4 + side


def _straightened(points: Iterable[Point]) -> list[Point]:
    kept: list[Point] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        while len(kept) > 1 and any(kept[-2][n] == kept[-1][n] == point[n] for n in (0, 1)):
            kept.pop()
        kept.append(point)
    return kept


def _around(source: Box, target: Box, frame: Box | None) -> Box:
    x, y = min(source.x, target.x) - WINDOW, min(source.y, target.y) - WINDOW
    right, bottom = max(source.right, target.right) + WINDOW, max(source.bottom, target.bottom) + WINDOW
    if frame is not None:
        x, y = max(x, frame.x + 4), max(y, frame.y + 4)
        right, bottom = min(right, frame.right - 4), min(bottom, frame.bottom - 4)
    return Box(x, y, right - x, bottom - y)


def _crosses(box: Box, one: Point, other: Point) -> bool:
    line = Box(min(one[0], other[0]), min(one[1], other[1]), abs(one[0] - other[0]), abs(one[1] - other[1]))
    return box.overlaps(line, 0.1)


def _axis(
    low: float,
    high: float,
    spans: list[tuple[float, float]],
    lines: list[tuple[Point, ...]],
    points: list[Point],
    n: int,
) -> list[float]:
    """Return the coordinates along which a line may run, in order."""
    found = {point[n] for point in points}
    for start, end in spans:
        found |= {start - 12, start - 24, start - 36, end + 12, end + 24, end + 36, (start + end) / 2}
    for line in lines:
        for one, other in pairwise(line):
            if abs(one[n] - other[n]) < 1:
                found |= {one[n] - 10, one[n] + 10}
    return sorted(at for at in found if low <= at <= high)


def crosses_shape(line: list[Point], box: Box) -> bool:
    """Tell whether a line runs through a shape."""
    inner = Box(box.x + 1, box.y + 1, box.width - 2, box.height - 2)
    return any(_crosses(inner, one, other) for one, other in pairwise(line))
