"""How names are sorted and found: å, ä, ö last in Swedish order, and found whether or not the dots were typed."""

from __future__ import annotations

import unicodedata

# In ASCII these three follow z, so that any database sorts them in Swedish order without a collation of its own.
_LAST = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})
_LETTERS = str.maketrans({"æ": "a", "ø": "o", "ß": "ss", "đ": "d", "ł": "l"})


def fold(text: str) -> str:
    """Return `text` for searching: lower case, without accents, words one space apart ("Åsa  Öberg" → "asa oberg")."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(mark for mark in plain if not unicodedata.combining(mark)).split())


def sort_key(name: str) -> str:
    """Return the text that puts `name` in its Swedish place: last name first, a–z å ä ö, é as e."""
    *first, last = name.split() or [""]
    return " ".join(_place(part) for part in [last, *first])


def body_sort_key(name: str) -> str:
    """Return the text that puts the name of a body in its Swedish place."""
    return " ".join(_place(part) for part in name.split())


def _place(word: str) -> str:
    composed = unicodedata.normalize("NFC", word.casefold()).translate(_LAST)
    return "".join(mark if mark in "{|}" else fold(mark) for mark in composed)
