"""+ - * / ** and unary minus over numbers, texts, dates and durations; what has no answer is None."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from forms.feel.temporal import add_length, add_months, instant
from forms.feel.values import NUMBERS, Months, Value, bounded

Operation = Callable[[Value, Value], Value]

_DAY = timedelta(days=1)
_LONGEST = Decimal(10**20)
_POWER_COST = 50
"""Steps that a power costs on top: it is that much slower than an addition."""


def _add(left: Value, right: Value) -> Value:
    match left, right:
        case (str(), str()):
            return bounded(left + right)
        case (timedelta(), timedelta()):
            return left + right
        case (Months(), Months()):
            return Months(count=left.count + right.count)
        case (date() | time(), timedelta() | Months()):
            return _shift(left, right)
        case (timedelta() | Months(), date() | time()):
            return _shift(right, left)
    return None


def _subtract(left: Value, right: Value) -> Value:
    match left, right:
        case (timedelta(), timedelta()):
            return left - right
        case (Months(), Months()):
            return Months(count=left.count - right.count)
        case (date() | time(), timedelta() | Months()):
            return _shift(left, negate(right))
        case (date(), date()):
            return _moment_difference(left, right)
        case (time(), time()):
            return _time_difference(left, right)
    return None


def _multiply(left: Value, right: Value) -> Value:
    match left, right:
        case (timedelta() | Months(), Decimal()):
            return _scale(left, NUMBERS.multiply, right)
        case (Decimal(), timedelta() | Months()):
            return _scale(right, NUMBERS.multiply, left)
    return None


def _divide(left: Value, right: Value) -> Value:
    match left, right:
        case (timedelta() | Months(), Decimal()):
            return _scale(left, NUMBERS.divide, right)
        case (timedelta(), timedelta()):
            return NUMBERS.divide(_seconds(left), _seconds(right))
        case (Months(), Months()):
            return NUMBERS.divide(Decimal(left.count), Decimal(right.count))
    return None


def _no_power(left: Value, right: Value) -> Value:
    return None


_NUMERIC: dict[str, Operation] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
    "/": NUMBERS.divide,
    "**": NUMBERS.power,
}
_OTHER: dict[str, Operation] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "/": _divide,
    "**": _no_power,
}


def operation(operator: str) -> Operation:
    """The function of one operator over any two values."""
    numeric, other = _NUMERIC[operator], _OTHER[operator]

    def calculate(left: Value, right: Value) -> Value:
        try:
            if type(left) is Decimal and type(right) is Decimal:
                return numeric(left, right)
            return other(left, right)
        except (ArithmeticError, ValueError):
            return None

    return calculate


def cost(operator: str, left: Value, right: Value) -> int:
    """Steps that the operation costs beyond its node."""
    if operator == "**":
        return _POWER_COST
    if operator == "+" and type(left) is str and type(right) is str:
        return (len(left) + len(right)) >> 6
    return 0


def negate(value: Value) -> Value:
    """Unary minus; None for what has no opposite."""
    if type(value) is Decimal:
        return NUMBERS.minus(value)
    if type(value) is Months:
        return Months(count=-value.count)
    return -value if type(value) is timedelta else None


def _shift(value: Value, length: timedelta | Months) -> Value:
    """A date, time or date and time so much later; None for a time and months."""
    if type(value) is time:
        return _shift_time(value, length) if isinstance(length, timedelta) else None
    if isinstance(length, Months):
        return add_months(value, length.count)
    return add_length(value, length) if type(value) is datetime else value + length


def _shift_time(value: time, length: timedelta) -> time:
    """Round the clock: 23:00 and two hours is 01:00."""
    moved = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None)) + length % _DAY
    return moved.time().replace(tzinfo=value.tzinfo)


def _moment_difference(left: date, right: date) -> timedelta:
    """A date beside a date and time counts from its midnight."""
    if type(left) is date and type(right) is date:
        return left - right
    one, other = _midnight(left), _midnight(right)
    if one.tzinfo is None and other.tzinfo is None:
        return one - other
    return instant(one) - instant(other)


def _midnight(value: date) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time())


def _time_difference(left: time, right: time) -> timedelta | None:
    if (left.utcoffset() is None) != (right.utcoffset() is None):
        return None
    return _since_midnight(left) - _since_midnight(right)


def _since_midnight(value: time) -> timedelta:
    clock = datetime.combine(date(2000, 1, 1), value.replace(tzinfo=None)) - datetime(2000, 1, 1)
    return clock - (value.utcoffset() or timedelta())


def _scale(
    length: timedelta | Months, by: Callable[[Decimal, Decimal], Decimal], factor: Decimal
) -> timedelta | Months:
    """Months are cut to whole ones, days and time rounded to whole microseconds."""
    count = by(Decimal(length.count) if isinstance(length, Months) else _micro(length), factor)
    if abs(count) > _LONGEST:
        raise OverflowError(count)
    if isinstance(length, Months):
        return Months(count=int(count))
    return timedelta(microseconds=int(count.to_integral_value()))


def _micro(length: timedelta) -> Decimal:
    return Decimal(length // timedelta(microseconds=1))


def _seconds(length: timedelta) -> Decimal:
    return NUMBERS.divide(_micro(length), Decimal(10**6))
