"""The part of a text that shows why a search found it."""

from __future__ import annotations

import pytest

from app.projects.excerpts import excerpt


def shown(text: str, *words: str, longest: int = 320) -> str:
    parts = excerpt(text, words, longest=longest)
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts)


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Fråga först, fråga sedan.", ("fråga",), "[Fråga] först, [fråga] sedan."),
        ("En idé i Genève.", ("ide", "geneve"), "En [idé] i [Genève]."),
        ("Straße och gränd", ("strasse",), "[Straße] och gränd"),
        ("Förskolan", ("skol", "kola"), "För[skola]n"),
        ("Inget alls", ("annat",), "Inget alls"),
        ("Inget alls", (), "Inget alls"),
        ("", ("annat",), ""),
    ],
)
def test_words_are_marked_as_they_are_written(text: str, words: tuple[str, ...], expected: str) -> None:
    assert shown(text, *words) == expected


def test_a_long_text_is_cut_round_the_first_word_between_words() -> None:
    text = "inledning " * 40 + "Bron höll inte. " + "avslutning " * 40
    cut = shown(text, "bron", longest=120)
    assert cut.startswith("\u2026inledning")
    assert cut.endswith("avslutning \u2026")
    assert "[Bron] höll inte." in cut
    assert len(cut) < 130


def test_a_long_text_without_the_word_is_cut_at_its_end() -> None:
    assert shown("ord " * 100, longest=20) == "ord ord ord ord ord \u2026"
