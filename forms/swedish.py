"""Reads and writes numbers, dates and times the way people in Sweden do."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NBSP = "\u00a0"
WEEKDAYS = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec")
MAX_DIGITS = 15
"""More digits than this do not survive a JSON number."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[ ./-]+(\d{4})")
_WORDED = re.compile(r"(?:[a-zåäö]{3,7}\s+)?(\d{1,2})\.?\s+([a-zåäö]{3,9})\.?\s+(\d{4})", re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")


def parse_number(words: str, unit: str = "") -> Decimal | None:
    """The number in "27 400,50" or "27 400,50 kr", with spaces, no-break spaces, comma or point; None if there is none.

    `unit` may stand after the number, and no other word.
    """
    plain = _SPACES.sub("", words).replace("−", "-").replace(",", ".")
    if unit and plain.casefold().endswith(unit.casefold()):
        plain = plain[: -len(unit)]
    if not re.fullmatch(r"[+-]?\d{1,40}(\.\d{0,40})?", plain, re.ASCII):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def parse_date(words: str) -> date | None:
    """The day in "2026-12-01", "1 dec 2026", "tis 1 december 2026" or "1/12 2026"; None when there is none."""
    words = _SPACES.sub(" ", words).strip()
    try:
        if match := _ISO.fullmatch(words):
            return date(*map(int, match.groups()))
        if match := _SLASHED.fullmatch(words):
            day, month, year = map(int, match.groups())
            return date(year, month, day)
        if (match := _WORDED.fullmatch(words)) and (number := _month(match[2])):
            return date(int(match[3]), number, int(match[1]))
    except ValueError:
        return None
    return None


def parse_time(words: str) -> time | None:
    """The time of day in "14.30" or "14:30"; None when there is none."""
    match = _CLOCK.fullmatch(words.strip())
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def parse_moment(words: str) -> datetime | None:
    """The local day and time in "2026-12-01T14:30" or "1 dec 2026 14.30"; None when there is none."""
    day, _, clock = words.strip().replace("T", " ").rpartition(" ")
    on, at = parse_date(day.removesuffix(" kl").removesuffix(" kl.")), parse_time(clock)
    return datetime.combine(on, at) if on and at else None


def format_number(number: Decimal | float, decimals: int | None = None, *, grouped: bool = True) -> str:
    """ "27 400,5" with no-break spaces; `decimals` fixes how many follow the comma. A year is not `grouped`."""
    exact = Decimal(str(number))
    words = f"{exact:,.{decimals}f}" if decimals is not None else f"{exact.normalize():,f}"
    return words.replace(",", NBSP if grouped else "").replace(".", ",").replace("-", "−")


def local_day(now: datetime) -> date:
    """The calendar day in Sweden at the aware moment `now`."""
    return now.astimezone(STOCKHOLM).date()


def format_date(day: date, today: date) -> str:
    """ "fre 27 nov", with the year when it is not the year of `today`."""
    words = f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def format_time(at: time) -> str:
    """ "14.30"."""
    return f"{at.hour}.{at.minute:02}"


_ORDER = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c", "é": "e", "ü": "y"})


def alphabetical(words: str) -> str:
    """What to sort words by as a Swedish list has them: å, ä and ö come last, capitals count as small letters."""
    return words.casefold().translate(_ORDER)


def lower_first(words: str) -> str:
    """ "Beställare" as it stands in a sentence; "EU-stöd" and "MBL" keep their capitals."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words[1:2] in {"", " "} else words


def _month(word: str) -> int | None:
    start = word.lower()[:3]
    return next((n for n, month in enumerate(MONTHS, start=1) if month.startswith(start)), None)
