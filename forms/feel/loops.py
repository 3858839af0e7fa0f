"""Loops and filters as closures."""

from collections.abc import Iterator
from decimal import Decimal

from forms.feel.compiler import Evaluator, compiled
from forms.feel.evaluation import Scope
from forms.feel.logic import all_of, any_of
from forms.feel.tree import Binding, Filter, For, Quantified, is_condition, is_number, size
from forms.feel.values import Range, Value


class _NoList(Exception):
    """A loop met something that it can't go through; the loop is null."""


@compiled.register
def _for(node: For) -> Evaluator:
    body, bindings, weight = compiled(node.body), _compiled(node.bindings), 1 + size(node.body)

    def evaluate(scope: Scope) -> Value:
        try:
            return [body(inner) for inner in _rounds(bindings, scope, weight)]
        except _NoList:
            return None

    return evaluate


@compiled.register
def _quantified(node: Quantified) -> Evaluator:
    condition, bindings, weight = (
        compiled(node.condition),
        _compiled(node.bindings),
        1 + size(node.condition),
    )
    verdict = all_of if node.every else any_of

    def evaluate(scope: Scope) -> Value:
        try:
            return verdict(condition(inner) for inner in _rounds(bindings, scope, weight))
        except _NoList:
            return None

    return evaluate


@compiled.register
def _filter(node: Filter) -> Evaluator:
    source, condition, weight = compiled(node.source), compiled(node.condition), 1 + size(node.condition)
    if is_number(node.condition):
        return lambda scope: _item(_listed(source(scope)), condition(scope))
    always_a_list = is_condition(node.condition)

    def evaluate(scope: Scope) -> Value:
        items = _listed(source(scope))
        if not items:
            return items if always_a_list or items is None else _none_of(condition(scope))
        kept = []
        for item, inner in _item_scopes(items, scope):
            scope.run.charge(weight)
            verdict = condition(inner)
            if type(verdict) is Decimal:
                return _item(items, verdict)
            if verdict is True:
                kept.append(item)
        return kept

    return evaluate


def _compiled(bindings: tuple[Binding, ...]) -> list[tuple[str, Evaluator]]:
    return [(binding.name, compiled(binding.source)) for binding in bindings]


def _rounds(bindings: list[tuple[str, Evaluator]], scope: Scope, weight: int) -> Iterator[Scope]:
    """One scope after the other, the same object with new values. Raises _NoList."""
    (name, source), *rest = bindings
    values: dict[str, Value] = {}
    inner = Scope(values, scope, scope.run)
    for item in _items(source(scope)):
        scope.run.charge(weight)
        values[name] = item
        if rest:
            yield from _rounds(rest, inner, weight)
        else:
            yield inner


def _items(value: Value) -> Iterator[Value]:
    if type(value) is list:
        return iter(value)
    if type(value) is Range:
        return _whole_numbers(value)
    raise _NoList


def _whole_numbers(span: Range) -> Iterator[Decimal]:
    """From one end to the other, downwards too."""
    ends = (span.low, span.high)
    if any(type(end) is not Decimal or end != end.to_integral_value() or abs(end) > 10**9 for end in ends):
        raise _NoList
    low, high = int(span.low), int(span.high)
    step = 1 if low <= high else -1
    first = low if span.low_closed else low + step
    last = high if span.high_closed else high - step
    return map(Decimal, range(first, last + step, step))


def _item_scopes(items: list[Value], scope: Scope) -> Iterator[tuple[Value, Scope]]:
    """Each item with a scope in which it is `item`, and in which its fields, if it has any, are names."""
    named: dict[str, Value] = {}
    around = Scope(named, scope, scope.run)
    inside = Scope({}, around, scope.run)
    for item in items:
        named["item"] = item
        if type(item) is dict:
            inside.values = item
            yield item, inside
        else:
            yield item, around


def _listed(value: Value) -> list[Value] | None:
    """A single value is filtered as a list of one."""
    return value if value is None or type(value) is list else [value]


def _item(items: list[Value] | None, place: Value) -> Value:
    """The item at a place counted from 1, from the end when negative; None outside the list."""
    if items is None or type(place) is not Decimal or place == 0 or abs(place) > len(items):
        return None
    if place != place.to_integral_value():
        return None
    return items[int(place) - 1 if place > 0 else int(place)]


def _none_of(verdict: Value) -> Value:
    """What an empty list answers: nothing at a place, and no items for a condition."""
    return None if type(verdict) is Decimal else []
