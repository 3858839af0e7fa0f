"""Reads a form-js definition (Camunda Forms, schemaVersion 19) and refuses what Styr does not run.

Beyond form-js, Styr reads `title` {sv, en} at the top of the file, and from a component's `properties`:
`help`, `label_en`, `help_en`, `option_en.<value>`, `option_help.<value>`, `column_en.<key>`, `text_en`,
`content_en` (words);
`required_if`, `valid_if` (FEEL) with `required_message`, `valid_message` and their `_en`;
`lines`, `width`, `formal`, `ungrouped` (a year), `min_rows`, `option_tone.<value>` (looks);
`only_on_paper` (in the document alone), `signature` (a line that stands only once it is signed: its value signs);
`fresh` ("true": answered anew each time the step comes, "false": carried on even where the kind of step is not);
`returns_if` (FEEL: where it is true, this answer says why the step before comes back);
`personal-data` (kept for whoever reads the definition).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from forms.feel import Expression, names
from forms.fields import field_of, help_of, hide_of, label_of, layout_of, properties_of
from forms.source import Source, load
from forms.tree import (
    Column,
    Documents,
    Field,
    FieldType,
    Form,
    FormRefused,
    Gap,
    Group,
    Label,
    Node,
    Rows,
    Table,
    Text,
    expressions,
    keyed,
)

__all__ = ["MAX_FIELDS", "Form", "FormRefused", "read_form"]

SCHEMA_VERSION = 19
MAX_FIELDS = 300
MAX_DEPTH = 6
MAX_PARTS = 100
REFUSED = {
    "iframe": "visa en länk i en text i stället",
    "image": "beskriv bilden i en text i stället",
    "button": "sidan har sina egna knappar",
}
"""What could carry foreign content or do what the page does itself, with what to use instead."""
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
            source.refuse(f"fälttypen ”{kind}” används inte i Styr; {REFUSED[kind]}")
        match kind:
            case "group":
                return self.group(source, depth=depth, seen=seen)
            case "dynamiclist":
                return self.rows(source, depth=depth, seen=seen)
            case "text" | "html":
                return _text(source, "content" if kind == "html" else "text")
            case "table":
                return _table(source)
            case "documentPreview":
                return _documents(source)
            case "separator" | "spacer":
                return Gap(spacer=kind == "spacer", hide=hide_of(source), layout=layout_of(source))
        if kind not in set(FieldType):
            source.refuse(f"fälttypen ”{kind}” är okänd")
        return field_of(source, FieldType(kind), key=_claim(source, "key", seen))

    def group(self, source: Source, *, depth: int, seen: dict[str, str]) -> Group:
        key = _claim(source, "path", seen) if source.text("path") else None
        return Group(
            key=key,
            label=label_of(source),
            help=help_of(source),
            hide=hide_of(source),
            layout=layout_of(source),
            nodes=self.nodes(source, depth=depth + 1, seen=None if key else seen),
        )

    def rows(self, source: Source, *, depth: int, seen: dict[str, str]) -> Rows:
        start = source.count("defaultRepetitions", largest=50)
        return Rows(
            key=_claim(source, "path", seen),
            label=label_of(source) or source.refuse("etikett saknas"),
            help=help_of(source),
            hide=hide_of(source),
            layout=layout_of(source),
            nodes=self.nodes(source, depth=depth + 1),
            start=1 if start is None else start,
            min_rows=source.child("properties").count("min_rows", largest=50) or 0,
            fixed=not source.flag("allowAddRemove", True),
            properties=properties_of(source),
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


def _text(source: Source, part: str) -> Text:
    properties = source.child("properties")
    return Text(
        parts=_parts(source, source.text(part)),
        english=_parts(source, properties.text(f"{part}_en")),
        hide=hide_of(source),
        formal=properties.text("formal") == "true",
        is_html=part == "content",
        layout=layout_of(source),
    )


def _parts(source: Source, words: str) -> tuple[str | Expression, ...]:
    if words.startswith("="):
        return (source.feel(words),)
    parts = MUSTACHE.split(words)
    if len(parts) > MAX_PARTS:
        source.refuse(f"texten har fler än {MAX_PARTS // 2} uttryck")
    return tuple(source.feel(part) if number % 2 else part for number, part in enumerate(parts) if part)


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
    return Table(label=label_of(source), source=data, columns=columns, hide=hide_of(source), layout=layout_of(source))


def _documents(source: Source) -> Documents:
    """Refuses addresses: what is shown is the project's own stored files, by their references alone."""
    for part in ("endpoint", "endpointKey"):
        if source.raw.get(part):
            source.refuse(f"”{part}” används inte i Styr: filerna hämtas ur projektet. Töm fältet")
    data = source.optional_feel("dataSource") or source.refuse(
        "”dataSource” saknas. Skriv ett uttryck som ger filer, till exempel =earlier.project_plan.attachments"
    )
    return Documents(
        label=label_of(source) or source.label("title"),
        source=data,
        height=source.count("maxHeight", largest=5_000),
        hide=hide_of(source),
        layout=layout_of(source),
    )


def _outside(nodes: tuple[Node, ...], known: frozenset[str]) -> Iterator[str]:
    """The root names that expressions below read and no key in their scopes explains."""
    known |= {node.key for node in keyed(nodes) if node.key}
    for node in nodes:
        for expression in expressions(node):
            own = {node.key} if isinstance(node, Field) and expression is node.formula else set()
            yield from {path[0] for path in names(expression)} - (known - own)
        if isinstance(node, Group | Rows):
            yield from _outside(node.nodes, known)
