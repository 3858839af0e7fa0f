"""What an evaluation carries with it: the caller's environment, the names in sight, the steps left."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forms.feel.errors import MAX_STEPS, FeelError
from forms.feel.paths import member
from forms.feel.values import SCALARS, Value, inward


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What an expression may know of the world.

    `now` is aware; `workdays(day, n)` gives the day n Swedish working days after `day` (before it when n < 0).
    """

    now: datetime
    workdays: Callable[[date, int], date]


class Run:
    """Evaluations over one context: counts their steps and remembers the variables that they have taken in."""

    __slots__ = ("_left", "_taken_in", "env")

    def __init__(self, env: Environment, left: list[int] | None = None) -> None:
        self.env = env
        self._left = [MAX_STEPS] if left is None else left
        self._taken_in: dict[tuple[str, ...], Value] = {}

    def elsewhere(self) -> "Run":
        """The same count of steps for another context."""
        return Run(self.env, self._left)

    def charge(self, steps: int) -> None:
        """Take `steps` from what is left. Raises FeelError when that is too many."""
        self._left[0] -= steps
        if self._left[0] < 0:
            raise FeelError("Uttrycket tar för lång tid att räkna ut. Dela upp det eller minska listorna.")

    def take_in(self, where: tuple[str, ...], raw: Any) -> Value:
        """The value found at `where` in the context; a list or context there is taken in once."""
        if type(raw) in SCALARS:
            return inward(raw, self)
        if where not in self._taken_in:
            self._taken_in[where] = inward(raw, self)
        return self._taken_in[where]


class Scope:
    """Names in sight: `values`, then those of `outer`. The outermost holds the caller's context as it came."""

    __slots__ = ("outer", "run", "values")

    def __init__(self, values: Mapping[str, Any], outer: "Scope | None", run: Run) -> None:
        self.values = values
        self.outer = outer
        self.run = run

    def read(self, name: str) -> Value:
        """The value of a name; None where nothing has it."""
        scope = self
        while scope.outer is not None:
            if name in scope.values:
                return scope.values[name]
            scope = scope.outer
        raw = scope.values.get(name)
        return raw if raw is None else scope.run.take_in((name,), raw)

    def read_path(self, name: str, field: str) -> Value:
        """`name.field`; where the outermost context has the name, only the field is taken in."""
        scope = self
        while scope.outer is not None:
            if name in scope.values:
                return member(scope.values[name], field, scope.run)
            scope = scope.outer
        raw = scope.values.get(name)
        if type(raw) is dict:
            return scope.run.take_in((name, field), raw.get(field))
        return member(scope.run.take_in((name,), raw), field, scope.run)
