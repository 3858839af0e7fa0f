"""Pairs the rules of two versions of a table by what they say, not by where they stand."""

from __future__ import annotations

from collections.abc import Callable

from workflows.models.comparing.pairing import same_formula, same_tests
from workflows.models.comparing.table_words import GATE
from workflows.models.comparing.tables import Rule, Table

MAX_COMPARED = 40_000
"""Pairs of rules that are held against each other; beyond it only equal rules and equal ids are matched."""


def match_rules(old: Table, new: Table) -> list[tuple[Rule, Rule]]:
    """Pair the rules: equal ones first, then those with equal conditions, equal ids, and the most alike."""
    left, right = list(old.rules), list(new.rules)
    pairs: list[tuple[Rule, Rule]] = []
    bounded = len(left) * len(right) <= MAX_COMPARED
    for alike in (_equal, _same_tests, _same_id) if bounded else (_literally, _same_id):
        _take(left, right, pairs, alike)
    if bounded:
        _take_nearest(left, right, pairs)
    return pairs


def _take(
    left: list[Rule], right: list[Rule], pairs: list[tuple[Rule, Rule]], alike: Callable[[Rule, Rule], bool]
) -> None:
    for was in list(left):
        now = next((rule for rule in right if alike(was, rule)), None)
        if now is not None:
            _pair(was, now, left, right, pairs)


def _take_nearest(left: list[Rule], right: list[Rule], pairs: list[tuple[Rule, Rule]]) -> None:
    """Pair what is left where the answers are equal and the same gates are meant, or at least half the cells agree."""
    for was in list(left):
        best = max(right, key=lambda now: _likeness(was, now), default=None)
        if best is not None and _likeness(was, best) > 0.5:
            _pair(was, best, left, right, pairs)


def _pair(was: Rule, now: Rule, left: list[Rule], right: list[Rule], pairs: list[tuple[Rule, Rule]]) -> None:
    left.remove(was)
    right.remove(now)
    pairs.append((was, now))


def _likeness(was: Rule, now: Rule) -> float:
    tests = [same_test(name, was, now) for name in {**was.tests, **now.tests}]
    answers = [same_answer(name, was, now) for name in {**was.answers, **now.answers}]
    if GATE in was.tests and not same_test(GATE, was, now):
        return 0.0
    return (sum(tests) + sum(answers)) / (len(tests) + len(answers) or 1)


def _equal(was: Rule, now: Rule) -> bool:
    return _same_tests(was, now) and all(same_answer(name, was, now) for name in {**was.answers, **now.answers})


def _same_tests(was: Rule, now: Rule) -> bool:
    return all(same_test(name, was, now) for name in {**was.tests, **now.tests})


def _same_id(was: Rule, now: Rule) -> bool:
    return bool(was.id) and was.id == now.id


def _literally(was: Rule, now: Rule) -> bool:
    return was.tests == now.tests and was.answers == now.answers


def same_test(name: str, was: Rule, now: Rule) -> bool:
    """Whether two rules test the same of one column."""
    old, new = was.tests.get(name, "-"), now.tests.get(name, "-")
    return old == new or same_tests(old, new)


def same_answer(name: str, was: Rule, now: Rule) -> bool:
    """Whether two rules give the same answer."""
    old, new = was.answers.get(name), now.answers.get(name)
    return old == new or same_formula(old, new)
