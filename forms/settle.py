"""Which answers hold: hidden ones fall away, readonly ones come from the server, computed ones are computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.feel import Environment, Expression, FeelError, as_json
from forms.feel import evaluate as evaluate_feel
from forms.tree import Field, FieldType, Form, Group, Label, Node, Option, Rows

MAX_ROUNDS = 8
"""Conditions that still change each other after this many rounds stand as the last round left them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an expression sees: the context, the outer answers, and nearest the answers beside it."""

    values: Mapping[str, Any]
    outer: Mapping[str, Any]
    env: Environment
    memo: dict[int, Sequence[Option]]

    def inside(self, answers: Mapping[str, Any]) -> Scope:
        """The scope of a group or a row with `answers`."""
        values = {**self.values, **answers, "parent": self.values}
        return Scope(values=values, outer=self.values, env=self.env, memo=self.memo)

    def is_true(self, condition: Expression | bool | None) -> bool:
        """Whether a condition holds; null is not true."""
        if condition is None or isinstance(condition, bool):
            return condition is True
        return self.value(condition) is True

    def value(self, expression: Expression) -> Any:
        """What an expression gives here; null where it meets a bound, as for all else that FEEL cannot work out."""
        try:
            return evaluate_feel(expression, self.values, self.env)
        except FeelError:
            return None

    def computed(self, key: str, formula: Expression) -> Any:
        """What the field `key` computes. Its own name means what lies outside: `project` may show `project.title`."""
        return as_json(self.around(key).value(formula))

    def around(self, key: str) -> Scope:
        """This scope as it is without the answer under `key`."""
        return replace(self, values={**self.values, key: self.outer.get(key)})

    def locked(self, field: Field) -> bool:
        """Whether a person cannot change the field here."""
        return field.formula is not None or self.is_true(field.readonly) or self.is_true(field.disabled)

    def required(self, field: Field) -> bool:
        """Whether the field must be answered here."""
        return field.rules.required or self.is_true(field.rules.required_if)

    def options(self, field: Field) -> Sequence[Option] | None:
        """The field's choices; None when their source is not known here."""
        source = field.options.source
        if source is None:
            return field.options.values
        if source.source not in self.values:
            return _options(self.value(source))
        # A plain name is looked up, and a list of people is made into choices once, not once a row.
        listed = self.values[source.source]
        if id(listed) not in self.memo and (made := _options(listed)) is not None:
            self.memo[id(listed)] = made
        return self.memo.get(id(listed))


def root_scope(answers: Mapping[str, Any], *, context: Mapping[str, Any], env: Environment) -> Scope:
    """The scope at the top of a form."""
    return Scope(values={**context, **answers}, outer=context, env=env, memo={})


def settle(
    form: Form,
    values: Mapping[str, Any],
    *,
    given: Mapping[str, Any],
    context: Mapping[str, Any],
    env: Environment,
) -> dict[str, Any]:
    """The answers that hold. A hidden answer is absent to the conditions of the others, so this takes rounds."""
    settled = dict(values)
    for _ in range(MAX_ROUNDS):
        scope = root_scope(settled, context=context, env=env)
        before, settled = settled, _pass(form.nodes, values, given, scope)
        if settled == before:
            break
    return settled


def _pass(nodes: tuple[Node, ...], values: Mapping[str, Any], given: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for node in nodes:
        if scope.is_true(node.hide):
            continue
        match node:
            case Field():
                value = _field_value(node, values, given, scope)
                if value is not None:
                    kept[node.key] = value
            case Group(key=None):
                kept |= _pass(node.nodes, values, given, scope)
            case Group() | Rows():
                kept[str(node.key)] = _below(node, values, given, scope)
            case _:
                pass
    return kept


def _below(node: Group | Rows, values: Mapping[str, Any], given: Mapping[str, Any], scope: Scope) -> Any:
    """The settled answers of a keyed group or of each row."""
    key = str(node.key)
    settled_here, value, old = scope.values.get(key), values.get(key), given.get(key)
    if isinstance(node, Group):
        inner = scope.inside(_mapping(settled_here))
        return _pass(node.nodes, _mapping(value), _mapping(old), inner)
    rows, before, olds = _rows(value), _rows(settled_here), _rows(old)
    return [
        _pass(node.nodes, row, _nth(olds, number), scope.inside(_nth(before, number)))
        for number, row in enumerate(rows)
    ]


def _field_value(field: Field, values: Mapping[str, Any], given: Mapping[str, Any], scope: Scope) -> Any:
    if field.formula is not None:
        return scope.computed(field.key, field.formula)
    if scope.locked(field):
        value = given.get(field.key, field.default)
        return (value is True) if field.type is FieldType.CHECKBOX else value
    return values.get(field.key)


def _options(listed: Any) -> Sequence[Option] | None:
    """The choices in a list of texts or {value, label}; None when it is no list."""
    if not isinstance(listed, list | tuple):
        return None
    return [option for entry in listed if (option := _option(entry))]


def _option(entry: Any) -> Option | None:
    if isinstance(entry, Mapping):
        value = entry.get("value")
        return Option(value=str(value), label=Label(sv=str(entry.get("label") or value))) if value else None
    return Option(value=str(entry), label=Label(sv=str(entry))) if entry not in (None, "") else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [_mapping(row) for row in value] if isinstance(value, list) else []


def _nth(rows: list[Mapping[str, Any]], number: int) -> Mapping[str, Any]:
    return rows[number] if number < len(rows) else {}
