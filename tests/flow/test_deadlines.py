"""Periods in working days, counted in Sweden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from workflows.flow.deadlines import deadlines, end_of_day, moment_after
from workflows.kernel.clock import local_date

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_days_are_swedish_working_days() -> None:
    friday = datetime(2026, 12, 18, 8, 0, tzinfo=UTC)
    assert local_date(moment_after(friday, "P4D")) == date(2026, 12, 28)  # 24, 25 and 26 December are free


def test_a_task_is_in_time_until_the_day_ends() -> None:
    assert moment_after(MONDAY, "P1D") == end_of_day(date(2026, 11, 24))
    assert end_of_day(date(2026, 11, 24)) == datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 6, 24)) == datetime(2026, 6, 24, 21, 59, tzinfo=UTC)


def test_a_minus_counts_back_from_the_due_day() -> None:
    moments = deadlines(MONDAY, remind="-P3D", due="P10D", escalate="P13D")
    assert moments.due_at is not None and moments.remind_at is not None and moments.escalate_at is not None
    assert [local_date(at) for at in (moments.remind_at, moments.due_at, moments.escalate_at)] == [
        date(2026, 12, 2),
        date(2026, 12, 7),
        date(2026, 12, 10),
    ]
    assert moments.first() == moments.remind_at


def test_a_reminder_is_never_before_the_task() -> None:
    assert deadlines(MONDAY, remind="-P5D", due="P1D", escalate=None).remind_at == MONDAY


def test_a_day_that_a_person_set_wins_over_the_period() -> None:
    wanted = end_of_day(date(2027, 1, 14))
    assert deadlines(MONDAY, remind=None, due="P10D", escalate=None, due_at=wanted).due_at == wanted


def test_other_units_are_calendar_time() -> None:
    assert local_date(moment_after(MONDAY, "P2W")) == date(2026, 12, 7)
    assert local_date(moment_after(datetime(2027, 1, 31, 9, tzinfo=UTC), "P1M")) == date(2027, 2, 28)
    assert moment_after(MONDAY, "PT4H") == datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize("period", ["14 dagar", "P", "PT", "P1.5D", "P-3D", "", "1D"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        moment_after(MONDAY, period)
