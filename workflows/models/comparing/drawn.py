"""A diagram as it is drawn: elements and flows with everything that is said of them, and the layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A diagram: elements by id in the order of the file, flows, and how everything is laid out."""

    elements: Mapping[str, Element]
    flows: tuple[Flow, ...]
    layout: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def outgoing(self, element: str) -> tuple[Flow, ...]:
        """Return the flows that leave an element."""
        return tuple(flow for flow in self.flows if flow.source == element)

    def incoming(self, element: str) -> tuple[Flow, ...]:
        """Return the flows that reach an element."""
        return tuple(flow for flow in self.flows if flow.target == element)

    def inside(self, home: str) -> tuple[Element, ...]:
        """Return the elements that lie directly in a process or sub-process."""
        return tuple(element for element in self.elements.values() if element.home == home)
