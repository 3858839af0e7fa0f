"""A diagram as it is drawn: elements and flows with everything that is said of them, and the layout."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

LIES_HERE = "flowNodeRef"
"""The attribute of a lane that lists the elements in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """Something drawn that is no flow. `home` is what it lies in; `values` are all its attributes by path."""

    id: str
    tag: str
    name: str
    home: str
    values: Mapping[str, str]

    def get(self, path: str) -> str:
        """Return an attribute; empty when it has none."""
        return self.values.get(path, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """A sequence flow; `condition` is FEEL."""

    id: str
    name: str
    source: str
    target: str
    condition: str
    home: str
    values: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A diagram: elements by id in the order of the file, flows, and how everything is laid out."""

    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    layout: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def outgoing(self, element: str) -> tuple[Flow, ...]:
        """Return the flows that leave an element."""
        return self._by_source.get(element, ())

    def incoming(self, element: str) -> tuple[Flow, ...]:
        """Return the flows that reach an element."""
        return self._by_target.get(element, ())

    def inside(self, home: str) -> tuple[Element, ...]:
        """Return the elements that lie directly in a process or sub-process."""
        return self._by_home.get(home, ())

    @cached_property
    def _by_source(self) -> Mapping[str, tuple[Flow, ...]]:
        return grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _by_target(self) -> Mapping[str, tuple[Flow, ...]]:
        return grouped((flow.target, flow) for flow in self.flows)

    @cached_property
    def _by_home(self) -> Mapping[str, tuple[Element, ...]]:
        return grouped((element.home, element) for element in self.elements.values())


T = TypeVar("T")


def grouped(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    """The things of each name, in the order they come."""
    found: dict[str, list[T]] = defaultdict(list)
    for name, thing in pairs:
        found[name].append(thing)
    return {name: tuple(things) for name, things in found.items()}
