"""Whatever is posted: never a crash, and only declared names come out."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.checklist_answers import PARTS, check_checklist, validate_checklist
from forms.checklist_view import checklist_view
from forms.posted import apply_row_action, flatten
from forms.summary import checklist_summary, summary_for
from forms.tree import Field, FieldType, Form, Group, Node, Rows, keyed
from forms.validation import UnknownFields, check, validate
from forms.view import fields_for
from tests.forms.building import ENV
from tests.forms.odd import QUICK, json_values, texts
from tests.forms.test_definitions import CHECKLISTS, FORMS, checklist, form

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
    summary_for(asked, answers, env=ENV, context=PEOPLE)


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
