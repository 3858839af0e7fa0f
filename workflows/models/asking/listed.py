"""Choices and columns as lines of text, and back: a key first, then its words, with | between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models.asking.components import Component

TONES = frozenset({"ok", "warn", "bad"})


class Unusable(Exception):
    """What was typed for one property; the message says what to do."""


def options_text(component: Mapping[str, Any]) -> str:
    """Return the choices of a field, one a line: key, words, English, explanation, tone."""
    listed, properties = component.get("values"), component.get("properties")
    words: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
    lines = []
    for option in listed if isinstance(listed, list) else []:
        if isinstance(option, dict):
            value = str(option.get("value") or "")
            more = [str(words.get(f"option_{part}.{value}") or "") for part in ("en", "help", "tone")]
            lines.append(_line([value, str(option.get("label") or ""), *more]))
    return "\n".join(lines)


def put_options(component: Component, text: str) -> None:
    """Give a field the choices of a text. Raises Unusable."""
    properties = {
        name: words
        for name, words in (component.get("properties") or {}).items()
        if name.split(".")[0] not in {"option_en", "option_help", "option_tone"}
    }
    values = []
    for line in filter(str.strip, text.splitlines()):
        value, label, *more = _cells(line, 5)
        if not value:
            raise Unusable(f"Skriv en nyckel först på raden ”{line.strip()}”")
        if more[2] and more[2] not in TONES:
            raise Unusable(f"Tonen ”{more[2]}” finns inte. Skriv ok, warn eller bad")
        values.append({"label": label or value, "value": value})
        properties |= {
            f"option_{part}.{value}": words for part, words in zip(("en", "help", "tone"), more, strict=True) if words
        }
    _replace(component, "values", values)
    _replace(component, "properties", properties)


def columns_text(component: Mapping[str, Any]) -> str:
    """Return the columns of a table, one a line: key, heading, English."""
    listed, properties = component.get("columns"), component.get("properties")
    words: Mapping[str, Any] = properties if isinstance(properties, dict) else {}
    lines = []
    for column in listed if isinstance(listed, list) else []:
        if isinstance(column, dict):
            key = str(column.get("key") or "")
            lines.append(_line([key, str(column.get("label") or ""), str(words.get(f"column_en.{key}") or "")]))
    return "\n".join(lines)


def put_columns(component: Component, text: str) -> None:
    """Give a table the columns of a text. Raises Unusable."""
    properties = {
        name: words for name, words in (component.get("properties") or {}).items() if not name.startswith("column_en.")
    }
    columns = []
    for line in filter(str.strip, text.splitlines()):
        key, label, english = _cells(line, 3)
        columns.append({"key": key, "label": label or key})
        properties |= {f"column_en.{key}": english} if english else {}
    _replace(component, "columns", columns)
    _replace(component, "properties", properties)


def _replace(component: Component, name: str, value: Any) -> None:
    if value:
        component[name] = value
    else:
        component.pop(name, None)


def _line(cells: list[str]) -> str:
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _cells(line: str, count: int) -> list[str]:
    cells = [cell.strip() for cell in line.split("|")]
    if len(cells) > count:
        raise Unusable(f"Raden ”{line.strip()}” har fler än {count} delar")
    return cells + [""] * (count - len(cells))
