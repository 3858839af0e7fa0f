"""A posted checklist becomes answers: an honest no needs a reason, a yes with reference needs its evidence."""

from __future__ import annotations

from typing import Any

import pytest

from forms.checklist_answers import answer_from, check_checklist, validate_checklist
from forms.validation import Result, UnknownFields
from tests.forms.building import ENV, checklist, posted, question


def answered(extra: dict[str, Any], draft: bool = False, facts: dict[str, Any] | None = None, **texts: Any) -> Result:
    return validate_checklist(checklist(question(**extra)), posted(**texts), env=ENV, draft=draft, facts=facts)


@pytest.mark.parametrize(
    ("extra", "texts", "answer"),
    [
        ({}, {"Q01": "yes"}, {"answer": "yes"}),
        (
            {},
            {"Q01": "no", "Q01__reason": "Mötet flyttades", "Q01__comment": "Klart i mars"},
            {"answer": "no", "reason": "Mötet flyttades", "comment": "Klart i mars"},
        ),
        (
            {},
            {"Q01": "not_applicable", "Q01__reason": "Inget köps"},
            {"answer": "not_applicable", "reason": "Inget köps"},
        ),
        (
            {"answer": "text"},
            {"Q01__value": " Fler <b>platser</b> "},
            {"answer": "value", "value": "Fler <b>platser</b>"},
        ),
        ({"answer": "number"}, {"Q01__value": "1 250 000"}, {"answer": "value", "value": 1_250_000}),
        ({"answer": "date"}, {"Q01__value": "1 dec 2026"}, {"answer": "value", "value": "2026-12-01"}),
        (
            {"answer": "date"},
            {"Q01": "not_applicable", "Q01__value": "2026-12-01", "Q01__reason": "Inget slut"},
            {"answer": "not_applicable", "reason": "Inget slut"},
        ),
        (
            {"answer": "ref"},
            {"Q01": "yes", "Q01__link": ["https://exempel.se/a", ""], "Q01__note": "§ 4", "Q01__file": ["f1"]},
            {
                "answer": "yes",
                "evidence": [
                    {"kind": "link", "value": "https://exempel.se/a"},
                    {"kind": "note", "value": "§ 4"},
                    {"kind": "file", "value": "f1"},
                ],
            },
        ),
    ],
)
def test_a_complete_answer_is_kept(extra: dict[str, Any], texts: dict[str, Any], answer: dict[str, Any]) -> None:
    result = answered(extra, **texts)
    assert (result.errors, result.answers) == ({}, {"Q01": answer})


@pytest.mark.parametrize(
    ("extra", "texts", "errors"),
    [
        ({}, {}, {"Q01": "Svara på frågan om målet"}),
        ({"answer": "text"}, {}, {"Q01-value": "Svara på frågan om målet"}),
        ({}, {"Q01": "no"}, {"Q01-reason": "Skriv varför svaret är nej på frågan om målet"}),
        ({}, {"Q01": "not_applicable"}, {"Q01-reason": "Skriv varför frågan om målet inte gäller"}),
        (
            {"satisfied_by": ["no"]},
            {"Q01": "yes"},
            {"Q01-reason": "Skriv varför svaret är ja på frågan om målet"},
        ),
        (
            {"answer": "ref"},
            {"Q01": "yes"},
            {"Q01-link": "Visa var underlaget finns för målet: en länk, en anteckning eller en fil"},
        ),
        ({}, {"Q01": "ja"}, {"Q01": "Välj ja, nej eller gäller inte på frågan om målet"}),
        ({"answer": "number"}, {"Q01__value": "många"}, {"Q01-value": "Skriv svaret om målet med siffror"}),
        (
            {"answer": "date"},
            {"Q01__value": "snart"},
            {"Q01-value": "Skriv svaret om målet som ett datum, till exempel 1 dec 2026"},
        ),
        ({"answer": "text"}, {"Q01": "yes"}, {"Q01": "Svara på frågan om målet"}),
        (
            {},
            {"Q01": "yes", "Q01__link": "javascript:alert(1)"},
            {"Q01-link": "Skriv länken om målet med https:// först, eller beskriv underlaget i anteckningen"},
        ),
        (
            {},
            {"Q01": "yes", "Q01__comment": "x" * 10_001},
            {"Q01-comment": "Korta texten om målet till högst 10\u00a0000 tecken"},
        ),
    ],
)
def test_what_lacks_is_asked_for(extra: dict[str, Any], texts: dict[str, Any], errors: dict[str, str]) -> None:
    assert answered(extra, **texts).errors == errors


def test_what_cannot_be_kept_is_not_among_the_answers() -> None:
    result = answered({}, Q01="yes", Q01__link="javascript:alert(1)", Q01__comment="x" * 10_001)
    assert result.answers == {"Q01": {"answer": "yes"}}
    assert result.entered["Q01"]["evidence"] == [{"kind": "link", "value": "javascript:alert(1)"}]


@pytest.mark.parametrize("requirement", ["warn", "info"])
def test_only_a_requirement_must_be_answered_and_explained(requirement: str) -> None:
    assert answered({"requirement": requirement}).errors == {}
    assert answered({"requirement": requirement}, Q01="no").errors == {}


def test_a_requirement_whose_condition_does_not_hold_may_stay_open() -> None:
    conditional = {"condition": "external_funding = true"}
    assert answered(conditional, facts={"external_funding": False}).errors == {}
    assert answered(conditional, facts={"external_funding": True}).errors != {}


def test_an_honest_no_is_no_error() -> None:
    assert answered({}, Q01="no", Q01__reason="Sju av åtta är klara").errors == {}


def test_a_draft_asks_for_nothing() -> None:
    result = answered({"answer": "ref"}, draft=True, Q01="yes", Q01__comment="Länk kommer")
    assert (result.errors, result.answers) == ({}, {"Q01": {"answer": "yes", "comment": "Länk kommer"}})


def test_a_draft_keeps_what_cannot_be_read_yet() -> None:
    value = answered({"answer": "number"}, draft=True, Q01__value="ungefär 3")
    assert (value.errors, value.answers) == ({}, {"Q01": {"answer": "value", "value": "ungefär 3"}})
    link = answered({}, draft=True, Q01__link="exempel.se")
    assert (link.errors, link.answers) == ({}, {"Q01": {"evidence": [{"kind": "link", "value": "exempel.se"}]}})


def test_a_draft_says_so_when_a_text_is_too_long_to_keep() -> None:
    assert set(answered({}, draft=True, Q01__comment="x" * 10_001).errors) == {"Q01-comment"}


@pytest.mark.parametrize("name", ["Q02", "Q01-values", "Q01-value", "Q01-reason-x", "q01", "typename"])
def test_a_name_that_belongs_to_no_question_is_refused(name: str) -> None:
    with pytest.raises(UnknownFields) as caught:
        validate_checklist(checklist(question()), {name: ["1"]}, env=ENV)
    assert caught.value.names == (name,)


@pytest.mark.parametrize(
    "answers",
    [
        {"Q01": {"answer": 1}},
        {"Q01": {"answer": "yes", "reason": 3}},
        {"Q01": {"answer": "yes", "evidence": "x"}},
        {"Q01": {"answer": "yes", "evidence": [{"kind": "smell", "value": "x"}]}},
        {"Q01": {"answer": "yes", "evidence": ["x"]}},
    ],
)
def test_json_of_the_wrong_type_is_told_so(answers: dict[str, Any]) -> None:
    result = check_checklist(checklist(question()), answers, env=ENV)
    assert len(result.errors) == 1
    assert set(result.answers.get("Q01", {})) <= {"answer"}


@pytest.mark.parametrize("answers", [{"Q02": {}}, {"Q01": "yes"}, {"Q01": {"typename": "x"}}])
def test_json_of_another_shape_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(UnknownFields):
        check_checklist(checklist(question()), answers, env=ENV)


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [
        ("yes_no", "no", {"answer": "no"}),
        ("yes_no", True, {"answer": "yes"}),
        ("yes_no", "kanske", None),
        ("text", "Fler platser", {"answer": "value", "value": "Fler platser"}),
        ("number", 12, {"answer": "value", "value": 12}),
        ("date", "2026-12-01", {"answer": "value", "value": "2026-12-01"}),
        ("date", "snart", None),
        ("text", None, None),
    ],
)
def test_a_field_can_answer_a_question_beforehand(kind: str, value: Any, answer: dict[str, Any] | None) -> None:
    assert answer_from(checklist(question(answer=kind)).items[0], value) == answer
