"""Decisions that build on others."""

from __future__ import annotations

import pytest

from tests.engine.deciding import ENVIRONMENT, file, literal, refusals, requires, table
from workflows.engine.decisions import read_decisions


def test_a_required_decision_is_evaluated_first_and_read_under_its_id() -> None:
    root = file(
        {
            "authority": requires("size")
            + table('"large" | "board"', '- | "sponsor"', inputs="size.class", policy="FIRST"),
            "size": table('> 100 | "large"', '<= 100 | "small"', inputs="cost", outputs="class"),
        }
    )
    authority = read_decisions(root)["authority"]

    assert authority.evaluate({"cost": 500}, ENVIRONMENT) == {"out": "board"}
    assert authority.evaluate({"cost": 5}, ENVIRONMENT) == {"out": "sponsor"}
    assert authority.names() == {("cost",)}


def test_a_required_decision_hides_a_variable_of_the_same_name() -> None:
    root = file(
        {"a": requires("b", "c") + literal("b + c"), "b": requires("c") + literal("c * 10"), "c": literal("x + 1")}
    )

    assert read_decisions(root)["a"].evaluate({"x": 1, "b": 99, "c": 99}, ENVIRONMENT) == 22


def test_the_same_required_decision_is_evaluated_once() -> None:
    chain = {f"d{n}": requires(*([f"d{n + 1}"] * 2)) + literal(f"d{n + 1} + d{n + 1}") for n in range(60)}
    root = file({**chain, "d60": literal("1")})

    assert read_decisions(root)["d0"].evaluate({}, ENVIRONMENT) == 2**60


@pytest.mark.parametrize(
    "decisions",
    [
        {"a": requires("a") + literal("1")},
        {"a": requires("b") + literal("1"), "b": requires("c") + literal("1"), "c": requires("a") + literal("1")},
    ],
)
def test_decisions_in_a_circle_are_refused(decisions: dict[str, str]) -> None:
    assert any("bygger på" in message for _, message in refusals(file(decisions)))


def test_a_required_decision_that_is_missing_is_refused() -> None:
    assert refusals(file({"a": requires("b") + literal("1")})) == [
        ("a", "Beslutet bygger på ”b”, som inte finns i filen.")
    ]
