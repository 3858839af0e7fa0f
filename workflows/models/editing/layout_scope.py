"""Draws a scope: contents of sub-processes first, then layers, rows, lines and names."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from workflows.models.editing.layout_folding import fold
from workflows.models.editing.layout_graph import EVENT, Flow, Item, Lane, Scope, Shape
from workflows.models.editing.layout_order import order_scope
from workflows.models.editing.layout_picture import Box, Picture, Point, dock, side_point
from workflows.models.editing.layout_places import Order
from workflows.models.editing.layout_room import LABEL_GAP, event_places, footprint, grow_for_events, set_heights
from workflows.models.editing.layout_routes import Route, Turn, routes_of
from workflows.models.editing.layout_words import label_size

SLOT = 12
"""Between two lines that run up or down in the same channel."""

MARGIN = 20
"""In a channel, between a shape and the nearest line."""

NAME_ROOM = 36
"""Above what lies in a sub-process, for its name."""

PAD = 20
STRIP = 30
"""The strip at the left of a pool or a lane, where its name stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A scope as drawn, with its upper left corner at 0, 0."""

    picture: Picture
    width: float
    height: float


def draw_scope(scope: Scope) -> Drawn:
    """Lay out a scope and everything in it."""
    inner: dict[Item, Drawn] = {}
    for item in scope.items:
        if item.inside is not None:
            inner[item] = draw_scope(item.inside)
            item.width = max(item.width, inner[item].width + 2 * PAD)
            item.height = max(item.height, inner[item].height + NAME_ROOM + PAD)
        grow_for_events(item)
    leaves = [leaf for lane in scope.lanes for leaf in lane.leaves()]
    order = order_scope(scope, _lanes_of(scope, leaves))
    rows = fold(scope, order, _row)
    if rows is not None:
        return _framed(rows, scope, [], [])
    flows = [flow for flow in scope.flows if not flow.association]
    bounds = set_heights(order, flows, max(1, len(leaves)))
    sketch = _Sketch(order, routes_of(order, flows))
    picture = sketch.picture
    for item, drawn in inner.items():
        box = picture.boxes[item.id]
        picture.add(drawn.picture, box.x + (box.width - drawn.width) / 2, box.y + NAME_ROOM)
    for flow in scope.flows:
        if flow.association:
            _dotted(picture, flow)
    return _framed(picture, scope, leaves, bounds)


def _row(scope: Scope) -> tuple[Picture, float]:
    drawn = draw_scope(scope)
    return drawn.picture, drawn.height


def _lanes_of(scope: Scope, leaves: list[Lane]) -> dict[Item, int]:
    """Return the lane of each item; one that no lane names lies where what it follows lies."""
    lane_of: dict[Item, int] = {}
    for item in scope.items:
        for number, lane in enumerate(leaves):
            if item.id in lane.members:
                lane_of[item] = number
    for _ in scope.items:
        missing = [flow for flow in scope.flows if (flow.leaves in lane_of) != (flow.target in lane_of)]
        if not missing:
            break
        for flow in missing:
            known = lane_of.get(flow.leaves, lane_of.get(flow.target, 0))
            lane_of.setdefault(flow.leaves, known)
            lane_of.setdefault(flow.target, known)
    return lane_of


class _Sketch:
    """Gives columns and channels their x, then draws."""

    def __init__(self, order: Order, routes: list[Route]) -> None:
        self.order = order
        self.routes = routes
        self.picture = Picture()
        self.layers = max(order.layer.values(), default=0) + 1
        self.slots, counts = _slots(routes)
        self.words = self._words()
        self.columns: dict[int, Box] = {}
        self.channels: dict[int, float] = {}
        self.word_at: dict[int, float] = {}
        self._set_columns(counts)
        for item in order.layer:
            if item in order.chain and item.element.id:
                self._draw_item(item)
        for route in routes:
            self._draw_route(route)

    def _words(self) -> dict[int, float]:
        """Return the room that names of flows need in each channel."""
        needed = defaultdict[int, float](float)
        for route in self.routes:
            if route.flow.name and route.flow not in self.order.back:
                layer = self.order.layer[route.flow.leaves]
                needed[layer] = max(needed[layer], label_size(route.flow.name)[0] + 8)
        return needed

    def _set_columns(self, counts: dict[int, int]) -> None:
        widths = defaultdict[int, float](lambda: 36.0)
        for item, layer in self.order.layer.items():
            widths[layer] = max(widths[layer], self._width(item))
        for route in self.routes:
            if route.flow in self.order.back and route.flow.name:
                layer = self.order.layer[route.flow.leaves]
                widths[layer] = max(widths[layer], 2 * (label_size(route.flow.name)[0] + 8))
        x = 0.0
        for layer in range(-1, self.layers):
            if layer >= 0:
                self.columns[layer] = Box(x, 0, widths[layer], 0)
                x += widths[layer]
            self.channels[layer] = x + MARGIN
            slots = SLOT * max(0, counts.get(layer, 0) - 1) if counts.get(layer) else 0
            self.word_at[layer] = x + (MARGIN + slots + 6 if counts.get(layer) else 6)
            edge = layer in (-1, self.layers - 1)
            least = (0 if edge else 2 * MARGIN) if not counts.get(layer) else MARGIN * (1 if edge else 2) + slots
            x += max(least, self.word_at[layer] - x + self.words[layer] + 10 if self.words.get(layer) else 0)
        self.width = x

    def _width(self, item: Item) -> float:
        """Return the room an item needs in its column; a name beside a gateway hangs on one side of it."""
        if item.outside_label and len(self._sides(item)) > 1:
            return 2 * (label_size(item.name)[0] + LABEL_GAP)
        return footprint(item)[0]

    def _sides(self, item: Item) -> set[bool]:
        """Return at which sides lines meet an item: above (true), below (false)."""
        return {self._upwards(route, item) for route in self.routes if item in route.turns}

    def _draw_item(self, item: Item) -> None:
        column = self.columns[self.order.layer[item]]
        y = self.order.chain[item].y
        x = column.middle[0] - item.width / 2
        box = Box(x, y - item.height / 2, item.width, item.height)
        self.picture.boxes[item.id] = box
        for event, at in zip(item.events, event_places(item), strict=True):
            place = Box(x + at - EVENT / 2, box.bottom - EVENT / 2, EVENT, EVENT)
            self.picture.boxes[event.id] = place
            if event.name:
                width, height = label_size(event.name)
                self.picture.labels[event.id] = Box(place.right + 2, box.bottom + LABEL_GAP, width, height)
        if item.outside_label:
            self._name_beside(item, box)

    def _name_beside(self, item: Item, box: Box) -> None:
        """Put a gateway's name above it, or where no line leaves; an event's name always below."""
        width, height = label_size(item.name)
        x = box.middle[0] - width / 2
        sides = self._sides(item)
        above = item.shape is Shape.DIAMOND and sides != {True}
        if len(sides) > 1:
            x = box.middle[0] - width - LABEL_GAP
        y = box.y - LABEL_GAP - height if above else box.bottom + LABEL_GAP
        self.picture.labels[item.id] = Box(x, y, width, height)

    def _upwards(self, route: Route, item: Item) -> bool:
        y = self.order.chain[item].y
        return min(route.heights) < y if route.turns[0] is item else route.heights[-2] < y

    def _turn_x(self, route: Route, number: int) -> float:
        turn = route.turns[number]
        if isinstance(turn, int):
            return self.channels[turn] + SLOT * self.slots[route, number]
        return self.picture.boxes[turn.id].middle[0]

    def _draw_route(self, route: Route) -> None:
        flow, boxes = route.flow, self.picture.boxes
        points: list[Point] = []
        for number in range(len(route.turns)):
            x = self._turn_x(route, number)
            points += [(x, route.heights[number]), (x, route.heights[number + 1])]
        if route.from_side:
            points.insert(0, side_point(flow.source, boxes[flow.source.id], route.heights[0], right=True))
        else:
            points[0] = dock(flow.source.shape, boxes[flow.source.id], points[1])
        if route.to_side:
            points.append(side_point(flow.target, boxes[flow.target.id], route.heights[-1], right=False))
        else:
            points[-1] = dock(flow.target.shape, boxes[flow.target.id], points[-2])
        self.picture.lines[flow.id] = _without_repeats(points)
        if flow.name:
            self._name_flow(route)

    def _name_flow(self, route: Route) -> None:
        flow = route.flow
        width, height = label_size(flow.name)
        layer = self.order.layer[flow.leaves]
        leading = 0
        for turn in route.turns:
            if turn is not flow.source and turn != layer:
                break
            leading += 1
        y = route.heights[leading] - height - 2
        x = self.word_at[layer]
        if flow in self.order.back and leading:
            x = self._turn_x(route, leading - 1) - width - 6
        self.picture.labels[flow.id] = Box(x, y, width, height)


def _slots(routes: list[Route]) -> tuple[dict[tuple[Route, int], int], dict[int, int]]:
    """Give each turn in a channel a slot where it meets no other; return the slots, and how many each channel has."""
    turning = defaultdict[int, list[tuple[Route, int, float, float]]](list)
    for route in routes:
        for number, turn in enumerate(route.turns):
            if isinstance(turn, int):
                turning[turn].append((route, number, route.heights[number], route.heights[number + 1]))
    slots: dict[tuple[Route, int], int] = {}
    counts: dict[int, int] = {}
    for channel, found in turning.items():
        taken: list[list[tuple[float, float]]] = []
        for route, number, start, end in sorted(found, key=lambda turn: -turn[2] if turn[3] > turn[2] else turn[2]):
            low, high = min(start, end) - 4, max(start, end) + 4
            slot = next((n for n, spans in enumerate(taken) if all(high < a or low > b for a, b in spans)), len(taken))
            taken += [[]] if slot == len(taken) else []
            taken[slot].append((low, high))
            slots[route, number] = slot
        counts[channel] = len(taken)
    return slots, counts


def _without_repeats(points: list[Point]) -> list[Point]:
    """Leave out points that say nothing: the same again, or on the way between their neighbours."""
    kept: list[Point] = []
    for point in points:
        if kept and abs(kept[-1][0] - point[0]) < 0.01 and abs(kept[-1][1] - point[1]) < 0.01:
            continue
        while len(kept) > 1 and any(
            abs(kept[-2][n] - kept[-1][n]) < 0.01 > abs(kept[-1][n] - point[n]) for n in (0, 1)
        ):
            kept.pop()
        kept.append(point)
    return kept if len(kept) > 1 else points[:1] + points[-1:]


def _dotted(picture: Picture, flow: Flow) -> None:
    source, target = picture.boxes.get(flow.source.id), picture.boxes.get(flow.target.id)
    if source is not None and target is not None:
        ends = dock(flow.source.shape, source, target.middle), dock(flow.target.shape, target, source.middle)
        picture.lines[flow.id] = list(ends)


def _framed(picture: Picture, scope: Scope, leaves: list[Lane], bounds: list[tuple[float, float]]) -> Drawn:
    """Move everything to 0, 0; draw lanes round what lies in them."""
    extent = picture.around()
    if not leaves:
        moved = Picture()
        moved.add(picture, -extent.x, -extent.y)
        return Drawn(picture=moved, width=extent.width, height=extent.height)
    left = STRIP * max(lane.depth for lane in scope.lanes) + PAD
    moved, top = Picture(), min(extent.y, bounds[0][0]) - PAD
    moved.add(picture, left - extent.x, -top)
    width = left + extent.width + PAD
    bottom = max(extent.bottom, bounds[-1][1]) + PAD
    edges = [top, *((above[1] + below[0]) / 2 for above, below in pairwise(bounds)), bottom]
    rows = {id(leaf): (edges[n] - top, edges[n + 1] - top) for n, leaf in enumerate(leaves)}
    for lane in scope.lanes:
        _draw_lane(moved, lane, rows, 0, width)
    return Drawn(picture=moved, width=width, height=bottom - top)


def _draw_lane(picture: Picture, lane: Lane, rows: dict[int, tuple[float, float]], x: float, width: float) -> None:
    inside = [rows[id(leaf)] for leaf in lane.leaves()]
    top, bottom = min(row[0] for row in inside), max(row[1] for row in inside)
    picture.boxes[lane.element.id] = Box(x, top, width - x, bottom - top)
    for inner in lane.lanes:
        _draw_lane(picture, inner, rows, x + STRIP, width)


__all__ = ["Drawn", "Turn", "draw_scope"]
