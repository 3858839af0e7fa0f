"""A form as a frozen tree: what `forms.definition` reads and everything else in this package walks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from re import Pattern
from typing import TypeAlias

from forms.feel import Expression

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class FormRefused(Exception):
    """A form or checklist file that Styr does not accept; the message is Swedish and names the element."""

    def __init__(self, message: str, *, file: str | None = None, element: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.file = file
        self.element = element


class FieldType(StrEnum):
    """The input types of form-js that carry an answer."""

    TEXTFIELD = "textfield"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATETIME = "datetime"
    CHECKBOX = "checkbox"
    CHECKLIST = "checklist"
    RADIO = "radio"
    SELECT = "select"
    TAGLIST = "taglist"
    FILEPICKER = "filepicker"
    COMPUTED = "expression"


class Moment(StrEnum):
    """What a datetime field asks for (form-js `subtype`)."""

    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"


class TextKind(StrEnum):
    """form-js `validationType`."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words in both languages; `en` falls back to `sv`."""

    sv: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.sv)

    def in_language(self, language: str) -> str:
        """The words in `language` ("sv" or "en")."""
        return self.en or self.sv if language == "en" else self.sv


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice; `value` is stored, `label` is read."""

    value: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """Where a field's choices come from: written out, or a FEEL list of texts or {value, label}."""

    values: tuple[Option, ...] = ()
    source: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What an answer must fulfil; lengths in characters, `increment` counted from `minimum` or 0.

    `valid_if` compares with other answers; where it is false, `valid_message` says what to do.
    """

    required: bool = False
    required_if: Expression | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: Pattern[str] | None = None
    pattern_message: str = ""
    kind: TextKind | None = None
    decimals: int | None = None
    increment: Decimal | None = None
    valid_if: Expression | None = None
    valid_message: Label = Label()


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a component stands: neighbours of one `row` stand beside one another, `columns` sixteenths wide."""

    row: str = ""
    columns: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A component that carries an answer under `key` in its scope.

    Where `returns_if` is true, the form sends a step back, and this answer says why.
    """

    key: str
    type: FieldType
    label: Label
    help: Label = field(default_factory=Label)
    rules: Rules = field(default_factory=Rules)
    hide: Expression | None = None
    readonly: Expression | bool = False
    disabled: Expression | bool = False
    options: Options = field(default_factory=Options)
    moment: Moment = Moment.DATE
    formula: Expression | None = None
    default: Json = None
    unit: str = ""
    accept: str = ""
    multiple: bool = False
    lines: int = 3
    returns_if: Expression | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = Layout()

    @property
    def grouped(self) -> bool:
        """Whether thousands are set apart; not in a year."""
        return self.properties.get("ungrouped") != "true"

    @property
    def many(self) -> bool:
        """Whether the answer is a list of texts."""
        return self.type in {FieldType.CHECKLIST, FieldType.TAGLIST, FieldType.FILEPICKER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A section; with a `key` (form-js path) its answers are nested under it."""

    key: str | None
    label: Label
    nodes: tuple[Node, ...]
    hide: Expression | None = None
    help: Label = field(default_factory=Label)
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A dynamic list: its answer is a list of objects, one a row."""

    key: str
    label: Label
    nodes: tuple[Node, ...]
    hide: Expression | None = None
    help: Label = field(default_factory=Label)
    start: int = 1
    min_rows: int = 0
    fixed: bool = False
    properties: Mapping[str, str] = field(default_factory=dict)
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Markdown, or HTML that is cleaned before it is shown, cut at its FEEL parts: text and expressions in order."""

    parts: tuple[str | Expression, ...]
    english: tuple[str | Expression, ...] = ()
    hide: Expression | None = None
    formal: bool = False
    is_html: bool = False
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a read-only table: heading, and the key its cells are taken from."""

    key: str
    label: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows shown, never answered; `source` gives a list of objects."""

    label: Label
    source: Expression
    columns: tuple[Column, ...]
    hide: Expression | None = None
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Documents:
    """Files shown, never answered; `source` gives references to stored files. `height` bounds pictures, in pixels."""

    label: Label
    source: Expression
    height: int | None = None
    hide: Expression | None = None
    layout: Layout = Layout()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A line (`separator`) or empty room (`spacer`) between fields."""

    spacer: bool = False
    hide: Expression | None = None
    layout: Layout = Layout()


Node: TypeAlias = "Field | Group | Rows | Text | Table | Documents | Gap"
Keyed: TypeAlias = "Field | Group | Rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form definition. `outside` = root names its expressions read that are not its own keys."""

    key: str
    title: Label
    nodes: tuple[Node, ...]
    outside: frozenset[str] = frozenset()

    @property
    def shows_documents(self) -> bool:
        """Whether some part of it shows stored files, so that a page must know which of them may be seen."""
        return any(isinstance(node, Documents) for node in descend(self.nodes))

    @property
    def names(self) -> frozenset[str]:
        """The keys at the top of an answer: what an expression downstream can name as `form.<name>`."""
        return frozenset(node.key for node in keyed(self.nodes) if node.key)

    def walk(self) -> Iterator[Node]:
        """Every node, outermost first, in the order of the page."""
        return descend(self.nodes)


def keyed(nodes: tuple[Node, ...]) -> Iterator[Keyed]:
    """The nodes that put a key into this scope: groups without a key are looked through."""
    for node in nodes:
        match node:
            case Group(key=None):
                yield from keyed(node.nodes)
            case Field() | Group() | Rows():
                yield node
            case _:
                pass


def descend(nodes: tuple[Node, ...]) -> Iterator[Node]:
    """Every node below, in the order of the page."""
    for node in nodes:
        yield node
        if isinstance(node, Group | Rows):
            yield from descend(node.nodes)


def expressions(node: Node) -> Iterator[Expression]:
    """The expressions of one node, those of the nodes below it not."""
    if node.hide is not None:
        yield node.hide
    match node:
        case Field():
            own: tuple[Expression | bool | None, ...] = (node.readonly, node.disabled, node.formula)
            own += (node.options.source, node.rules.required_if, node.rules.valid_if, node.returns_if)
            yield from (part for part in own if part is not None and not isinstance(part, bool))
        case Text():
            yield from (part for part in (*node.parts, *node.english) if not isinstance(part, str))
        case Table() | Documents():
            yield node.source
        case _:
            pass
