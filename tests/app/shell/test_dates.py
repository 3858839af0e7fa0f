"""Dates as DESIGN of the product words them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from app.shell import dates

TODAY = date(2026, 11, 24)


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 27), "fre 27 nov"),
        (date(2027, 1, 14), "tor 14 jan 2027"),
        (date(2026, 3, 3), "tis 3 mars"),
        ("2026-12-01", "tis 1 dec"),
        (datetime(2026, 11, 15, 23, 30, tzinfo=UTC), "mån 16 nov"),
    ],
)
def test_a_day_has_its_weekday_and_a_year_only_when_it_is_another(day: date | str, words: str) -> None:
    assert plain(dates.long_day(day, TODAY)) == words


def test_a_short_day_has_no_weekday() -> None:
    assert plain(dates.short_day(date(2026, 10, 2), TODAY)) == "2 okt"


def test_a_day_never_breaks_over_two_lines() -> None:
    assert " " not in dates.long_day(date(2027, 1, 14), TODAY)


def test_the_time_is_swedish_summer_and_winter_with_a_full_stop() -> None:
    assert dates.clock(datetime(2026, 11, 16, 13, 2, tzinfo=UTC)) == "14.02"
    assert dates.clock(datetime(2026, 7, 1, 6, 5, tzinfo=UTC)) == "8.05"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 24, 9, 41, tzinfo=UTC), "i dag 10.41"),
        (datetime(2026, 11, 23, 15, 40, tzinfo=UTC), "i går 16.40"),
        (datetime(2026, 11, 16, 13, 2, tzinfo=UTC), "mån 16 nov 14.02"),
        (date(2026, 10, 22), "tor 22 okt"),
    ],
)
def test_a_moment_says_today_and_yesterday(at: date, words: str) -> None:
    assert plain(dates.moment(at, TODAY)) == words


def test_for_the_record_a_moment_is_never_relative() -> None:
    assert plain(dates.full_moment(datetime(2026, 11, 24, 9, 42, tzinfo=UTC), TODAY)) == "tis 24 nov 10.42"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (date(2026, 12, 1), date(2027, 5, 31), "1 dec 2026–31 maj 2027"),
        (date(2026, 5, 4), date(2026, 11, 24), "4 maj–24 nov"),
        (date(2026, 11, 4), date(2026, 11, 9), "4–9 nov"),
        (date(2026, 11, 4), date(2026, 11, 4), "4 nov"),
    ],
)
def test_a_span_repeats_nothing_that_both_ends_share(start: date, end: date, words: str) -> None:
    assert plain(dates.day_span(start, end, TODAY)) == words


def test_a_span_of_time_has_a_dash() -> None:
    start, end = datetime(2026, 11, 26, 12, 0, tzinfo=UTC), datetime(2026, 11, 26, 13, 20, tzinfo=UTC)
    assert dates.clock_span(start, end) == "13.00–14.20"


@pytest.mark.parametrize(
    ("day", "tone", "words", "note"),
    [
        (date(2026, 11, 24), "warn", "i dag", "tis 24 nov"),
        (date(2026, 11, 25), "warn", "i morgon", "ons 25 nov"),
        (date(2026, 11, 27), "warn", "om 3 dagar", "fre 27 nov"),
        (date(2026, 12, 1), "warn", "om 7 dagar", "tis 1 dec"),
        (date(2026, 12, 2), "", "om 8 dagar", "ons 2 dec"),
        (date(2026, 11, 23), "bad", "1 dag sen", "skulle vara klart mån 23 nov"),
        (date(2026, 11, 20), "bad", "4 dagar sen", "skulle vara klart fre 20 nov"),
    ],
)
def test_a_deadline_is_loud_only_when_it_is_near_or_past(day: date, tone: str, words: str, note: str) -> None:
    deadline = dates.due(day, TODAY)
    assert (deadline.tone, plain(deadline.words), plain(deadline.note)) == (tone, words, note)


def test_a_neuter_thing_is_sent() -> None:
    assert plain(dates.due(date(2026, 11, 13), TODAY, neuter=True).words) == "11 dagar sent"


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 12), "sedan 12 dagar"),
        (date(2026, 11, 23), "sedan 1 dag"),
        (date(2026, 11, 24), "sedan i dag"),
    ],
)
def test_waiting_counts_days(since: date, words: str) -> None:
    assert plain(dates.waiting(since, TODAY)) == words


def test_the_week_ends_on_sunday() -> None:
    assert dates.end_of_week(TODAY) == date(2026, 11, 29)
    assert dates.end_of_week(date(2026, 11, 27)) == date(2026, 11, 29)


@pytest.mark.parametrize("today", [date(2026, 11, 28), date(2026, 11, 29)])
def test_at_a_weekend_this_week_is_the_one_that_comes(today: date) -> None:
    assert dates.end_of_week(today) == date(2026, 12, 6)


def test_machines_read_iso_with_the_offset_of_the_season() -> None:
    assert dates.iso(datetime(2026, 11, 16, 13, 2, tzinfo=UTC)) == "2026-11-16T14:02+01:00"
    assert dates.iso(date(2026, 7, 1)) == "2026-07-01"
