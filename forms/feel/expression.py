"""Parsing and evaluating: the face of the language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from forms.feel import loops as _loops  # registers loops and filters with the compiler
from forms.feel.compiler import Evaluator, compiled
from forms.feel.evaluation import Environment, Run, Scope
from forms.feel.logic import any_of
from forms.feel.membership import Test, compiled_test
from forms.feel.parser import parse_source, parse_tests
from forms.feel.tree import Node
from forms.feel.values import Value, inward, measure

assert _loops


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A parsed expression; two are equal when their sources are."""

    source: str
    root: Node = field(repr=False, compare=False)
    evaluator: Evaluator = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnaryTests:
    """The parsed cell of a decision table; no tests at all means that every value passes."""

    source: str
    negated: bool = field(compare=False)
    tests: tuple[Node, ...] = field(repr=False, compare=False)
    evaluators: tuple[Test, ...] = field(repr=False, compare=False)


@lru_cache(4096)
def parse(source: str) -> Expression:
    """The expression of a source text, with or without a leading `=`. Raises FeelError."""
    root = parse_source(source)
    return Expression(source=source, root=root, evaluator=compiled(root))


@lru_cache(4096)
def parse_unary(source: str) -> UnaryTests:
    """The tests of a decision table's cell; empty and `-` let every value pass. Raises FeelError."""
    tests, negated = parse_tests(source)
    return UnaryTests(source=source, negated=negated, tests=tests, evaluators=tuple(map(compiled_test, tests)))


def evaluate(
    expression: Expression | str, context: Mapping[str, Any], env: Environment, *, run: Run | None = None
) -> Value:
    """The value of an expression over the variables of `context`.

    Missing names and fields are null, and null goes through. With a `run`, several evaluations over the same context
    share one bound. Raises FeelError where the text does not parse or the evaluation costs too much.
    """
    if isinstance(expression, str):
        expression = parse(expression)
    run = run or Run(env)
    result = expression.evaluator(Scope(context, None, run))
    if type(result) is list or type(result) is dict:
        measure(result, run)
    return result


def matches(
    tests: UnaryTests, value: object, context: Mapping[str, Any], env: Environment, *, run: Run | None = None
) -> bool:
    """Whether a value passes the tests; a test that can't be said to hold does not pass. Raises FeelError."""
    if not tests.tests:
        return True
    run = run or Run(env)
    taken_in = inward(value, run)
    scope = Scope({"?": taken_in}, Scope(context, None, run), run)
    verdict = any_of(test(taken_in, scope) for test in tests.evaluators)
    return verdict is (not tests.negated)
