"""How a built-in function is declared, and how its arguments meet its parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import NoneType
from typing import Any

from forms.feel.evaluation import Run
from forms.feel.values import Months, Value

Body = Callable[..., Value]

_KINDS: dict[str, frozenset[type]] = {
    "number": frozenset({Decimal}),
    "text": frozenset({str}),
    "text or null": frozenset({str, NoneType}),
    "list": frozenset({list}),
    "context": frozenset({dict}),
    "day": frozenset({date, datetime}),
    "time": frozenset({time}),
    "moment": frozenset({date, datetime, time, str}),
    "length": frozenset({timedelta}),
    "size": frozenset({Decimal, timedelta, Months}),
    "any": frozenset(),
}
"""What a parameter takes; "any" takes null too."""

_REFUSED: Any = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter, declared as `"name: kind"`, `"name: kind?"` (optional) or `"*name"` (any number of any kind)."""

    name: str
    kinds: frozenset[type]
    optional: bool
    rest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One way to call a built-in function."""

    parameters: tuple[Parameter, ...]
    body: Body
    takes_run: bool

    def accepts(self, count: int) -> bool:
        """Whether so many arguments by position fit."""
        if self.parameters and self.parameters[-1].rest:
            return count >= len(self.parameters)
        required = sum(not parameter.optional for parameter in self.parameters)
        return required <= count <= len(self.parameters)

    def order(self, names: list[str]) -> list[int | None] | None:
        """Which of the named arguments stands at each parameter; None when the names don't fit."""
        known = [parameter.name for parameter in self.parameters]
        missing = [p.name for p in self.parameters if not p.optional and p.name not in names]
        if missing or len(set(names)) < len(names) or not set(names) <= set(known):
            return None
        places = [names.index(name) if name in names else None for name in known]
        while places and places[-1] is None:
            places.pop()
        return places

    def apply(self, given: list[Value], present: tuple[bool, ...], run: Run) -> Value:
        """The answer; None when an argument is of a kind that its parameter does not take."""
        parameters = self.parameters
        for index, value in enumerate(given):
            parameter = parameters[min(index, len(parameters) - 1)]
            kind = type(value)
            if kind is list:
                run.charge(len(value))
            elif kind is str:
                run.charge(len(value) >> 6)
            if parameter.kinds and kind not in parameter.kinds and present[index]:
                given[index] = _converted(value, parameter.kinds)
                if given[index] is _REFUSED:
                    return None
        try:
            return self.body(run, *given) if self.takes_run else self.body(*given)
        except (ArithmeticError, ValueError):
            return None


FUNCTIONS: dict[str, list[Signature]] = {}
"""Every built-in function by name, filled by the modules of this package."""


def builtin(name: str, *parameters: str, run: bool = False) -> Callable[[Body], Body]:
    """Declare a function of the language; with `run`, its body is given the evaluation as first argument."""

    def declare(body: Body) -> Body:
        signature = Signature(parameters=tuple(map(_parameter, parameters)), body=body, takes_run=run)
        FUNCTIONS.setdefault(name, []).append(signature)
        return body

    return declare


def _parameter(text: str) -> Parameter:
    if text.startswith("*"):
        return Parameter(name=text[1:], kinds=frozenset(), optional=False, rest=True)
    name, _, kind = text.partition(": ")
    optional = kind.endswith("?")
    return Parameter(name=name, kinds=_KINDS[kind.rstrip("?")], optional=optional, rest=False)


def _converted(value: Value, kinds: frozenset[type]) -> Value:
    """A single value serves as a list of one, and a list of one as its item, as the standard says."""
    if list in kinds:
        return _REFUSED if value is None else [value]
    if type(value) is list and len(value) == 1 and type(value[0]) in kinds:
        return value[0]
    return _REFUSED
