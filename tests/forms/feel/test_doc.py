"""The page for process designers names every function, and its examples are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms.feel import parse, parse_unary
from forms.feel.functions import FUNCTIONS
from forms.feel.paths import TWO_WORD_FIELDS
from forms.feel.values import TYPES

PAGE = (Path(__file__).parents[3] / "docs" / "feel.md").read_text()
SECTIONS = dict(part.split("\n", 1) for part in PAGE.split("\n## ")[1:])


def examples(section: str, column: int) -> list[str]:
    rows = [row.split(" | ") for row in SECTIONS[section].splitlines() if row.startswith("| ") and "`" in row]
    return [code for row in rows for code in re.findall(r"`([^`]+)`", row[column])]


@pytest.mark.parametrize("source", examples("Values", 1))
def test_every_value_of_the_page_is_read(source: str) -> None:
    parse(source)


@pytest.mark.parametrize("source", examples("Operators, from loosest to tightest", 1))
def test_every_operator_example_of_the_page_is_read(source: str) -> None:
    parse(source)


@pytest.mark.parametrize("source", examples("Cells of a decision table", 0))
def test_every_cell_of_the_page_is_read(source: str) -> None:
    parse_unary(source)


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_stands_on_the_page(name: str) -> None:
    assert re.search(rf"`{re.escape(name)}[(`]", SECTIONS["Functions"])


def test_the_page_names_no_function_that_does_not_exist() -> None:
    written = set(re.findall(r"`([a-z][a-z ]*)\(", SECTIONS["Functions"]))

    assert written - set(FUNCTIONS) == set()


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_type_stands_on_the_page(name: str) -> None:
    assert name in SECTIONS["Operators, from loosest to tightest"]


def test_fields_of_two_words_are_read() -> None:
    for field in TWO_WORD_FIELDS:
        parse(f"x.{field}")
