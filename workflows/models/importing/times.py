"""Times that other engines wrote: periods for due days, FEEL for timers."""

from __future__ import annotations

import re

from forms import feel
from workflows.models.comparing.scenario_values import day_words
from workflows.models.comparing.swedish import calendar_period, quoted

_ISO = re.compile(
    r"P(?:(?P<Y>\d{1,2})Y)?(?:(?P<M>\d{1,3})M)?(?:(?P<W>\d{1,3})W)?(?:(?P<D>\d{1,4})D)?"
    r"(?:T(?:(?P<h>\d{1,4})H)?(?:(?P<m>\d{1,5})M)?(?:\d{1,5}(?:\.\d{1,6})?S)?)?"
)
_PLUS = re.compile(r"plus(Minutes|Hours|Days|Weeks|Months|Years)\(\s*(\d{1,4})\s*\)")
_DELTA = re.compile(r"(minutes|hours|days|weeks)\s*=\s*(\d{1,4})")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2})?")
_UNITS = {"minutes": "PT{}M", "hours": "PT{}H", "days": "P{}D", "weeks": "P{}W", "months": "P{}M", "years": "P{}Y"}


def period_in(text: str) -> str:
    """Return the first span of time in a text as ISO 8601, "" when there is none."""
    for match in _ISO.finditer(text[:500]):
        before = text[match.start() - 1] if match.start() else " "
        if any(match.groupdict().values()) and not before.isalnum():
            return match[0]
    for pattern in (_PLUS, _DELTA):
        if found := pattern.search(text[:500]):
            return _UNITS[found[1].lower()].format(int(found[2]))
    return ""


def due_period(text: str) -> str:
    """Return a due day's span as our steps write it: one unit, whole calendar weeks as weeks; "" when there is none."""
    match = _ISO.fullmatch(period_in(text))
    if match is None:
        return ""
    given = {unit: int(count) for unit, count in match.groupdict().items() if count and int(count)}
    if set(given) <= {"h", "m"} and given:
        return "PT" + "".join(f"{given[unit]}{unit.upper()}" for unit in ("h", "m") if unit in given)
    if len(given) != 1:
        return ""
    [(unit, count)] = given.items()
    if unit == "D" and not count % 7:
        unit, count = "W", count // 7
    return f"P{count}{unit}"


def timer(text: str, form: str) -> str | None:
    """Return the FEEL of a timer; `form` is its element's name. None when it does not say a date or a span."""
    bare = text.strip().removeprefix("=").strip().strip("\"'")
    if form == "timeDate" and _DAY.fullmatch(bare):
        return _feel(f'date("{bare}")')
    if form == "timeDate" and _MOMENT.fullmatch(bare):
        return _feel(f'date and time("{bare}")')
    span = period_in(text)
    return _feel(f'duration("{span}")') if span else None


def said_time(text: str, form: str) -> str:
    """Return when a timer goes off as people say it; what is neither a day nor a span is quoted."""
    bare = text.strip().removeprefix("=").strip().strip("\"'")
    if form == "timeDate" and _DAY.fullmatch(bare):
        return day_words(bare)
    span = period_in(text)
    words = calendar_period(span) if span and "${" not in text else ""
    if not words or words.startswith("”"):
        return quoted(text)
    return f"{words}, gång på gång" if form == "timeCycle" else words


def _feel(text: str) -> str | None:
    try:
        feel.parse(text)
    except feel.FeelError:
        return None
    return text
