"""The shipped checklists are complete: all 87 questions, with help, in both languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from forms.checklist import AnswerKind, AnswerType, Requirement
from tests.forms.test_definitions import CHECKLISTS, SENTENCE_END, SHOUTING, both, checklist

QUESTIONS = {"c1_relevance": 19, "c2_preparation": 22, "c3_planning": 18, "c4_execution": 15, "c5_closure": 13}
FACTS = {"size_class", "external_funding", "item"}


def test_there_are_87_questions() -> None:
    assert {key: len(checklist(key).items) for key in CHECKLISTS} == QUESTIONS
    assert sum(QUESTIONS.values()) == 87


def test_no_two_questions_share_an_id() -> None:
    ids = Counter(item.id for key in CHECKLISTS for item in checklist(key).items)
    assert ids.most_common(1)[0][1] == 1


@pytest.mark.parametrize("key", CHECKLISTS)
def test_every_question_is_complete_in_both_languages(key: str) -> None:
    read = checklist(key)
    assert read.key == key
    assert all(both(words) for words in (read.title, read.who, read.result))
    for item in read.items:
        assert all(both(words) for words in (item.area, item.question, item.topic)), item.id
        assert item.source, item.id
        assert 1 <= len(re.findall(r"[.?](?= [A-ZÅÄÖ]|$)", item.help.sv)) <= 3, item.id
        assert SENTENCE_END.search(item.help.sv) and not SHOUTING.search(item.help.sv), item.id


@pytest.mark.parametrize("key", CHECKLISTS)
def test_a_topic_stands_inside_a_sentence(key: str) -> None:
    for item in checklist(key).items:
        assert item.topic.sv[0].islower() and not SENTENCE_END.search(item.topic.sv), item.id


def test_numbers_have_units_and_only_numbers_do() -> None:
    for key in CHECKLISTS:
        for item in checklist(key).items:
            assert bool(item.unit) == (item.answer is AnswerType.NUMBER), item.id


def test_the_answers_that_satisfy_are_the_models() -> None:
    unusual = {
        item.id: set(item.satisfied_by)
        for key in CHECKLISTS
        for item in checklist(key).items
        if item.satisfied_by != {AnswerKind.YES, AnswerKind.VALUE}
    }
    either = {"yes", "no"}
    assert unusual == {"R11": either, "F02": {"no"}, "F03": either, "F04": either, "P02": either, "P07": {"no"}}


def test_conditions_read_facts_and_earlier_answers_that_exist() -> None:
    every = {item.id for key in CHECKLISTS for item in checklist(key).items}
    conditional = {item.id for key in CHECKLISTS for item in checklist(key).items if item.condition}
    assert conditional == {"F09", "F11", "P15", "G08"}
    assert all(checklist(key).outside <= FACTS and checklist(key).earlier <= every for key in CHECKLISTS)


def test_most_questions_are_requirements() -> None:
    wanted = Counter(item.requirement for key in CHECKLISTS for item in checklist(key).items)
    assert wanted == {Requirement.MUST: 76, Requirement.WARN: 9, Requirement.INFO: 2}
