"""Pairs the parts of two versions: kept, added, removed, renamed, and which of the kept ones changed places."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms import feel
from forms.feel import FeelError
from workflows.models.comparing.reading import told


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something in a file that people have a name for. `home` is what it lies in, `content` tells it from others."""

    key: str
    values: Mapping[str, Any]
    home: str = ""
    content: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """`kept` are (before, after) with one key, `renamed` those whose content alone says that they are the same."""

    kept: tuple[tuple[Part, Part], ...]
    renamed: tuple[tuple[Part, Part], ...]
    added: tuple[Part, ...]
    removed: tuple[Part, ...]
    moved: frozenset[str]

    @property
    def all_kept(self) -> tuple[tuple[Part, Part], ...]:
        """Kept and renamed."""
        return self.kept + self.renamed


def pair(before: Sequence[Part], after: Sequence[Part]) -> Pairs:
    """Pair parts by key, and what is left by content where only one on each side has it."""
    old, new = {part.key: part for part in before}, {part.key: part for part in after}
    kept = tuple((old[key], new[key]) for key in new if key in old)
    gone = [part for part in before if part.key not in new]
    come = [part for part in after if part.key not in old]
    renamed = tuple(_same_content(gone, come))
    away, here = {part.key for part, _ in renamed}, {part.key for _, part in renamed}
    return Pairs(
        kept=kept,
        renamed=renamed,
        added=tuple(part for part in come if part.key not in here),
        removed=tuple(part for part in gone if part.key not in away),
        moved=frozenset(out_of_order([part.key for part in old.values() if part.key in new], [b.key for _, b in kept])),
    )


def _same_content(gone: Sequence[Part], come: Sequence[Part]) -> Iterator[tuple[Part, Part]]:
    left, right = _by_content(gone), _by_content(come)
    for content, parts in left.items():
        others = right.get(content, [])
        if content is not None and len(parts) == len(others) == 1:
            yield parts[0], others[0]


def _by_content(parts: Sequence[Part]) -> Mapping[Hashable, list[Part]]:
    found: dict[Hashable, list[Part]] = defaultdict(list)
    for part in parts:
        found[part.content].append(part)
    return found


def out_of_order(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Return the fewest keys that must have been moved to turn one order into the other."""
    places = {key: place for place, key in enumerate(before)}
    order = [places[key] for key in after]
    return {key for key, stays in zip(after, _longest_rise(order), strict=True) if not stays}


def _longest_rise(order: Sequence[int]) -> list[bool]:
    """Mark the members of a longest increasing run of numbers."""
    ends: list[int] = []
    length: list[int] = []
    for number in order:
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
        length.append(at)
    marks, wanted, bound = [False] * len(order), len(ends) - 1, float("inf")
    for place in range(len(order) - 1, -1, -1):
        if length[place] == wanted and order[place] < bound:
            marks[place], wanted, bound = True, wanted - 1, order[place]
    return marks


def differing(
    before: Mapping[str, Any], after: Mapping[str, Any], *, formulas: frozenset[str] = frozenset()
) -> Iterator[tuple[str, Any, Any]]:
    """Yield (path, before, after) where two sets of values differ; None stands for no value."""
    for path in dict.fromkeys([*before, *after]):
        old, new = before.get(path), after.get(path)
        if told(old) != told(new) and not (path in formulas and same_formula(old, new)):
            yield path, old, new


def same_formula(before: Any, after: Any) -> bool:
    """Whether two FEEL expressions are one, spaces aside. Their trees are compared as text: there `true` is not 1."""
    if not (isinstance(before, str) and isinstance(after, str)):
        return False
    try:
        return repr(feel.parse(before.strip()).root) == repr(feel.parse(after.strip()).root)
    except FeelError:
        return before.strip() == after.strip()


def same_tests(before: str, after: str) -> bool:
    """Whether two cells of a decision table test the same."""
    try:
        old, new = feel.parse_unary(before), feel.parse_unary(after)
    except FeelError:
        return before.strip() == after.strip()
    return (old.negated, repr(old.tests)) == (new.negated, repr(new.tests))
