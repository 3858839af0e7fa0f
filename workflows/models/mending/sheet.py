"""A scenario while it is mended: its rows, where each came from, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from workflows.models.bundle import Bundle
from workflows.models.playing import Stand, stand_after
from workflows.models.scenario import Answers, Move, move_of, scenario_from

Raw = Mapping[str, Any]


class Changed(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row: `origin` is which row of the file it was (from 0), None for a new one.

    `accepts`: what it checks to be open named something that is gone, so that what is open instead may stand there.
    """

    raw: Raw
    origin: int | None = None
    accepts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A scenario's rows with what stands round them. `accepts` is a line's, of what is checked after the last row."""

    path: str
    head: Raw
    lines: tuple[Line, ...]
    accepts: bool = False

    @property
    def raw(self) -> dict[str, Any]:
        """The scenario as its file says it."""
        return {**self.head, "steps": [dict(line.raw) for line in self.lines]}

    @property
    def origins(self) -> list[int | None]:
        """Which row of the file each row was."""
        return [line.origin for line in self.lines]

    def stand(self, bundle: Bundle, usual: Mapping[str, Answers]) -> Stand:
        """Play it as far as it goes."""
        return stand_after(bundle, scenario_from(self.path, self.raw, usual))

    def with_lines(self, at: int, instead: int, lines: Sequence[Line]) -> Sheet:
        """Return it with other lines in the stead of so many from a place on."""
        return replace(self, lines=(*self.lines[:at], *lines, *self.lines[at + instead :]))


def sheet_of(path: str, raw: Raw) -> Sheet:
    """Return a file's scenario."""
    head = {name: value for name, value in raw.items() if name != "steps"}
    lines = tuple(Line(raw=step, origin=number) for number, step in enumerate(raw.get("steps") or ()))
    return Sheet(path=path, head=head, lines=lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """What became of a row. `number` is the row of the file (from 1) that changed or went, or after which a new one
    comes (0: first); None is what is checked after the last row. `move` is the row now, `was` the one before.
    """

    kind: Changed
    number: int | None
    move: Move | None = field(default=None)
    was: Move | None = field(default=None)


def changes_between(before: Sheet, after: Sheet) -> Iterator[RowChange]:
    """Yield what became of the rows, in the order of the new file; rows that went stand where they were."""
    last = 0
    gone = sorted(set(range(len(before.lines))) - {line.origin for line in after.lines})
    for line in after.lines:
        if line.origin is None:
            yield RowChange(kind=Changed.ADDED, number=last, move=move_of(last, line.raw))
            continue
        yield from _gone(before, [number for number in gone if last <= number < line.origin])
        last = line.origin + 1
        was = before.lines[line.origin].raw
        if was != line.raw:
            yield RowChange(kind=Changed.CHANGED, number=last, move=move_of(last, line.raw), was=move_of(last, was))
    yield from _gone(before, [number for number in gone if number >= last])
    if before.head.get("expect") != after.head.get("expect"):
        yield RowChange(kind=Changed.CHANGED, number=None)


def _gone(before: Sheet, numbers: Sequence[int]) -> Iterator[RowChange]:
    for number in numbers:
        was = move_of(number + 1, before.lines[number].raw)
        yield RowChange(kind=Changed.REMOVED, number=number + 1, was=was)
