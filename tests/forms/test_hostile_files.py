"""Whatever lies in a file: refused with a sentence, or read and usable."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.checklist import read_checklist
from forms.checklist_view import checklist_view
from forms.definition import read_form
from forms.tree import FormRefused
from forms.validation import check
from forms.view import fields_for
from tests.forms.building import ENV, checklist_file, component, definition, question
from tests.forms.odd import QUICK, json_values

WHOLE = definition(
    component("radio", "a", values=[{"label": "Ja", "value": "yes"}], conditional={"hide": "=b = 1"}),
    component("number", "b", validate={"min": 1, "max": 5}, appearance={"suffixAdorner": "kr"}, increment=1),
    component("group", "inner", components=[component("datetime", "c", subtype="date")]),
    component("dynamiclist", "rows", defaultRepetitions=1, components=[component("textfield", "d")]),
    {"type": "text", "text": "Hej {{b}}", "properties": {"formal": "true"}},
    {"type": "table", "label": "T", "dataSource": "=rows", "columns": [{"key": "d", "label": "D"}]},
    title={"sv": "Hel", "en": "Whole"},
    id="whole",
)


def places(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths to every value of a JSON tree."""
    if isinstance(tree, dict):
        inner = [places(value, (*path, key)) for key, value in tree.items()]
    elif isinstance(tree, list):
        inner = [places(value, (*path, number)) for number, value in enumerate(tree)]
    else:
        inner = []
    return [path] * bool(path) + [deep for paths in inner for deep in paths]


def broken(tree: Any, path: tuple[Any, ...], value: Any) -> Any:
    """The tree with another value at a path."""
    changed = copy.deepcopy(tree)
    spot = changed
    for step in path[:-1]:
        spot = spot[step]
    spot[path[-1]] = value
    return changed


@settings(QUICK, max_examples=200)
@given(path=st.sampled_from(places(WHOLE)), value=json_values)
def test_a_form_broken_anywhere_is_refused_or_still_works(path: tuple[Any, ...], value: Any) -> None:
    try:
        read = read_form(broken(WHOLE, path, value))
    except FormRefused as refusal:
        assert refusal.message
        return
    fields_for(read, None, env=ENV)
    check(read, {}, env=ENV)


LISTED = checklist_file(question("Q01", help={"sv": "Hjälp"}, condition="a = 1"), question("Q02", satisfied_by=["no"]))


@settings(QUICK, max_examples=200)
@given(path=st.sampled_from(places(LISTED)), value=json_values)
def test_a_checklist_broken_anywhere_is_refused_or_still_works(path: tuple[Any, ...], value: Any) -> None:
    try:
        read = read_checklist(broken(LISTED, path, value))
    except FormRefused as refusal:
        assert refusal.message
        return
    checklist_view(read, {}, env=ENV)


@QUICK
@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    for read in (read_form, read_checklist):
        try:
            read(data, file="prov.json")
        except FormRefused as refusal:
            assert refusal.file == "prov.json"
