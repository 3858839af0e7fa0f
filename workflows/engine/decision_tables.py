"""Decision tables evaluated: rules, hit policies, decisions that build on others.

An output with a name is a field of the result; the only output without a name is the result itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from forms import feel
from workflows.kernel.errors import StyrError, _l

AGGREGATIONS = {name: f"{name.lower()}(values)" for name in ("SUM", "MIN", "MAX", "COUNT")}
"""What COLLECT may make of the answers, and how that is said in FEEL."""

Names = frozenset[tuple[str, ...]]
Context = Mapping[str, Any]


class DecisionConflict(StyrError):
    """Several rules hold where one alone may (UNIQUE), or give different answers (ANY); `rules` are their ids."""

    status = 500
    code = "decision_conflict"
    message = _l(
        "Raderna {rows} i beslutstabellen {decision} säger emot varandra. Kontakta den som förvaltar modellen."
    )

    def __init__(self, *, decision: str, hits: Iterable[Rule]) -> None:
        hits = tuple(hits)
        self.rules = tuple(rule.id for rule in hits)
        super().__init__(decision=decision, rows=", ".join(str(rule.row) for rule in hits))


class HitPolicy(Enum):
    """What becomes of several rules that hold; those of the standard that are missing here are refused."""

    UNIQUE = "UNIQUE"
    FIRST = "FIRST"
    ANY = "ANY"
    COLLECT = "COLLECT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row: a cell per input, an expression per output; `row` counts from 1."""

    id: str
    row: int
    cells: tuple[feel.UnaryTests, ...]
    entries: tuple[feel.Expression, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The logic of a decision that is a table."""

    policy: HitPolicy
    aggregation: str | None
    inputs: tuple[feel.Expression, ...]
    outputs: tuple[str, ...]
    defaults: tuple[feel.Expression, ...] | None
    rules: tuple[Rule, ...]

    def expressions(self) -> Iterator[feel.Expression | feel.UnaryTests]:
        """Yield everything in the table that reads names."""
        yield from self.inputs
        yield from self.defaults or ()
        for rule in self.rules:
            yield from rule.cells
            yield from rule.entries

    def evaluate(self, decision: str, context: Context, run: feel.Run, held: list[str] | None = None) -> Any:
        """Return what the rules that hold say; their ids go to `held`. Raises DecisionConflict and FeelError."""
        hits = self._hits(context, run)
        if held is not None:
            held += [rule.id for rule in hits]
        if not hits and self.defaults is not None:
            return self._result(self.defaults, context, run)
        if self.policy is HitPolicy.COLLECT:
            return self._collected([self._result(rule.entries, context, run) for rule in hits], run)
        if self.policy is HitPolicy.UNIQUE and len(hits) > 1:
            raise DecisionConflict(decision=decision, hits=hits)
        results = [self._result(rule.entries, context, run) for rule in hits]
        if not all(_same(result, results[0], run) for result in results[1:]):
            raise DecisionConflict(decision=decision, hits=hits)
        return results[0] if results else None

    def _hits(self, context: Context, run: feel.Run) -> list[Rule]:
        values = [feel.evaluate(source, context, run.env, run=run) for source in self.inputs]
        holding = (rule for rule in self.rules if _holds(rule, values, context, run))
        return list(islice(holding, 1) if self.policy is HitPolicy.FIRST else holding)

    def _result(self, entries: tuple[feel.Expression, ...], context: Context, run: feel.Run) -> Any:
        values = [feel.evaluate(entry, context, run.env, run=run) for entry in entries]
        return dict(zip(self.outputs, values, strict=True)) if self.outputs else values[0]

    def _collected(self, results: list[Any], run: feel.Run) -> Any:
        if self.aggregation is None:
            return results
        values = [result[self.outputs[0]] for result in results] if self.outputs else results
        total = feel.evaluate(AGGREGATIONS[self.aggregation], {"values": values}, run.env, run=run.elsewhere())
        return {self.outputs[0]: total} if self.outputs else total


def _holds(rule: Rule, values: list[Any], context: Context, run: feel.Run) -> bool:
    return all(
        feel.matches(cell, value, context, run.env, run=run) for cell, value in zip(rule.cells, values, strict=True)
    )


def _same(left: Any, right: Any, run: feel.Run) -> bool:
    pair = {"left": left, "right": right}
    return feel.evaluate("left = right", pair, run.env, run=run.elsewhere()) is True


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision that can be evaluated.

    `outputs` are the fields of its result, empty when the result is a plain value. The results of the decisions in
    `required` are variables under their ids, and under their names where these are names in FEEL.
    """

    id: str
    name: str
    logic: Table | feel.Expression
    required: tuple[Decision, ...]
    file: str = ""

    @property
    def outputs(self) -> tuple[str, ...]:
        """The names that the result has fields for."""
        return self.logic.outputs if isinstance(self.logic, Table) else ()

    def names(self) -> Names:
        """Return the variables that the decision reads, those of its required decisions included."""
        return frozenset[tuple[str, ...]]().union(*(decision._own_names() for decision in self.all_required()))

    def all_required(self) -> tuple[Decision, ...]:
        """Return the decision itself and everything it builds on, each once however many ways lead there."""
        found = {self.id: self}
        ahead = [self]
        for decision in ahead:
            new = {other.id: other for other in decision.required if other.id not in found}
            found |= new
            ahead += new.values()
        return tuple(found.values())

    def _own_names(self) -> Names:
        own = self.logic.expressions() if isinstance(self.logic, Table) else [self.logic]
        given = {alias for decision in self.required for alias in decision.aliases()}
        return frozenset(name for expression in own for name in feel.names(expression) if name[0] not in given)

    def asks(self) -> Iterator[feel.Expression | feel.UnaryTests]:
        """Yield what decides which row holds: inputs and cells (of a plain expression, all of it)."""
        if isinstance(self.logic, Table):
            yield from self.logic.inputs
            for rule in self.logic.rules:
                yield from rule.cells
        else:
            yield self.logic

    @property
    def rows(self) -> tuple[str, ...]:
        """The ids of the rows, in the order of the table."""
        return tuple(rule.id for rule in self.logic.rules) if isinstance(self.logic, Table) else ()

    def rows_about(self, source: str, value: object, env: feel.Environment) -> Iterator[Mapping[str, str]]:
        """Yield the rows that may hold where the input `source` is `value`: what else they ask, and what they say.

        A decision that is a plain expression is one row.
        """
        if not isinstance(self.logic, Table):
            yield {"": self.logic.source}
            return
        for rule in self.logic.rules:
            asked = list(zip(self.logic.inputs, rule.cells, strict=True))
            if all(feel.matches(cell, value, {}, env) for column, cell in asked if column.source == source):
                others = {f"? {column.source}": cell.source for column, cell in asked if column.source != source}
                said = zip(self.logic.outputs or ("",), rule.entries, strict=False)
                yield others | {name: entry.source for name, entry in said}

    @property
    def needs_row(self) -> bool:
        """Whether the result is null when no row holds."""
        table = self.logic
        return isinstance(table, Table) and table.defaults is None and table.policy is not HitPolicy.COLLECT

    def explain(self, context: Context, run: feel.Run) -> tuple[Any, tuple[str, ...]]:
        """Return the result and the ids of the rows that hold. Raises as `evaluate` does."""
        held: list[str] = []
        result = self._evaluate(context, run, {}, held)
        return result, tuple(held)

    def aliases(self) -> tuple[str, ...]:
        """The variable names under which a decision that requires this one reads its result."""
        return (self.id, self.name) if self.name.isidentifier() else (self.id,)

    def evaluate(self, context: Context, env: feel.Environment) -> Any:
        """Return the result over the variables of `context`; null when no rule holds, for COLLECT an empty list.

        Numbers are Decimal. Raises DecisionConflict, and FeelError when a cell costs too much.
        """
        return self._evaluate(context, feel.Run(env), {})

    def _evaluate(self, context: Context, run: feel.Run, known: dict[str, Any], held: list[str] | None = None) -> Any:
        """`known` holds the results of this evaluation, since two decisions may require the same third."""
        if self.id not in known:
            results: dict[str, Any] = {}
            for decision in self.required:
                result = decision._evaluate(context, run, known)
                results |= dict.fromkeys(decision.aliases(), result)
            seen, alone = ({**context, **results}, run.elsewhere()) if results else (context, run)
            known[self.id] = self._own(seen, alone, held)
        return known[self.id]

    def _own(self, context: Context, run: feel.Run, held: list[str] | None) -> Any:
        if isinstance(self.logic, Table):
            return self.logic.evaluate(self.name or self.id, context, run, held)
        return feel.evaluate(self.logic, context, run.env, run=run)
