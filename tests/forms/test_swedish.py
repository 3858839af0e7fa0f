"""Numbers, days and times are read and written the Swedish way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from forms.swedish import (
    alphabetical,
    format_date,
    format_number,
    format_time,
    local_day,
    lower_first,
    parse_date,
    parse_moment,
    parse_number,
    parse_time,
)

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "number"),
    [("27 400,5", "27400.5"), ("-3", "-3"), ("+3", "3"), ("1.5", "1.5"), ("1\u2009000", "1000")],
)
def test_numbers_are_read(words: str, number: str) -> None:
    assert parse_number(words) == Decimal(number)


@pytest.mark.parametrize("words", ["", "x", "1e5", "0x10", "1,2,3", "--1", "٣", "inf", "9" * 50])
def test_what_is_no_number_is_none(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "2026-12-01",
        "2026-12-1",
        "1 dec 2026",
        "1 december 2026",
        "1. dec 2026",
        "1/12 2026",
        "1.12.2026",
        "tis 1 dec 2026",
    ],
)
def test_days_are_read(words: str) -> None:
    assert parse_date(words) == date(2026, 12, 1)


@pytest.mark.parametrize("words", ["", "1 dec", "30 feb 2026", "2026-13-01", "1 foo 2026", "99/99 2026"])
def test_what_is_no_day_is_none(words: str) -> None:
    assert parse_date(words) is None


def test_times_are_read_and_written() -> None:
    assert parse_time("9.05") == parse_time("09:05:00") == time(9, 5)
    assert parse_time("24.00") is None and parse_time("nio") is None
    assert format_time(time(9, 5)) == "9.05"
    assert parse_moment("1 dec 2026 kl 14.30") == parse_moment("2026-12-01T14:30:00") == datetime(2026, 12, 1, 14, 30)
    assert parse_moment("1 dec 2026") is None


@pytest.mark.parametrize(
    ("number", "words"), [(27400, "27\u00a0400"), (48.9, "48,9"), (-3, "−3"), (1_000_000, "1\u00a0000\u00a0000")]
)
def test_numbers_are_written(number: float, words: str) -> None:
    assert format_number(number) == words


def test_a_day_has_its_year_only_when_it_is_another() -> None:
    assert format_date(date(2026, 11, 27), TODAY) == "fre 27 nov"
    assert format_date(date(2027, 1, 14), TODAY) == "tor 14 jan 2027"


def test_the_day_in_sweden_begins_before_midnight_in_utc() -> None:
    assert local_day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == TODAY


@pytest.mark.parametrize(
    ("label", "inside"), [("Beställare", "beställare"), ("EU-stöd", "EU-stöd"), ("DPIA", "DPIA"), ("", "")]
)
def test_a_label_stands_inside_a_sentence(label: str, inside: str) -> None:
    assert lower_first(label) == inside


def test_a_number_may_be_followed_by_its_unit_and_no_other_word() -> None:
    assert parse_number("2 400 000 kr", "kr") == parse_number("2400000 Kr", "kr") == Decimal(2_400_000)
    assert parse_number("12 %", "%") == Decimal(12)
    assert parse_number("2 400 000 tkr", "kr") is None
    assert parse_number("kr", "kr") is None


def test_a_year_is_written_without_a_space() -> None:
    assert format_number(2027, grouped=False) == "2027"


def test_lists_are_ordered_as_swedish_ones_are() -> None:
    words = ["Öppna ärendet", "ansökan", "Zon", "Ändring", "Återrapport", "Budget"]
    assert sorted(words, key=alphabetical) == ["ansökan", "Budget", "Zon", "Återrapport", "Ändring", "Öppna ärendet"]
