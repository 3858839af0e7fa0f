"""`in` and the tests of a decision table's cells as closures."""

from collections.abc import Callable

from forms.feel.compiler import Evaluator, compiled
from forms.feel.evaluation import Scope
from forms.feel.logic import among, any_of, compare
from forms.feel.tree import Against, Among, Holds, In, Node
from forms.feel.values import Value

Test = Callable[[Value, Scope], bool | None]
"""Whether a value passes; the scope is that of the test's own expressions."""


@compiled.register
def _in(node: In) -> Evaluator:
    operand, tests = compiled(node.operand), tuple(map(compiled_test, node.tests))

    def evaluate(scope: Scope) -> Value:
        value = operand(scope)
        return any_of(test(value, scope) for test in tests)

    return evaluate


def compiled_test(node: Node) -> Test:
    """The function of one test."""
    match node:
        case Against(operator=operator, operand=operand):
            limit = compiled(operand)
            return lambda value, scope: compare(operator, value, limit(scope), scope.run)
        case Among(operand=operand):
            wanted = compiled(operand)
            return lambda value, scope: among(value, wanted(scope), scope.run)
        case Holds(condition=condition):
            holds = compiled(condition)
            return lambda value, scope: _truth(holds(scope))
    raise TypeError(node)


def _truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None
