"""What stands in a cell, as far as a form can say it: which gates a row is for, and bounds on an amount."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

ANY = "-"
"""The cell that every value passes."""

_TEXT = r'"[^"\\]*"'
_TEXTS = re.compile(rf"\s*{_TEXT}\s*(?:,\s*{_TEXT}\s*)*")
_NOT = re.compile(r"\s*not\s*\((.*)\)\s*", re.S)
_AMOUNT = re.compile(r"\s*(<=|>=|<|>)\s*(\d+(?:\.\d+)?)\s*")
_WITHIN = re.compile(r"\s*([\[(\]])\s*(\d+(?:\.\d+)?)\s*\.\.\s*(\d+(?:\.\d+)?)\s*([\])\[])\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """The gates that a row is for: all but `keys` when `without` is set, else those of `keys`."""

    keys: frozenset[str]
    without: bool = False

    def hold(self, key: str) -> bool:
        """Tell whether the row is for this gate."""
        return (key in self.keys) is not self.without

    def only(self, key: str) -> bool:
        """Tell whether the row is for this gate and no other."""
        return not self.without and self.keys == {key}


EVERY_GATE = Gates(keys=frozenset(), without=True)


def read_gates(cell: str) -> Gates | None:
    """Return which gates a cell lets pass; None for what is neither a list of keys nor the opposite of one."""
    if cell.strip() in ("", ANY):
        return EVERY_GATE
    inverse = _NOT.fullmatch(cell)
    listed = inverse[1] if inverse else cell
    if _TEXTS.fullmatch(listed) is None:
        return None
    keys = frozenset(text.strip('"') for text in re.findall(_TEXT, listed))
    return Gates(keys=keys, without=inverse is not None)


def write_gates(gates: Gates, order: Collection[str] = ()) -> str:
    """Return the cell for these gates, in the given order."""
    known = [key for key in order if key in gates.keys]
    keys = [*known, *sorted(gates.keys - set(known))]
    listed = ", ".join(f'"{key}"' for key in keys)
    if not keys:
        return ANY
    return f"not({listed})" if gates.without else listed


@dataclass(frozen=True, slots=True, kw_only=True)
class AmountTest:
    """A bound on an amount: `sign` is one of <, <=, >, >=; or both ends of a span, `to` then being set."""

    sign: str
    amount: Decimal
    to: Decimal | None = None


def read_amount(cell: str) -> AmountTest | None:
    """Return the bound that a cell sets; None for none, and for what a form can't say."""
    if (found := _AMOUNT.fullmatch(cell)) is not None:
        return AmountTest(sign=found[1], amount=Decimal(found[2]))
    within = _WITHIN.fullmatch(cell)
    if within is not None and within[1] == "[" and within[4] in ")[":
        return AmountTest(sign=">=", amount=Decimal(within[2]), to=Decimal(within[3]))
    return None


def write_amount(test: AmountTest) -> str:
    """Return the cell for a bound; a span holds its lower end and not its upper one."""
    if test.to is not None:
        return f"[{test.amount:f}..{test.to:f})"
    return f"{test.sign} {test.amount:f}"
