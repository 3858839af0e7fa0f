"""Where two people's changes meet, and whose of them is taken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Whose version is meant."""

    MINE = "mine"
    THEIRS = "theirs"

    @property
    def other(self) -> Side:
        """The other one's."""
        return Side.THEIRS if self is Side.MINE else Side.MINE


LAYOUT = "layout"
"""The key of the one conflict about how things are drawn, whatever the number of shapes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One value that both changed, or an element that one took away while the other changed it (`gone` says who).

    `key` is the same each time the same versions are merged; `part` is what it is about, and `value` is empty where
    that is the whole part.
    """

    key: str
    part: str
    value: str = ""
    gone: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictInWords:
    """A conflict as people read it: what it is about, and what each of them did."""

    key: str
    about: str
    mine: str
    theirs: str
