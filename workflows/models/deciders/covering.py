"""Whether a row takes everything that another row is for."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.models.deciders.cells import AmountTest, read_amount
from workflows.models.deciders.table import Decider

_LOWEST, _HIGHEST = Decimal("-Infinity"), Decimal("Infinity")


def covers(first: Decider, later: Decider, *, gate: str) -> bool:
    """Tell whether `first` holds at a gate whenever `later` does, as far as their cells can be read.

    True is always right; False may only mean that a cell is no plain bound, no plain answer and no twin of the other.
    """
    if first.gates is None or not first.gates.hold(gate):
        return False
    return all(
        column in later.tests and _cell_covers(cell, later.tests[column]) for column, cell in first.tests.items()
    )


def _cell_covers(wide: str, narrow: str) -> bool:
    if wide == narrow:
        return True
    around, within = read_amount(wide), read_amount(narrow)
    return around is not None and within is not None and _span(within).is_in(_span(around))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """All amounts between two ends; an end that is closed belongs to it."""

    low: Decimal
    low_closed: bool
    high: Decimal
    high_closed: bool

    def is_in(self, other: _Span) -> bool:
        low = (self.low, not self.low_closed) >= (other.low, not other.low_closed)
        return low and (self.high, self.high_closed) <= (other.high, other.high_closed)


def _span(test: AmountTest) -> _Span:
    if test.to is not None:
        return _Span(low=test.amount, low_closed=True, high=test.to, high_closed=False)
    closed = "=" in test.sign
    if test.sign.startswith("<"):
        return _Span(low=_LOWEST, low_closed=False, high=test.amount, high_closed=closed)
    return _Span(low=test.amount, low_closed=closed, high=_HIGHEST, high_closed=False)
