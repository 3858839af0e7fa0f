"""Numbers as they are written in Swedish."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.shell import numbers


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (numbers.number(27400), "27_400"),
        (numbers.number("4.5"), "4,5"),
        (numbers.number(Decimal("0.125"), 2), "0,13"),
        (numbers.number(-3), "−3"),
        (numbers.number(1_234_567), "1_234_567"),
        (numbers.signed(0.5), "+0,5"),
        (numbers.signed(-3), "−3"),
        (numbers.signed(0), "0"),
        (numbers.percent("1.5"), "1,5_%"),
        (numbers.kronor(140_000), "140_000_kr"),
        (numbers.kronor("99.5"), "99,50_kr"),
        (numbers.kronor(48_900_000), "48,9_mkr"),
        (numbers.kronor(112_000_000), "112,0_mkr"),
        (numbers.kronor(-1_500_000), "−1,5_mkr"),
        (numbers.unit(120, "timmar"), "120_timmar"),
        (numbers.file_size(812), "812_byte"),
        (numbers.file_size(31_400), "31_kB"),
        (numbers.file_size(3_140_000), "3,1_MB"),
        (numbers.digest("9f3c04e7b2d171ab" + "0" * 48), "9f3c_04e7_b2d1_71ab"),
    ],
)
def test_a_number_reads_as_in_a_swedish_text(words: str, expected: str) -> None:
    assert words.replace("\u00a0", "_") == expected
