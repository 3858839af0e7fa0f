"""The values of the language, and how Python and JSON values become them.

null is None, number is Decimal, text is str, true and false are bool, list is list, context is dict, date, time and
date and time are those of `datetime`, a duration of days and time is timedelta. Months and Range are our own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from types import NoneType
from typing import Any, Protocol

from forms.feel.errors import MAX_DEPTH, MAX_TEXT, FeelError

Value = Any
"""One of the types named above."""

NUMBERS = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
"""Arithmetic as the standard asks for (IEEE 754 decimal128); out of range raises ArithmeticError."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Months:
    """A duration of years and months, counted in months; negative when it points backwards."""

    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Everything from `low` to `high`; a closed end belongs to the range."""

    low: Value
    high: Value
    low_closed: bool
    high_closed: bool


TYPES: dict[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": date,
    "time": time,
    "date and time": datetime,
    "days and time duration": timedelta,
    "years and months duration": Months,
    "list": list,
    "context": dict,
    "range": Range,
    "Any": object,
}
"""The types of `instance of`; every value but null is of type `Any`."""


class Meter(Protocol):
    """Counts what an evaluation costs; raises FeelError when it has cost too much."""

    def charge(self, steps: int) -> None:
        """Take `steps` from what is left."""


_AS_IS = frozenset({NoneType, bool, date, datetime, time, timedelta, Months, Range})
SCALARS = frozenset({*_AS_IS, str, int, float, Decimal})
"""Python types that `inward` turns into a value without looking inside."""


def inward(raw: object, meter: Meter, depth: int = 0) -> Value:
    """The value of something from outside. Raises FeelError for what is no value at all."""
    kind = type(raw)
    if kind in _AS_IS:
        return raw
    if kind is str:
        return _text(raw, meter)
    if isinstance(raw, int | float | Decimal):
        return number(raw)
    check_depth(depth)
    if isinstance(raw, Mapping):
        meter.charge(len(raw))
        return {str(key): inward(item, meter, depth + 1) for key, item in raw.items()}
    if isinstance(raw, list | tuple):
        meter.charge(len(raw))
        return [inward(item, meter, depth + 1) for item in raw]
    if isinstance(raw, str):
        return _text(str(raw), meter)
    raise FeelError(f"Ett värde av typen {kind.__name__} går inte att räkna med.")


def number(raw: int | float | Decimal) -> Decimal | None:
    """The decimal of a Python number; None for one that is not finite or too large."""
    try:
        exact = NUMBERS.create_decimal(repr(raw) if isinstance(raw, float) else raw)
    except ArithmeticError:
        return None
    return exact if exact.is_finite() else None


def _text(raw: Any, meter: Meter) -> str:
    text: str = raw
    if len(text) > 64:
        meter.charge(len(text) >> 6)
        bounded(text)
    return text


def bounded(text: str) -> str:
    """The text itself. Raises FeelError when it is too long."""
    check_length(len(text))
    return text


def check_length(count: int) -> None:
    """Raises FeelError when a text of so many characters is too long."""
    if count > MAX_TEXT:
        raise FeelError(f"En text blev längre än {MAX_TEXT} tecken.")


def check_depth(depth: int) -> None:
    """Raises FeelError when a value at this level is nested too deeply."""
    if depth > MAX_DEPTH:
        raise FeelError(f"Ett värde är nästlat i mer än {MAX_DEPTH} nivåer.")


def measure(value: Value, meter: Meter, depth: int = 0) -> None:
    """Charge for the whole size of a value, shared parts counted every time. Raises FeelError."""
    if type(value) not in (list, dict):
        return
    check_depth(depth)
    meter.charge(1 + len(value))
    for item in value.values() if type(value) is dict else value:
        measure(item, meter, depth + 1)
