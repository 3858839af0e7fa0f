"""A single line says what it shows: nothing invisible turns or hides a part of it, and every letter stays."""

from __future__ import annotations

import pytest

from forms.values import clean

TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\u2061\u206f\ufeff\ufff9\U000e0001\U000e0041\x00\x07\x7f\x9b"
BREAKING = "\n\r\t\x0b\x0c\x85\u2028\u2029\u00a0\u3000"


@pytest.mark.parametrize("mark", TURNING + HIDDEN)
def test_what_has_no_shape_is_taken_out(mark: str) -> None:
    assert clean(f"Plan{mark}fdp.exe{mark}", lines=False) == "Planfdp.exe"
    assert clean(mark * 3, lines=False) == ""


@pytest.mark.parametrize("mark", BREAKING)
def test_it_stays_one_line(mark: str) -> None:
    assert clean(f" Digital{mark}avtalssignering{mark}", lines=False).split() in (
        ["Digital", "avtalssignering"],
        ["Digitalavtalssignering"],
    )
    assert clean(f"a{mark}b", lines=False).isprintable()


@pytest.mark.parametrize(
    "name",
    ["Åsa Öberg", "Zoë Núñez", "Łukasz Żak", "محمد الأمين", "שרה לוי", "Дмитрий", "李小龙", "विजय", "Nguyễn Thị", "😀"],
)
def test_the_letters_of_every_language_stay(name: str) -> None:
    assert clean(name, lines=False) == name


def test_what_a_hidden_mark_kept_apart_is_composed() -> None:
    assert clean("A\u200b\u030asa", lines=False) == clean("Åsa", lines=False) == "\u00c5sa"


def test_running_text_keeps_its_lines_and_marks() -> None:
    assert clean("En rad\r\n\u200fשורה\u200f \n", lines=True) == "En rad\n\u200fשורה\u200f"
