"""Which variables an expression reads is known without evaluating it."""

from __future__ import annotations

import pytest

from forms.feel import names, parse, parse_unary, possible_names


def read(source: str) -> set[str]:
    return {".".join(name) for name in names(parse(source))}


def maybe(source: str) -> set[str]:
    return {".".join(name) for name in possible_names(parse(source))}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 + 2", set()),
        ("a", {"a"}),
        ("facts.total_cost > facts.limit", {"facts.total_cost", "facts.limit"}),
        ("person.address.town", {"person.address"}),
        ("date(request.when) < today()", {"request.when"}),
        ("if a then b.x else c", {"a", "b.x", "c"}),
        ("x in (a.low, < b)", {"x", "a.low", "b"}),
        ("x in [low..high]", {"x", "low", "high"}),
        ("x between a and b", {"x", "a", "b"}),
        ("{a: x.y, b: a, c: d}", {"x.y", "d"}),
        ("[a, b.c]", {"a", "b.c"}),
        ("not(åtgärd.klar)", {"åtgärd.klar"}),
        ("substring(string: a.text, start position: n)", {"a.text", "n"}),
        ("get value(facts, \"x\")", {"facts"}),
        ("x instance of number", {"x"}),
    ],
)  # fmt: skip
def test_names_are_read_with_one_field(source: str, expected: set[str]) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("for i in 1..n return i * k", {"n", "k"}),
        ("for v in votes return v.choice", {"votes", "votes.choice"}),
        ("some v in votes satisfies v.choice = wanted.choice", {"votes", "votes.choice", "wanted.choice"}),
        ("every x in plan.rows satisfies x.cost > limit", {"plan.rows", "limit"}),
        ("for x in xs, y in x.parts return y.name", {"xs", "xs.parts"}),
        ("for x in xs, y in ys return x.a + y.b", {"xs", "ys", "xs.a", "ys.b"}),
    ],
)
def test_names_that_a_loop_binds_are_fields_of_what_it_goes_through(source: str, expected: set[str]) -> None:
    assert read(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('votes[choice = "approve"]', {"votes", "votes.choice"}),
        ('votes[item.choice = "approve"].member', {"votes", "votes.choice", "votes.member"}),
        ("count(votes[choice = other.choice])", {"votes", "votes.choice", "other.choice"}),
        ("numbers[item > 1]", {"numbers"}),
        ("votes[1].choice", {"votes", "votes.choice"}),
        ("votes[weight > 1][1].member", {"votes", "votes.weight", "votes.member"}),
        ("plan.rows[cost > 5]", {"plan.rows"}),
        ("[1, 2][item > 1]", set()),
        ("for v in votes return v.parts[name = 1]", {"votes", "votes.parts"}),
    ],
)
def test_bare_names_in_a_filter_are_fields_of_the_items(source: str, expected: set[str]) -> None:
    assert read(source) == expected


def test_a_bare_name_in_a_filter_may_be_a_variable_too() -> None:
    assert maybe("facts.members[item = member]") == {"member"}
    assert maybe('votes[choice = "approve"]') == {"choice"}
    assert maybe("some m in members satisfies count(votes[by = m]) > 0") == {"by"}
    assert maybe("a + b.c") == set()


def test_a_cell_reads_everything_but_its_own_value() -> None:
    assert names(parse_unary("> facts.limit, ? = other, [a..b]")) == {("facts", "limit"), ("other",), ("a",), ("b",)}
    assert names(parse_unary("not(x)")) == {("x",)}
    assert names(parse_unary("-")) == frozenset()
