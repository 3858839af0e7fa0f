"""The changes of one field of a form, each judged by the reader that runs the form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from workflows.models.asking.components import (
    Component,
    Place,
    adding,
    component_at,
    keys_at,
    moved,
    relocated,
    require_unchanged,
    with_component,
    without,
)
from workflows.models.asking.errors import EntryRefused
from workflows.models.asking.forms import FormOutline, blank, form_bytes, form_outline, form_path, refusal_of
from workflows.models.asking.ids import key_of
from workflows.models.asking.properties import LABELLED, Kind, properties_of
from workflows.models.asking.putting import put_properties, read_property
from workflows.models.asking.scope import unknown_names


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
