"""`value.field`: fields of contexts, parts of dates, times and durations, ends of ranges; a list gives a list."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from forms.feel.values import Meter, Months, Range, Value

_Part = Callable[[Any], Value]


def _offset(value: datetime | time) -> timedelta | None:
    return value.utcoffset()


def _zone(value: datetime | time) -> str | None:
    return getattr(value.tzinfo, "key", None)


def _number(read: Callable[[Any], int]) -> _Part:
    return lambda value: Decimal(read(value))


_DATE_PARTS: dict[str, _Part] = {
    "year": _number(lambda value: value.year),
    "month": _number(lambda value: value.month),
    "day": _number(lambda value: value.day),
    "weekday": _number(lambda value: value.isoweekday()),
}
_TIME_PARTS: dict[str, _Part] = {
    "hour": _number(lambda value: value.hour),
    "minute": _number(lambda value: value.minute),
    "second": _number(lambda value: value.second),
    "time offset": _offset,
    "timezone": _zone,
}
_PARTS: dict[type, Mapping[str, _Part]] = {
    date: _DATE_PARTS,
    time: _TIME_PARTS,
    datetime: _DATE_PARTS | _TIME_PARTS,
    Months: {
        "years": _number(lambda value: _toward_zero(value.count, 12)),
        "months": _number(lambda value: value.count - 12 * _toward_zero(value.count, 12)),
    },
    timedelta: {
        "days": _number(lambda value: _split(value)[0]),
        "hours": _number(lambda value: _split(value)[1]),
        "minutes": _number(lambda value: _split(value)[2]),
        "seconds": _number(lambda value: _split(value)[3]),
    },
    Range: {
        "start": lambda span: span.low,
        "end": lambda span: span.high,
        "start included": lambda span: span.low_closed,
        "end included": lambda span: span.high_closed,
    },
}

TWO_WORD_FIELDS = frozenset({"time offset", "start included", "end included"})
"""The fields with a space in their names."""


def member(value: Value, field: str, meter: Meter) -> Value:
    """The field of a value; of a list the field of each item; None where there is none."""
    kind = type(value)
    if kind is dict:
        return value.get(field)
    if kind is list:
        meter.charge(len(value))
        return [None if type(item) is list else member(item, field, meter) for item in value]
    part = _PARTS.get(kind, {}).get(field)
    return None if part is None else part(value)


def _toward_zero(count: int, unit: int) -> int:
    return -(-count // unit) if count < 0 else count // unit


def _split(value: timedelta) -> tuple[int, int, int, int]:
    """Days, hours, minutes and seconds, each with the sign of the whole."""
    sign = -1 if value < timedelta() else 1
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return sign * length.days, sign * hours, sign * minutes, sign * seconds
