"""Days, times and durations: Swedish where no zone is said, and working days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from tests.forms.feel.asking import value_of

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def test_today_and_now_are_swedish() -> None:
    assert value_of("today()") == date(2026, 11, 23)
    assert value_of("string(now())") == "2026-11-23T00:30:00@Europe/Stockholm"


def test_a_date_and_time_without_a_zone_is_swedish_where_it_meets_one_with_a_zone() -> None:
    assert value_of('@"2026-11-22T11:00:00" = @"2026-11-22T10:00:00Z"') is True
    assert value_of('@"2026-07-22T12:00:00" = @"2026-07-22T10:00:00Z"') is True
    assert value_of('@"2026-11-22T11:00:00" - @"2026-11-22T10:00:00Z"') == timedelta()
    assert value_of('now() > @"2026-11-23T00:29:00"') is True


def test_two_times_compare_only_when_both_or_neither_has_an_offset() -> None:
    assert value_of('@"10:00:00" < @"11:00:00"') is True
    assert value_of('@"10:00:00Z" = @"11:00:00+01:00"') is True
    assert value_of('@"10:00:00Z" < @"11:00:00"') is None
    assert value_of('@"10:00:00Z" - @"11:00:00"') is None


def test_a_day_counts_on_the_time_line_over_a_change_to_summer_time() -> None:
    assert value_of('@"2026-03-28T12:00:00@Europe/Stockholm" + @"P1D"') == datetime(
        2026, 3, 29, 13, 0, tzinfo=STOCKHOLM
    )
    assert value_of('@"2026-03-28T12:00:00" + @"P1D"') == datetime(2026, 3, 29, 12, 0)


def test_other_zones_and_half_dates_are_nothing() -> None:
    for text in ("2026-11-22T10:00:00@Mars/Base", "2026-11-22T25:00", "20261122", "2026-W47-7", "2026-11", ""):
        assert value_of("date and time(x)", x=text) is None
    assert value_of("date and time(x)", x="2026-11-22T10:30") == datetime(2026, 11, 22, 10, 30)
    assert value_of("time(x)", x="10:00:00+25:00") is None
    assert value_of("date(x)", x="2026-11-22T10:00:00") is None


def test_durations_read_and_write_alike() -> None:
    for text in ("P1D", "-P1DT2H3M4S", "PT0.5S", "P1Y2M", "-P11M", "PT0S", "P0M"):
        assert value_of("string(duration(x))", x=text) == text
    for text in ("P", "PT", "P1DT", "P1Y1D", "P1.5D", "1D", "P-1D"):
        assert value_of("duration(x)", x=text) is None


def test_dates_and_times_with_a_zone_read_and_write_alike() -> None:
    texts = ("2026-11-22T10:00:00", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00.25+05:30")
    for text in (*texts, "2026-11-22T10:00:00-01:00", "2026-11-22T10:00:00@Europe/Stockholm"):
        assert value_of("string(date and time(x))", x=text) == text


def test_parts_of_dates_and_times_can_be_put_together() -> None:
    assert value_of('date and time(date("2026-11-22"), time("10:30:00Z"))') == datetime(
        2026, 11, 22, 10, 30, tzinfo=UTC
    )
    assert value_of('time(10, 30, 15.5, duration("PT1H"))') == time(10, 30, 15, 500000, timezone(timedelta(hours=1)))
    assert value_of("time(now())") == time(0, 30, tzinfo=STOCKHOLM)
    assert value_of('date and time(date("2026-11-22"))') == datetime(2026, 11, 22)


def test_working_days_count_from_the_swedish_date() -> None:
    assert value_of("workdays(now(), 1)") == date(2026, 11, 24)
    assert value_of('workdays(date("2026-11-20"), 1)') == date(2026, 11, 23)
    assert value_of('workdays(date("2026-11-23"), -1)') == date(2026, 11, 20)
    assert value_of("workdays(today(), 1.5)") is None
    assert value_of('workdays("2026-11-20", 1)') is None


def test_a_date_beside_a_date_and_time_counts_from_its_midnight() -> None:
    assert value_of('date and time("2026-11-22T10:00:00") - date("2026-11-22")') == timedelta(hours=10)
