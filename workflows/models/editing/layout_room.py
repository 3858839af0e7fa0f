"""How much room each item takes in its column and row, names and boundary events included; and the rows' heights."""

from __future__ import annotations

from collections import defaultdict

from workflows.models.editing.layout_graph import EVENT, Flow, Item, Shape
from workflows.models.editing.layout_places import Chain, Order
from workflows.models.editing.layout_words import label_size

GAP = 30
"""Between one row and the next."""

LABEL_GAP = 4
JOG = 12
"""How far under a boundary event a line turns when something stands in its way."""

EVENT_STEP = 10


def event_places(item: Item) -> list[float]:
    """Return how far from the left side of `item` the middle of each of its boundary events lies."""
    places: list[float] = []
    at = 12 + EVENT / 2
    for event in item.events:
        places.append(at)
        at += EVENT + 8 + (label_size(event.name)[0] + LABEL_GAP if event.name else 0)
    return places


def grow_for_events(item: Item) -> None:
    """Make an item wide enough for what sits on its lower side."""
    places = event_places(item)
    if places:
        name = item.events[-1].name
        item.width = max(item.width, places[-1] + EVENT / 2 + (label_size(name)[0] if name else 8))


def footprint(item: Item) -> tuple[float, float, float]:
    """Return width, and what is needed above and below the middle."""
    width, above, below = item.width, item.height / 2, item.height / 2
    if item.outside_label:
        label_width, label_height = label_size(item.name)
        width = max(width, label_width + 8)
        if item.shape is Shape.DIAMOND:
            above += LABEL_GAP + label_height
        below += LABEL_GAP + label_height
    if item.note and item.element.local != "textAnnotation":
        below += LABEL_GAP + label_size(item.element.attributes.get("name", ""))[1]
    if item.events:
        names = max((label_size(event.name)[1] for event in item.events), default=0)
        below += max(EVENT / 2, names + LABEL_GAP) + JOG + EVENT_STEP * len(item.events)
    return width, above, below


def room(order: Order, chain: Chain, layer: int, carried: dict[Chain, list[Flow]]) -> tuple[float, float]:
    """Return what a chain needs above and below its line in a layer."""
    here = next((item for item in chain.items if order.layer[item] == layer), None)
    if here is not None:
        return footprint(here)[1:]
    names = [label_size(flow.name)[1] for flow in carried[chain] if flow.name]
    return 8 + max(names, default=0), 8


def set_heights(order: Order, flows: list[Flow], lanes: int) -> list[tuple[float, float]]:
    """Set `y` of every chain, row 0 of the first lane being at 0; return each lane's top and bottom."""
    carried = defaultdict[Chain, list[Flow]](list)
    for flow, chain in order.runs.items():
        carried[chain].append(flow)
    groups = _level_groups(order, flows)
    for sign in (1, -1):
        rows = sorted({chain.row for chain in order.chains if chain.row[1] * sign > 0}, key=lambda row: row[1] * sign)
        for row in rows:
            for group in (group for group in groups if group[0].row == row):
                y = max(_beyond(order, chain, sign, carried) for chain in group)
                for chain in group:
                    chain.y = y * sign
    return _stack_lanes(order, lanes, carried)


def _level_groups(order: Order, flows: list[Flow]) -> list[list[Chain]]:
    """Return the chains of a row that a straight line joins, together."""
    group = {chain: [chain] for chain in order.chains}
    for flow in flows:
        parts = [order.chain[flow.leaves], order.chain[flow.target]]
        parts += [order.runs[flow]] if flow in order.runs else []
        for one in parts:
            for other in parts:
                if one.row == other.row and group[one] is not group[other]:
                    joined = group[one] + group[other]
                    group |= dict.fromkeys(joined, joined)
    return list({id(chains): chains for chains in group.values()}.values())


def _beyond(order: Order, chain: Chain, sign: int, carried: dict[Chain, list[Flow]]) -> float:
    """Return how far from row 0 a chain must lie to keep clear of what is between it and row 0."""
    lane, row = chain.row
    far = 0.0
    for layer in chain.layers:
        own = room(order, chain, layer, carried)[0 if sign > 0 else 1]
        between = ((lane, row - sign * n) for n in range(1, abs(row) + 1))
        other = next((order.cells[layer, key] for key in between if (layer, key) in order.cells), None)
        if other is None:
            far = max(far, own + GAP)
        else:
            theirs = room(order, other, layer, carried)[1 if sign > 0 else 0]
            far = max(far, other.y * sign + theirs + GAP + own)
    return far


def _stack_lanes(order: Order, lanes: int, carried: dict[Chain, list[Flow]]) -> list[tuple[float, float]]:
    """Move the chains of each lane below the lane before it; return each lane's top and bottom."""
    bounds: list[tuple[float, float]] = []
    at = 0.0
    for lane in range(lanes):
        chains = [chain for chain in order.chains if chain.row[0] == lane]
        needs = [(chain.y, *room(order, chain, layer, carried)) for chain in chains for layer in chain.layers]
        top = min((y - above for y, above, _ in needs), default=-40.0)
        bottom = max((y + below for y, _, below in needs), default=40.0)
        for chain in chains:
            chain.y += at - top
        bounds.append((at, at + bottom - top))
        at += bottom - top + 2 * GAP
    return bounds
