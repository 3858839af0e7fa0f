"""Dates and times as people in Sweden say them; pure functions, the present is always an argument.

Days and clock times are read in Europe/Stockholm. A year is written only when it is not this year, nothing is
padded with zeros, and a number never parts from its unit at the end of a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from forms.swedish import MONTHS, NBSP, WEEKDAYS
from workflows.kernel.clock import STOCKHOLM, local_date

DASH = "\u2013"
LONG_AGO = date(1, 1, 1)
"""Seen from here, every day is written with its year."""
SOON = 7
"""Deadlines at most this many days away carry the warning tone."""
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a language calls days and distances; `{n}` is a number, `{day}` a day."""

    months: tuple[str, ...]
    weekdays: tuple[str, ...]
    today: str
    tomorrow: str
    yesterday: str
    in_days: str
    late: tuple[str, str]
    late_neuter: tuple[str, str]
    since: tuple[str, str]
    should_have_been: str


SWEDISH = Words(
    months=MONTHS,
    weekdays=WEEKDAYS,
    today=f"i{NBSP}dag",
    tomorrow=f"i{NBSP}morgon",
    yesterday=f"i{NBSP}går",
    in_days=f"om {{n}}{NBSP}dagar",
    late=(f"{{n}}{NBSP}dag sen", f"{{n}}{NBSP}dagar sen"),
    late_neuter=(f"{{n}}{NBSP}dag sent", f"{{n}}{NBSP}dagar sent"),
    since=(f"sedan {{n}}{NBSP}dag", f"sedan {{n}}{NBSP}dagar"),
    should_have_been="skulle vara klart {day}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A deadline in words; `tone` is "bad" (late), "warn" (within a week) or "" (later), `note` the line under it."""

    tone: str
    words: str
    note: str
    day: date


def parted_at_year(said: str, whole: str, year: int) -> tuple[str, str] | None:
    """Return what stands before and after the place for the year that `said` leaves out and `whole` has.

    None when `said` has the year already, or is relative ("i dag").
    """
    before, found, after = whole.partition(f"{NBSP}{year}")
    return (before, after) if found and before + after == said else None


def as_day(value: date | datetime | str) -> date:
    """Return the Swedish calendar day of a moment, a day or an ISO text."""
    if isinstance(value, str):
        return as_day(datetime.fromisoformat(value)) if "T" in value else date.fromisoformat(value)
    return local_date(value) if isinstance(value, datetime) else value


def short_day(value: date | datetime | str, today: date, words: Words = SWEDISH) -> str:
    """Return "3 mars", or "14 jan 2027" in another year than `today`."""
    day = as_day(value)
    text = f"{day.day}{NBSP}{words.months[day.month - 1]}"
    return text if day.year == today.year else f"{text}{NBSP}{day.year}"


def long_day(value: date | datetime | str, today: date, words: Words = SWEDISH) -> str:
    """Return "fre 27 nov", or "tor 14 jan 2027" in another year than `today`."""
    day = as_day(value)
    return f"{words.weekdays[day.weekday()]}{NBSP}{short_day(day, today, words)}"


def near_day(value: date | datetime | str, today: date, words: Words = SWEDISH) -> str:
    """Return "i dag", "i morgon", "i går" or the day with its weekday."""
    day = as_day(value)
    near = {0: words.today, 1: words.tomorrow, -1: words.yesterday}
    return near.get((day - today).days, long_day(day, today, words))


def clock(moment: datetime) -> str:
    """Return the time of day, "14.32" or "8.05"."""
    local = moment.astimezone(STOCKHOLM)
    return f"{local.hour}.{local.minute:02d}"


def moment(value: date | datetime, today: date, words: Words = SWEDISH) -> str:
    """Return "mån 16 nov 14.02", or "i dag 10.41" and "i går 16.40" when it is that near; a day has no time."""
    day = near_day(value, today, words)
    return f"{day}{NBSP}{clock(value)}" if isinstance(value, datetime) else day


def full_moment(value: datetime, today: date, words: Words = SWEDISH) -> str:
    """Return day and time for the record, never relative: "tis 24 nov 10.42"."""
    return f"{long_day(value, today, words)}{NBSP}{clock(value)}"


def day_span(start: date, end: date, today: date, words: Words = SWEDISH) -> str:
    """Return "1 dec–31 maj", "4–9 nov" within a month, or one day when they are the same."""
    if start == end:
        return short_day(start, today, words)
    same_month = (start.year, start.month) == (end.year, end.month)
    first = str(start.day) if same_month else short_day(start, date(end.year, 1, 1), words)
    return f"{first}{DASH}{short_day(end, today, words)}"


def clock_span(start: datetime, end: datetime) -> str:
    """Return "13.00–14.20"."""
    return f"{clock(start)}{DASH}{clock(end)}"


def waiting(since: date | datetime, today: date, words: Words = SWEDISH) -> str:
    """Return how long something has waited: "sedan 12 dagar", or "sedan i dag"."""
    days = (today - as_day(since)).days
    return _count(words.since, days) if days > 0 else words.since[0].partition("{n}")[0] + words.today


def late(days: int, *, neuter: bool = False, words: Words = SWEDISH) -> str:
    """Return "4 dagar sen", or "4 dagar sent" of a neuter thing (ett beslut, ett villkor)."""
    return _count(words.late_neuter if neuter else words.late, days)


def due(value: date | datetime | str, today: date, *, neuter: bool = False, words: Words = SWEDISH) -> Due:
    """Return a deadline in words, seen from `today`."""
    day = as_day(value)
    days, written = (day - today).days, long_day(day, today, words)
    if days < 0:
        return Due(
            tone="bad",
            words=late(-days, neuter=neuter, words=words),
            note=words.should_have_been.format(day=written),
            day=day,
        )
    near = {0: words.today, 1: words.tomorrow}
    said = near.get(days) or words.in_days.format(n=days)
    return Due(tone="warn" if days <= SOON else "", words=said, note=written, day=day)


def end_of_week(today: date) -> date:
    """Return the Sunday that ends the week of `today`; at a weekend people mean the week that comes."""
    weekend = today.weekday() >= SATURDAY
    return today + timedelta(days=(13 if weekend else 6) - today.weekday())


def iso(value: date | datetime) -> str:
    """Return the machine form for a `datetime` attribute; moments in Swedish time with their offset."""
    return (
        value.astimezone(STOCKHOLM).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    )


def _count(forms: tuple[str, str], n: int) -> str:
    return forms[n != 1].format(n=n)
