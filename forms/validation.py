"""Posted fields to validated answers, or to the sentences that say what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.feel import Environment
from forms.missing import carried, missing, say, unseen
from forms.posted import DEFAULT_IGNORED, MAX_ROWS, Posted, UnknownFields, unflatten, unknown
from forms.settle import Scope, root_scope, settle
from forms.shape import blank, compact, strangers
from forms.tree import Field, Form, Group, Node, Rows, keyed
from forms.values import Read, read_value, unread

__all__ = ["Result", "UnknownFields", "check", "validate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What came of a post.

    answers: JSON to store. entered: what was typed, in the same shape, to show again.
    errors: field name → sentence, in the order of the page.
    unseen: visible fields that the post did not carry, since a condition has just opened them.
    """

    answers: dict[str, Any]
    entered: dict[str, Any]
    errors: Mapping[str, str]
    unseen: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the answers may be stored as final."""
        return not self.errors


def validate(
    form: Form,
    posted: Posted,
    *,
    env: Environment,
    context: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    draft: bool = False,
    ignore: Collection[str] = DEFAULT_IGNORED,
    language: str = "sv",
) -> Result:
    """The result of an HTML post. Names that begin with "_" and those in `ignore` are the page's own.

    `given` holds the stored or prefilled answers: locked fields take their value from there, whatever was
    posted, and so do fields that the browser had not shown.
    Raises UnknownFields for names that the form does not declare.
    """
    if strangers := unknown(form, posted, ignore):
        raise UnknownFields(strangers)
    work = _Work(form, env=env, context=context or {}, given=given or {}, draft=draft, language=language)
    return work.result(carried(form.nodes, unflatten(form, posted), posted, work.given), posted)


def check(
    form: Form,
    answers: Mapping[str, Any],
    *,
    env: Environment,
    context: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    draft: bool = False,
    language: str = "sv",
) -> Result:
    """The result of nested JSON answers, as a scenario or the API gives them; otherwise as `validate`."""
    if undeclared := set(strangers(form.nodes, answers, prefix="")):
        raise UnknownFields(undeclared)
    work = _Work(form, env=env, context=context or {}, given=given or {}, draft=draft, language=language)
    return work.result(answers, None)


@dataclass(slots=True)
class _Work:
    """One validation under way."""

    form: Form
    env: Environment = field(kw_only=True)
    context: Mapping[str, Any] = field(kw_only=True)
    given: Mapping[str, Any] = field(kw_only=True)
    draft: bool = field(kw_only=True)
    language: str = field(kw_only=True)
    reads: dict[str, Read] = field(default_factory=dict)

    def result(self, entered: Mapping[str, Any], posted: Posted | None) -> Result:
        scope = root_scope(entered, context=self.context, env=self.env)
        values = self.read(self.form.nodes, entered, scope, prefix="")
        settled = settle(self.form, values, given=self.given, context=self.context, env=self.env)
        final = root_scope(settled, context=self.context, env=self.env)
        errors = dict(self.errors(self.form.nodes, settled, final, prefix=""))
        seen = unseen(self.form.nodes, final, posted) if posted is not None else ()
        return Result(
            answers=compact(self.form.nodes, settled),
            entered=dict(entered),
            errors=errors,
            unseen=tuple(seen),
        )

    def read(self, nodes: tuple[Node, ...], raw: Mapping[str, Any], scope: Scope, *, prefix: str) -> dict[str, Any]:
        """The values that can be read; the others are None and remembered in `reads`."""
        values: dict[str, Any] = {}
        for node in keyed(nodes):
            name, entered = f"{prefix}{node.key}", raw.get(str(node.key))
            match node:
                case Group():
                    inner = entered if isinstance(entered, Mapping) else {}
                    values[str(node.key)] = self.read(node.nodes, inner, scope.inside(inner), prefix=f"{name}-")
                case Rows():
                    values[node.key] = [
                        self.read(node.nodes, row, scope.inside(row), prefix=f"{name}-{number}-")
                        for number, row in enumerate((entered or [])[: MAX_ROWS + 1])
                    ]
                case Field() if node.formula is None:
                    values[node.key] = self.read_field(node, entered, scope, name)
                case _:
                    pass
        return values

    def read_field(self, field: Field, entered: Any, scope: Scope, name: str) -> Any:
        read = read_value(field, entered, options=scope.options(field), language=self.language)
        if read.problem:
            self.reads[name] = read
            return unread(entered) if self.draft and not read.too_long else None
        return read.value

    def errors(
        self, nodes: tuple[Node, ...], settled: Mapping[str, Any], scope: Scope, *, prefix: str
    ) -> Iterator[tuple[str, str]]:
        """The sentences about visible, unlocked fields, in the order of the page."""
        for node in nodes:
            if scope.is_true(node.hide):
                continue
            match node:
                case Field():
                    if problem := self.field_error(node, settled, scope, name := f"{prefix}{node.key}"):
                        yield name, problem
                case Group(key=None):
                    yield from self.errors(node.nodes, settled, scope, prefix=prefix)
                case Group():
                    inner = settled.get(str(node.key)) or {}
                    yield from self.errors(node.nodes, inner, scope.inside(inner), prefix=f"{prefix}{node.key}-")
                case Rows():
                    yield from self.row_errors(node, settled.get(node.key) or [], scope, f"{prefix}{node.key}")
                case _:
                    pass

    def row_errors(self, node: Rows, rows: list[dict[str, Any]], scope: Scope, name: str) -> Iterator[tuple[str, str]]:
        filled = {number for number, row in enumerate(rows) if self.filled(node, row, f"{name}-{number}-")}
        if len(rows) > MAX_ROWS:
            yield name, say(node, "too_many_rows", self.language, count=MAX_ROWS)
        elif not self.draft and len(filled) < node.min_rows:
            yield name, say(node, "add_rows", self.language, count=node.min_rows)
        for number in sorted(filled):
            row = rows[number]
            yield from self.errors(node.nodes, row, scope.inside(row), prefix=f"{name}-{number}-")

    def filled(self, node: Rows, row: Mapping[str, Any], prefix: str) -> bool:
        """Whether a person wrote anything in the row, readable or not."""
        return not blank(node.nodes, row) or any(name.startswith(prefix) for name in self.reads)

    def field_error(self, field: Field, settled: Mapping[str, Any], scope: Scope, name: str) -> str:
        if scope.locked(field):
            return ""
        read = self.reads.get(name)
        if self.draft:
            return read.problem if read and read.too_long else ""
        if read:
            return read.problem
        if settled.get(field.key) in (None, "", [], False):
            return missing(field, self.language) if scope.required(field) else ""
        wrong = field.rules.valid_if is not None and scope.value(field.rules.valid_if) is False
        return field.rules.valid_message.in_language(self.language).rstrip(".") if wrong else ""
