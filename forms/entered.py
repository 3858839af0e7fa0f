"""Answers as they are entered: what a page begins with, and what conditions make of what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.settle import Scope
from forms.tree import Field, Group, Node, Rows, keyed
from forms.values import read_value


def begun(nodes: tuple[Node, ...], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers a page begins with: what is not answered has its default, a list its first blank rows."""
    filled: dict[str, Any] = dict(answers)
    for node in keyed(nodes):
        key, value = str(node.key), answers.get(str(node.key))
        match node:
            case Group():
                filled[key] = begun(node.nodes, value if isinstance(value, Mapping) else {})
            case Rows():
                rows = value if isinstance(value, list) else [{}] * node.start
                filled[key] = [begun(node.nodes, row if isinstance(row, Mapping) else {}) for row in rows]
            case Field() if value is None and node.default is not None:
                filled[key] = node.default
            case _:
                pass
    return filled


def understood(nodes: tuple[Node, ...], raw: Mapping[str, Any], scope: Scope, language: str) -> dict[str, Any]:
    """The entered answers as conditions understand them: typed numbers are numbers, the unreadable is absent."""
    values: dict[str, Any] = {}
    for node in nodes:
        match node:
            case Group(key=None):
                values |= understood(node.nodes, raw, scope, language)
            case Group():
                inner = raw.get(str(node.key)) or {}
                values[str(node.key)] = understood(node.nodes, inner, scope.inside(inner), language)
            case Rows():
                rows = raw.get(node.key) or []
                values[node.key] = [understood(node.nodes, row, scope.inside(row), language) for row in rows]
            case Field() if node.formula is None:
                read = read_value(node, raw.get(node.key), options=scope.options(node), language=language)
                values[node.key] = read.value
            case _:
                pass
    return values
