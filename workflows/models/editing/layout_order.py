"""Where each item goes, in whole numbers: its layer from left to right, and its row from top to bottom.

The longest way through a scope lies straight in row 0; other ways are chains that get the nearest row in which every
layer they pass is free. A flow over several layers is such a chain without items, so no line ever crosses a shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from workflows.models.editing.layout_graph import Flow, Item, Scope

Row: TypeAlias = tuple[int, int]
"""A lane's number, and a row in it: 0 is the lane's main line, negative is above it."""


@dataclass(slots=True, eq=False)
class Chain:
    """Items in a row one after the other (none: only a line), and all layers that they and their lines pass."""

    items: list[Item]
    layers: range
    row: Row = (0, 0)
    y: float = 0.0


@dataclass(slots=True, eq=False)
class Order:
    """The places of a scope. `cells` tells what occupies a row in a layer; `runs` the chain that carries a flow."""

    layer: dict[Item, int]
    chain: dict[Item, Chain] = field(default_factory=dict)
    runs: dict[Flow, Chain] = field(default_factory=dict)
    back: set[Flow] = field(default_factory=set)
    chains: list[Chain] = field(default_factory=list)
    cells: dict[tuple[int, Row], Chain] = field(default_factory=dict)

    def column(self, layer: int) -> list[Chain]:
        """Return what passes a layer, from top to bottom."""
        return [self.cells[key] for key in sorted(key for key in self.cells if key[0] == layer)]


def order_scope(scope: Scope, lane_of: Mapping[Item, int]) -> Order:
    """Give every item of a scope its layer and row."""
    flows = [flow for flow in scope.flows if not flow.association]
    items = [item for item in scope.items if not item.note]
    ahead: dict[Item, list[Flow]] = defaultdict(list)
    for flow in flows:
        ahead[flow.leaves].append(flow)
    back = _back(items, ahead)
    forward = {item: [flow for flow in ahead[item] if flow not in back] for item in items}
    layer = _layers(items, forward)
    order = Order(layer=layer, back=back)
    _Packer(order, forward, lane_of).pack(items, flows)
    _place_notes(scope, order)
    return order


def _back(items: list[Item], ahead: Mapping[Item, list[Flow]]) -> set[Flow]:
    """Return the flows that lead back; of two ways to see it, the one in which few steps of the way itself do."""
    turned = {item: flows[::-1] for item, flows in ahead.items()}
    found = [_back_flows(items, ahead), _back_flows(items, turned)]
    return min(found, key=lambda back: (sum(flow.source.host is None for flow in back), len(back)))


def _back_flows(items: list[Item], ahead: Mapping[Item, list[Flow]]) -> set[Flow]:
    """Return the flows that lead back to where the way came from (depth first, from what nothing leads to)."""
    entered = {flow.target for flows in ahead.values() for flow in flows if flow.source is not flow.target}
    back: set[Flow] = set()
    done: set[Item] = set()
    for root in [item for item in items if item not in entered] + items:
        if root in done:
            continue
        way = {root}
        stack = [(root, iter(ahead.get(root, ())))]
        while stack:
            item, rest = stack[-1]
            flow = next(rest, None)
            if flow is None:
                stack.pop()
                way.discard(item)
                done.add(item)
            elif flow.target in way:
                back.add(flow)
            elif flow.target not in done:
                way.add(flow.target)
                stack.append((flow.target, iter(ahead.get(flow.target, ()))))
    return back


def _layers(items: list[Item], forward: Mapping[Item, list[Flow]]) -> dict[Item, int]:
    """Return the longest way to each item; what begins late stands next to what it leads to."""
    layer = dict.fromkeys(items, 0)
    for item in _sorted_forward(items, forward):
        for flow in forward[item]:
            layer[flow.target] = max(layer[flow.target], layer[item] + 1)
    entered = {flow.target for flows in forward.values() for flow in flows}
    for item in items:
        if item not in entered and forward[item]:
            layer[item] = min(layer[flow.target] for flow in forward[item]) - 1
    return layer


def _sorted_forward(items: list[Item], forward: Mapping[Item, list[Flow]]) -> Iterator[Item]:
    """Yield items so that each comes after what leads to it, else in the order of the file."""
    missing = dict.fromkeys(items, 0)
    for flows in forward.values():
        for flow in flows:
            missing[flow.target] += 1
    ready = [item for item in reversed(items) if not missing[item]]
    while ready:
        item = ready.pop()
        yield item
        for flow in reversed(forward[item]):
            missing[flow.target] -= 1
            if not missing[flow.target]:
                ready.append(flow.target)


class _Packer:
    """Puts chains into free rows."""

    def __init__(self, order: Order, forward: Mapping[Item, list[Flow]], lane_of: Mapping[Item, int]) -> None:
        self.order = order
        self.forward = forward
        self.lane_of = lane_of
        self.rest = self._rests()

    def pack(self, items: list[Item], flows: list[Flow]) -> None:
        order, into = self.order, defaultdict[Item, list[Flow]](list)
        for flow in flows:
            if flow not in order.back:
                into[flow.target].append(flow)
        for item in sorted(items, key=lambda item: order.layer[item]):
            if item not in order.chain:
                self._new_chain(item, into[item])
        pairs: set[tuple[Item, Item]] = set()
        for flow in sorted(flows, key=self._length):
            pair = (flow.leaves, flow.target)
            if flow not in order.runs:
                self._run(flow, doubled=pair in pairs)
            pairs.add(pair)

    def _length(self, flow: Flow) -> tuple[bool, int]:
        return flow in self.order.back, abs(self.order.layer[flow.target] - self.order.layer[flow.leaves])

    def _rests(self) -> dict[Item, int]:
        """Return how many items may still follow each item."""
        rest: dict[Item, int] = {}
        for item in sorted(self.forward, key=lambda item: -self.order.layer[item]):
            rest[item] = 1 + max((rest.get(flow.target, 0) for flow in self.forward[item]), default=0)
        return rest

    def _new_chain(self, first: Item, into: list[Flow]) -> None:
        """Follow the longest free way from an item, and put it in a row with the lines at both its ends."""
        order = self.order
        items, lane = [first], self.lane_of.get(first, 0)
        inner: list[Flow] = []
        while True:
            free = [flow for flow in self.forward[items[-1]] if flow.source.host is None]
            free = [
                flow for flow in free if flow.target not in order.chain and self.lane_of.get(flow.target, 0) == lane
            ]
            if not free:
                break
            onward = max(free, key=lambda flow: self.rest[flow.target])
            inner.append(onward)
            items.append(onward.target)
        enter = into[0] if into else None
        leave = next((flow for flow in self.forward[items[-1]] if flow.target in order.chain), None)
        if enter is not None and self.lane_of.get(enter.leaves, 0) != lane:
            enter = None
        begin = order.layer[first] if enter is None else min(order.layer[first], self._after(enter))
        end = order.layer[items[-1]] + 1
        if leave is not None and self.lane_of.get(leave.target, 0) == lane and leave.source.host is None:
            end = max(end, order.layer[leave.target])
            inner.append(leave)
        chain = Chain(items=items, layers=range(begin, end))
        near = (lane, 0) if enter is None else order.chain[enter.leaves].row
        self._place(chain, [near], below=enter is not None and enter.source.host is not None)
        for item in items:
            order.chain[item] = chain
        for flow in [*inner, *([enter] if enter is not None else [])]:
            order.runs[flow] = chain

    def _after(self, flow: Flow) -> int:
        """Return the first layer where a flow needs its row: already under its host, when it leaves a boundary."""
        return self.order.layer[flow.leaves] + (0 if flow.source.host is not None else 1)

    def _run(self, flow: Flow, *, doubled: bool) -> None:
        """Give a flow a row of its own where it passes layers; neighbours need none."""
        order = self.order
        start, end = order.layer[flow.leaves], order.layer[flow.target]
        rows = [order.chain[flow.leaves].row, order.chain[flow.target].row]
        if flow in order.back:
            layers = range(end, start + 1)
        elif doubled:
            layers = range(start, end + 1)
        else:
            layers = range(self._after(flow), end)
        if layers:
            chain = Chain(items=[], layers=layers)
            self._place(chain, rows, below=flow.source.host is not None)
            order.runs[flow] = chain

    def _place(self, chain: Chain, near: list[Row], *, below: bool) -> None:
        for row in _rows_near(near, below=below):
            if all((layer, row) not in self.order.cells for layer in chain.layers):
                chain.row = row
                break
        self.order.cells |= {(layer, chain.row): chain for layer in chain.layers}
        self.order.chains.append(chain)


def _rows_near(near: Iterable[Row], *, below: bool) -> Iterator[Row]:
    """Yield rows from the nearest on: the given ones, then below, above, further below …"""
    near = list(near)
    if not below:
        yield from near
    for away in count(1):
        yield from ((lane, row + away) for lane, row in near)
        if not below:
            yield from ((lane, row - away) for lane, row in near)


def _place_notes(scope: Scope, order: Order) -> None:
    """Put notes and data in the column of the first step they belong to: notes above it, data below."""
    beside: dict[Item, Item] = {}
    for flow in scope.flows:
        if flow.association:
            for note, item in ((flow.source, flow.target), (flow.target, flow.source)):
                if note.note and not item.note:
                    beside.setdefault(note, item.host or item)
    for note in (item for item in scope.items if item.note):
        step = beside.get(note)
        layer = order.layer[step] if step is not None else 0
        lane, row = order.chain[step].row if step is not None else (0, 0)
        away = -1 if note.element.local == "textAnnotation" else 1
        order.layer[note] = layer
        chain = Chain(items=[note], layers=range(layer, layer + 1))
        chain.row = next((lane, row + away * n) for n in count(1) if (layer, (lane, row + away * n)) not in order.cells)
        order.cells[layer, chain.row] = chain
        order.chain[note] = chain
        order.chains.append(chain)
