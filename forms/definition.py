"""Reads a form-js definition (Camunda Forms, schemaVersion 19) and refuses what Styr does not run.

Beyond form-js, Styr reads `title` {sv, en} at the top of the file, and from a component's `properties`:
`help`, `label_en`, `help_en`, `option_en.<value>`, `option_help.<value>`, `column_en.<key>`, `text_en` (words);
`required_if`, `valid_if` (FEEL) with `required_message`, `valid_message` and their `_en`;
`lines`, `width`, `formal`, `min_rows` (looks); `personal-data` (kept for whoever reads the definition).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.feel import Expression, names
from forms.source import Source, load
from forms.tree import (
    Column,
    Field,
    FieldType,
    Form,
    FormRefused,
    Gap,
    Group,
    Label,
    Moment,
    Node,
    Option,
    Options,
    Rows,
    Rules,
    Table,
    Text,
    TextKind,
    keyed,
)

__all__ = ["MAX_FIELDS", "Form", "FormRefused", "read_form"]

SCHEMA_VERSION = 19
MAX_FIELDS = 300
MAX_DEPTH = 6
MAX_PATTERN = 200
MAX_OPTIONS = 300
REFUSED = frozenset({"iframe", "button", "html", "image", "documentPreview"})
REPEATED_GROUP = re.compile(r"\([^()]*[+*|][^()]*\)[+*{]")
"""A repeated group that repeats or chooses inside can take exponential time on a long answer."""
MAX_UNBOUNDED = 3
MUSTACHE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def read_form(data: bytes | Mapping[str, Any], *, key: str = "", file: str | None = None) -> Form:
    """The form in a form-js file. Raises FormRefused, which names the file and the field."""
    source = load(data, file=file)
    version = source.raw.get("schemaVersion")
    if not isinstance(version, int) or not 1 <= version <= SCHEMA_VERSION:
        source.refuse(f"”schemaVersion” ska vara högst {SCHEMA_VERSION}")
    nodes = _Reader().nodes(source, depth=0)
    if not nodes:
        source.refuse("formuläret har inga fält")
    return Form(
        key=key or source.text("id"),
        title=source.label("title"),
        nodes=nodes,
        outside=frozenset(_outside(nodes, frozenset({"parent"}))),
    )


@dataclass(slots=True)
class _Reader:
    """Counts the components of one file while it reads them."""

    count: int = field(default=0)

    def nodes(self, source: Source, *, depth: int, seen: dict[str, str] | None = None) -> tuple[Node, ...]:
        """The components of a container; `seen` holds the keys of the scope it writes into."""
        seen = {} if seen is None else seen
        if depth > MAX_DEPTH:
            source.refuse(f"fälten ligger i fler än {MAX_DEPTH} nivåer")
        return tuple(
            self.node(component, depth=depth, seen=seen) for component in source.children("components", called="Fält")
        )

    def node(self, source: Source, *, depth: int, seen: dict[str, str]) -> Node:
        self.count += 1
        kind = source.text("type")
        source = source.named(_name(source, kind))
        if self.count > MAX_FIELDS:
            source.refuse(f"formuläret har fler än {MAX_FIELDS} fält")
        if kind in REFUSED:
            source.refuse(f"fälttypen ”{kind}” används inte i Styr")
        match kind:
            case "group":
                return self.group(source, depth=depth, seen=seen)
            case "dynamiclist":
                return self.rows(source, depth=depth, seen=seen)
            case "text":
                return _text(source)
            case "table":
                return _table(source)
            case "separator" | "spacer":
                return Gap(spacer=kind == "spacer", hide=_hide(source))
        if kind not in set(FieldType):
            source.refuse(f"fälttypen ”{kind}” är okänd")
        return _field(source, FieldType(kind), key=_claim(source, "key", seen))

    def group(self, source: Source, *, depth: int, seen: dict[str, str]) -> Group:
        key = _claim(source, "path", seen) if source.text("path") else None
        return Group(
            key=key,
            label=_label(source),
            help=_help(source),
            hide=_hide(source),
            nodes=self.nodes(source, depth=depth + 1, seen=None if key else seen),
        )

    def rows(self, source: Source, *, depth: int, seen: dict[str, str]) -> Rows:
        start = source.count("defaultRepetitions", largest=50)
        return Rows(
            key=_claim(source, "path", seen),
            label=_label(source) or source.refuse("etikett saknas"),
            help=_help(source),
            hide=_hide(source),
            nodes=self.nodes(source, depth=depth + 1),
            start=1 if start is None else start,
            min_rows=source.child("properties").count("min_rows", largest=50) or 0,
            fixed=not source.flag("allowAddRemove", True),
            properties=_properties(source),
        )


def _name(source: Source, kind: str) -> str:
    """How a refusal points at a component: its label and key, or its place in the file."""
    words = [source.raw.get(part) for part in ("label", "dateLabel", "timeLabel")]
    label = next((word for word in words if isinstance(word, str) and word), "")
    key = next((k for part in ("key", "path") if isinstance(k := source.raw.get(part), str) and k), "")
    if label and key:
        return f"Fältet ”{label}” ({key})"
    return f"Fältet ”{label or key}”" if label or key else f"{source.name} ({kind or 'utan typ'})"


def _claim(source: Source, part: str, seen: dict[str, str]) -> str:
    key = source.feel_name(part)
    if key in seen:
        source.refuse(f"nyckeln ”{key}” finns redan i {seen[key]}")
    seen[key] = source.name
    return key


def _label(source: Source) -> Label:
    words = source.text("label") or source.text("dateLabel") or source.text("timeLabel")
    return Label(sv=words.strip(), en=source.child("properties").text("label_en"))


def _help(source: Source) -> Label:
    properties = source.child("properties")
    return Label(sv=properties.text("help") or source.text("description"), en=properties.text("help_en"))


def _hide(source: Source) -> Expression | None:
    return source.child("conditional").optional_feel("hide")


def _properties(source: Source) -> Mapping[str, str]:
    properties = source.child("properties")
    return {key: properties.text(key) for key in properties.raw}


def _field(source: Source, kind: FieldType, *, key: str) -> Field:
    label = _label(source)
    if not label and kind is not FieldType.COMPUTED:
        source.refuse("etikett saknas")
    formula = source.optional_feel("expression") if kind is FieldType.COMPUTED else None
    if kind is FieldType.COMPUTED and formula is None:
        source.refuse("uttrycket saknas")
    return Field(
        key=key,
        type=kind,
        label=label,
        help=_help(source),
        rules=_rules(source),
        hide=_hide(source),
        readonly=source.switch("readonly"),
        disabled=source.switch("disabled"),
        options=_options(source, kind),
        moment=_moment(source),
        formula=formula,
        default=_default(source),
        unit=source.child("appearance").text("suffixAdorner"),
        accept=source.text("accept"),
        multiple=source.flag("multiple"),
        lines=source.child("properties").count("lines", largest=40) or 3,
        properties=_properties(source),
    )


def _default(source: Source) -> Any:
    value = source.raw.get("defaultValue")
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(v, str) for v in value)):
        source.refuse("”defaultValue” ska vara ett enkelt värde")
    return value


def _moment(source: Source) -> Moment:
    subtype = source.text("subtype", "date")
    if subtype not in set(Moment):
        source.refuse(f"”subtype” kan inte vara ”{subtype}”")
    return Moment(subtype)


def _rules(source: Source) -> Rules:
    rules, properties = source.child("validate"), source.child("properties")
    kind = rules.text("validationType")
    if kind not in {"", "custom", *TextKind}:
        source.refuse(f"”validationType” kan inte vara ”{kind}”")
    made = Rules(
        required=rules.flag("required"),
        required_if=properties.optional_feel("required_if"),
        minimum=rules.number("min"),
        maximum=rules.number("max"),
        min_length=rules.count("minLength"),
        max_length=rules.count("maxLength"),
        pattern=_pattern(rules),
        pattern_message=rules.text("patternErrorMessage").rstrip("."),
        kind=TextKind(kind) if kind in set(TextKind) else None,
        decimals=source.count("decimalDigits", largest=10),
        increment=source.number("increment"),
        valid_if=properties.optional_feel("valid_if"),
        valid_message=Label(sv=properties.text("valid_message"), en=properties.text("valid_message_en")),
    )
    for low, high in ((made.minimum, made.maximum), (made.min_length, made.max_length)):
        if low is not None and high is not None and low > high:
            source.refuse("det minsta tillåtna är större än det största")
    if made.increment is not None and made.increment <= 0:
        source.refuse("”increment” ska vara större än 0")
    if made.valid_if is not None and not made.valid_message:
        source.refuse("”valid_message” saknas: säg vad som ska göras")
    return made


def _pattern(rules: Source) -> re.Pattern[str] | None:
    """The JavaScript pattern as Python runs it: JavaScript's \\d and \\w are ASCII."""
    source = rules.text("pattern")
    if not source:
        return None
    plain = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "x", source)
    if len(source) > MAX_PATTERN or REPEATED_GROUP.search(plain) or len(re.findall(r"[+*]", plain)) > MAX_UNBOUNDED:
        rules.refuse(f"mönstret ”{source}” kan ta för lång tid att pröva; gör det enklare")
    try:
        return re.compile(source, re.ASCII)
    except re.error as error:
        rules.refuse(f"mönstret ”{source}” går inte att läsa ({error})")


def _options(source: Source, kind: FieldType) -> Options:
    if kind not in {FieldType.RADIO, FieldType.SELECT, FieldType.CHECKLIST, FieldType.TAGLIST}:
        return Options()
    listed = source.text("valuesExpression") or source.text("valuesKey")
    if listed:
        return Options(source=source.feel(listed))
    english = source.child("properties")
    made: dict[str, Option] = {}
    for option in source.children("values", called=f"{source.name}, alternativ"):
        value = str(option.raw.get("value") or "")
        label = option.text("label") or value
        if not value or value in made:
            option.refuse("värdet saknas eller finns redan")
        made[value] = Option(value=value, label=Label(sv=label, en=english.text(f"option_en.{value}")))
    if not 0 < len(made) <= MAX_OPTIONS:
        source.refuse(f"alternativ saknas eller är fler än {MAX_OPTIONS}")
    return Options(values=tuple(made.values()))


def _text(source: Source) -> Text:
    properties = source.child("properties")
    return Text(
        parts=_parts(source, source.text("text")),
        english=_parts(source, properties.text("text_en")),
        hide=_hide(source),
        formal=properties.text("formal") == "true",
    )


def _parts(source: Source, words: str) -> tuple[str | Expression, ...]:
    if words.startswith("="):
        return (source.feel(words),)
    return tuple(source.feel(part) if number % 2 else part for number, part in enumerate(MUSTACHE.split(words)) if part)


def _table(source: Source) -> Table:
    data = source.optional_feel("dataSource") or source.refuse("”dataSource” saknas")
    english = source.child("properties")
    columns = tuple(
        Column(
            key=column.feel_name("key"),
            label=Label(sv=column.text("label"), en=english.text(f"column_en.{column.text('key')}")),
        )
        for column in source.children("columns", called=f"{source.name}, kolumn")
    )
    if not columns:
        source.refuse("kolumner saknas")
    return Table(label=_label(source), source=data, columns=columns, hide=_hide(source))


def _outside(nodes: tuple[Node, ...], known: frozenset[str]) -> Iterator[str]:
    """The root names that expressions below read and no key in their scopes explains."""
    known |= {node.key for node in keyed(nodes) if node.key}
    for node in nodes:
        for expression in _expressions(node):
            own = {node.key} if isinstance(node, Field) and expression is node.formula else set()
            yield from {path[0] for path in names(expression)} - (known - own)
        if isinstance(node, Group | Rows):
            yield from _outside(node.nodes, known)


def _expressions(node: Node) -> Iterator[Expression]:
    if node.hide is not None:
        yield node.hide
    match node:
        case Field():
            own: tuple[Expression | bool | None, ...] = (node.readonly, node.disabled, node.formula)
            own += (node.options.source, node.rules.required_if, node.rules.valid_if)
            yield from (part for part in own if part is not None and not isinstance(part, bool))
        case Text():
            yield from (part for part in (*node.parts, *node.english) if not isinstance(part, str))
        case Table():
            yield node.source
        case _:
            pass
