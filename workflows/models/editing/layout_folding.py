"""Folds a scope that would be too wide for any screen into rows, one below the other, as people lay long processes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from workflows.models.editing.layout_graph import Flow, Item, Scope
from workflows.models.editing.layout_names import Surroundings, name_place
from workflows.models.editing.layout_picture import Picture, dock
from workflows.models.editing.layout_places import Order
from workflows.models.editing.layout_room import footprint
from workflows.models.editing.layout_router import Scenery, find_way

WIDE = 3200.0
"""A scope wider than this is folded."""

ROW = 2600.0
BETWEEN = 110.0
"""Between one row and the next, for the lines that lead from the end of one to the beginning of another."""

CHANNEL = 60.0
MOST_ITEMS = 80
"""With more the lines between rows are so many that nobody could follow them."""


def fold(scope: Scope, order: Order, draw: Callable[[Scope], tuple[Picture, float]]) -> Picture | None:
    """Return a scope in rows, each drawn by `draw` (picture and height); None for one that is not too wide."""
    if scope.lanes or len(scope.items) > MOST_ITEMS:
        return None
    rows = _rows(scope, order)
    if len(rows) < 2:
        return None
    row_of = {item: number for number, row in enumerate(rows) for item in row}
    picture, y = Picture(), 0.0
    for number, row in enumerate(rows):
        inside = [flow for flow in scope.flows if row_of[flow.leaves] == number == _row(row_of, flow.target)]
        drawn, height = draw(Scope(element=scope.element, items=row, flows=inside, lanes=[]))
        picture.add(drawn, 0, y)
        y += height + BETWEEN
    for flow in scope.flows:
        if flow.id not in picture.lines:
            _between(picture, scope, flow)
    return picture


def _row(row_of: dict[Item, int], item: Item) -> int:
    return row_of[item.host or item]


def _rows(scope: Scope, order: Order) -> list[list[Item]]:
    """Cut the layers into rows where the fewest flows lead across, none wider than it should be."""
    layers = range(min(order.layer.values(), default=0), max(order.layer.values(), default=0) + 1)
    widths = [CHANNEL + max((footprint(i)[0] for i in order.layer if order.layer[i] == n), default=0.0) for n in layers]
    if sum(widths) < WIDE:
        return []
    ends: list[int] = []
    start = 0
    while sum(widths[start:]) > ROW and start < len(layers):
        fits = [n for n in range(start + 1, len(layers)) if sum(widths[start:n]) <= ROW] or [start + 1]
        late = [n for n in fits if sum(widths[start:n]) > ROW * 0.3] or fits[-1:]
        start = min(late, key=lambda n: (_crossing(scope, order, layers[0] + n), -n))
        if start >= len(layers):
            break
        ends.append(start)
    bounds = [0, *ends, len(layers)]
    return [[i for i in scope.items if a <= order.layer[i] - layers[0] < b] for a, b in pairwise(bounds)]


def _crossing(scope: Scope, order: Order, cut: int) -> int:
    """Return how many flows lead across a cut before a layer, backwards too."""
    return sum((order.layer[f.leaves] < cut) != (order.layer[f.target.host or f.target] < cut) for f in scope.flows)


def _between(picture: Picture, scope: Scope, flow: Flow) -> None:
    """Draw a flow from one row to another."""
    source, target = picture.boxes[flow.source.id], picture.boxes[flow.target.id]
    if flow.association:
        ends = dock(flow.source.shape, source, target.middle), dock(flow.target.shape, target, source.middle)
        picture.lines[flow.id] = list(ends)
        return
    shapes = [one for item in scope.items for one in (item, *item.events)]
    boxes = tuple(picture.boxes[one.id] for one in shapes)
    own = {one.id for one in scope.flows}
    lines = tuple(tuple(line) for key, line in picture.lines.items() if key in own)
    line = find_way(source, target, Scenery(boxes=boxes, lines=lines, frame=None))
    picture.lines[flow.id] = line
    if flow.name:
        around = Surroundings.of([*boxes, *picture.labels.values()], [*lines, line])
        picture.labels[flow.id] = name_place(flow.name, line, around)
