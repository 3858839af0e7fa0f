"""The syntax tree to closures: each node becomes a function from the names in sight to a value.

Loops and filters register themselves in `loops`, memberships in `membership`.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import singledispatch

from forms.feel.arithmetic import cost, negate, operation
from forms.feel.evaluation import Scope
from forms.feel.functions import FUNCTIONS
from forms.feel.logic import ORDER, all_of, any_of, equal, negated, ordered
from forms.feel.paths import member
from forms.feel.tree import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    ContextOf,
    If,
    InstanceOf,
    ListOf,
    Literal,
    Name,
    Negation,
    Node,
    Or,
    Path,
    RangeOf,
)
from forms.feel.values import TYPES, Range, Value

Evaluator = Callable[[Scope], Value]

_SAME_IN_PYTHON = frozenset({Decimal, str, bool})


@singledispatch
def compiled(node: Node) -> Evaluator:
    """The function that evaluates a node."""
    raise TypeError(node)


@compiled.register
def _literal(node: Literal) -> Evaluator:
    value = node.value
    return lambda scope: value


@compiled.register
def _name(node: Name) -> Evaluator:
    name = node.name
    return lambda scope: scope.read(name)


@compiled.register
def _path(node: Path) -> Evaluator:
    field = node.field
    if isinstance(node.source, Name):
        name = node.source.name
        return lambda scope: scope.read_path(name, field)
    source = compiled(node.source)
    return lambda scope: member(source(scope), field, scope.run)


@compiled.register
def _call(node: Call) -> Evaluator:
    count = len(node.arguments)
    signature = next(known for known in FUNCTIONS[node.function] if known.accepts(count))
    present = tuple(argument is not None for argument in node.arguments)
    arguments = [compiled(argument or Literal(value=None)) for argument in node.arguments]
    return lambda scope: signature.apply([value(scope) for value in arguments], present, scope.run)


@compiled.register
def _negation(node: Negation) -> Evaluator:
    operand = compiled(node.operand)
    return lambda scope: negate(operand(scope))


@compiled.register
def _arithmetic(node: Arithmetic) -> Evaluator:
    operator, left, right = node.operator, compiled(node.left), compiled(node.right)
    calculate = operation(operator)

    def evaluate(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if operator == "**" or type(one) is str:
            scope.run.charge(cost(operator, one, other))
        return calculate(one, other)

    return evaluate


@compiled.register
def _comparison(node: Comparison) -> Evaluator:
    return _order(node) if node.operator in ORDER else _equality(node)


def _order(node: Comparison) -> Evaluator:
    left, right, holds = compiled(node.left), compiled(node.right), ORDER[node.operator]
    return lambda scope: ordered(holds, left(scope), right(scope))


def _equality(node: Comparison) -> Evaluator:
    left, right, wanted = compiled(node.left), compiled(node.right), node.operator == "="

    def evaluate(scope: Scope) -> Value:
        one, other = left(scope), right(scope)
        if type(one) is type(other) and type(one) in _SAME_IN_PYTHON:
            return (one == other) is wanted
        same = equal(one, other, scope.run)
        return same if wanted else negated(same)

    return evaluate


@compiled.register
def _between(node: Between) -> Evaluator:
    operand, low, high = compiled(node.operand), compiled(node.low), compiled(node.high)

    def evaluate(scope: Scope) -> Value:
        value = operand(scope)
        return all_of((ordered(ORDER[">="], value, low(scope)), ordered(ORDER["<="], value, high(scope))))

    return evaluate


@compiled.register
def _and(node: And) -> Evaluator:
    parts = tuple(map(compiled, node.parts))
    return lambda scope: all_of(part(scope) for part in parts)


@compiled.register
def _or(node: Or) -> Evaluator:
    parts = tuple(map(compiled, node.parts))
    return lambda scope: any_of(part(scope) for part in parts)


@compiled.register
def _if(node: If) -> Evaluator:
    condition, then, otherwise = compiled(node.condition), compiled(node.then), compiled(node.otherwise)
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


@compiled.register
def _list(node: ListOf) -> Evaluator:
    items = tuple(map(compiled, node.items))
    return lambda scope: [item(scope) for item in items]


@compiled.register
def _context(node: ContextOf) -> Evaluator:
    entries = [(entry.key, compiled(entry.value)) for entry in node.entries]

    def evaluate(scope: Scope) -> Value:
        values: dict[str, Value] = {}
        inner = Scope(values, scope, scope.run)
        for key, value in entries:
            values[key] = value(inner)
        return values

    return evaluate


@compiled.register
def _range(node: RangeOf) -> Evaluator:
    low, high, low_closed, high_closed = (
        compiled(node.low),
        compiled(node.high),
        node.low_closed,
        node.high_closed,
    )
    return lambda scope: Range(low=low(scope), high=high(scope), low_closed=low_closed, high_closed=high_closed)


@compiled.register
def _instance_of(node: InstanceOf) -> Evaluator:
    operand, wanted = compiled(node.operand), TYPES[node.type_name]

    def evaluate(scope: Scope) -> Value:
        value = operand(scope)
        return value is not None if wanted is object else type(value) is wanted

    return evaluate
