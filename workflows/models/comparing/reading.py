"""Reads a file of either side, or says why it cannot be read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from workflows.engine.safe_xml import Unreadable, read_xml
from workflows.models.strict_yaml import YamlRefused, read_yaml

MAX_VALUES = 100_000
"""Values of a file that are worth comparing one by one; our largest form has 3,000."""

MAX_DEPTH = 40
"""Lists and objects within one another; a form goes twelve deep."""


class Unread(Exception):
    """The file is not what its name says; it is compared as text instead."""


def xml_of(data: bytes, file: str) -> etree._Element:
    """Return the root of a diagram or table. Raises Unread."""
    try:
        return read_xml(data, file)
    except Unreadable as error:
        raise Unread(str(error)) from error


def json_of(data: bytes) -> dict[str, Any]:
    """Return the object in a JSON file. Raises Unread."""
    try:
        value = json.loads(data, parse_float=_number)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise Unread(str(error)) from error
    if not isinstance(value, dict) or _too_large(value):
        raise Unread("not an object")
    return value


def yaml_of(data: bytes) -> dict[str, Any]:
    """Return what a scenario file says. Raises Unread."""
    try:
        value = read_yaml(data)
    except (YamlRefused, RecursionError) as error:
        raise Unread(str(error)) from error
    if not isinstance(value, dict):
        raise Unread("not an object")
    return value


def told(value: Any) -> str:
    """Return a value as one text that is equal exactly where the values are: `true` is not 1."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


def flat(value: Mapping[str, Any], *, leave: frozenset[str] = frozenset(), prefix: str = "") -> dict[str, Any]:
    """Return the leaves of an object by dotted path; what says nothing (null, "", {}, []) is left out."""
    found: dict[str, Any] = {}
    for key, inner in value.items():
        path = prefix + key
        if path in leave:
            continue
        if isinstance(inner, Mapping):
            found |= flat(inner, leave=leave, prefix=f"{path}.")
        elif inner not in (None, "", []):
            found[path] = inner
    return found


def objects(value: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a list, whatever else may stand there."""
    if isinstance(value, list):
        yield from (inner for inner in value if isinstance(inner, Mapping))


def text(value: Any) -> str:
    """Return a text, or the Swedish of a label; empty for what is neither."""
    if isinstance(value, Mapping):
        value = value.get("sv")
    return value if isinstance(value, str) else ""


def _number(written: str) -> int | Decimal:
    value = Decimal(written)
    return int(value) if value.is_finite() and abs(value) < 10**15 and value == value.to_integral_value() else value


def _too_large(value: Any) -> bool:
    level, seen = [value], 0
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        seen += len(level)
        if not level or seen > MAX_VALUES:
            return seen > MAX_VALUES
    return True
