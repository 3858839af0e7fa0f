"""The shape of nested answers: what is blank, what is kept, what the definition does not declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from forms.posted import MAX_ROWS
from forms.tree import Field, FieldType, Group, Node, Rows, keyed


def blank(nodes: tuple[Node, ...], answers: Mapping[str, Any]) -> bool:
    """Whether nothing in a row was answered; an unticked box, a default and a computed value are no answers."""
    for node in keyed(nodes):
        value = answers.get(str(node.key))
        match node:
            case Group():
                empty = blank(node.nodes, value or {})
            case Rows():
                empty = all(blank(node.nodes, row) for row in value or [])
            case _:
                empty = node.type is FieldType.COMPUTED or value in (None, "", [], False, node.default)
        if not empty:
            return False
    return True


def compact(nodes: tuple[Node, ...], settled: Mapping[str, Any]) -> dict[str, Any]:
    """The answers without blank rows, empty groups and empty texts."""
    kept: dict[str, Any] = {}
    for node in keyed(nodes):
        key, value = str(node.key), settled.get(str(node.key))
        match node:
            case Group():
                value = compact(node.nodes, value or {})
            case Rows():
                rows = (value or [])[:MAX_ROWS]
                value = [compact(node.nodes, row) for row in rows if not blank(node.nodes, row)]
            case _:
                pass
        if value not in (None, "", [], {}):
            kept[key] = value
    return kept


def strangers(nodes: tuple[Node, ...], answers: Mapping[str, Any], *, prefix: str) -> Iterator[str]:
    """Names of JSON answers that the form does not declare, or that have another shape than it declares.

    Computed answers may stand there, since stored answers do hold them; they are computed anew.
    """
    known = {node.key: node for node in keyed(nodes)}
    for key, value in answers.items():
        node, name = known.get(key), f"{prefix}{key}"
        match node:
            case Group() if isinstance(value, Mapping):
                yield from strangers(node.nodes, value, prefix=f"{name}-")
            case Rows() if isinstance(value, list) and all(isinstance(row, Mapping) for row in value):
                for number, row in enumerate(value):
                    yield from strangers(node.nodes, row, prefix=f"{name}-{number}-")
            case Field():
                pass
            case Group() | Rows() if value is None:
                pass
            case _:
                yield name
