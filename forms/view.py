"""Makes a form's page: its fields with their values, options and errors as `FieldView`s."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from forms.entered import begun, understood
from forms.feel import Environment, names
from forms.field_view import DocumentView, FieldView, RowView
from forms.posted import MAX_ROWS
from forms.references import references_in
from forms.settle import Scope, root_scope, settle
from forms.signing import is_signature
from forms.swedish import local_day
from forms.tree import Documents, Field, Form, Gap, Group, Node, Rows, Table, Text, expressions
from forms.widgets import inline, input_value, kept_files, kind_of, option_views, readable, widget

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+!|<>~&-])")


def fields_for(
    form: Form,
    answers: Mapping[str, Any] | None,
    *,
    env: Environment,
    errors: Mapping[str, str] | None = None,
    context: Mapping[str, Any] | None = None,
    given: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    documents: Mapping[str, DocumentView] | None = None,
    examples: tuple[DocumentView, ...] = (),
    language: str = "sv",
) -> tuple[FieldView, ...]:
    """The page of a form. `files` gives the names of file references.

    `documents` are the stored files that the reader may see, by reference; with `examples` these stand in their place.
    `answers` = stored answers, a draft or what was entered; what they leave out has its default.
    """
    entered = begun(form.nodes, answers or {})
    page = _Page(
        errors=errors or {},
        files=files or {},
        documents=documents or {},
        examples=examples,
        language=language,
        opening=_opening(form),
        today=local_day(env.now),
    )
    values = understood(form.nodes, entered, root_scope(entered, context=context or {}, env=env), language)
    settled = settle(form, values, given=given or {}, context=context or {}, env=env)
    scope = root_scope(settled, context=context or {}, env=env)
    return page.nodes(form.nodes, entered, settled, scope, prefix="")


def _opening(form: Form) -> frozenset[str]:
    """The names that some expression on the page reads: a change of them changes the page."""
    read = (names(expression) for node in form.walk() for expression in expressions(node))
    return frozenset(part for paths in read for path in paths for part in path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page under way."""

    errors: Mapping[str, str]
    files: Mapping[str, str]
    documents: Mapping[str, DocumentView]
    examples: tuple[DocumentView, ...]
    language: str
    opening: frozenset[str]
    today: date

    def nodes(
        self, nodes: tuple[Node, ...], raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, prefix: str
    ) -> tuple[FieldView, ...]:
        return _beside([(node, self.node(node, raw, settled, scope, prefix=prefix)) for node in nodes])

    def node(
        self, node: Node, raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, prefix: str
    ) -> FieldView:
        hidden = scope.is_true(node.hide)
        match node:
            case Field():
                return self.field(node, raw, settled, scope, name=f"{prefix}{node.key}", hidden=hidden)
            case Group():
                return self.group(node, raw, settled, scope, prefix=prefix, hidden=hidden)
            case Rows():
                return self.rows(node, raw, settled, scope, name=f"{prefix}{node.key}", hidden=hidden)
            case Text():
                kind = "html" if node.is_html else "text"
                return FieldView(kind=kind, markdown=self.markdown(node, scope), formal=node.formal, hidden=hidden)
            case Table():
                return self.table(node, scope, hidden=hidden)
            case Documents():
                return self.listed(node, scope, hidden=hidden)
            case Gap():
                return FieldView(kind="spacer" if node.spacer else "separator", hidden=hidden)

    def group(
        self,
        node: Group,
        raw: Mapping[str, Any],
        settled: Mapping[str, Any],
        scope: Scope,
        *,
        prefix: str,
        hidden: bool,
    ) -> FieldView:
        name = f"{prefix}{node.key}" if node.key else ""
        if node.key:
            raw, settled = raw.get(node.key) or {}, settled.get(node.key) or {}
            scope, prefix = scope.inside(settled), f"{name}-"
        return FieldView(
            kind="group",
            id=name,
            label=node.label.in_language(self.language),
            help=node.help.in_language(self.language),
            hidden=hidden,
            children=() if hidden else self.nodes(node.nodes, raw, settled, scope, prefix=prefix),
        )

    def rows(
        self, node: Rows, raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, name: str, hidden: bool
    ) -> FieldView:
        entered = raw.get(node.key)
        rows = entered if isinstance(entered, list) else [{}] * node.start
        held = settled.get(node.key) or []
        views = tuple(
            RowView(
                number=number,
                label=f"{'Row' if self.language == 'en' else 'Rad'} {number + 1}",
                children=self.row(node, row, inner, scope.inside(inner), prefix=f"{name}-{number}-", first=not number),
                remove="" if node.fixed else f"{name}-{number}",
            )
            for number, row in enumerate(() if hidden else rows)
            for inner in [held[number] if number < len(held) else {}]
        )
        return FieldView(
            kind="rows",
            id=name,
            name=name,
            label=node.label.in_language(self.language),
            help=node.help.in_language(self.language),
            error=self.errors.get(name, ""),
            hidden=hidden,
            rows=views,
            add="" if node.fixed or len(rows) >= MAX_ROWS else name,
        )

    def row(
        self, node: Rows, raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, prefix: str, first: bool
    ) -> tuple[FieldView, ...]:
        """The fields of a row; help is read once, in the first."""
        children = self.nodes(node.nodes, raw, settled, scope, prefix=prefix)
        return children if first else tuple(replace(child, help="") for child in children)

    def table(self, node: Table, scope: Scope, *, hidden: bool) -> FieldView:
        listed = scope.value(node.source)
        rows = [row for row in listed if isinstance(row, Mapping)] if isinstance(listed, list) else []
        return FieldView(
            kind="table",
            label=node.label.in_language(self.language),
            hidden=hidden,
            columns=tuple(column.label.in_language(self.language) or column.key for column in node.columns),
            cells=tuple(tuple(readable(row.get(column.key), self.today) for column in node.columns) for row in rows),
        )

    def listed(self, node: Documents, scope: Scope, *, hidden: bool) -> FieldView:
        wanted = () if hidden else references_in(scope.value(node.source))
        found = self.examples or tuple(self.documents[one] for one in wanted if one in self.documents)
        return FieldView(
            kind="documents",
            label=node.label.in_language(self.language),
            hidden=hidden,
            documents=found,
            unseen=0 if self.examples else len(wanted) - len(found),
            lines=node.height or 0,
        )

    def markdown(self, node: Text, scope: Scope) -> str:
        """The text with its FEEL parts put in; what they give is escaped, it is words and no markup."""
        parts = node.english if self.language == "en" and node.english else node.parts
        said = (part if isinstance(part, str) else readable(scope.value(part), self.today) for part in parts)
        shown = escape if node.is_html else lambda words: _MARKDOWN.sub(r"\\\1", words)
        return "".join(
            words if isinstance(part, str) else shown(words) for part, words in zip(parts, said, strict=True)
        )

    def field(
        self, node: Field, raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, name: str, hidden: bool
    ) -> FieldView:
        locked = scope.locked(node)
        value = settled.get(node.key) if locked else raw.get(node.key)
        options = scope.options(node)
        choices = option_views(node, options or (), value, name=name, language=self.language)
        kind = kind_of(node, known=options is not None)
        required = not locked and kind != "computed" and scope.required(node)
        return FieldView(
            kind=kind,
            id=name,
            name=name,
            label=node.label.in_language(self.language),
            help=node.help.in_language(self.language),
            error=self.errors.get(name, ""),
            value=input_value(node, value, today=self.today, language=self.language),
            checked=value is True,
            options=choices,
            inline=kind == "radio" and inline(choices),
            required=required,
            optional=not (required or locked or kind in {"checkbox", "computed"} or node.default is not None),
            readonly=locked,
            disabled=scope.is_true(node.disabled),
            hidden=hidden or node.properties.get("only_on_paper") == "true" or is_signature(node),
            opens=node.key in self.opening,
            unit=node.unit,
            accept=node.accept,
            multiple=node.multiple,
            kept=kept_files(node, value, self.files),
            formal=node.properties.get("formal") == "true",
            **widget(node),
        )


def _beside(shown: list[tuple[Node, FieldView]]) -> tuple[FieldView, ...]:
    """The views of a container, neighbours of one row put together; a hidden one leaves its place to the others."""
    if not any(node.layout.row for node, _ in shown):
        return tuple(view for _, view in shown)
    views: list[FieldView] = []
    visible = [(node.layout, view) for node, view in shown if not view.hidden]
    for row, together in groupby(enumerate(visible), key=lambda one: one[1][0].row or one[0]):
        members = [replace(view, span=layout.columns) for _, (layout, view) in together]
        if isinstance(row, str) and len(members) > 1:
            views.append(FieldView(kind="beside", children=tuple(members)))
        else:
            views += [replace(view, span=None) for view in members]
    return (*views, *(view for _, view in shown if view.hidden))
