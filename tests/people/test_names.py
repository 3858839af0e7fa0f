from __future__ import annotations

import pytest

from workflows.people import fold, sort_key


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Åsa  Öberg", "asa oberg"),
        ("Ärlig É Ñ", "arlig e n"),
        ("Søren Æbelø", "soren abelo"),
        ("STRASSE ß", "strasse ss"),
        ("A\u030asa", "asa"),
        ("", ""),
    ],
)
def test_search_folds_away_dots_accents_case_and_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_stand_in_swedish_order_by_last_name() -> None:
    names = ["Eva Östlund", "Bo Ärlig", "Ann Åberg", "Åsa Zetterberg", "Ada Zetterberg", "Karin Éwert", "Pia Ek"]
    assert sorted(names, key=sort_key) == [
        "Pia Ek",
        "Karin Éwert",
        "Ada Zetterberg",
        "Åsa Zetterberg",
        "Ann Åberg",
        "Bo Ärlig",
        "Eva Östlund",
    ]
