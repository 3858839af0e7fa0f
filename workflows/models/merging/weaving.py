"""Writes a merged diagram: the tree of one version, with what the plan takes from the other put into it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from workflows.models.merging.conflict import Side
from workflows.models.merging.deciding import Plan, Versions
from workflows.models.merging.parts import (
    BLOB,
    BPMN,
    ENDS,
    HELD_BLOB,
    HOLDER,
    HOME,
    LIES,
    LIES_HERE,
    TAG,
    TEXT,
    Part,
    Parts,
    blobs_of,
    read_parts,
)

_FIRST = (f"{BPMN}documentation", HOLDER, *ENDS)
"""What comes first in an element, in this order."""


def weave(versions: Versions, plan: Plan) -> Parts:
    """Return the merged diagram as a tree of its own."""
    woven = read_parts(deepcopy(versions.mine.root))
    for key in [key for key in woven.by_key if key not in plan.parts]:
        _take_out(woven, key)
    for key, part in versions.theirs.by_key.items():
        if key in plan.parts and key not in woven:
            _put_in(woven, part, versions.theirs)
    for key, values in plan.parts.items():
        source = versions.theirs.by_key.get(key)
        if key not in woven or source is None:
            continue
        for name in [name for name, side in values.items() if side is Side.THEIRS]:
            if woven[key].values.get(name) != source.values.get(name):
                _set(woven, woven[key], source, name, versions.theirs)
    return read_parts(woven.root)


def _take_out(woven: Parts, key: str) -> None:
    node = woven.by_key.pop(key).node
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _put_in(woven: Parts, part: Part, source: Parts) -> None:
    """Put a part of the other version into the tree, without the parts in it; values follow one by one."""
    if part.home not in woven:
        return
    node = deepcopy(part.node)
    del node[:]
    node.text = node.tail = None
    fresh = Part(key=part.key, node=node, home=part.home, held=part.held, values={})
    _place(woven, fresh, part, source)
    woven.by_key[part.key] = fresh


def _set(woven: Parts, part: Part, source: Part, name: str, other: Parts) -> None:
    """Let a part say of one thing what the other version says."""
    node = part.node
    if name == HOME:
        if source.home in woven and part.key not in _above(woven, source.home):
            part.home = source.home
            _place(woven, part, source, other)
    elif name == TAG:
        node.tag = source.node.tag
    elif name == TEXT:
        node.text = source.node.text if TEXT in source.values else None
    elif name.startswith(LIES):
        _lay_in(node, name.removeprefix(LIES), lies=name in source.values)
    elif name.startswith((BLOB, HELD_BLOB)):
        _exchange(node, source.node, name)
    elif (value := source.node.get(name)) is None:
        del node.attrib[name]
    else:
        node.set(name, value)


def _above(woven: Parts, key: str) -> Iterator[str]:
    while key:
        yield key
        key = woven[key].home if key in woven else ""


def _place(woven: Parts, part: Part, source: Part, other: Parts) -> None:
    """Put an element into its home after the one that precedes it in the other version."""
    home = woven[part.home].node
    if part.held:
        home = _holder(home)
    siblings = [key for key in other.inside[source.home] if other[key].held == source.held]
    for key in reversed(siblings[: siblings.index(source.key)]):
        if key in woven and woven[key].node.getparent() is home:
            woven[key].node.addnext(part.node)
            return
    home.insert(_beginning(home, part.node), part.node)


def _beginning(home: etree._Element, node: etree._Element) -> int:
    """Return the first place in an element that is after what has to come before `node`."""
    rank = _rank(node)
    return next((at for at, child in enumerate(home) if _rank(child) >= rank), len(home))


def _rank(node: etree._Element) -> int:
    return _FIRST.index(str(node.tag)) if node.tag in _FIRST else len(_FIRST)


def _holder(node: etree._Element) -> etree._Element:
    """Return the place of an element's extension elements, made where there is none."""
    found = node.find(HOLDER)
    if found is None:
        found = node.makeelement(HOLDER)
        node.insert(_beginning(node, found), found)
    return found


def _lay_in(lane: etree._Element, key: str, *, lies: bool) -> None:
    if lies:
        etree.SubElement(lane, LIES_HERE).text = key
        return
    for child in [child for child in lane.iterchildren(LIES_HERE) if (child.text or "").strip() == key]:
        lane.remove(child)


def _exchange(node: etree._Element, source: etree._Element, name: str) -> None:
    """Put the other version's markup in place of an element's own."""
    fresh = [deepcopy(child) for found, child in blobs_of(source) if found == name]
    old = [child for found, child in blobs_of(node) if found == name]
    home = _holder(node) if name.startswith(HELD_BLOB) else node
    at = home.index(old[0]) if old else len(home)
    for child in old:
        home.remove(child)
    for place, child in enumerate(fresh, at):
        home.insert(place, child)
