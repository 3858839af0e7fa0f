"""The shipped forms are complete: help everywhere, both languages, little required."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest

from forms.checklist import Checklist, read_checklist
from forms.definition import read_form
from forms.tree import Field, FieldType, Form, Group, Keyed, Label, Rows, Table, Text
from forms.validation import check
from forms.view import fields_for
from tests.forms.building import ENV

CONTEXT = {"people", "bodies", "facts", "project", "item", "earlier", "actor", "targets"}
"""What a page gives its form besides the form's own answers."""
SENTENCE_END = re.compile(r"[.?”]$")
SHOUTING = re.compile(r"!|vänligen|ogiltig|obligatorisk", re.IGNORECASE)


@cache
def shipped(kind: str) -> dict[str, Any]:
    """The definitions of a kind ("form" or "checklist") by key."""
    read: Any = read_form if kind == "form" else read_checklist
    folders = (files("forms") / "definitions" / name for name in ("shared", "harnosand"))
    found = {entry.name: entry.read_bytes() for folder in folders for entry in folder.iterdir()}
    suffix = f".{kind}.json"
    return {name.removesuffix(suffix): read(data, file=name) for name, data in found.items() if name.endswith(suffix)}


FORMS = sorted(shipped("form"))
CHECKLISTS = sorted(shipped("checklist"))


def form(key: str) -> Form:
    found: Form = shipped("form")[key]
    return found


def checklist(key: str) -> Checklist:
    found: Checklist = shipped("checklist")[key]
    return found


def labelled(form: Form) -> Iterator[Keyed]:
    """The parts that people read a label of."""
    for node in form.walk():
        if isinstance(node, Group | Rows) or (isinstance(node, Field) and node.label):
            yield node


@pytest.mark.parametrize("key", FORMS)
def test_every_form_is_read_and_names_only_what_a_page_gives(key: str) -> None:
    read = form(key)
    assert read.key == key
    assert both(read.title)
    assert read.outside <= CONTEXT


@pytest.mark.parametrize("key", FORMS)
def test_every_label_is_in_both_languages(key: str) -> None:
    for node in labelled(form(key)):
        assert both(node.label), node.label
        if isinstance(node, Field):
            assert all(both(option.label) for option in node.options.values), node.key
            assert ("required_message" in node.properties) == ("required_message_en" in node.properties), node.key
            assert node.rules.valid_if is None or both(node.rules.valid_message), node.key
    for part in form(key).walk():
        assert not isinstance(part, Text) or part.english
        assert not isinstance(part, Table) or all(both(column.label) for column in part.columns)


@pytest.mark.parametrize("key", FORMS)
def test_every_field_and_list_has_plain_help(key: str) -> None:
    for node in labelled(form(key)):
        if not isinstance(node, Group):
            assert SENTENCE_END.search(node.help.sv) and not SHOUTING.search(node.help.sv), node.key


@pytest.mark.parametrize("key", FORMS)
def test_sentences_about_missing_answers_end_without_full_stop(key: str) -> None:
    for node in labelled(form(key)):
        if isinstance(node, Field):
            assert not node.properties.get("required_message", "").endswith("."), node.key


@pytest.mark.parametrize("key", FORMS)
def test_a_form_asks_for_little(key: str) -> None:
    asked = [node for node in form(key).walk() if isinstance(node, Field) and node.rules.required and not node.hide]
    inside = {id(deep) for node in form(key).walk() if isinstance(node, Rows) for deep in node.nodes}
    assert sum(id(node) not in inside for node in asked) <= 8


@pytest.mark.parametrize("key", FORMS)
def test_an_empty_form_is_shown_and_asks_for_what_is_required(key: str) -> None:
    views = fields_for(form(key), None, env=ENV)
    assert views
    required = {node.key for node in form(key).walk() if isinstance(node, Field) and node.rules.required}
    errors = check(form(key), {}, env=ENV).errors
    assert {name.rpartition("-")[2] for name in errors} <= required


@pytest.mark.parametrize("key", FORMS)
def test_keys_are_english(key: str) -> None:
    for node in form(key).walk():
        if isinstance(node, Field | Rows):
            assert node.key.isascii(), node.key


NAMED_FIELDS = """
idea_sheet: title what why who when how goal similar R07 R08 R09 R10 total_cost size_class external_funding
    cross_board principle_matter sponsor
entry_choice: decision reason
sponsor_answer: decision resume_on reason
appoint_manager: project_manager
risk_assessment: risks
cost_benefit: total_cost
resource_needs: hours_total
project_directive: title background total_cost size_class external_funding cross_board principle_matter
    receiver risks effect_goals project_goals proposal
office_review: outcome comments
project_plan: summary budget_total project_code staffing deliverables risks reporting_interval tolerance_time
    tolerance_cost tolerance_scope
person_contract_provider: decision hours period_start period_end comment
person_contract_member: decision accept_terms special_competence place comment
person_contract_revise: decision hours period_start period_end comment
status_report: overall last change deviation period budget outcome forecast risks
status_read: action comment
change_request: tolerance what why impact_time impact_cost impact_scope impact_risk impact_effect alternatives
    proposal
change_decision: outcome reason decided_on
deliverable_acceptance: outcome comments
handover_record: taken_over_on
books_closed: total_outcome
final_report: summary lessons total_outcome
closing_words: words
short_final_report: summary lessons total_outcome
gate_request: proposal with_deviation deviation_reason
single: outcome target
meeting: outcome target
board: outcome target
"""
NAMED = dict(line.split(": ") for line in re.sub(r"\n {4}", " ", NAMED_FIELDS).strip().splitlines())
"""Form → the fields that diagrams, tables and the model name."""


@pytest.mark.parametrize("key", sorted(NAMED))
def test_the_fields_that_the_process_reads_are_there(key: str) -> None:
    assert set(NAMED[key].split()) <= form(key).names


def test_the_directive_the_plan_and_the_final_report_have_their_sections() -> None:
    sections = {"project_directive": 20, "project_plan": 17, "final_report": 14}
    for key, count in sections.items():
        groups = [node for node in form(key).nodes if isinstance(node, Group)]
        assert [int(group.label.sv.split()[0]) for group in groups] == list(range(1, count + 1))


def test_the_person_contract_has_every_part_of_the_paper() -> None:
    wanted = "contract_role project person hours period_start period_end resource_provider provider_signed_on "
    wanted += "provider_signature general_responsibility_text accept_terms duties special_competence authority_text "
    wanted += "place member_signed_on member_signature"
    assert set(wanted.split()) <= form("person_contract_member").names


def test_personal_data_are_marked() -> None:
    people = [node for key in FORMS for node in form(key).walk() if isinstance(node, Field) and reads_people(node)]
    assert people and all(node.properties.get("personal-data") == "true" for node in people)


def reads_people(field: Field) -> bool:
    return field.options.source is not None and field.options.source.source == "people"


def both(words: Label) -> bool:
    """Whether there are words in both languages."""
    return bool(words.sv and words.en)


def test_no_field_asks_about_performance() -> None:
    """A person contract may be an employment matter: it says what is agreed, never how well somebody works."""
    keys = {node.key for node in form("person_contract_member").walk() if isinstance(node, Field)}
    assert not {key for key in keys if re.search("perform|rating|grade|result", key)}


def test_computed_fields_are_never_asked_for() -> None:
    for key in FORMS:
        for node in form(key).walk():
            if isinstance(node, Field) and node.type is FieldType.COMPUTED:
                assert not node.rules.required, (key, node.key)
