"""Makes a form's page: its fields with their values, options and errors as `FieldView`s."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from forms.feel import Environment, Expression, names
from forms.field_view import FieldView, KeptFile, OptionView, RowView
from forms.posted import MAX_ROWS
from forms.settle import Scope, begun, root_scope, settle
from forms.swedish import format_date, format_number, format_time, local_day, parse_date, parse_moment, parse_number
from forms.tree import Field, FieldType, Form, Gap, Group, Moment, Node, Option, Rows, Table, Text, TextKind
from forms.values import MAX_TEXTAREA, MAX_TEXTFIELD, read_value

KINDS = {
    FieldType.CHECKLIST: "checkboxes",
    FieldType.TAGLIST: "tags",
    FieldType.FILEPICKER: "file",
    FieldType.COMPUTED: "computed",
}
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
    language: str = "sv",
) -> tuple[FieldView, ...]:
    """The page of a form. `answers` = stored answers, a draft or what was entered; what they
    leave out has its default.

    `files` gives the names of file references.
    """
    entered = begun(form.nodes, answers or {})
    page = _Page(
        errors=errors or {},
        files=files or {},
        language=language,
        opening=_opening(form),
        today=local_day(env.now),
    )
    values = page.understood(form.nodes, entered, root_scope(entered, context=context or {}, env=env))
    settled = settle(form, values, given=given or {}, context=context or {}, env=env)
    scope = root_scope(settled, context=context or {}, env=env)
    return page.nodes(form.nodes, entered, settled, scope, prefix="")


def _opening(form: Form) -> frozenset[str]:
    """The names that some condition on the page reads: a change of them changes the page."""
    read: set[str] = set()
    for node in form.walk():
        conditions: list[Expression | bool | None] = [node.hide]
        match node:
            case Field():
                conditions += [node.readonly, node.disabled, node.rules.required_if, node.formula, node.options.source]
            case Text():
                conditions += [part for part in node.parts if not isinstance(part, str)]
            case _:
                pass
        for condition in conditions:
            if condition is not None and not isinstance(condition, bool):
                read |= {part for path in names(condition) for part in path}
    return frozenset(read)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """One page under way."""

    errors: Mapping[str, str]
    files: Mapping[str, str]
    language: str
    opening: frozenset[str]
    today: date

    def understood(self, nodes: tuple[Node, ...], raw: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
        """The entered answers as conditions understand them: typed numbers are numbers, the unreadable is absent."""
        values: dict[str, Any] = {}
        for node in nodes:
            match node:
                case Group(key=None):
                    values |= self.understood(node.nodes, raw, scope)
                case Group():
                    inner = raw.get(str(node.key)) or {}
                    values[str(node.key)] = self.understood(node.nodes, inner, scope.inside(inner))
                case Rows():
                    rows = raw.get(node.key) or []
                    values[node.key] = [self.understood(node.nodes, row, scope.inside(row)) for row in rows]
                case Field() if node.formula is None:
                    read = read_value(node, raw.get(node.key), options=scope.options(node), language=self.language)
                    values[node.key] = read.value
                case _:
                    pass
        return values

    def nodes(
        self, nodes: tuple[Node, ...], raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, prefix: str
    ) -> tuple[FieldView, ...]:
        return tuple(self.node(node, raw, settled, scope, prefix=prefix) for node in nodes)

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
                return FieldView(kind="text", markdown=self.markdown(node, scope), formal=node.formal, hidden=hidden)
            case Table():
                return self.table(node, scope, hidden=hidden)
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
                children=self.nodes(node.nodes, row, inner, scope.inside(inner), prefix=f"{name}-{number}-"),
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

    def markdown(self, node: Text, scope: Scope) -> str:
        """The text with its FEEL parts put in; what they give is escaped, it is words and no markup."""
        parts = node.english if self.language == "en" and node.english else node.parts
        return "".join(
            part if isinstance(part, str) else _MARKDOWN.sub(r"\\\1", readable(scope.value(part), self.today))
            for part in parts
        )

    def field(
        self, node: Field, raw: Mapping[str, Any], settled: Mapping[str, Any], scope: Scope, *, name: str, hidden: bool
    ) -> FieldView:
        locked = scope.locked(node)
        value = settled.get(node.key) if locked else raw.get(node.key)
        options = scope.options(node)
        kind = self.kind(node, known=options is not None)
        required = not locked and kind != "computed" and scope.required(node)
        return FieldView(
            kind=kind,
            id=name,
            name=name,
            label=node.label.in_language(self.language),
            help=node.help.in_language(self.language),
            error=self.errors.get(name, ""),
            value=self.value(node, value),
            checked=value is True,
            options=self.options(node, options or (), value, name),
            required=required,
            optional=not (required or locked or kind in {"checkbox", "computed"}),
            readonly=locked,
            disabled=scope.is_true(node.disabled),
            hidden=hidden,
            opens=node.key in self.opening,
            unit=node.unit,
            max_length=_max_length(node),
            accept=node.accept,
            multiple=node.multiple,
            kept=self.kept(node, value),
            formal=node.properties.get("formal") == "true",
            **_widget(node),
        )

    def kind(self, node: Field, *, known: bool) -> str:
        if node.type is FieldType.DATETIME:
            return node.moment.value
        if node.type in {FieldType.RADIO, FieldType.SELECT} and not known:
            return "textfield"
        return KINDS.get(node.type, node.type.value)

    def value(self, node: Field, value: Any) -> str:
        """What stands in the input: typed text as it was typed, days as the browser wants them."""
        if value is None or isinstance(value, bool | list | Mapping):
            return ""
        if node.type is FieldType.COMPUTED:
            return readable(value, self.today)
        if node.type is FieldType.NUMBER and isinstance(value, int | float):
            return format_number(value)
        if node.moment is Moment.DATETIME and (moment := parse_moment(str(value))):
            return moment.isoformat(timespec="minutes")
        if node.type is FieldType.DATETIME:
            return read_value(node, value, options=None, language=self.language).value or str(value)
        return str(value)

    def options(self, node: Field, options: Iterable[Option], value: Any, name: str) -> tuple[OptionView, ...]:
        chosen = set(value) if isinstance(value, list) else {value}
        return tuple(
            OptionView(
                id=f"{name}-{number}",
                value=option.value,
                label=option.label.in_language(self.language),
                help=node.properties.get(f"option_help.{option.value}", ""),
                chosen=option.value in chosen,
            )
            for number, option in enumerate(options, start=1)
        )

    def kept(self, node: Field, value: Any) -> tuple[KeptFile, ...]:
        if node.type is not FieldType.FILEPICKER or not isinstance(value, list):
            return ()
        return tuple(KeptFile(value=str(ref), label=self.files.get(str(ref), str(ref))) for ref in value)


def _max_length(node: Field) -> int | None:
    if node.type not in {FieldType.TEXTFIELD, FieldType.TEXTAREA}:
        return None
    return node.rules.max_length or (MAX_TEXTAREA if node.type is FieldType.TEXTAREA else MAX_TEXTFIELD)


def _widget(node: Field) -> dict[str, Any]:
    """How the input looks and which keyboard a phone shows."""
    match node.type:
        case FieldType.NUMBER:
            whole = node.rules.decimals == 0
            return {"input_mode": "numeric" if whole else "decimal", "width": "short"}
        case FieldType.DATETIME:
            types = {Moment.DATE: "date", Moment.TIME: "time", Moment.DATETIME: "datetime-local"}
            return {"input_type": types[node.moment], "width": "short"}
        case FieldType.TEXTAREA:
            return {"lines": node.lines}
        case FieldType.FILEPICKER:
            return {"input_type": "file"}
    match node.rules.kind:
        case TextKind.EMAIL:
            return {"input_type": "email", "autocomplete": "email"}
        case TextKind.PHONE:
            return {"input_type": "tel", "autocomplete": "tel"}
    return {"width": node.properties.get("width", "")}


def readable(value: Any, today: date) -> str:
    """A computed value as people read it: "27 400", "fre 27 nov", "ja"; a text that is an ISO date is a day."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nej"
        case datetime():
            return f"{format_date(value.date(), today)} {format_time(value.time())}"
        case date():
            return format_date(value, today)
        case time():
            return format_time(value)
        case str():
            return format_date(day, today) if (day := _iso_day(value)) else value
        case list() | tuple():
            return ", ".join(readable(entry, today) for entry in value)
        case _:
            number = parse_number(str(value))
            return format_number(number) if number is not None else str(value)


def _iso_day(words: str) -> date | None:
    return parse_date(words) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII) else None
