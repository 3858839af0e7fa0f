"""The ways of the lines, before anything has an x: heights, and where each line turns from one to the next.

A line turns in the channel between two layers, where no shape stands, or in the middle of the shape that it leaves or
enters from above or below, when nothing is in its way there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from workflows.models.editing.layout_graph import Flow, Item, Shape
from workflows.models.editing.layout_places import Chain, Order
from workflows.models.editing.layout_room import EVENT_STEP, JOG, footprint

PORT = 12
"""Between two lines that meet a shape at the same side."""

CLEAR = 8

Turn: TypeAlias = Item | int
"""Where a line goes up or down: at the middle of a shape, or in the channel after this layer."""


@dataclass(slots=True, eq=False)
class Route:
    """A line: level at each of `heights`, and between two of them up or down at a turn."""

    flow: Flow
    heights: list[float]
    turns: list[Turn]

    @property
    def from_side(self) -> bool:
        """Tell whether the line begins at the right side of its source."""
        return not self.turns or self.turns[0] is not self.flow.source

    @property
    def to_side(self) -> bool:
        """Tell whether the line ends at the left side of its target."""
        return not self.turns or self.turns[-1] is not self.flow.target


def routes_of(order: Order, flows: list[Flow]) -> list[Route]:
    """Return the ways of all flows (associations aside)."""
    router = _Router(order)
    routes = [router.route(flow) for flow in flows]
    _spread(routes)
    return routes


class _Router:
    def __init__(self, order: Order) -> None:
        self.order = order
        self.columns = {layer: order.column(layer) for layer in {key[0] for key in order.cells}}
        self.used: dict[tuple[Item, bool], bool] = {}
        """By item and whether it is its lower side: whether lines leave there (else they enter)."""

    def route(self, flow: Flow) -> Route:
        order, source, target = self.order, flow.leaves, flow.target
        run = order.runs.get(flow)
        start, end = order.chain[source].y, order.chain[target].y
        own = run is not None and not run.items
        level = run.y if run is not None else end
        heights, turns = [start], list[Turn]()
        if flow.source.host is not None:
            self._leave_boundary(flow, level, run, heights, turns)
        elif start != level or own:
            turns.append(self._out(flow, level, run, free=own or len(set(heights)) > 1))
            heights.append(level)
        if heights[-1] != end or (own and order.layer[target] <= order.layer[source]):
            turns.append(self._into(flow, heights[-1], run))
            heights.append(end)
        return Route(flow=flow, heights=heights, turns=turns)

    def _out(self, flow: Flow, level: float, run: Chain | None, *, free: bool) -> Turn:
        """Return where a line leaves its source's height: in its middle, if it may (a gateway) and nothing hinders."""
        source, layer = flow.source, self.order.layer[flow.leaves]
        may = source.shape is Shape.DIAMOND or free
        clear = may and source is not flow.target and self._clear(source, level, run)
        return source if clear and self._take(source, level, leaving=True) else layer

    def _into(self, flow: Flow, level: float, run: Chain | None) -> Turn:
        target = flow.target
        back = self.order.layer[target] <= self.order.layer[flow.leaves]
        may = target.shape is Shape.DIAMOND or back
        clear = may and target is not flow.source and self._clear(target, level, run)
        return target if clear and self._take(target, level, leaving=False) else self.order.layer[target] - 1

    def _take(self, item: Item, level: float, *, leaving: bool) -> bool:
        """Claim the upper or lower side of an item for lines that leave, or for lines that enter."""
        side = (item, level > self.order.chain[item].y)
        return self.used.setdefault(side, leaving) is leaving

    def _clear(self, item: Item, level: float, run: Chain | None) -> bool:
        """Tell whether nothing stands between an item and a level, in its column."""
        own = self.order.chain[item]
        low, high = sorted((own.y, level))
        layer = self.order.layer[item]
        if level > own.y and item.events:
            return False
        for chain in self.columns[layer]:
            if chain is own or chain is run:
                continue
            here = next((other for other in chain.items if self.order.layer[other] == layer), None)
            if here is None and abs(chain.y - level) < CLEAR:
                return False
            if here is not None:
                _, above, below = footprint(here)
                if chain.y - above < high + CLEAR and chain.y + below > low - CLEAR:
                    return False
        return True

    def _leave_boundary(
        self, flow: Flow, level: float, run: Chain | None, heights: list[float], turns: list[Turn]
    ) -> None:
        """Go straight down to the level when that is free; else turn close under the event, and out to the channel."""
        host, order = flow.leaves, self.order
        bottom = order.chain[host].y + host.height / 2
        turns.append(flow.source)
        below = level > bottom + JOG and run is not None
        probe = Item(element=host.element, shape=host.shape, width=host.width, height=host.height)
        order.chain[probe], order.layer[probe] = order.chain[host], order.layer[host]
        if below and self._clear(probe, level, run):
            heights.append(level)
            return
        near = bottom + 18 + JOG + EVENT_STEP * host.events.index(flow.source)
        heights.append(near)
        if near != level:
            turns.append(order.layer[host])
            heights.append(level)


def _spread(routes: list[Route]) -> None:
    """Give the lines that meet a shape at one side a height each; a straight one keeps the middle."""
    sides = defaultdict[tuple[Item, bool], list[Route]](list)
    for route in routes:
        if route.from_side and route.flow.source.host is None:
            sides[route.flow.source, True].append(route)
        if route.to_side:
            sides[route.flow.target, False].append(route)
    for (item, right), meeting in sides.items():
        if len(meeting) > 1:
            _spread_side(item, right, meeting)


def _spread_side(item: Item, right: bool, meeting: list[Route]) -> None:
    at: Callable[[Route], float] = lambda route: route.heights[0 if right else -1]  # noqa: E731
    other: Callable[[Route], float] = lambda route: route.heights[(1 if right else -2) if route.turns else 0]  # noqa: E731
    meeting = sorted(meeting, key=other)
    straight = next((n for n, route in enumerate(meeting) if not route.turns), None)
    middle = straight if straight is not None else (len(meeting) - 1) / 2
    reach = item.height / 2 - (10 if item.shape is Shape.BOX else 8)
    most = max(middle, len(meeting) - 1 - middle)
    step = min(PORT, reach / most) if most else 0.0
    for n, route in enumerate(meeting):
        if route.turns:
            route.heights[0 if right else -1] = at(route) + (n - middle) * step
