"""What a comparison says: rows in plain Swedish, the important first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

MAX_SHOWN = 2_000
"""So much of a value stands in a row; the rest is in the file."""


class Area(StrEnum):
    """Which part of the model a change is about."""

    GATE = "gate"
    TABLE = "table"
    DIAGRAM = "diagram"
    MODEL = "model"
    CHECKLIST = "checklist"
    FORM = "form"
    SCENARIO = "scenario"
    OTHER = "other"


class What(StrEnum):
    """What happened to the element."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"

    @property
    def reverse(self) -> What:
        """What it is when the two sides change places."""
        return {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}.get(self, self)


class Weight(IntEnum):
    """What a change means for people; the lower, the more."""

    DECIDES = 1
    DUTY = 2
    PROOF = 3
    WORDING = 4
    LAYOUT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row. `where` names the file as people know it, `element` the thing in it: an id, a rule, a field's path.

    `before` and `after` are the values as people read them, empty on the side that has none. `phase` is the key of the
    one phase that it is about, empty for the whole model.
    """

    area: Area
    file: str
    where: str
    element: str
    what: What
    weight: Weight
    sentence: str
    before: str = ""
    after: str = ""
    phase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Ids of one diagram's elements and flows, by what happened to them; `removed` stand in the old picture only."""

    added: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions side by side. `rewritten` are files that differ only in how they are written down.

    `phases` are those of both versions, key and label, in their order.
    """

    changes: tuple[Change, ...]
    marks: Mapping[str, Marks] = field(default_factory=dict)
    rewritten: tuple[str, ...] = ()
    phases: tuple[tuple[str, str], ...] = ()

    def of_weight(self, weight: Weight) -> tuple[Change, ...]:
        """Return the changes of one weight, in their order."""
        return tuple(change for change in self.changes if change.weight is weight)

    def of_area(self, area: Area) -> tuple[Change, ...]:
        """Return the changes of one area, in their order."""
        return tuple(change for change in self.changes if change.area is area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scribe:
    """Writes the rows of one file."""

    area: Area
    file: str
    where: str

    def row(
        self,
        element: str,
        sentence: str,
        *,
        weight: Weight = Weight.DUTY,
        what: What = What.CHANGED,
        before: str = "",
        after: str = "",
        area: Area | None = None,
    ) -> Change:
        """Return a row; long values are cut."""
        return Change(
            area=area or self.area,
            file=self.file,
            where=self.where,
            element=element,
            what=what,
            weight=weight,
            sentence=sentence,
            before=_cut(before),
            after=_cut(after),
        )


def _cut(text: str) -> str:
    return text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " …"
