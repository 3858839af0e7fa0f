"""Periods of a step: when it should be reminded of, done, and escalated.

`PnD` counts Swedish working days and ends with that day; other ISO 8601 units are calendar time (ADR 0003).
A leading minus counts back from the due moment: `remind="-P3D"` is three working days before it. What the diagram says
is the default: the room above may give a step other periods, which the organisation has set.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from workflows.engine import TaskDefinition
from workflows.kernel.clock import STOCKHOLM, local_date
from workflows.kernel.workdays import add_workdays

_PERIOD = re.compile(
    r"(?P<sign>-)?P(?:(?P<weeks>\d{1,3})W|(?P<days>\d{1,4})D|(?P<months>\d{1,3})M|(?P<years>\d{1,2})Y"
    r"|T(?:(?P<hours>\d{1,4})H)?(?:(?P<minutes>\d{1,5})M)?)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How long after it opened a step is reminded of, due and escalated: ISO 8601 periods, None where none is given."""

    remind: str | None = None
    due: str | None = None
    escalate: str | None = None

    def before(self, other: Periods) -> Periods:
        """Return these periods, and `other`'s where none is given here."""
        return Periods(
            remind=self.remind or other.remind,
            due=self.due or other.due,
            escalate=self.escalate or other.escalate,
        )


class Mark(StrEnum):
    """What comes for a task that stays open."""

    REMIND = "remind"
    DUE = "due"
    ESCALATE = "escalate"


Override = Callable[[TaskDefinition], Periods]
"""Says which periods of a step are not the diagram's; given by the room above, which knows what was set and when."""


def as_drawn(_definition: TaskDefinition) -> Periods:
    """Override nothing."""
    return Periods()


def drawn_periods(definition: TaskDefinition) -> Periods:
    """Return the periods of the diagram."""
    return Periods(remind=definition.remind, due=definition.due, escalate=definition.escalate)


class Unit(StrEnum):
    """What a period is counted in; only `workdays` skips the days when offices are closed."""

    WORKDAYS = "workdays"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A period taken apart, for those who read it; `back` counts back from the due moment."""

    count: int
    unit: Unit
    back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The moments of one task; None where the diagram gives no period."""

    remind_at: datetime | None
    due_at: datetime | None
    escalate_at: datetime | None

    def marks(self) -> tuple[tuple[Mark, datetime], ...]:
        """Return what comes, and when."""
        moments = ((Mark.REMIND, self.remind_at), (Mark.DUE, self.due_at), (Mark.ESCALATE, self.escalate_at))
        return tuple((mark, at) for mark, at in moments if at is not None)

    def first(self) -> datetime | None:
        """Return the earliest moment, which is the next to be marked."""
        return min((at for at in (self.remind_at, self.due_at, self.escalate_at) if at), default=None)


def deadlines(opened_at: datetime, periods: Periods, *, due_at: datetime | None = None) -> Deadlines:
    """Work out a task's moments from its periods; a `due_at` that a person set wins over the period.

    Reminder and escalation then keep their distance to the day: who was given until October is not lifted in September.
    Raises ValueError for what lint lets no diagram contain.
    """
    if due_at is None:
        drawn_due = moment_after(opened_at, periods.due) if periods.due else None
        moments = (_relative(opened_at, drawn_due, period) for period in (periods.remind, periods.escalate))
        remind_at, escalate_at = moments
        return Deadlines(remind_at=remind_at, due_at=drawn_due, escalate_at=escalate_at)
    return Deadlines(
        remind_at=_beside(opened_at, due_at, periods.due, periods.remind),
        due_at=due_at,
        escalate_at=_not_before(due_at, _beside(opened_at, due_at, periods.due, periods.escalate)),
    )


def _beside(opened_at: datetime, due_at: datetime, drawn: str | None, period: str | None) -> datetime | None:
    """Return when a period's moment comes beside a day that was set: as far from it as it was drawn."""
    if period is None or period.startswith("-") or drawn is None:
        return _relative(opened_at, due_at, period)
    own, due = span_of(period), span_of(drawn)
    if own.unit is due.unit is Unit.WORKDAYS:
        at = end_of_day(add_workdays(local_date(due_at), own.count - due.count))
    else:
        at = due_at + (moment_after(opened_at, period) - moment_after(opened_at, drawn))
    return max(opened_at, at)


def _not_before(due_at: datetime, at: datetime | None) -> datetime | None:
    """Return when a task is lifted: nobody is told of it before its day has passed."""
    return None if at is None else max(due_at, at)


def span_of(period: str) -> Span:
    """Return a period taken apart. Raises ValueError for what is none."""
    parts = _parts(period)
    units = {Unit.WORKDAYS: "days", Unit.WEEKS: "weeks", Unit.MONTHS: "months", Unit.YEARS: "years"}
    unit = next((unit for unit, name in units.items() if parts[name]), Unit.MINUTES)
    minutes = 60 * int(parts["hours"] or 0) + int(parts["minutes"] or 0)
    return Span(count=int(parts[units[unit]]) if unit in units else minutes, unit=unit, back=bool(parts["sign"]))


def moment_after(start: datetime, period: str) -> datetime:
    """Return the moment `period` after `start` (before it for a negative period)."""
    parts = _parts(period)
    sign = -1 if parts["sign"] else 1
    if parts["days"]:
        return end_of_day(add_workdays(local_date(start), sign * int(parts["days"])))
    if parts["months"] or parts["years"]:
        months = sign * (int(parts["months"] or 0) + 12 * int(parts["years"] or 0))
        return end_of_day(_add_months(local_date(start), months))
    return start + sign * timedelta(
        weeks=int(parts["weeks"] or 0), hours=int(parts["hours"] or 0), minutes=int(parts["minutes"] or 0)
    )


def end_of_day(day: date) -> datetime:
    """Return the last minute of `day` in Sweden, in UTC: until then a task due that day is in time."""
    return datetime.combine(day, time(23, 59), tzinfo=STOCKHOLM).astimezone(UTC)


def _parts(period: str) -> re.Match[str]:
    parts = _PERIOD.fullmatch(period)
    if parts is None or period.endswith("T"):
        raise ValueError(f"not a period: {period!r}")
    return parts


def _relative(opened_at: datetime, due_at: datetime | None, period: str | None) -> datetime | None:
    if period is None:
        return None
    if period.startswith("-") and due_at is not None:
        return max(opened_at, moment_after(due_at, period))
    return moment_after(opened_at, period)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(f"no such day: {day} + {months} months")
