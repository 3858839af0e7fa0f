"""Posted fields as they were typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from app.shell.decision_panel import Point
from forms.swedish import parse_date
from workflows.governance.decision import Presence, Way
from workflows.governance.outcomes import LegalBasis, Outcome

CONDITION = re.compile(r"conditions-(\d{1,2})-(text|owner|due_on)")

ROWS = 3
"""Conditions to write at first; a button adds another."""

MOST_ROWS = 30

K = TypeVar("K", Outcome, LegalBasis, Presence, Way)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Posted fields as they were typed, each a list; the conditions are numbered without gaps."""

    fields: Mapping[str, Sequence[str]]
    rows: int = ROWS

    def one(self, name: str) -> str:
        """Return the first value of a field, "" when there is none."""
        return next(iter(self.fields.get(name, ())), "")

    def starting(self, name: str, value: str) -> Typed:
        """Return the same with `value` in a field that has not been posted yet."""
        return self if name in self.fields else replace(self, fields={**self.fields, name: [value]})

    def every(self, name: str) -> Sequence[str]:
        """Return all values of a field."""
        return self.fields.get(name, ())

    def any(self, names: Iterable[str]) -> bool:
        """Tell whether something is chosen or written in one of the fields beyond what stands there from the start."""
        return any(self.one(name).strip() not in ("", LegalBasis.INTERNAL) for name in names)

    @property
    def written(self) -> int:
        """How many conditions are written."""
        return len(conditions_in(self.fields))

    def reopens(self, items: Iterable[Point]) -> bool:
        """Tell whether one of the items is chosen to be completed."""
        chosen = self.every("reopen")
        return any(item.id in chosen for item in items)

    def day(self, name: str) -> date | None:
        """Return the day in a field."""
        return parse_date(self.one(name)[:60])

    def number(self, name: str) -> int | None:
        """Return the whole number in a field."""
        text = self.one(name).strip()
        return int(text) if re.fullmatch(r"\d{1,6}", text, re.ASCII) else None

    def chosen(self, kinds: type[K], name: str) -> K | None:
        """Return the choice in a field."""
        return next((kind for kind in kinds if kind.value == self.one(name)), None)


def conditions_in(posted: Mapping[str, Sequence[str]]) -> list[dict[str, str]]:
    """Return the conditions in which something is written."""
    found: dict[int, dict[str, str]] = {}
    for name, values in posted.items():
        if (match := CONDITION.fullmatch(name)) and values:
            found.setdefault(int(match[1]), {})[match[2]] = values[0]
    return [row for _, row in sorted(found.items()) if any(text.strip() for text in row.values())][:MOST_ROWS]
