"""Where a question or a form is used is told in words, so that nobody removes what others need."""

from __future__ import annotations

import time

from tests.models.telling import HARNOSAND, files_of
from workflows.models.asking import UseKind, steps_showing, uses_of, uses_of_question

FILES = files_of(HARNOSAND)


def test_a_question_is_found_in_diagrams_conditions_and_scenarios() -> None:
    words = [use.words for use in uses_of_question(FILES, "c2_preparation", "F03")]
    assert 'diagrammet project.bpmn: c2_preparation.F03 = "yes"' in words
    assert "villkoret för frågan P15 i Checklista Planering: när ”Svaret på fråga F03” är ja" in words
    assert [one for one in words if one.startswith("provet ”Ett stort projekt")]


def test_a_question_is_found_in_what_model_json_fills_in() -> None:
    assert [use.words for use in uses_of_question(FILES, "c2_preparation", "F05")] == [
        "förifyllda svar i c2_preparation.F05"
    ]


def test_a_form_is_found_at_its_steps_gates_and_documents() -> None:
    found = uses_of(FILES, "project_plan")
    assert {use.words for use in found if use.kind is UseKind.STEP} >= {"steget ”Skriv projektplanen”"}
    words = [use.words for use in found]
    assert "beslutspunkten ”Beslutspunkt 2”" in words
    assert "dokumentet ”Projektplan”" in words
    assert "registret members" in words


def test_a_form_that_nobody_shows_is_free() -> None:
    assert uses_of({**FILES, "forms/spare.form.json": FILES["forms/parked_idea.form.json"]}, "spare") == ()


def test_the_steps_are_found_also_in_a_diagram_that_cannot_be_read() -> None:
    half = FILES["project.bpmn"][: len(FILES["project.bpmn"]) // 2]
    assert steps_showing({"project.bpmn": half})["idea_sheet"] == ("Fyll i idébladet",)


def test_a_diagram_full_of_open_tags_is_looked_through_at_once() -> None:
    begun = time.process_time()
    steps_showing({"project.bpmn": b'<bpmn:userTask id="a">' * 90_000})
    assert time.process_time() - begun < 2


def test_a_draft_without_a_readable_model_json_still_tells_its_steps() -> None:
    assert uses_of({**FILES, "model.json": b"{"}, "c2_preparation")[0].kind is UseKind.STEP
