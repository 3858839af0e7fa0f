"""Functions over dates, times and durations."""

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.temporal import (
    STOCKHOLM,
    months_between,
    read_date,
    read_duration,
    read_moment,
    read_time,
)
from forms.feel.values import Months, Value

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_FURTHEST = 5_000
"""Working days that `workdays` counts at most: some twenty years."""


@builtin("date", "from: moment")
def _date(given: date | str) -> date | None:
    if isinstance(given, str):
        return read_date(given)
    return _day(given) if isinstance(given, date) else None


@builtin("date", "year: number", "month: number", "day: number")
def _date_of(year: Decimal, month: Decimal, day: Decimal) -> date:
    return date(_whole(year), _whole(month), _whole(day))


@builtin("time", "from: moment")
def _time(given: date | time | str) -> time | None:
    if isinstance(given, str):
        return read_time(given)
    if isinstance(given, datetime):
        return given.timetz()
    return given if isinstance(given, time) else time()


@builtin("time", "hour: number", "minute: number", "second: number", "offset: length?")
def _time_of(hour: Decimal, minute: Decimal, second: Decimal, offset: timedelta | None = None) -> time:
    zone = None if offset is None else timezone(offset)
    micro = int((second - int(second)) * 10**6)
    return time(_whole(hour), _whole(minute), int(second), micro, zone)


@builtin("date and time", "from: moment")
def _moment(given: date | time | str) -> datetime | None:
    if isinstance(given, str):
        return read_moment(given)
    if isinstance(given, datetime):
        return given
    return datetime.combine(given, time()) if isinstance(given, date) else None


@builtin("date and time", "date: day", "time: time")
def _moment_of(day: date, clock: time) -> datetime:
    return datetime.combine(_day(day), clock)


@builtin("duration", "from: text")
def _duration(text: str) -> Months | timedelta | None:
    return read_duration(text)


@builtin("years and months duration", "from: day", "to: day")
def _years_and_months(start: date, end: date) -> Months:
    return Months(count=months_between(_day(start), _day(end)))


@builtin("today", run=True)
def _today(run: Run) -> date:
    """The Swedish date."""
    return run.env.now.astimezone(STOCKHOLM).date()


@builtin("now", run=True)
def _now(run: Run) -> datetime:
    """The moment of the evaluation, on the Swedish clock."""
    return run.env.now.astimezone(STOCKHOLM)


@builtin("day of year", "date: day")
def _day_of_year(day: date) -> Decimal:
    return Decimal(day.timetuple().tm_yday)


@builtin("day of week", "date: day")
def _day_of_week(day: date) -> str:
    """In English, as the standard says."""
    return _DAYS[day.weekday()]


@builtin("month of year", "date: day")
def _month_of_year(day: date) -> str:
    """In English, as the standard says."""
    return _MONTHS[day.month - 1]


@builtin("week of year", "date: day")
def _week_of_year(day: date) -> Decimal:
    """The ISO week, which is the Swedish one."""
    return Decimal(day.isocalendar().week)


@builtin("workdays", "date: day", "n: number", run=True)
def _workdays(run: Run, day: date, n: Decimal) -> Value:
    """So many Swedish working days after the date; before it when `n` is negative. A date and time counts from its
    Swedish date."""
    if abs(n) > _FURTHEST:
        return None
    run.charge(abs(int(n)) >> 2)
    local = day.astimezone(STOCKHOLM) if isinstance(day, datetime) and day.tzinfo else day
    return run.env.workdays(_day(local), _whole(n))


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value() or abs(value) > 10**9:
        raise ValueError(value)
    return int(value)
