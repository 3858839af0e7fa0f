"""Conditions of questions are chosen as statements and read back as what was chosen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.feel import parse
from tests.models.telling import HARNOSAND, files_of
from workflows.models.asking import EntryRefused, outline
from workflows.models.asking.questions import problems_of
from workflows.models.asking.statements import (
    AMOUNT,
    Chosen,
    Stated,
    Statement,
    Together,
    chosen_from,
    statements,
    written,
)

KEY = "c2_preparation"
FILES = files_of(HARNOSAND)
KNOWN = statements(outline(FILES, KEY), own="F04")
COST = f"total_cost >= {AMOUNT}"


@pytest.mark.parametrize("statement", KNOWN, ids=lambda one: one.pattern)
def test_every_statement_is_a_condition_that_a_question_may_have(statement: Statement) -> None:
    question = outline(FILES, KEY).find("F04")
    assert question is not None
    condition = written(
        Chosen(first=Stated(pattern=statement.pattern, amount="500 000" if statement.measures else "")), KNOWN
    )
    parse(condition)
    assert problems_of(FILES, replace(question, condition=condition)) == {}
    assert chosen_from(condition, KNOWN) is not None


@pytest.mark.parametrize("together", Together)
def test_two_statements_are_read_back_as_they_were_chosen(together: Together) -> None:
    chosen = Chosen(
        first=Stated(pattern=COST, amount="500 000,50"),
        together=together,
        second=Stated(pattern='item.F03 = "yes"'),
    )
    condition = written(chosen, KNOWN)
    assert condition == f'total_cost >= 500000.50 {together} item.F03 = "yes"'
    assert chosen_from(condition, KNOWN) == Chosen(
        first=Stated(pattern=COST, amount="500000.50"), together=together, second=Stated(pattern='item.F03 = "yes"')
    )


@pytest.mark.parametrize(
    "condition",
    [
        "",
        "total_cost > 5",
        "external_funding = true and cross_board = true and principle_matter = true",
        'item.F04 = "yes"',
    ],
)
def test_what_no_statement_says_stays_as_it_is_written(condition: str) -> None:
    assert chosen_from(condition, KNOWN) is None


@pytest.mark.parametrize("amount", ["", "mycket", "-5", "1e9", "5 or true", "٥", "9" * 20])
def test_an_amount_that_is_none_is_refused_at_its_field(amount: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        written(Chosen(first=Stated(pattern=COST, amount=amount)), KNOWN)
    assert set(refused.value.problems) == {"first_amount"}


def test_what_is_not_among_the_statements_is_refused() -> None:
    with pytest.raises(EntryRefused) as refused:
        written(Chosen(first=Stated(), second=Stated(pattern="true or false")), KNOWN)
    assert set(refused.value.problems) == {"first", "second"}
