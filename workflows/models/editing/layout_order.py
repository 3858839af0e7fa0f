"""Where each item goes, in whole numbers: its layer from left to right, and its row from top to bottom.

The longest way through a scope lies straight in row 0; other ways are chains that get the nearest row in which every
layer they pass is free. A flow over several layers is such a chain without items, so no line ever crosses a shape.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count

from workflows.models.editing.layout_graph import Flow, Item, Scope
from workflows.models.editing.layout_packing import Packer
from workflows.models.editing.layout_places import Chain, Order


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
    Packer(order, forward, lane_of).pack(items, flows)
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
