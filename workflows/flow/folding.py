"""Text as it is searched: without case and with Swedish letters kept apart, other accents folded away."""

from __future__ import annotations

import unicodedata

_SWEDISH = frozenset("åäö")


def fold(text: str) -> str:
    """Return `text` as it is searched: lower case, é as e, but å ä ö as themselves, single spaces, no null bytes."""
    letters = unicodedata.normalize("NFC", text.replace("\x00", " ")).casefold()
    return " ".join("".join(map(_plain, letters)).split())


def _plain(letter: str) -> str:
    if letter in _SWEDISH:
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))
