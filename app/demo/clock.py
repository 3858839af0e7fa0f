"""A clock for things that are said to have happened: office hours of working days, never later than the present."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from workflows.kernel.clock import STOCKHOLM, local_date
from workflows.kernel.workdays import add_workdays, is_workday

OPENS, CLOSES = time(8, 12), time(16, 30)

_AGO = re.compile(r"(\d{1,4})(w?)")
_DAY = re.compile(r"(now|today)([+-]\d{1,4})?")


@dataclass(slots=True)
class DemoClock:
    """Tells `now`, which only moves forward, and stops at `present`."""

    present: datetime
    now: datetime

    def __call__(self) -> datetime:
        """Return the moment it stands at."""
        return self.now

    def begin(self, ago: str) -> None:
        """Go back: a new story starts."""
        self.now = datetime.min.replace(tzinfo=UTC)
        self.go_to(ago)

    def go_to(self, ago: str) -> None:
        """Go on to the morning of a day that lies back: `40` calendar days, `12w` working days."""
        parts = _AGO.fullmatch(ago)
        if parts is None:
            raise ValueError(f"not a day: {ago!r}")
        today, count = local_date(self.present), int(parts[1])
        day = add_workdays(today, -count) if parts[2] else today - timedelta(days=count)
        while not is_workday(day):
            day -= timedelta(days=1)
        self._stand(datetime.combine(day, OPENS, STOCKHOLM))

    def work(self, minutes: int) -> None:
        """Let office time pass; what does not fit into the day goes on the next."""
        then = self.now.astimezone(STOCKHOLM) + timedelta(minutes=minutes)
        if then.time() > CLOSES or not is_workday(then.date()):
            over = timedelta(minutes=minutes % 97)
            then = datetime.combine(add_workdays(then.date(), 1), OPENS, STOCKHOLM) + over
        self._stand(then)

    def day(self, text: str) -> date | None:
        """Return the day that `today+14` (the present) or `now+30` (the clock's own) means; None for other texts."""
        parts = _DAY.fullmatch(text)
        if parts is None:
            return None
        start = local_date(self.present if parts[1] == "today" else self.now)
        return start + timedelta(days=int(parts[2] or 0))

    def _stand(self, then: datetime) -> None:
        self.now = max(self.now, min(then.astimezone(UTC), self.present))
