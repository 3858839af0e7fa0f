"""The answers that lead somewhere: what a diagram's expressions compare its fields with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import orjson

from workflows import engine
from workflows.engine.expressions import sites

_COMPARED = re.compile(r'(\w+)\.(\w+)\s*(?:=|!=|[<>]=?)\s*("[^"]*"|true|false|-?\d+)')
_AMONG = re.compile(r"(\w+)\.(\w+)\s+in\s+\(([^)]*)\)")
_ELEMENT = re.compile(r'count\((\w+)\[(?:item\.)?(\w+)\s*=\s*("[^"]*")')
_DATE = re.compile(r"date\((\w+)\.(\w+)\)")
_LITERAL = re.compile(r'"[^"]*"|true|false|-?\d+')

Values = Mapping[tuple[str, str], list[Any]]


def harvest(executable: engine.Executable) -> Values:
    """Return the values that expressions compare each field with: answers that lead somewhere."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    sources = [site.source for site in sites(executable.diagram)]
    for source in sources:
        for root, name, literal in [*_COMPARED.findall(source), *_ELEMENT.findall(source)]:
            found[root, name].append(_value(literal))
        for root, name, literals in _AMONG.findall(source):
            found[root, name] += [_value(literal) for literal in _LITERAL.findall(literals)]
        for root, name in _DATE.findall(source):
            found[root, name] += ["2026-01-20", "2026-03-02", None]
    for root, names in executable.named.items():
        for name in names:
            found[root, name] += [None] if found[root, name] and root != "facts" else []
    outcomes = [outcome for gate in executable.gates.values() for outcome in gate.outcomes]
    for (root, name), values in list(found.items()):
        if root in executable.gates and name in ("outcome", "target"):
            found["decision", name] += values
    found["decision", "outcome"][:0] = outcomes
    for name in executable.named.get("facts", ()):
        found["facts", name] = _FACTS.get(name) or found["facts", name] or [True, False]
    return {key: list(dict.fromkeys(values)) for key, values in found.items()}


_FACTS: Mapping[str, list[Any]] = {
    "total_cost": [0, 100_000, 2_000_000, 50_000_000],
    "board_cost_limit": [10_000_000],
    "size_class": ["small", "large"],
    "has_steering_group": [True, False],
}


def _value(literal: str) -> Any:
    return orjson.loads(literal)
