"""Short ways for tests to ask the language something."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from forms.feel import Environment, evaluate, matches, parse_unary


def weekdays_only(day: date, count: int) -> date:
    """Return the day so many weekdays on; enough for tests, where no holiday falls."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if day.weekday() < 5:
            count -= 1 if count > 0 else -1
    return day


SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""In Sweden it is Monday already."""

ENVIRONMENT = Environment(now=SUNDAY_NIGHT, workdays=weekdays_only)


def value_of(source: str, /, **context: Any) -> Any:
    """Return what an expression says over the given variables."""
    return evaluate(source, context, ENVIRONMENT)


def passes(cell: str, value: Any, /, **context: Any) -> bool:
    """Return whether a value passes the cell of a decision table."""
    return matches(parse_unary(cell), value, context, ENVIRONMENT)
