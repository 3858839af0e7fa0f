"""Pairs the rules of two versions of a table by what they say, not by where they stand."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from workflows.models.comparing.pairing import same_formula, same_tests
from workflows.models.comparing.table_words import GATE
from workflows.models.comparing.tables import Rule, Table

MAX_COMPARED = 40_000
"""Pairs of rules that are held against each other; beyond it only equal rules and equal ids are matched."""

HALF = 0.5


def match_rules(old: Table, new: Table) -> list[tuple[Rule, Rule]]:
    """Pair the rules: equal ones first, then those with equal conditions, equal ids, and the most alike."""
    matching = _Matching(left=list(old.rules), right=list(new.rules))
    matching.by_name(lambda rule: (tuple(rule.tests.items()), tuple(rule.answers.items())))
    if matching.is_small:
        matching.where(_equal)
        matching.where(_same_tests)
    matching.by_name(lambda rule: rule.id or None)
    if matching.is_small:
        matching.nearest()
    return matching.pairs


@dataclass(slots=True)
class _Matching:
    """What is not paired yet on each side, and the pairs so far."""

    left: list[Rule]
    right: list[Rule]
    pairs: list[tuple[Rule, Rule]] = field(default_factory=list)

    @property
    def is_small(self) -> bool:
        """Whether every rule that is left may be held against every other."""
        return len(self.left) * len(self.right) <= MAX_COMPARED

    def by_name(self, name: Callable[[Rule], Hashable]) -> None:
        """Pair rules of one name, in their order; None is no name."""
        named: dict[Hashable, list[Rule]] = {}
        for rule in reversed(self.right):
            named.setdefault(name(rule), []).append(rule)
        named.pop(None, None)
        self._take((was, named[name(was)].pop()) for was in self.left if named.get(name(was)))

    def where(self, alike: Callable[[Rule, Rule], bool]) -> None:
        """Pair each rule with the first that is alike."""
        free = list(self.right)
        found: list[tuple[Rule, Rule]] = []
        for was in self.left:
            at = next((place for place, now in enumerate(free) if alike(was, now)), None)
            if at is not None:
                found.append((was, free.pop(at)))
        self._take(found)

    def nearest(self) -> None:
        """Pair what is left with what is most alike: the same gate, and more than half of the cells."""
        free = list(self.right)
        found: list[tuple[Rule, Rule]] = []
        for was in self.left:
            scores = [_likeness(was, now) for now in free]
            if scores and max(scores) > HALF:
                found.append((was, free.pop(scores.index(max(scores)))))
        self._take(found)

    def _take(self, pairs: Iterable[tuple[Rule, Rule]]) -> None:
        new = list(pairs)
        taken = {id(rule) for pair in new for rule in pair}
        self.pairs += new
        self.left = [rule for rule in self.left if id(rule) not in taken]
        self.right = [rule for rule in self.right if id(rule) not in taken]


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


def same_test(name: str, was: Rule, now: Rule) -> bool:
    """Whether two rules test the same of one column."""
    old, new = was.tests.get(name, "-"), now.tests.get(name, "-")
    return old == new or same_tests(old, new)


def same_answer(name: str, was: Rule, now: Rule) -> bool:
    """Whether two rules give the same answer."""
    old, new = was.answers.get(name), now.answers.get(name)
    return old == new or same_formula(old, new)
