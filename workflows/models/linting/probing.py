"""The projects that a decision table is tried with: every value at which one of its cells may change its mind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from forms import feel
from workflows.engine import Decision
from workflows.models.facts import DEFAULT_FACTS

MAX_TRIALS = 3_000
"""Trials of one table; Härnösand's has 200. A table takes 20 µs a trial."""

MAX_READ = 8_000_000
"""Characters of cells looked at in all trials of one table; a trial of Härnösand's reads 150."""

SCATTER = 2_654_435_761
"""A large prime: its multiples lie far apart."""

CHOICES: Mapping[str, tuple[str, ...]] = {"size_class": ("small", "large"), "light_before": ("none", "green", "red")}
"""Values of facts that are words; those a table names are tried as well."""

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One sort of project: the gate it stands at (empty for none), the variables, and `values` that were chosen."""

    gate: str
    context: Mapping[str, Any]
    values: tuple[tuple[Name, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trials:
    """The trials of a table; `complete` tells that no combination was left out."""

    trials: tuple[Trial, ...]
    complete: bool


def trials(decision: Decision, *, gates: Collection[str], registers: Collection[str]) -> Trials:
    """Return the projects to try a table with."""
    words, numbers = _constants(decision)
    names = sorted(decision.names() - {("gate", "key"), ("facts",)})
    values = [_values(name, words, numbers, registers) for name in names]
    keys = tuple(gates) if gates and ("gate", "key") in decision.names() else ("",)
    count = prod(len(one) for one in values)
    size = sum(20 + len(expression.source) for one in decision.all_required() for expression in one.asks())
    most = max(1, min(MAX_TRIALS, MAX_READ // size) // len(keys))
    found = [_trial(gate, names, _chosen(values, number)) for gate in keys for number in _spread(count, most)]
    return Trials(trials=tuple(found), complete=count <= most)


def _spread(count: int, most: int) -> Iterator[int]:
    """Yield the numbers below `count`, or `most` of them that lie scattered."""
    return (number * SCATTER % count for number in range(most)) if count > most else iter(range(count))


def _chosen(values: list[list[Any]], number: int) -> tuple[Any, ...]:
    """Return one combination: each place of the number, as in a number with a base of its own for every digit."""
    chosen = []
    for one in values:
        number, digit = divmod(number, len(one))
        chosen.append(one[digit])
    return tuple(chosen)


def _trial(gate: str, names: list[Name], chosen: tuple[Any, ...]) -> Trial:
    context: dict[str, Any] = {"facts": dict(DEFAULT_FACTS), "gate": {"key": gate or None, "round": 1, "last": None}}
    for (root, *path), value in zip(names, chosen, strict=True):
        if path:
            context.setdefault(root, {})[path[0]] = value
        else:
            context[root] = value
    return Trial(gate=gate, context=context, values=tuple(zip(names, chosen, strict=True)))


def _values(name: Name, words: list[str], numbers: list[Decimal], registers: Collection[str]) -> list[Any]:
    """Return the values to try of one name: its own sort when it is a fact, else anything the table speaks of."""
    field = name[1] if len(name) > 1 else ""
    if name[0] == "facts":
        if field in registers:
            return [[], ["x1"]]
        default = DEFAULT_FACTS.get(field)
        if isinstance(default, bool):
            return [False, True]
        if isinstance(default, int):
            return _around([*numbers, Decimal(default)])
        return list(dict.fromkeys([*CHOICES.get(field, ()), *words]))
    return [None, True, False, *words, *_around(numbers)]


def _around(numbers: list[Decimal]) -> list[Decimal]:
    """Return the numbers themselves and those next to them."""
    return sorted({Decimal(0), *(number + one for number in numbers for one in (-1, 0, 1) if number + one >= 0)})


def _constants(decision: Decision) -> tuple[list[str], list[Decimal]]:
    """Return the texts and numbers that a table and those it requires compare with."""
    words: dict[str, None] = {}
    numbers: dict[Decimal, None] = {}
    for value in _literals(decision):
        if isinstance(value, str):
            words[value] = None
        elif isinstance(value, Decimal):
            numbers[value] = None
    return list(words), list(numbers)


def _literals(decision: Decision) -> Iterator[Any]:
    for one in decision.all_required():
        for expression in one.asks():
            yield from feel.constants(expression)
