"""Functions over numbers."""

from datetime import timedelta
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from forms.feel.evaluation import Run
from forms.feel.functions.signature import builtin
from forms.feel.values import NUMBERS, Months, Value

_SLOW = 40
"""Steps that a root, logarithm or exponential costs: they are that much slower than an addition."""

_ROUNDINGS = {
    "decimal": ROUND_HALF_EVEN,
    "round up": ROUND_UP,
    "round down": ROUND_DOWN,
    "round half up": ROUND_HALF_UP,
    "round half down": ROUND_HALF_DOWN,
}


def _declare_rounding(name: str, mode: str) -> None:
    @builtin(name, "n: number", "scale: number")
    def _(n: Decimal, scale: Decimal) -> Decimal:
        return _rounded(n, scale, mode)


for _name, _mode in _ROUNDINGS.items():
    _declare_rounding(_name, _mode)


@builtin("floor", "n: number", "scale: number?")
def _floor(n: Decimal, scale: Decimal = Decimal()) -> Decimal:
    return _rounded(n, scale, ROUND_FLOOR)


@builtin("ceiling", "n: number", "scale: number?")
def _ceiling(n: Decimal, scale: Decimal = Decimal()) -> Decimal:
    return _rounded(n, scale, ROUND_CEILING)


@builtin("abs", "n: size")
def _abs(n: Decimal | timedelta | Months) -> Value:
    if isinstance(n, Decimal):
        return NUMBERS.abs(n)
    if isinstance(n, Months):
        return Months(count=abs(n.count))
    return abs(n)


@builtin("modulo", "dividend: number", "divisor: number")
def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """The sign is that of the divisor, unlike `%` of Decimal."""
    rest = NUMBERS.remainder(dividend, divisor)
    return NUMBERS.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest


@builtin("sqrt", "number: number", run=True)
def _sqrt(run: Run, number: Decimal) -> Decimal:
    run.charge(_SLOW)
    return NUMBERS.sqrt(number)


@builtin("log", "number: number", run=True)
def _log(run: Run, number: Decimal) -> Decimal | None:
    run.charge(_SLOW)
    return NUMBERS.ln(number) if number > 0 else None


@builtin("exp", "number: number", run=True)
def _exp(run: Run, number: Decimal) -> Decimal:
    run.charge(_SLOW)
    return NUMBERS.exp(number)


@builtin("odd", "number: number")
def _odd(number: Decimal) -> bool:
    return NUMBERS.remainder(number, Decimal(2)) in (1, -1)


@builtin("even", "number: number")
def _even(number: Decimal) -> bool:
    return NUMBERS.remainder(number, Decimal(2)) == 0


def _rounded(n: Decimal, scale: Decimal, mode: str) -> Decimal:
    """`n` with `scale` decimals. Raises ArithmeticError where 34 digits do not suffice."""
    digits = int(scale) if abs(scale) <= 6000 else _out_of_range(scale)
    quantum = Decimal(1).scaleb(-digits)
    context = NUMBERS.copy()
    context.rounding = mode
    rounded = n.quantize(quantum, context=context)
    return NUMBERS.plus(rounded)


def _out_of_range(scale: Decimal) -> int:
    raise OverflowError(scale)
