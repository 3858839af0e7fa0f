"""A form of a draft: read gently, changed field by field or whole, refused with a sentence that names the field."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import FormRefused, read_form
from workflows.models.asking.components import (
    Component,
)
from workflows.models.asking.errors import EntryRefused
from workflows.models.asking.old_order import in_old_order
from workflows.models.asking.properties import TYPES
from workflows.models.asking.reading import DEEPEST, lies_too_deep, source_of
from workflows.models.asking.rows import Row, rows_of

SCHEMA_VERSION = 19
NOISE = frozenset({"exporter", "executionPlatform", "executionPlatformVersion", "$schema", "generated", "versionTag"})
"""What editors add at the top of a file and nobody reads here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOutline:
    """A form as its pages show it; `refusal` says why a model cannot use it as it stands."""

    key: str
    title: str
    title_en: str
    schema: Mapping[str, Any]
    rows: tuple[Row, ...]
    refusal: str = ""


def form_path(key: str) -> str:
    """Return where a form lies in a model."""
    return f"forms/{key}.form.json"


def form_outline(files: Mapping[str, bytes], key: str) -> FormOutline:
    """Return a form to be edited, also one with faults. Raises FileUnreadable, and KeyError without a file."""
    source = source_of(files[form_path(key)])
    title = source.raw.get("title")
    words = title if isinstance(title, dict) else {"sv": title}
    return FormOutline(
        key=key,
        title=str(words.get("sv") or ""),
        title_en=str(words.get("en") or ""),
        schema=source.raw,
        rows=rows_of(source.raw),
        refusal=refusal_of(source.raw),
    )


def refusal_of(schema: Mapping[str, Any] | bytes) -> str:
    """Say why a form cannot be used, naming the field; "" when it can."""
    try:
        read_form(schema)
    except FormRefused as refused:
        return refused.message
    return ""


def save_form(files: Mapping[str, bytes], key: str, schema: Mapping[str, Any]) -> Mapping[str, bytes]:
    """Return the file of a form that an editor hands over whole. Raises EntryRefused with what Styr does not print.

    What editors leave out (the title in both languages) and what they add (their own name) is put right.
    """
    path = form_path(key)
    before = form_outline(files, key).schema if path in files else {}
    head = {"schemaVersion": SCHEMA_VERSION, "type": "default", "id": key}
    kept = {name: value for name, value in before.items() if name not in NOISE}
    given = {name: value for name, value in schema.items() if name not in NOISE and name != "title"}
    whole = head | kept | given | {"id": before.get("id") or key}
    if lies_too_deep(whole):
        raise EntryRefused({"form": f"Formuläret har fler än {DEEPEST} nivåer"})
    whole["components"] = in_old_order(_tidied(given.get("components")), before.get("components"))
    if refusal := refusal_of(whole):
        raise EntryRefused({"form": refusal})
    return {path: form_bytes(whole)}


def rename_form(files: Mapping[str, bytes], key: str, *, title: str, title_en: str) -> Mapping[str, bytes]:
    """Return the file with another title. Raises EntryRefused."""
    outline = form_outline(files, key)
    return {form_path(key): form_bytes({**outline.schema, "title": _title(title, title_en)})}


def new_form(files: Mapping[str, bytes], key: str, *, title: str, title_en: str) -> Mapping[str, bytes]:
    """Return the file of a new form with one first question, since a form without one is none. Raises EntryRefused."""
    first = {**blank("textarea"), "key": "answer", "label": "Svar", "properties": {"label_en": "Answer"}}
    head = {"schemaVersion": SCHEMA_VERSION, "type": "default", "id": key}
    return {form_path(key): form_bytes({**head, "title": _title(title, title_en), "components": [first]})}


def copy_form(files: Mapping[str, bytes], key: str, to: str, *, title: str, title_en: str) -> Mapping[str, bytes]:
    """Return the file of a form that begins as a copy of another. Raises EntryRefused, FileUnreadable."""
    schema = form_outline(files, key).schema
    return {form_path(to): form_bytes({**schema, "id": to, "title": _title(title, title_en)})}


def blank(type: str) -> Component:
    """Return a component of a type with what form-js expects of it. Raises EntryRefused for an unknown type."""
    if type not in TYPES:
        raise EntryRefused({"type": "Välj vilket slags fält det är"})
    made: Component = {"type": type, "id": f"Field_{secrets.token_hex(4)}"}
    match type:
        case "group":
            made |= {"components": []}
        case "dynamiclist":
            made |= {"components": [], "defaultRepetitions": 1, "allowAddRemove": True}
        case "datetime":
            made |= {"subtype": "date"}
        case "expression":
            made |= {"computeOn": "change"}
    return made


def form_bytes(schema: Mapping[str, Any]) -> bytes:
    """Return a form as files of a model are laid out."""
    return (json.dumps(schema, ensure_ascii=False, indent=2) + "\n").encode()


def _title(title: str, title_en: str) -> dict[str, str]:
    if not title.strip():
        raise EntryRefused({"title": "Skriv vad formuläret heter"})
    return {"sv": title.strip()} | ({"en": title_en.strip()} if title_en.strip() else {})


def _tidied(components: Any) -> Any:
    """Return components without what an editor writes on every one of them and nothing reads."""
    if not isinstance(components, list):
        return components
    rows = Counter(_row(one) for one in components)
    made = []
    for one in components:
        if not isinstance(one, dict):
            made.append(one)
            continue
        stands_alone = rows[_row(one)] < 2
        kept = {name: value for name, value in one.items() if not (name == "layout" and stands_alone)}
        if "components" in kept:
            kept["components"] = _tidied(kept["components"])
        made.append(kept)
    return made


def _row(component: Any) -> Any:
    layout = component.get("layout") if isinstance(component, dict) else None
    row = layout.get("row") if isinstance(layout, dict) else None
    return row if isinstance(row, str) and row else id(component)
