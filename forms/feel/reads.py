"""Which variables an expression reads, known without evaluating it."""

from collections.abc import Iterator, Mapping
from typing import Any

from forms.feel.expression import Expression, UnaryTests
from forms.feel.tree import Binding, ContextOf, Filter, For, Literal, Name, Node, Path, Quantified, children

Reading = tuple[str, ...]
"""A variable, or a variable and one field of it: `("facts", "total_cost")`."""

_Bound = Mapping[str, str | None]
"""Names that a loop or filter binds, each with the list variable whose items it stands for, if it is that plain."""


def names(expression: Expression | UnaryTests) -> frozenset[Reading]:
    """The variables that are read, with one field where the expression names one.

    `item`, `?` and the names that loops and contexts bind are left out; a field of theirs counts as a field of the
    list variable they go through: `votes[choice = "approve"]` reads `("votes",)` and `("votes", "choice")`.
    """
    roots = (expression.root,) if isinstance(expression, Expression) else expression.tests
    bound: _Bound = {"?": None}
    return frozenset(reading for root in roots for reading, certain in _read(root, bound) if certain)


def possible_names(expression: Expression | UnaryTests) -> frozenset[Reading]:
    """The names inside filters that are a field of the item or else a variable: `members[item = member]` gives
    `("member",)`. Only the evaluation can tell."""
    roots = (expression.root,) if isinstance(expression, Expression) else expression.tests
    bound: _Bound = {"?": None}
    return frozenset(reading for root in roots for reading, certain in _read(root, bound) if not certain)


def constants(expression: Expression | UnaryTests) -> Iterator[Any]:
    """Every value that is written out in an expression, in source order."""
    ahead: list[Node] = [expression.root] if isinstance(expression, Expression) else [*expression.tests]
    while ahead:
        node = ahead.pop(0)
        if isinstance(node, Literal):
            yield node.value
        ahead = [*children(node), *ahead]


def _read(node: Node, bound: _Bound) -> Iterator[tuple[Reading, bool]]:
    """Every reading below a node, and whether it is certain."""
    match node:
        case Name(name=name):
            if name not in bound:
                yield (name,), True
        case Path(source=source, field=field):
            yield from _read_path(source, field, bound)
        case Filter(source=source, condition=condition):
            yield from _read(source, bound)
            yield from _read_condition(source, condition, bound)
        case For(bindings=bindings, body=body):
            yield from _read_loop(bindings, body, bound)
        case Quantified(bindings=bindings, condition=condition):
            yield from _read_loop(bindings, condition, bound)
        case ContextOf(entries=entries):
            inner = dict(bound)
            for entry in entries:
                yield from _read(entry.value, inner)
                inner[entry.key] = None
        case _:
            for child in children(node):
                yield from _read(child, bound)


def _read_path(source: Node, field: str, bound: _Bound) -> Iterator[tuple[Reading, bool]]:
    """`a.b`, `a[…].b` and `x.b` in a loop over `a` all read the field b of a."""
    variable = _variable(source, bound)
    if variable is not None:
        yield (variable, field), True
    if not isinstance(source, Name):
        yield from _read(source, bound)


def _read_loop(bindings: tuple[Binding, ...], body: Node, bound: _Bound) -> Iterator[tuple[Reading, bool]]:
    inner = dict(bound)
    for binding in bindings:
        yield from _read(binding.source, inner)
        inner[binding.name] = _variable(binding.source, inner)
    yield from _read(body, inner)


def _read_condition(source: Node, condition: Node, bound: _Bound) -> Iterator[tuple[Reading, bool]]:
    """A bare name in a filter is taken as a field of the items, unless a loop binds it."""
    variable = _variable(source, bound)
    for reading, certain in _read(condition, {**bound, "item": variable}):
        if len(reading) > 1 or not certain:
            yield reading, certain
            continue
        yield reading, False
        if variable is not None:
            yield (variable, *reading), True


def _variable(node: Node, bound: _Bound) -> str | None:
    """The variable that a node stands for, or whose items it stands for; None when it is not that plain."""
    match node:
        case Name(name=name):
            return bound.get(name) if name in bound else name
        case Filter(source=source):
            return _variable(source, bound)
    return None
