"""Names are listed as a sentence lists them."""

from __future__ import annotations

import pytest
from flask import Flask

from app.shell.text import names


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ([], ""),
        (["Anna Berg"], "Anna Berg"),
        (["Anna Berg", "Per Wallin"], "Anna Berg och Per Wallin"),
        (["Anna Berg", "Bo Rask", "Per Wallin"], "Anna Berg, Bo Rask och Per Wallin"),
    ],
)
def test_the_last_of_several_names_follows_an_and(app: Flask, people: list[str], said: str) -> None:
    with app.test_request_context():
        assert names(people) == said
