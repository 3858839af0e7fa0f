"""Periods in working days, counted in Sweden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from workflows.kernel.clock import local_date
from workflows.models.deadlines import Periods, Span, Unit, deadlines, end_of_day, moment_after, span_of

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def test_days_are_swedish_working_days() -> None:
    friday = datetime(2026, 12, 18, 8, 0, tzinfo=UTC)
    assert local_date(moment_after(friday, "P4D")) == date(2026, 12, 28)  # 24, 25 and 26 December are free


def test_a_task_is_in_time_until_the_day_ends() -> None:
    assert moment_after(MONDAY, "P1D") == end_of_day(date(2026, 11, 24))
    assert end_of_day(date(2026, 11, 24)) == datetime(2026, 11, 24, 22, 59, tzinfo=UTC)
    assert end_of_day(date(2026, 6, 24)) == datetime(2026, 6, 24, 21, 59, tzinfo=UTC)


def test_a_minus_counts_back_from_the_due_day() -> None:
    moments = deadlines(MONDAY, Periods(remind="-P3D", due="P10D", escalate="P13D"))
    assert moments.due_at is not None and moments.remind_at is not None and moments.escalate_at is not None
    assert [local_date(at) for at in (moments.remind_at, moments.due_at, moments.escalate_at)] == [
        date(2026, 12, 2),
        date(2026, 12, 7),
        date(2026, 12, 10),
    ]
    assert moments.first() == moments.remind_at


def test_a_reminder_is_never_before_the_task() -> None:
    assert deadlines(MONDAY, Periods(remind="-P5D", due="P1D")).remind_at == MONDAY


def test_a_day_that_a_person_set_wins_over_the_period() -> None:
    wanted = end_of_day(date(2027, 1, 14))
    assert deadlines(MONDAY, Periods(due="P10D"), due_at=wanted).due_at == wanted


@pytest.mark.parametrize(
    ("periods", "remind", "escalate"),
    [
        (Periods(remind="P3D", due="P5D", escalate="P7D"), date(2026, 12, 16), date(2026, 12, 22)),
        (Periods(remind="-P2D", due="P5D", escalate="P1W"), date(2026, 12, 16), date(2026, 12, 18)),
        (Periods(remind="P1W", due="P2W", escalate="P3W"), date(2026, 12, 11), date(2026, 12, 25)),
        (Periods(remind="P3D", escalate="P4D"), date(2026, 11, 26), date(2026, 12, 18)),
    ],
)
def test_reminder_and_escalation_keep_their_distance_to_a_day_that_was_set(
    periods: Periods, remind: date, escalate: date
) -> None:
    found = deadlines(MONDAY, periods, due_at=end_of_day(date(2026, 12, 18)))
    assert found.remind_at is not None and local_date(found.remind_at) == remind
    assert found.escalate_at is not None and local_date(found.escalate_at) == escalate


def test_a_day_that_was_set_too_near_reminds_at_once() -> None:
    found = deadlines(MONDAY, Periods(remind="P1D", due="P20D"), due_at=end_of_day(date(2026, 11, 24)))
    assert found.remind_at == MONDAY


def test_other_units_are_calendar_time() -> None:
    assert local_date(moment_after(MONDAY, "P2W")) == date(2026, 12, 7)
    assert local_date(moment_after(datetime(2027, 1, 31, 9, tzinfo=UTC), "P1M")) == date(2027, 2, 28)
    assert moment_after(MONDAY, "PT4H") == datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_what_was_set_comes_before_what_is_drawn() -> None:
    drawn = Periods(remind="P5D", due="P10D", escalate="P15D")
    assert Periods(due="P8D").before(drawn) == Periods(remind="P5D", due="P8D", escalate="P15D")
    assert Periods().before(drawn) == drawn


@pytest.mark.parametrize(
    ("period", "span"),
    [
        ("P10D", Span(count=10, unit=Unit.WORKDAYS, back=False)),
        ("-P3D", Span(count=3, unit=Unit.WORKDAYS, back=True)),
        ("P2W", Span(count=2, unit=Unit.WEEKS, back=False)),
        ("P1M", Span(count=1, unit=Unit.MONTHS, back=False)),
        ("P1Y", Span(count=1, unit=Unit.YEARS, back=False)),
        ("PT4H30M", Span(count=270, unit=Unit.MINUTES, back=False)),
    ],
)
def test_a_period_is_taken_apart_for_readers(period: str, span: Span) -> None:
    assert span_of(period) == span


@pytest.mark.parametrize("period", ["14 dagar", "P", "PT", "P1.5D", "P-3D", "", "1D"])
def test_what_is_no_period_is_refused(period: str) -> None:
    with pytest.raises(ValueError, match="not a period"):
        moment_after(MONDAY, period)
