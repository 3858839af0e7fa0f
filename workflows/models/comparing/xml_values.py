"""What an XML element says: its attributes and texts by path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

_STANDARD = ("{http://www.omg.org/spec/", "{http://www.w3.org/2001/XMLSchema-instance}")


def leaves_of(
    node: etree._Element, *, leave: frozenset[str] = frozenset(), prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield attributes and texts below an element by path; children of the names in `leave` are passed over."""
    for name, value in sorted(node.attrib.items()):
        said = named(name)
        if said != "bpmnElement":
            yield f"{prefix}@{said}", plain(said, str(value))
    if words := (node.text or "").strip():
        yield prefix or ".", words
    seen: dict[str, int] = {}
    for child in node:
        tag = local(child.tag)
        if tag in leave:
            continue
        seen[tag] = number = seen.get(tag, 0) + 1
        path = f"{prefix}{tag if number == 1 else f'{tag}#{number}'}."
        inner = dict(leaves_of(child, prefix=path))
        yield from inner.items() if inner else {path: "ja"}.items()


def plain(name: str, value: str) -> str:
    """A value without its namespace prefix where the attribute holds a name that has one."""
    return value.rpartition(":")[2] if name == "type" else value


def rounded(value: str) -> str:
    """A number as one text however it is written; other words as they are."""
    try:
        return f"{float(value):g}"
    except ValueError:
        return value


def named(tag: Any) -> str:
    """A name without its namespace where that is one of the standard's, else with it."""
    return local(tag) if not str(tag).startswith("{") or str(tag).startswith(_STANDARD) else str(tag)


def local(tag: Any) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]
