"""Functions that make one value of many: the list given, or the values themselves."""

from collections import Counter
from datetime import timedelta
from decimal import Decimal
from operator import gt, lt
from typing import Any

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.logic import all_of, any_of, ordered
from forms.feel.values import NUMBERS, Months, Value


@builtin("min", "*list", run=True)
def _min(run: Run, *given: Value) -> Value:
    return _extreme(_spread(run, given), first_if=lt)


@builtin("max", "*list", run=True)
def _max(run: Run, *given: Value) -> Value:
    return _extreme(_spread(run, given), first_if=gt)


@builtin("sum", "*list", run=True)
def _sum(run: Run, *given: Value) -> Value:
    """Numbers or durations; null for an empty list, as the standard says."""
    items = _spread(run, given)
    return _total(items) if items else None


@builtin("mean", "*list", run=True)
def _mean(run: Run, *given: Value) -> Decimal | None:
    items = _spread(run, given)
    return NUMBERS.divide(_total_of_numbers(items), Decimal(len(items)))


@builtin("product", "*list", run=True)
def _product(run: Run, *given: Value) -> Decimal | None:
    items = _numbers(_spread(run, given))
    result = Decimal(1)
    for item in items:
        result = NUMBERS.multiply(result, item)
    return result if items else None


@builtin("median", "*list", run=True)
def _median(run: Run, *given: Value) -> Decimal | None:
    items = sorted(_numbers(_spread(run, given)))
    if not items:
        return None
    middle = len(items) // 2
    if len(items) % 2:
        return items[middle]
    return NUMBERS.divide(NUMBERS.add(items[middle - 1], items[middle]), Decimal(2))


@builtin("stddev", "*list", run=True)
def _stddev(run: Run, *given: Value) -> Decimal | None:
    """Of a sample, as the standard says: divided by n - 1."""
    items = _numbers(_spread(run, given))
    if len(items) < 2:
        return None
    mean = NUMBERS.divide(_total_of_numbers(items), Decimal(len(items)))
    deviations = [NUMBERS.power(NUMBERS.subtract(item, mean), 2) for item in items]
    run.charge(10 * len(items))
    return NUMBERS.sqrt(NUMBERS.divide(_total_of_numbers(deviations), Decimal(len(items) - 1)))


@builtin("mode", "*list", run=True)
def _mode(run: Run, *given: Value) -> list[Value]:
    """The most frequent numbers, in rising order."""
    counts = Counter(_numbers(_spread(run, given)))
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


@builtin("all", "*list", run=True)
def _all(run: Run, *given: Value) -> bool | None:
    return all_of(_spread(run, given))


@builtin("any", "*list", run=True)
def _any(run: Run, *given: Value) -> bool | None:
    return any_of(_spread(run, given))


def _spread(run: Run, given: tuple[Value, ...]) -> list[Value]:
    """What a function of many values works on: one list, or the values themselves."""
    if len(given) == 1 and isinstance(given[0], list):
        return given[0]
    run.charge(len(given))
    return list(given)


def _extreme(items: list[Value], *, first_if: Any) -> Value:
    best: Value = None
    for place, item in enumerate(items):
        wins = True if place == 0 else ordered(first_if, item, best)
        if wins is None or item is None:
            return None
        best = item if wins else best
    return best


def _numbers(items: list[Value]) -> list[Decimal]:
    if not all(type(item) is Decimal for item in items):
        raise ValueError("not numbers")
    return items


def _total_of_numbers(items: list[Value]) -> Decimal:
    total = Decimal()
    for item in _numbers(items):
        total = NUMBERS.add(total, item)
    return total


def _total(items: list[Value]) -> Value:
    if all(type(item) is timedelta for item in items):
        return sum(items, timedelta())
    if all(type(item) is Months for item in items):
        return Months(count=sum(item.count for item in items))
    return _total_of_numbers(items)
