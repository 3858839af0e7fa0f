"""The little picture of where a project stands: a line of bars (phases) and diamonds (decision points)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

BAR, GEM = 18, 12
"""Lengths of a bar and a diamond in the drawing's own units (1 unit = 1 px)."""


class PieceKind(StrEnum):
    """A phase is a bar, a gate is a diamond."""

    PHASE = "phase"
    GATE = "gate"


AIR = {PieceKind.PHASE: 4, PieceKind.GATE: 2}
"""The room before a bar and before a diamond."""


class PieceState(StrEnum):
    """Where a piece stands; `late` = now, and too late; `stopped` = now, but on hold."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    STOPPED = "stopped"
    LATER = "later"


class TrackPiece(Protocol):
    """What the macros `track` and `mini` read of a piece; `note` is the line below it (a date, an outcome)."""

    @property
    def kind(self) -> str:
        """ "phase" or "gate"."""

    @property
    def state(self) -> str:
        """One of PieceState."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A phase or a gate with the words beside it."""

    kind: PieceKind
    label: str
    note: str = ""
    state: PieceState = PieceState.LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A bar from `x` to `end`, or a diamond between them; `mark` is its class, "" = not begun."""

    kind: PieceKind
    x: int
    end: int
    mark: str
    dashed: bool = False

    @property
    def outline(self) -> str:
        """The path of a diamond in a drawing 16 units high."""
        middle = (self.x + self.end) // 2
        return f"M{middle} 2 {self.end} 8 {middle} 14 {self.x} 8Z"


def shapes(pieces: Iterable[TrackPiece]) -> tuple[Shape, ...]:
    """Return the shapes of a mini track from left to right."""
    drawn: list[Shape] = []
    x = 0
    for piece in pieces:
        kind, state = PieceKind(piece.kind), PieceState(piece.state)
        begins = x + (AIR[kind] if drawn else 0)
        length = BAR if kind is PieceKind.PHASE else GEM
        drawn.append(
            Shape(
                kind=kind,
                x=begins,
                end=begins + length,
                mark=_mark(kind, state),
                dashed=kind is PieceKind.PHASE and state in {PieceState.NOW, PieceState.LATE},
            )
        )
        x = begins + length
    return tuple(drawn)


def _mark(kind: PieceKind, state: PieceState) -> str:
    if state is PieceState.DONE:
        return "is-done"
    if kind is PieceKind.PHASE:
        return "is-done" if state in {PieceState.NOW, PieceState.LATE} else ""
    return {PieceState.NOW: "is-now", PieceState.LATE: "is-late"}.get(state, "")
