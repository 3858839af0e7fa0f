"""A checklist file is read into typed questions, judged, and refused by name when it is broken."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms.checklist import AnswerType, EvidenceKind, Requirement, read_checklist
from forms.tree import FormRefused
from forms.verdict import ItemState, engine_fields, evaluate
from tests.forms.building import ENV, checklist, checklist_file, question


def judged(questions: list[dict[str, Any]], answers: dict[str, Any], **context: Any) -> Any:
    return evaluate(checklist(*questions), answers, env=ENV, **{"facts": {}, **context})


def state(answer: dict[str, Any], extra: dict[str, Any]) -> ItemState:
    result: ItemState = judged([question(**extra)], {"Q01": answer}).items[0].state
    return result


def test_a_question_is_read_with_all_its_parts() -> None:
    item = checklist(
        question(
            answer="ref",
            requirement="warn",
            condition="external_funding = true",
            satisfied_by=["no"],
            evidence="file",
            unit="kr",
            source="own",
            help={"sv": "Hjälp"},
        )
    ).items[0]
    assert (item.answer, item.requirement, item.evidence) == (AnswerType.REF, Requirement.WARN, EvidenceKind.FILE)
    assert set(item.satisfied_by) == {"no"}
    assert (item.unit, item.source, item.help.sv) == ("kr", "own", "Hjälp")
    assert item.condition is not None


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (question("1A"), "id ”1A”"),
        (question(answer="maybe"), "”answer” ska vara"),
        (question(requirement="could"), "”requirement” ska vara"),
        (question(evidence="smell"), "”evidence” ska vara"),
        (question(question={}), "”question” saknas"),
        (question(area=""), "”area” saknas"),
        (question(condition="item.F03 ="), "går inte att läsa"),
        (question(satisfied_by=["maybe"]), "satisfied_by"),
        (question(answer="text", satisfied_by=["yes"]), "satisfied_by"),
        (question(help=3), "ska vara ett objekt"),
    ],
)
def test_a_broken_question_is_refused_by_name(broken: dict[str, Any], reason: str) -> None:
    with pytest.raises(FormRefused) as caught:
        read_checklist(checklist_file(question("Q00"), broken), file="prov.checklist.json")
    assert reason in caught.value.message
    assert caught.value.message.startswith(("Fråga Q01: ", "Fråga 2: "))
    assert caught.value.element == broken["id"]


def test_two_questions_of_one_id_are_refused() -> None:
    with pytest.raises(FormRefused, match="finns redan"):
        checklist(question(), question())


@pytest.mark.parametrize("change", [{"items": []}, {"title": {}}, {"phase": ""}, {"key": "c-1"}])
def test_a_checklist_without_its_head_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(FormRefused):
        read_checklist(json.dumps(checklist_file(question()) | change).encode(), file="prov.checklist.json")


@pytest.mark.parametrize(
    ("answer", "extra", "expected"),
    [
        ({}, {}, ItemState.UNANSWERED),
        ({"comment": "Återkommer"}, {}, ItemState.UNANSWERED),
        ({"answer": "yes"}, {}, ItemState.SATISFIED),
        ({"answer": "no"}, {}, ItemState.DEVIATION),
        ({"answer": "no"}, {"satisfied_by": ["no"]}, ItemState.SATISFIED),
        ({"answer": "yes"}, {"satisfied_by": ["no"]}, ItemState.DEVIATION),
        ({"answer": "no"}, {"satisfied_by": ["yes", "no"]}, ItemState.SATISFIED),
        ({"answer": "no"}, {"requirement": "info"}, ItemState.SATISFIED),
        ({"answer": "not_applicable", "reason": "Inget köps"}, {}, ItemState.NOT_APPLICABLE),
        ({"answer": "not_applicable"}, {}, ItemState.DEVIATION),
        ({"answer": "not_applicable"}, {"requirement": "warn"}, ItemState.NOT_APPLICABLE),
        ({"answer": "value", "value": 0}, {"answer": "number"}, ItemState.SATISFIED),
        ({"answer": "value", "value": None}, {"answer": "number"}, ItemState.UNANSWERED),
        ({"answer": "yes"}, {"answer": "ref"}, ItemState.UNANSWERED),
        ({"answer": "yes", "evidence": [{"kind": "note", "value": "§ 4"}]}, {"answer": "ref"}, ItemState.SATISFIED),
    ],
)
def test_an_answer_stands_as_it_should(answer: dict[str, Any], extra: dict[str, Any], expected: ItemState) -> None:
    assert state(answer, extra) is expected


def test_a_condition_that_is_not_true_makes_the_question_information() -> None:
    asked = [question(condition="external_funding = true")]
    assert judged(asked, {}, facts={"external_funding": False}).items[0].requirement is Requirement.INFO
    assert judged(asked, {}, facts={}).missing == 0
    assert judged(asked, {}, facts={"external_funding": True}).missing == 1


def test_conditions_see_answers_of_this_and_of_earlier_checklists() -> None:
    asked = [question("Q01"), question("Q02", condition='item.Q01 = "yes"'), question("Q03", condition="item.F5 > 3")]
    read = checklist(*asked)
    assert read.outside == {"item"} and read.earlier == {"F5"}
    verdict = judged(asked, {"Q01": {"answer": "yes"}}, earlier={"F5": 2})
    assert [item.requirement for item in verdict.items] == ["must", "must", "info"]


def test_the_counts_say_how_what_is_asked_stands() -> None:
    asked = [
        question("Q01"),
        question("Q02"),
        question("Q03", requirement="warn", area={"sv": "Risk"}),
        question("Q04", requirement="warn", area={"sv": "Risk"}),
        question("Q05", requirement="info", area={"sv": "Risk"}),
    ]
    verdict = judged(asked, {key: {"answer": "no"} for key in ("Q01", "Q03", "Q05")})
    assert (verdict.missing, verdict.deviations, verdict.warnings) == (2, 2, 2)
    assert (verdict.answered, verdict.total) == (2, 4)
    areas = [(count.area.sv, count.answered, count.total, count.deviations) for count in verdict.areas]
    assert areas == [("Mål", 1, 2, 1), ("Risk", 1, 2, 1)]


def test_what_does_not_apply_is_satisfied_and_still_listed() -> None:
    item = judged([question()], {"Q01": {"answer": "not_applicable", "reason": "Inget köps"}}).items[0]
    assert item.satisfied and item.listed


def test_expressions_see_the_kind_of_answer_or_its_value() -> None:
    read = checklist(question("Q01"), question("Q02", answer="number"), question("Q03"))
    answers = {"Q01": {"answer": "no"}, "Q02": {"answer": "value", "value": 12}, "Q03": {}}
    assert engine_fields(read, answers) == {"Q01": "no", "Q02": 12}
