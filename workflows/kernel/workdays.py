"""Swedish working days: Monday to Friday, without public holidays and the eves that are free by custom."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache


@lru_cache(maxsize=256)
def _days_off(year: int) -> frozenset[date]:
    """Public holidays (lag 1989:253) and Midsummer's, Christmas and New Year's Eve, free by collective agreement."""
    from holidays.countries.sweden import Sweden  # half a second that only a first deadline needs

    return frozenset(Sweden(years=year, include_sundays=False, categories=("public", "de_facto")))


def is_workday(day: date) -> bool:
    """Tell whether municipal offices work on `day`."""
    return day.weekday() < 5 and day not in _days_off(day.year)


def add_workdays(day: date, count: int) -> date:
    """Return the day `count` working days after `day` (before it when negative; `day` itself when zero)."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def workdays_between(start: date, end: date) -> int:
    """Return how many working days lie after `start` up to and including `end` (negative when end is earlier)."""
    if end < start:
        return -workdays_between(end, start)
    return sum(is_workday(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
