"""The components of a form-js file as a tree of rows: found by place, added, changed, moved, taken out.

A place is a tuple of numbers: (2, 0) is the first component of the third. Trees go in and come out as plain JSON; what
goes in is never changed.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.models.asking.errors import ChangedMeanwhile
from workflows.models.asking.questions import fingerprint

Place = tuple[int, ...]
Component = dict[str, Any]
CONTAINERS = frozenset({"group", "dynamiclist"})


def address_of(place: Place) -> str:
    """Return a place as addresses write it."""
    return "-".join(map(str, place))


def place_of(address: str) -> Place:
    """Return the place that an address names. Raises ValueError."""
    parts = address.split("-") if address else []
    if not all(part.isascii() and part.isdecimal() and len(part) < 5 for part in parts):
        raise ValueError(address)
    return tuple(map(int, parts))


def component_at(schema: Mapping[str, Any], place: Place) -> Component:
    """Return a copy of the component at a place. Raises ChangedMeanwhile when there is none."""
    found: Any = schema
    for number in place:
        found = _at(found, number)
    return copy.deepcopy(dict(found))


def with_component(schema: Mapping[str, Any], place: Place, component: Component) -> Component:
    """Return the form with another component at a place."""
    changed = copy.deepcopy(dict(schema))
    _container(changed, place)[place[-1]] = component
    return changed


def adding(schema: Mapping[str, Any], place: Place, component: Component) -> Component:
    """Return the form with a component put in at a place, those after it moved down."""
    changed = copy.deepcopy(dict(schema))
    inside = _container(changed, place, missing=True)
    inside.insert(min(place[-1], len(inside)), component)
    return changed


def without(schema: Mapping[str, Any], place: Place) -> Component:
    """Return the form without the component at a place and what lies in it."""
    changed = copy.deepcopy(dict(schema))
    inside = _container(changed, place)
    component_at(schema, place)
    del inside[place[-1]]
    return changed


def moved(schema: Mapping[str, Any], place: Place, *, steps: int) -> tuple[Component, Place]:
    """Return the form with a component moved within its container, and its new place; it stops at the ends."""
    changed = copy.deepcopy(dict(schema))
    inside = _container(changed, place)
    component_at(schema, place)
    to = min(max(place[-1] + steps, 0), len(inside) - 1)
    inside.insert(to, inside.pop(place[-1]))
    return changed, (*place[:-1], to)


def relocated(schema: Mapping[str, Any], place: Place, into: Place) -> tuple[Component, Place]:
    """Return the form with a component moved last into another container (() is the form), and its new place."""
    if into[: len(place)] == place:
        raise ChangedMeanwhile
    component = component_at(schema, place)
    target = component_at(schema, into) if into else schema
    if into and target.get("type") not in CONTAINERS:
        raise ChangedMeanwhile
    changed = adding(schema, (*into, len(inside_of(target))), component)
    same = place[:-1] == into
    there = (*into, len(inside_of(target)) - same)
    if (
        not same
        and len(into) >= len(place)
        and into[: len(place) - 1] == place[:-1]
        and into[len(place) - 1] > place[-1]
    ):
        there = (*into[: len(place) - 1], into[len(place) - 1] - 1, *there[len(place) :])
    return without(changed, place), there


def require_unchanged(schema: Mapping[str, Any], place: Place, was: str) -> None:
    """Raise ChangedMeanwhile when the component at a place is not the one that a page showed."""
    if fingerprint(component_at(schema, place)) != was:
        raise ChangedMeanwhile


def keys_at(schema: Mapping[str, Any], place: Place) -> frozenset[str]:
    """Return the keys that stand in the scope that a component at `place` writes into, its own left out."""
    container, own = schema, schema
    for depth, number in enumerate(place[:-1]):
        container = _at(container, number)
        if container.get("type") == "dynamiclist" or container.get("path"):
            own = container
        assert depth < 12
    skip = place if place else None
    return frozenset(_keys(own, _scope_place(schema, place), skip))


def _scope_place(schema: Mapping[str, Any], place: Place) -> Place:
    here: Place = ()
    container = schema
    for depth, number in enumerate(place[:-1], 1):
        container = _at(container, number)
        if container.get("type") == "dynamiclist" or container.get("path"):
            here = place[:depth]
    return here


def _keys(container: Mapping[str, Any], place: Place, skip: Place | None) -> Iterator[str]:
    for number, component in enumerate(inside_of(container)):
        here = (*place, number)
        key = text_of(component, "key") or text_of(component, "path")
        if key and here != skip:
            yield key
        elif not key and component.get("type") == "group":
            yield from _keys(component, here, skip)


def _container(schema: Component, place: Place, *, missing: bool = False) -> list[Any]:
    """Return the list of components that a place is in; with `missing` the place may lie behind its end."""
    found: Any = schema
    for number in place[:-1]:
        found = _at(found, number)
    if place[:-1] and found.get("type") not in CONTAINERS:
        raise ChangedMeanwhile
    inside = found.setdefault("components", [])
    if not isinstance(inside, list) or (not missing and place[-1] >= len(inside)):
        raise ChangedMeanwhile
    return inside


def _at(container: Mapping[str, Any], number: int) -> Any:
    inside = container.get("components")
    if not isinstance(inside, list) or number >= len(inside) or not isinstance(inside[number], dict):
        raise ChangedMeanwhile
    return inside[number]


def inside_of(container: Mapping[str, Any]) -> list[Component]:
    """Return the components of a container."""
    inside = container.get("components")
    return [one if isinstance(one, dict) else {} for one in inside] if isinstance(inside, list) else []


def part_of(component: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the object under a key, an empty one for anything else."""
    part = component.get(key)
    return part if isinstance(part, dict) else {}


def text_of(component: Mapping[str, Any], key: str) -> str:
    """Return the text under a key, an empty one for anything else."""
    value = component.get(key)
    return value if isinstance(value, str) else ""
