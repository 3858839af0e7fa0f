"""Three-valued logic: equality, order and membership; None stands for "can't be said"."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from operator import ge, gt, le, lt

from forms.feel.temporal import instant
from forms.feel.values import Meter, Months, Range, Value

_ORDERED = frozenset({Decimal, str, date, datetime, time, timedelta, Months})

ORDER: dict[str, Callable[[Value, Value], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


def all_of(parts: Iterable[Value]) -> bool | None:
    """`and`: False as soon as a part is; None when one that is not a truth value stands beside only true ones."""
    result: bool | None = True
    for part in parts:
        if part is False:
            return False
        if part is not True:
            result = None
    return result


def any_of(parts: Iterable[Value]) -> bool | None:
    """`or`: True as soon as a part is; None when one that is not a truth value stands beside only false ones."""
    result: bool | None = False
    for part in parts:
        if part is True:
            return True
        if part is not False:
            result = None
    return result


def negated(value: Value) -> bool | None:
    """`not`: None for anything but a truth value."""
    return not value if isinstance(value, bool) else None


def compare(operator: str, left: Value, right: Value, meter: Meter) -> bool | None:
    """One of = != < <= > >=; None for two values of different kinds."""
    if operator == "=":
        return equal(left, right, meter)
    if operator == "!=":
        return negated(equal(left, right, meter))
    return ordered(ORDER[operator], left, right)


def ordered(holds: Callable[[Value, Value], bool], left: Value, right: Value) -> bool | None:
    """Whether the order holds; None unless both are of the same kind and the kind has an order."""
    kind = type(left)
    if kind is not type(right) or kind not in _ORDERED:
        return None
    if kind is datetime or kind is time:
        return _on_the_clock(holds, left, right)
    return holds(left, right)


def equal(left: Value, right: Value, meter: Meter) -> bool | None:
    """Equality: null equals null only; different kinds give None; lists and contexts are compared part by part."""
    if left is None or right is None:
        return left is right
    kind = type(left)
    if kind is not type(right):
        return None
    if kind is list:
        meter.charge(1 + len(left))
        return len(left) == len(right) and all_of(map(equal, left, right, (meter,) * len(left)))
    if kind is dict:
        meter.charge(1 + len(left))
        return left.keys() == right.keys() and all_of(equal(left[key], right[key], meter) for key in left)
    if kind is Range:
        return _same_range(left, right, meter)
    if kind is datetime or kind is time:
        return _on_the_clock(lambda one, other: bool(one == other), left, right)
    return bool(left == right)


def includes(span: Range, value: Value) -> bool | None:
    """Whether the value lies in the range; None when an end is null or of another kind."""
    low = ordered(le if span.low_closed else lt, span.low, value)
    high = ordered(le if span.high_closed else lt, value, span.high)
    return all_of((low, high))


def among(value: Value, wanted: Value, meter: Meter) -> bool | None:
    """Whether `wanted` equals the value, is a range round it, or is a list with such an element."""
    if type(wanted) is Range:
        return includes(wanted, value)
    if type(wanted) is not list:
        return equal(value, wanted, meter)
    meter.charge(1 + len(wanted))
    if type(value) is list and equal(value, wanted, meter) is True:
        return True
    return any_of(includes(item, value) if type(item) is Range else equal(value, item, meter) for item in wanted)


def _same_range(left: Range, right: Range, meter: Meter) -> bool | None:
    if (left.low_closed, left.high_closed) != (right.low_closed, right.high_closed):
        return False
    return all_of((equal(left.low, right.low, meter), equal(left.high, right.high, meter)))


def _on_the_clock(holds: Callable[[Value, Value], bool], left: Value, right: Value) -> bool | None:
    """Dates and times are compared as instants; two times only when both or neither has an offset."""
    if type(left) is time:
        if (left.utcoffset() is None) != (right.utcoffset() is None):
            return None
        return holds(left, right)
    if left.tzinfo is None and right.tzinfo is None:
        return holds(left, right)
    try:
        return holds(instant(left), instant(right))
    except OverflowError:
        return None
