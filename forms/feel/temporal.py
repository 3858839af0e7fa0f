"""Dates, times and durations: reading, writing and counting with them.

A date and time without a zone is Swedish time: where it meets one with a zone, it is read in Europe/Stockholm.
"""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TypeVar
from zoneinfo import ZoneInfo

from forms.feel.values import Months

STOCKHOLM = ZoneInfo("Europe/Stockholm")
Day = TypeVar("Day", date, datetime)
_ZONES: dict[str, tzinfo] = {"Europe/Stockholm": STOCKHOLM, "Etc/UTC": UTC, "UTC": UTC}

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?"
    r"(?:(Z)|([+-])([0-9]{2}):([0-9]{2})|@([A-Za-z_/]{1,40}))?"
)
_MONTHS = re.compile(r"(-)?P(?=[0-9])(?:([0-9]{1,6})Y)?(?:([0-9]{1,6})M)?")
_DAYS = re.compile(
    r"(-)?P(?=[0-9T])(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:\.([0-9]{1,9}))?S)?)?"
)


def read_date(text: str) -> date | None:
    """`2026-12-01`; None for anything else."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """`10:00:00`, seconds optional, with an offset, Z or @Europe/Stockholm if wanted; None for anything else."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hour, minute, second, fraction = match.group(1, 2, 3, 4)
    try:
        zone = _zone(match)
        return time(int(hour), int(minute), int(second or 0), _micro(fraction), zone)
    except (ValueError, LookupError):
        return None


def read_moment(text: str) -> datetime | None:
    """`2026-12-01T10:00:00` with the zones of `read_time`, or a bare date (midnight); None for anything else."""
    day, mark, clock = text.partition("T")
    on = read_date(day)
    at = read_time(clock) if mark else time()
    return None if on is None or at is None else datetime.combine(on, at)


def read_duration(text: str) -> Months | timedelta | None:
    """`P1Y2M` or `P3DT4H`, never mixed; None for anything else."""
    if match := _MONTHS.fullmatch(text):
        sign, years, months = match.groups()
        count = 12 * int(years or 0) + int(months or 0)
        return Months(count=-count if sign else count)
    if match := _DAYS.fullmatch(text):
        return _days(match)
    return None


def read_literal(text: str) -> date | time | Months | timedelta | None:
    """What `@"…"` stands for: a date, date and time, time or duration; None for anything else."""
    return read_duration(text) or read_date(text) or read_time(text) or read_moment(text)


def _days(match: re.Match[str]) -> timedelta | None:
    sign, days, hours, minutes, seconds, fraction = match.groups()
    try:
        length = timedelta(
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(seconds or 0),
            microseconds=_micro(fraction),
        )
    except OverflowError:
        return None
    return -length if sign else length


def _micro(fraction: str | None) -> int:
    return int((fraction or "")[:6].ljust(6, "0"))


def _zone(match: re.Match[str]) -> tzinfo | None:
    utc, sign, hours, minutes, name = match.group(5, 6, 7, 8, 9)
    if utc:
        return UTC
    if name:
        return _ZONES[name]
    if sign is None:
        return None
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def write_duration(value: Months | timedelta) -> str:
    """ISO text: `P1Y2M`, `-P1DT30M`; the empty durations are `P0M` and `PT0S`."""
    if isinstance(value, Months):
        years, months = divmod(abs(value.count), 12)
        parts = f"{years}Y" * bool(years) + f"{months}M" * bool(months)
        return "-" * (value.count < 0) + "P" + (parts or "0M")
    length = abs(value)
    minutes, seconds = divmod(length.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    fraction = f".{length.microseconds:06}".rstrip("0") if length.microseconds else ""
    clock = f"{hours}H" * bool(hours) + f"{minutes}M" * bool(minutes)
    clock += f"{seconds}{fraction}S" * bool(seconds or fraction)
    parts = f"{length.days}D" * bool(length.days) + "T" * bool(clock) + clock
    return "-" * (value < timedelta()) + "P" + (parts or "T0S")


def write_time(value: time) -> str:
    """ISO text; a named zone stands after @, UTC as Z."""
    return _clock(value) + _zone_text(value.tzinfo, value.utcoffset())


def write_moment(value: datetime) -> str:
    """ISO text; a named zone stands after @, UTC as Z."""
    zone = _zone_text(value.tzinfo, value.utcoffset())
    return f"{value.date().isoformat()}T{_clock(value.time())}{zone}"


def _clock(value: time) -> str:
    text = value.replace(tzinfo=None).isoformat()
    return text.rstrip("0") if value.microsecond else text


def _zone_text(zone: tzinfo | None, offset: timedelta | None) -> str:
    if zone is None:
        return ""
    if isinstance(zone, ZoneInfo):
        return f"@{zone.key}"
    minutes = (offset or timedelta()) // timedelta(minutes=1)
    if minutes == 0:
        return "Z"
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def instant(value: datetime) -> datetime:
    """The point in time in UTC. Raises OverflowError at the ends of the calendar."""
    return (value if value.tzinfo else value.replace(tzinfo=STOCKHOLM)).astimezone(UTC)


def add_months(value: Day, months: int) -> Day:
    """The same day so many months on, or the last day of that month. Raises ValueError outside the calendar."""
    year, month = divmod(value.year * 12 + value.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError(year)
    last = calendar.monthrange(year, month + 1)[1]
    return value.replace(year=year, month=month + 1, day=min(value.day, last))


def add_length(value: datetime, length: timedelta) -> datetime:
    """So much later on the time line: over a change to summer time the clock shows an hour more."""
    if value.tzinfo is None:
        return value + length
    return (value.astimezone(UTC) + length).astimezone(value.tzinfo)


def months_between(start: date, end: date) -> int:
    """Whole months from one date to another, negative backwards."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)
