"""A form of a draft: read gently, changed field by field or whole, refused with a sentence that names the field."""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.definition import FormRefused, read_form
from forms.source import load
from workflows.models.asking.components import (
    Component,
    Place,
    Row,
    adding,
    component_at,
    keys_at,
    moved,
    relocated,
    require_unchanged,
    rows_of,
    with_component,
    without,
)
from workflows.models.asking.errors import EntryRefused, FileUnreadable
from workflows.models.asking.ids import key_of
from workflows.models.asking.properties import LABELLED, TYPES, Kind, properties_of
from workflows.models.asking.putting import put_properties, read_property
from workflows.models.asking.scope import unknown_names

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
    try:
        source = load(files[form_path(key)], file=None)
    except FormRefused as refused:
        raise FileUnreadable(reason=refused.message) from refused
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
    whole["components"] = _tidied(given.get("components"))
    if refusal := refusal_of(whole):
        raise EntryRefused({"form": refusal})
    return {path: form_bytes(whole)}


def change_field(
    files: Mapping[str, bytes], key: str, place: Place, typed: Mapping[str, str], *, was: str
) -> Mapping[str, bytes]:
    """Return the file with one component as typed. Raises EntryRefused by property, ChangedMeanwhile."""
    outline = form_outline(files, key)
    require_unchanged(outline.schema, place, was)
    made = _made(component_at(outline.schema, place), typed, keys_at(outline.schema, place))
    return _judged(files, outline, with_component(outline.schema, place, made), made)


def add_field(
    files: Mapping[str, bytes], key: str, place: Place, type: str, typed: Mapping[str, str]
) -> Mapping[str, bytes]:
    """Return the file with a new component at a place. Raises EntryRefused by property, ChangedMeanwhile."""
    outline = form_outline(files, key)
    made = _made(blank(type), typed, keys_at(outline.schema, place))
    return _judged(files, outline, adding(outline.schema, place, made), made)


def move_field(
    files: Mapping[str, bytes], key: str, place: Place, *, steps: int, was: str
) -> tuple[Mapping[str, bytes], Place]:
    """Return the file with a component moved among its neighbours, and its new place. Raises ChangedMeanwhile."""
    outline = form_outline(files, key)
    require_unchanged(outline.schema, place, was)
    schema, there = moved(outline.schema, place, steps=steps)
    return ({form_path(key): form_bytes(schema)} if there != place else {}), there


def relocate_field(
    files: Mapping[str, bytes], key: str, place: Place, into: Place, *, was: str
) -> tuple[Mapping[str, bytes], Place]:
    """Return the file with a component moved into another section or list. Raises EntryRefused, ChangedMeanwhile."""
    outline = form_outline(files, key)
    require_unchanged(outline.schema, place, was)
    schema, there = relocated(outline.schema, place, into)
    return _judged(files, outline, schema, component_at(outline.schema, place)), there


def remove_field(files: Mapping[str, bytes], key: str, place: Place, *, was: str) -> Mapping[str, bytes]:
    """Return the file without a component. Raises ChangedMeanwhile, EntryRefused where nothing would be left."""
    outline = form_outline(files, key)
    require_unchanged(outline.schema, place, was)
    schema = without(outline.schema, place)
    return _judged(files, outline, schema, component_at(outline.schema, place))


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


def _made(component: Component, typed: Mapping[str, str], taken: frozenset[str]) -> Component:
    """Return a component as typed, with a key after its label where none is typed. Raises EntryRefused."""
    if component.get("type") == "datetime" and typed.get("subtype", "") not in {"", component.get("subtype")}:
        component = _with_moment(component, typed["subtype"])
    made, problems = put_properties(component, typed)
    type = str(made.get("type"))
    needs_key = {one.name for one in properties_of(type)} & {"key", "path"} if type != "group" else set()
    for name in needs_key:
        if not made.get(name) and (words := typed.get("label_en", "").strip() or typed.get("label", "").strip()):
            made[name] = key_of(words, taken)
    if type in LABELLED - {"group", "expression"} and not made.get(_label_name(made)):
        problems["label"] = "Skriv etiketten: det är den som läses på sidan"
    for name in needs_key & made.keys():
        if made[name] in taken:
            problems[name] = f"Nyckeln {made[name]} finns redan. Välj en annan"
    if problems:
        raise EntryRefused(problems)
    return made


def _label_name(component: Component) -> str:
    if component.get("type") != "datetime":
        return "label"
    return "timeLabel" if component.get("subtype") == "time" else "dateLabel"


def _with_moment(component: Component, subtype: str) -> Component:
    """Return a date with its label under the name that its new kind has."""
    words = component.get("dateLabel") or component.get("timeLabel")
    made = {name: value for name, value in component.items() if name not in {"dateLabel", "timeLabel"}}
    made["subtype"] = subtype
    return made | ({"timeLabel" if subtype == "time" else "dateLabel": words} if words else {})


def _judged(
    files: Mapping[str, bytes], outline: FormOutline, schema: Mapping[str, Any], made: Component
) -> Mapping[str, bytes]:
    """Return the file of a form unless it has become unusable by this change. Raises EntryRefused.

    A form that was refused before may be saved all the same: its faults are mended one at a time.
    """
    problems: dict[str, str] = {}
    if (refusal := refusal_of(schema)) and not outline.refusal:
        problems[_blamed(made, refusal)] = refusal
    if not refusal:
        for name in sorted(unknown_names(files, schema) - unknown_names(files, outline.schema)):
            problems[_blamed(made, name)] = f"Ingenting heter {name}. Välj bland namnen i listan"
    if problems:
        raise EntryRefused(problems)
    return {form_path(outline.key): form_bytes(schema)}


def _blamed(component: Component, words: str) -> str:
    """Return the property that a refusal speaks of: the one whose text it quotes, else the first."""
    properties = properties_of(str(component.get("type")))
    quoted = {one.name: text for one in properties if (text := read_property(component, one))}
    if re.fullmatch(r"\w+", words):
        found = (
            one.name for one in properties if _names(one.kind) and re.search(rf"\b{words}\b", quoted.get(one.name, ""))
        )
    else:
        found = (name for name, text in quoted.items() if name != "label" and f"{text}”" in words)
    return next(found, properties[0].name if properties else "form")


def _names(kind: Kind) -> bool:
    return kind in {Kind.EQUATION, Kind.SWITCH, Kind.LINES}


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
