"""Time is an input: verbs read it once from their context."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""

STOCKHOLM = ZoneInfo("Europe/Stockholm")
"""Where deadlines are said in days and people read the time."""


def system_clock() -> datetime:
    """Return the machine's time in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """Return the calendar day in Sweden on which `moment` falls."""
    return moment.astimezone(STOCKHOLM).date()
