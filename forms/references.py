"""Which stored files a value refers to: an answer's own references, or documents as form-js describes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

MAX_SHOWN = 50
"""So many files stand in one place of a page."""

MAX_DEPTH = 4
MAX_LOOKED_AT = 2_000


def references_in(value: Any) -> tuple[str, ...]:
    """Return the references in a value, once each and in order.

    A reference is a text, or the `documentId` of an object; everything else an object says (an address, a name) is
    left aside, since only the store knows what a file is.
    """
    found: dict[str, None] = {}
    for number, one in enumerate(_texts(value, MAX_DEPTH)):
        if number >= MAX_LOOKED_AT or len(found) >= MAX_SHOWN:
            break
        found[one] = None
    return tuple(found)


def _texts(value: Any, depth: int) -> Iterator[str]:
    match value:
        case str():
            if value:
                yield value
        case Mapping():
            reference = value.get("documentId")
            if isinstance(reference, str) and reference:
                yield reference
        case list() | tuple() if depth:
            for one in value:
                yield from _texts(one, depth - 1)
