"""What an import gives: the files of a draft, and a row for everything that was not taken over as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflows.kernel.errors import StyrError, _l

LONGEST = 300
"""Letters of what stood in the file that a row repeats."""

MAX_ROWS = 1_000
"""Rows of a report; nobody reads more."""


class RowSeverity(StrEnum):
    """How much somebody has to do about a row: the meaning is lost, it was done in another way, it is good to know."""

    LOST = "lost"
    CHANGED = "changed"
    NOTED = "noted"


WORST_FIRST = tuple(RowSeverity)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One thing that was not taken over as it was: where, what it was, what the import did, what is left to do.

    `element` is the id in the draft (empty for a whole file), `name` what people call it.
    """

    severity: RowSeverity
    file: str
    element: str = ""
    name: str = ""
    was: str
    done: str
    advice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something stood, for a row about it."""

    file: str
    element: str = ""
    name: str = ""


@dataclass(slots=True)
class Report:
    """The rows while they are gathered."""

    rows: list[ImportRow] = field(default_factory=list)

    def lost(self, at: Place, was: str, done: str, advice: str) -> None:
        """Tell of a meaning that is gone until somebody does something."""
        self._add(RowSeverity.LOST, at, was, done, advice)

    def changed(self, at: Place, was: str, done: str, advice: str = "") -> None:
        """Tell of something that is said in another way now."""
        self._add(RowSeverity.CHANGED, at, was, done, advice)

    def noted(self, at: Place, was: str, done: str, advice: str = "") -> None:
        """Tell of something that means nothing to how the model runs."""
        self._add(RowSeverity.NOTED, at, was, done, advice)

    def sorted(self) -> tuple[ImportRow, ...]:
        """Return the rows, the worst first, each file's together."""
        ordered = sorted(self.rows, key=lambda row: (WORST_FIRST.index(row.severity), row.file))
        return tuple(ordered[:MAX_ROWS])

    def _add(self, severity: RowSeverity, at: Place, was: str, done: str, advice: str) -> None:
        self.rows.append(
            ImportRow(
                severity=severity,
                file=at.file,
                element=at.element,
                name=at.name,
                was=shortened(was),
                done=done,
                advice=advice,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A draft's files and the report: what kind of files they came from, and the rows, the worst first."""

    name: str
    source: str
    files: Mapping[str, bytes]
    rows: tuple[ImportRow, ...]

    def count(self, severity: RowSeverity) -> int:
        """Return how many rows there are of one severity."""
        return sum(row.severity is severity for row in self.rows)


class ImportRefused(StyrError):
    """Nothing of what was given can become a model; `reasons` say why, a sentence each."""

    status = 422
    code = "import_refused"
    message = _l("Filerna kan inte importeras. {first}")

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__(first=reasons[0])


def shortened(text: str) -> str:
    """Return a text as one line of a bearable length."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
