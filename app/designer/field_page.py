"""The page of one field: its properties in sections, as they are or as they were typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.draft_pages import DraftPage, show
from workflows.models.asking import (
    SECTIONS,
    TYPES,
    EntryRefused,
    Kind,
    Property,
    Section,
    form_scope,
    properties_of,
    read_property,
)

OPEN = frozenset({Section.ASKED, Section.ANSWER})
"""The parts of a field's page that stand open from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A property as a field of the page."""

    property: Property
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section of a field's page."""

    title: str
    entries: tuple[Entry, ...]
    is_open: bool


def field_page(
    page: DraftPage,
    component: Mapping[str, Any],
    about: dict[str, Any],
    error: EntryRefused | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 422,
) -> ResponseReturnValue:
    """Show the properties of a field, those that were typed as they were."""
    problems = error.problems if error else {}
    names = {one.name for one in properties_of(about["type"])}
    errors = {name if name in names else "field": gettext(words) for name, words in problems.items()}
    values = {one.name: read_property(component, one) for one in properties_of(about["type"])} | dict(typed or {})
    parts = tuple(_parts(about["type"], values, errors))
    scope = form_scope(page.draft.files, about["found"].key)
    text = show(
        page, "field", errors=errors, parts=parts, scope=scope, kinds=Kind, types=TYPES, **{"overtaken": None, **about}
    )
    return (text, status) if error else text


def _parts(type: str, values: Mapping[str, str], errors: Mapping[str, str]) -> list[Part]:
    parts = []
    for section, title in SECTIONS.items():
        listed = [one for one in properties_of(type) if one.section is section]
        entries = tuple(Entry(property=one, value=values.get(one.name, "")) for one in listed)
        used = any(entry.value or entry.property.name in errors for entry in entries)
        if entries:
            parts.append(Part(title=gettext(title), entries=entries, is_open=section in OPEN or used))
    return parts


def typed_properties(type: str) -> dict[str, str]:
    """Return what was typed for each property; a box that is not ticked is "" where its page was sent."""
    return {
        one.name: request.form.get(one.name, "").strip()[:20_000]
        for one in properties_of(type)
        if one.name in request.form or one.kind in {Kind.FLAG, Kind.MARK}
    }
