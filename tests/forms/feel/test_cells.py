"""The tests that a decision table's cells are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.forms.feel.asking import passes


@pytest.mark.parametrize("cell", ["", "-", " - "])
@pytest.mark.parametrize("value", [None, 1, "a", True, [1], {}])
def test_an_empty_cell_and_a_dash_let_everything_pass(cell: str, value: Any) -> None:
    assert passes(cell, value)


def test_a_cell_that_is_a_condition_decides_by_itself() -> None:
    assert passes("facts.large", True, facts={"large": True})
    assert not passes("facts.large", 5, facts={"large": True})
    assert passes("facts.cost > 5", "anything", facts={"cost": 6})
    assert passes("if ? > 5 then true else false", 6)
    assert passes("some x in [1, 2] satisfies x = ?", 2)


def test_not_round_a_part_of_a_cell_is_the_function() -> None:
    assert passes("not(? > 3) and ? > 1", 2)
    assert not passes("not(? > 3) and ? > 1", 4)
    assert passes('not(contains(?, "x"))', "banan")


def test_a_negated_cell_does_not_pass_what_can_not_be_said() -> None:
    assert not passes("not(< 5)", "text")
    assert passes('not("bp1")', None)
