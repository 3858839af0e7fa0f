"""Ids and keys that our engine and files accept, made of what other tools wrote."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 32
"""Letters of a key; `model.json` allows 40, and a number may have to follow."""

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_RESERVED = frozenset({"Start", "End", "Root", "facts", "gate", "item", "true", "false", "null"})
_WORDS = frozenset(
    {"and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between"}
    | {"function", "external", "instance", "of", "list", "context", "date", "time", "duration", "string", "number"}
    | {"csrf_token", "request_id", "version", "parent"}
)
"""What a field cannot be called, since FEEL or the pages mean something else by it."""


def slug(text: str, fallback: str) -> str:
    """Return `text` as a key: a to z, digits and _, beginning with a letter."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode()
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", plain)
    key = re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")[:LONGEST].strip("_")
    if not key:
        return fallback
    return key if key[0].isalpha() else f"{fallback}_{key}"[:LONGEST].strip("_")


def is_id(text: str) -> bool:
    """Tell whether a BPMN id can stay as it is."""
    return _ID.fullmatch(text) is not None and text not in _RESERVED | _WORDS


def is_key(text: str) -> bool:
    """Tell whether a key of `model.json` or of a form can stay as it is."""
    return _KEY.fullmatch(text) is not None


def field_key(text: str, fallback: str) -> str:
    """Return the name of a field: as it was, where FEEL reads it so."""
    if _ID.fullmatch(text) and text not in _RESERVED | _WORDS and len(text) <= LONGEST:
        return text
    key = slug(text, fallback)
    return f"{key}_value" if key in _RESERVED | _WORDS else key


@dataclass(slots=True)
class Names:
    """Names already given, so that each is given once."""

    taken: set[str] = field(default_factory=set)

    def free(self, wanted: str) -> str:
        """Return `wanted`, or the first of `wanted_2`, `wanted_3`… that is free, and take it."""
        name, number = wanted, 1
        while name in self.taken or name in _RESERVED:
            number += 1
            name = f"{wanted}_{number}"
        self.taken.add(name)
        return name
