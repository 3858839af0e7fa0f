"""Periods of time as models write them: `P5D` is five Swedish working days, other ISO 8601 units are calendar time."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta

from workflows.kernel.clock import STOCKHOLM
from workflows.kernel.workdays import add_workdays

_PERIOD = re.compile(
    r"P(?:(?P<days>\d{1,4})D|(?P<weeks>\d{1,4})W|(?P<months>\d{1,4})M|(?P<years>\d{1,4})Y"
    r"|T(?=\d)(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,4})M)?)"
)


def later(moment: datetime, period: str) -> datetime:
    """Return the moment `period` after `moment`: the same time of day in Sweden, hours and minutes by the clock.

    Raises ValueError for what is no period.
    """
    parts = _PERIOD.fullmatch(period)
    if parts is None:
        raise ValueError(f"not a period: {period!r}")
    count = {unit: int(number or 0) for unit, number in parts.groupdict().items()}
    if count["hours"] or count["minutes"]:
        return moment + timedelta(hours=count["hours"], minutes=count["minutes"])
    local = moment.astimezone(STOCKHOLM)
    day = add_workdays(local.date(), count["days"]) + timedelta(weeks=count["weeks"])
    day = _months_after(day, count["months"] + 12 * count["years"])
    return datetime.combine(day, local.time(), STOCKHOLM).astimezone(UTC)


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
