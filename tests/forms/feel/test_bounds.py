"""No expression, however hostile, runs long, recurses deep, or raises anything but FeelError."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings

from forms.feel import FeelError, UnaryTests, as_json, evaluate, matches, names, parse, parse_unary
from tests.forms.feel.asking import ENVIRONMENT, value_of
from tests.forms.feel.strategies import ANY_TEXT, CONTEXTS, EXPRESSIONS, VALUES

LONGEST_ALLOWED = 3.0
"""Seconds: some ten times what the dearest expression takes, so that a busy machine doesn't fail the test."""

DOUBLING = "{a0: [1, 1], " + ", ".join(f"a{n + 1}: [a{n}, a{n}]" for n in range(60))
"""A list of two lists of two lists …: sixty names, and more items than there are atoms."""

HOSTILE = [
    "for a in 1..1000000000 return a",
    "for a in 1..9999, b in 1..9999 return a",
    "count(for a in 1..999 return for b in 1..999 return for c in 1..999 return a)",
    "some a in 1..99999 satisfies every b in 1..99999 satisfies a + b > 0",
    "every a in 1..99999 satisfies matches(string(a), \"x\")",
    "9 ** 9 ** 9 ** 9 ** 9",
    "for a in 1..99999 return 2.5 ** 0.33333",
    "for a in 1..99999 return exp(a / 7)",
    "for a in 1..99999 return workdays(today(), 5000)",
    '{a0: "xxxxxxxxxx", ' + ", ".join(f"a{n + 1}: a{n} + a{n}" for n in range(60)) + "}",
    DOUBLING + "}",
    DOUBLING + ", b: a60 = a60}.b",
    DOUBLING + "}.a60",
    DOUBLING + ", b: count(flatten(a60))}.b",
    DOUBLING + ", b: string(a60)}.b",
    "distinct values(for a in 1..5000 return a)",
    "sort(for a in 1..90000 return a)",
    'matches("' + "a" * 3000 + '!", "^(a|aa)+$")',
    'matches("' + "a" * 3000 + '!", "(a*)*b")',
    'matches("' + "a" * 3000 + '", ".*.*.*.*.*x")',
    'matches("' + "a" * 3000 + '", "(((a?){9}){9}){9}")',
    'replace("' + "a" * 1000 + '", "(a+)", "' + "$1" * 1000 + '")',
    'split("' + "a;" * 1500 + '", ";")',
]  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE, ids=lambda source: source[:60])
def test_a_hostile_expression_answers_or_gives_up_soon(source: str) -> None:
    began = time.monotonic()

    said = answer(source, {})

    assert isinstance(said, FeelError) or said is None or len(str(said)) < 10**6
    assert time.monotonic() - began < LONGEST_ALLOWED


@pytest.mark.parametrize(
    "source",
    [
        "(" * 65 + "1" + ")" * 65,
        "[" * 1000,
        "-" * 2000 + "1",
        "1" + " + 1" * 900,
        "a" + ".b" * 900,
        "a" + "[1]" * 900,
        "if true then " * 200 + "1",
        "not(" * 300 + "true" + ")" * 300,
        "{a:" * 500,
        "1 in (" * 400,
        "for a in " * 300,
        "f(" * 900,
    ],
    ids=lambda source: source[:20],
)
def test_what_is_nested_too_deeply_is_refused(source: str) -> None:
    with pytest.raises(FeelError):
        parse(source)


def test_64_levels_are_read_and_evaluated() -> None:
    assert value_of("(" * 63 + "1" + ")" * 63) == 1
    assert value_of("1" + " + 1" * 62) == 63


def test_a_long_row_of_and_is_not_deep() -> None:
    assert value_of(" and ".join(["true"] * 400)) is True


def test_more_than_4000_characters_are_refused() -> None:
    assert value_of('"' + "a" * 3998 + '"') == "a" * 3998
    with pytest.raises(FeelError, match="längre än 4000 tecken"):
        parse('"' + "a" * 3999 + '"')


def test_a_context_that_is_nested_too_deeply_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(200):
        deep = [deep]

    with pytest.raises(FeelError, match="nästlat"):
        value_of("deep", deep=deep)


def test_a_context_that_holds_itself_is_refused() -> None:
    loop: dict[str, Any] = {}
    loop["loop"] = loop

    with pytest.raises(FeelError):
        value_of("loop", loop=loop)


def test_a_large_list_of_the_context_is_read_once_however_often_it_is_used() -> None:
    rows = [{"cost": n, "text": "x"} for n in range(2000)]

    assert value_of("sum(for i in 1..50 return rows[i].cost)", rows=rows) == sum(range(50))


def test_something_that_is_no_value_is_refused() -> None:
    with pytest.raises(FeelError, match="object"):
        value_of("x", x=object())


def answer(source: str, context: dict[str, Any]) -> Any:
    try:
        return evaluate(source, context, ENVIRONMENT)
    except FeelError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(ANY_TEXT)
@example('"\\ud800"')
@example('replace(1, "(", 2)')
def test_any_text_parses_or_is_refused_with_a_sentence_and_a_place(source: str) -> None:
    for reader in (parse, parse_unary):
        try:
            names(reader(source))
        except FeelError as error:
            assert error.message.endswith(".")
            assert error.position is not None
            assert 0 <= error.position <= len(source)


@pytest.mark.full
@settings(max_examples=400, deadline=None)
@given(EXPRESSIONS, CONTEXTS)
def test_any_expression_over_any_context_gives_a_value_or_feel_error(source: str, context: dict[str, Any]) -> None:
    began = time.monotonic()

    said = answer(source, context)

    assert time.monotonic() - began < LONGEST_ALLOWED
    if not isinstance(said, FeelError):
        as_json(said)


@pytest.mark.full
@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, VALUES, CONTEXTS)
def test_any_cell_over_any_value_is_yes_or_no_or_feel_error(cell: str, value: Any, context: dict[str, Any]) -> None:
    try:
        tests = parse_unary(cell)
        verdict = matches(tests, value, context, ENVIRONMENT)
    except FeelError:
        return
    assert isinstance(tests, UnaryTests)
    assert verdict in (True, False)


@settings(max_examples=200, deadline=None)
@given(EXPRESSIONS, CONTEXTS)
@pytest.mark.full
def test_the_same_expression_says_the_same_twice(source: str, context: dict[str, Any]) -> None:
    assert repr(answer(source, context)) == repr(answer(source, context))


def test_the_ends_of_the_calendar_give_null() -> None:
    assert value_of('date("9999-12-31") + duration("P1D")') is None
    assert value_of('date("0001-01-01") - duration("P1M")') is None
    assert value_of('date and time("9999-12-31T23:59:59Z") + duration("P1D")') is None
    assert value_of("workdays(d, 5000)", d=date(9999, 1, 1)) is None
    assert value_of("d + d", d=timedelta.max) is None
    assert value_of("a < b", a=datetime(1, 1, 1), b=datetime(1, 1, 1, tzinfo=UTC)) is None
