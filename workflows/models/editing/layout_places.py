"""Places in whole numbers: layers from left to right, rows from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from workflows.models.editing.layout_graph import Flow, Item

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
