"""JSON files of a draft, read within bounds: what lies too deep is refused before anything walks through it."""

from __future__ import annotations

from typing import Any

import orjson

from forms.source import Source, load
from forms.tree import FormRefused
from workflows.models.asking.errors import FileUnreadable

DEEPEST = 40
"""Levels of a file; a form that may be used has fewer than half of them."""


def source_of(data: bytes) -> Source:
    """Return the outermost object of a checklist or form. Raises FileUnreadable."""
    try:
        source = load(data, file=None)
    except FormRefused as refused:
        raise FileUnreadable(reason=refused.message) from refused
    if lies_too_deep(source.raw):
        raise FileUnreadable(reason=f"filen har fler än {DEEPEST} nivåer")
    return source


def content_of(data: bytes) -> Any:
    """Return what a JSON file says, None when it cannot be read or lies too deep."""
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return None if lies_too_deep(content) else content


def lies_too_deep(content: Any) -> bool:
    """Tell whether lists and objects lie in one another in more levels than anybody writes."""
    level = [content]
    for _ in range(DEEPEST):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [part for parts in inner for part in parts]
        if not level:
            return False
    return True
