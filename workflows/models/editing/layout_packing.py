"""Puts ways into rows: the longest straight, others into the nearest row in which every layer they pass is free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from workflows.models.editing.layout_graph import Flow, Item
from workflows.models.editing.layout_places import Chain, Order, Row


class Packer:
    """Puts chains into free rows."""

    def __init__(self, order: Order, forward: Mapping[Item, list[Flow]], lane_of: Mapping[Item, int]) -> None:
        self.order = order
        self.forward = forward
        self.lane_of = lane_of
        self.rest = self._rests()

    def pack(self, items: list[Item], flows: list[Flow]) -> None:
        """Give every item a row, then every flow that passes layers on its way."""
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
