"""The syntax tree: frozen nodes, equal when the expressions say the same."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Any part of an expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal(Node):
    """A value written out: number, text, true, false, null, date, time or duration."""

    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A variable; `?` is the value that a unary test looks at."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Path(Node):
    """`source.field`"""

    source: Node
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Node):
    """`source[condition]`: an index when the condition is a number."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """A built-in function; the arguments stand in the order of `parameters`, None where one is left out."""

    function: str
    arguments: tuple[Node | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation(Node):
    """`-operand`"""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    """`left operator right` with one of + - * / **."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Node):
    """`left operator right` with one of = != < <= > >=."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Node):
    """`operand between low and high`, both ends included."""

    operand: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class In(Node):
    """`operand in (tests)`: true when one of the tests holds."""

    operand: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class And(Node):
    """Two or more parts joined by `and`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or(Node):
    """Two or more parts joined by `or`."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class If(Node):
    """`if condition then then else otherwise`"""

    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf(Node):
    """`[item, …]`"""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Node):
    """`key: value` of a context."""

    key: str
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextOf(Node):
    """`{key: value, …}`; a value may use the entries before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangeOf(Node):
    """`[low..high]`; a closed end belongs to the range."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding(Node):
    """`name in source` of a loop; later bindings may use earlier ones."""

    name: str
    source: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class For(Node):
    """`for bindings return body`"""

    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified(Node):
    """`some|every bindings satisfies condition`"""

    every: bool
    bindings: tuple[Binding, ...]
    condition: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceOf(Node):
    """`operand instance of type_name`"""

    operand: Node
    type_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Against(Node):
    """A test with an operator of its own: `< 5`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Node):
    """A test that equals, lists or spans the value: `"a"`, `["a", "b"]`, `[1..5]`."""

    operand: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Node):
    """A test that is a condition of its own: `? > 3 and facts.external_funding`."""

    condition: Node


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below `node`, in source order."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


def size(node: Node) -> int:
    """How many nodes the tree holds: what one round of it costs in steps."""
    return 1 + sum(map(size, children(node)))


_CONDITIONS = (Comparison, Between, In, And, Or, Quantified, InstanceOf)
_NUMBERS = (Arithmetic, Negation)
_TRUTH_FUNCTIONS = frozenset(
    {"not", "contains", "starts with", "ends with", "matches", "list contains", "all", "any", "odd", "even"}
    | {"is defined", "is empty"}
)


def is_condition(node: Node) -> bool:
    """Whether the node can only be true, false or null (a literal `true` does not count)."""
    if isinstance(node, Call):
        return node.function in _TRUTH_FUNCTIONS
    if isinstance(node, If):
        return all(is_condition(way) or _is_truth(way) for way in (node.then, node.otherwise))
    return isinstance(node, _CONDITIONS)


def _is_truth(node: Node) -> bool:
    return isinstance(node, Literal) and isinstance(node.value, bool)


def is_number(node: Node) -> bool:
    """Whether the node can only be a number (or null), so that it serves as an index."""
    if isinstance(node, Literal):
        return not isinstance(node.value, bool | str)
    return isinstance(node, _NUMBERS) or (isinstance(node, Call) and node.function == "count")
