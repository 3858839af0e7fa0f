"""Whatever is posted or uploaded: never a crash, and only declared names come out."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms.checklist import read_checklist
from forms.checklist_answers import PARTS, check_checklist, validate_checklist
from forms.checklist_view import checklist_view
from forms.definition import read_form
from forms.posted import apply_row_action, flatten
from forms.summary import checklist_summary, summary_for
from forms.tree import Field, FieldType, Form, FormRefused, Group, Node, Rows, keyed
from forms.validation import UnknownFields, check, validate
from forms.view import fields_for
from tests.forms.building import ENV, checklist_file, component, definition, question
from tests.forms.test_definitions import CHECKLISTS, FORMS, checklist, form

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD_TEXTS = [
    *("", " ", "yes", "no", "value", "not_applicable", "true", "0", "-1", "1 000,5", "9" * 30, "1e999", "NaN", "red"),
    *("2026-12-01", "1 dec 2026", "0000-00-00", "99.99", "1/1 2026", "<script>alert(1)</script>", "{{7*7}}", "\x00"),
    *(
        "\ud800",
        "å" * 600,
        "javascript:1",
        "https://exempel.se",
        "_target_",
        "__typename",
        "../../etc/passwd",
        "\u202e",
    ),
]
texts = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=30))
json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)
PEOPLE = {"people": [{"value": "p1", "label": "Karin"}], "facts": {"missing": 2}}


def names_of(nodes: tuple[Node, ...], prefix: str = "") -> list[str]:
    """Names that a browser could post for these nodes."""
    found = []
    for node in keyed(nodes):
        name = f"{prefix}{node.key}"
        match node:
            case Group():
                found += names_of(node.nodes, f"{name}-")
            case Rows():
                found += [inner for row in (0, 1, 7) for inner in names_of(node.nodes, f"{name}-{row}-")]
            case Field() if node.type is not FieldType.COMPUTED:
                found.append(name)
            case _:
                pass
    return found


def undeclared(nodes: tuple[Node, ...], answers: dict[str, Any]) -> set[str]:
    """Keys of answers that the nodes do not declare."""
    known = {str(node.key): node for node in keyed(nodes)}
    strange = set(answers) - set(known)
    for key in set(answers) & set(known):
        node = known[key]
        if isinstance(node, Group):
            strange |= undeclared(node.nodes, answers[key])
        if isinstance(node, Rows):
            strange = strange.union(*(undeclared(node.nodes, row) for row in answers[key]))
    return strange


def storable(answers: dict[str, Any]) -> None:
    """Fail unless the answers are JSON that a database takes: no NaN, no lone surrogates."""
    json.dumps(answers, allow_nan=False, ensure_ascii=False).encode()


@QUICK
@given(key=st.sampled_from(FORMS), data=st.data(), draft=st.booleans())
def test_any_post_of_declared_names_gives_declared_answers(key: str, data: st.DataObject, draft: bool) -> None:
    asked = form(key)
    names = st.sampled_from(names_of(asked.nodes) or ["csrf_token"])
    sent = data.draw(st.dictionaries(names, st.lists(texts, max_size=3), max_size=12))
    result = validate(asked, sent, env=ENV, context=PEOPLE, draft=draft)
    assert undeclared(asked.nodes, result.answers) == set()
    storable(result.answers)
    shown(asked, result.entered, result.errors)
    shown(asked, result.answers, {})
    if result.ok and not draft:
        again = check(asked, result.answers, env=ENV, context=PEOPLE)
        assert (again.answers, again.errors) == (result.answers, {})


def shown(asked: Form, answers: dict[str, Any], errors: Any) -> None:
    """Show the answers in every way there is."""
    fields_for(asked, answers, env=ENV, errors=errors, context=PEOPLE)
    flatten(asked, answers)
    summary_for(asked, check(asked, {}, env=ENV).answers, env=ENV)


@QUICK
@given(key=st.sampled_from(FORMS), sent=st.dictionaries(texts, st.lists(texts, max_size=2), min_size=1, max_size=4))
def test_any_post_of_any_names_is_refused_or_harmless(key: str, sent: dict[str, list[str]]) -> None:
    asked = form(key)
    try:
        result = validate(asked, sent, env=ENV, context=PEOPLE)
    except UnknownFields as refusal:
        assert set(refusal.names) <= set(sent)
    else:
        assert undeclared(asked.nodes, result.answers) == set()


@QUICK
@given(key=st.sampled_from(FORMS), data=st.data(), draft=st.booleans())
def test_any_json_of_declared_names_is_told_or_kept(key: str, data: st.DataObject, draft: bool) -> None:
    asked = form(key)
    names = st.sampled_from(sorted(asked.names))
    sent = data.draw(st.dictionaries(names, json_values, max_size=6))
    try:
        result = check(asked, sent, env=ENV, context=PEOPLE, draft=draft)
    except UnknownFields:
        return
    assert undeclared(asked.nodes, result.answers) == set()
    storable(result.answers)


@QUICK
@given(
    key=st.sampled_from(FORMS), action=st.sampled_from(["_add", "_remove"]), path=st.one_of(texts, st.just("risks-0"))
)
def test_any_row_button_is_harmless(key: str, action: str, path: str) -> None:
    entered = apply_row_action(form(key), {action: [path]})
    fields_for(form(key), entered, env=ENV)


@QUICK
@given(key=st.sampled_from(CHECKLISTS), data=st.data(), draft=st.booleans())
def test_any_post_of_a_checklist_gives_answers_to_its_questions(key: str, data: st.DataObject, draft: bool) -> None:
    asked = checklist(key)
    names = [f"{item.id}{part}" for item in asked.items for part in ("", *(f"-{part}" for part in PARTS))]
    sent = data.draw(st.dictionaries(st.sampled_from(names), st.lists(texts, max_size=3), max_size=12))
    try:
        result = validate_checklist(asked, sent, env=ENV, draft=draft)
    except UnknownFields as refusal:
        assert all(name.endswith("-value") for name in refusal.names)
        return
    assert set(result.answers) <= asked.names
    storable(result.answers)
    checklist_view(asked, result.entered, env=ENV, errors=result.errors)
    checklist_summary(asked, result.answers, facts={}, env=ENV)
    if result.ok and not draft:
        assert check_checklist(asked, result.answers, env=ENV).answers == result.answers


@QUICK
@given(key=st.sampled_from(CHECKLISTS), data=st.data())
def test_any_json_of_a_checklist_is_told_or_kept(key: str, data: st.DataObject) -> None:
    asked = checklist(key)
    parts = st.sampled_from(["answer", "value", "reason", "comment", "evidence"])
    ids = st.sampled_from(sorted(asked.names))
    sent = data.draw(st.dictionaries(ids, st.dictionaries(parts, json_values, max_size=4), max_size=4))
    result = check_checklist(asked, sent, env=ENV)
    storable(result.answers)
    checklist_summary(asked, result.answers, facts={}, env=ENV)


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
