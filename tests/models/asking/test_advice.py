"""Advice tells what a form could say better, and hinders nothing."""

from __future__ import annotations

import orjson

from tests.forms.building import component, form
from tests.models.telling import HARNOSAND, files_of, with_text
from workflows.models import Severity, check, verdict
from workflows.models.asking import advise, advise_all, advise_file


def rules(*told: tuple[str, str, str]) -> set[tuple[str, str]]:
    return {(rule, element) for rule, element, _ in told}


def test_the_shipped_model_needs_no_advice() -> None:
    assert advise_all(files_of(HARNOSAND)) == ()


def test_missing_help_english_and_headings_are_told_with_their_field() -> None:
    told = advise(
        form(
            component("textfield", "a", "Namn"),
            component("textfield", "b", "namn ", properties={"label_en": "Name", "help": "x"}),
            {"type": "group", "components": [component("checkbox", "c", "C", properties={"label_en": "C"})]},
            component("radio", "d", "D", values=[{"label": "Ett", "value": "1"}], properties={"label_en": "D"}),
        )
    )
    assert rules(*told) == {
        ("missing-label", ""),
        ("missing-english", "a"),
        ("missing-help", "a"),
        ("duplicate-label", "a"),
        ("duplicate-label", "b"),
        ("missing-english", "d"),
    }


def test_advice_is_a_warning_and_says_nothing_of_what_cannot_be_read() -> None:
    files = {"forms/a.form.json": b"{", "forms/b.checklist.json": b"{}"}
    assert advise_all(files) == ()
    alone = {"id": "A1", "area": "a", "question": "Är det klart?", "answer": "yes_no", "requirement": "must"}
    listed = {"key": "b", "title": "B", "phase": "p", "items": [alone, {**alone, "id": "A2"}]}
    found = advise_file({"forms/b.checklist.json": orjson.dumps(listed)}, "forms/b.checklist.json")
    assert {finding.severity for finding in found} == {Severity.WARNING}
    assert {finding.rule for finding in found} == {"missing-help", "duplicate-label"}


def test_texts_without_english_are_counted_once_and_are_no_advice() -> None:
    path = "forms/c2_preparation.checklist.json"
    checklist = orjson.loads(files_of(HARNOSAND)[path])
    for item in checklist["items"][:3]:
        item["question"] = {"sv": item["question"]["sv"]} if isinstance(item["question"], dict) else item["question"]
        item.pop("question_en", None)
    files = {**files_of(HARNOSAND), path: orjson.dumps(checklist)}
    assert check(files) == ()
    told = verdict(files)
    assert (told.errors, told.warnings, told.untranslated) == (0, 0, 3)


def test_the_check_shows_advice_as_warnings_and_hinders_nothing() -> None:
    path = "forms/parked_idea.form.json"
    files = with_text(path, '"help"', '"was_help"', HARNOSAND)
    told = [finding for finding in check(files) if finding.file == path]
    assert [(finding.rule, finding.element, finding.severity) for finding in told] == [
        ("missing-help", "changed", Severity.WARNING)
    ]
