"""What an event says of the project that its step left behind, so that nobody can alter the project unseen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

WRITTEN = "written"
"""Where an event's body keeps it."""

COLUMNS = frozenset(
    {
        "title", "summary", "department", "registry_number", "status", "phase", "gate", "size_class", "total_cost",
        "external_funding", "cross_board", "principle_matter", "light", "registers", "resume_on",
    }
)  # fmt: skip
"""Columns of a project that decide who decides, or that people read as what it is."""

_ORE = Decimal("0.01")
"""Money is stored in whole öre."""

LONG = 80
"""The longest text that an event repeats; of a longer one it says the digest, and the answers have the text."""


def told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an event's body says of written columns; nothing where none of them is the record's business."""
    said = {name: _plain(value) for name, value in values.items() if name in COLUMNS}
    return {WRITTEN: said} if said else {}


def as_told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return stored columns as an event would tell them."""
    said: dict[str, Any] = told(values).get(WRITTEN, {})
    return said


def _plain(value: Any) -> Any:
    """Return a value as it reads the same when it is written and when it is read back."""
    match value:
        case None | bool():
            return value
        case int() | float() | Decimal():
            return f"{Decimal(str(value)).quantize(_ORE).normalize():f}"
        case datetime() | date():
            return value.isoformat()
        case str():
            return str(value) if len(value) <= LONG else _digest(value)
        case _:
            return _digest(value)


def _digest(value: Any) -> str:
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=dict)).hexdigest()
