"""A step is changed, added, moved and removed; the rest of the model keeps its bytes."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from tests.models.editing.changing import HARNOSAND, REVIEW, changed_lines, errors, order_of
from tests.models.editing.pictures import faults, see
from workflows.engine import TaskKind
from workflows.models import read_bundle
from workflows.models.editing.errors import NoSuchPlace, StepGone, WordsMissing
from workflows.models.editing.steps import (
    Place,
    StepWords,
    add_step,
    change_step,
    rename_step,
)


def test_a_new_name_changes_one_line() -> None:
    changes = rename_step(HARNOSAND, "project_plan", "Skriv planen & budgeten")
    assert changes.keys() == {"project.bpmn"}
    assert len(changed_lines(HARNOSAND["project.bpmn"], changes["project.bpmn"])) == 2
    assert read_bundle({**HARNOSAND, **changes}).executable.tasks["project_plan"].name == "Skriv planen & budgeten"


def test_the_same_words_change_nothing() -> None:
    words = StepWords(name="Skriv projektplanen", kind=TaskKind.DOCUMENT, form="project_plan", role="project_manager")
    assert change_step(HARNOSAND, "project_plan", words) == {}


def test_a_deadline_is_set_and_taken_away_again() -> None:
    words = StepWords(name="Skriv projektplanen", kind=TaskKind.DOCUMENT, form="project_plan", role="project_manager")
    later = {**HARNOSAND, **change_step(HARNOSAND, "project_plan", replace(words, due="P20D", remind="-P3D"))}
    task = read_bundle(later).executable.tasks["project_plan"]
    assert (task.due, task.remind, task.escalate) == ("P20D", "-P3D", None)
    assert change_step(later, "project_plan", words)["project.bpmn"] == HARNOSAND["project.bpmn"]


def test_a_help_text_is_set_and_taken_away_again() -> None:
    words = StepWords(name="Skriv projektplanen", kind=TaskKind.DOCUMENT, form="project_plan", role="project_manager")
    later = {**HARNOSAND, **change_step(HARNOSAND, "project_plan", replace(words, help="Börja med målen <först>."))}
    assert "Börja med målen &lt;först&gt;." in later["project.bpmn"].decode()
    assert change_step(later, "project_plan", words)["project.bpmn"] == HARNOSAND["project.bpmn"]


def test_a_step_without_a_name_is_refused() -> None:
    with pytest.raises(WordsMissing) as refused:
        rename_step(HARNOSAND, "project_plan", " ")
    assert refused.value.field == "name"


def test_what_is_gone_is_said() -> None:
    with pytest.raises(StepGone):
        rename_step(HARNOSAND, "nothing_of_the_kind", "Namn")


def test_a_new_step_stands_after_another() -> None:
    changes, key = add_step(HARNOSAND, Place(after="project_plan"), REVIEW)
    files = {**HARNOSAND, **changes}
    order = order_of(files, "planning")
    assert order.index(key) == order.index("project_plan") + 1
    task = read_bundle(files).executable.tasks[key]
    assert (task.kind, task.form, task.role, task.due) == (TaskKind.REVIEW, "office_review", "controller", "P5D")
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []


def test_a_new_step_uses_free_room_before_what_lies_further_off_is_moved() -> None:
    changes, _ = add_step(HARNOSAND, Place(after="project_plan"), REVIEW)
    before, after = see(HARNOSAND["project.bpmn"]), see(changes["project.bpmn"])
    moved = [key for key, box in before.boxes.items() if after.boxes[key] != box]
    assert set(moved) <= {"agreements", *within("agreements")}


def within(scope: str) -> set[str]:
    nodes = read_bundle(HARNOSAND).executable.diagram.nodes.values()
    return {node.id for node in nodes if node.scope == scope}


def test_a_new_step_stands_first_in_a_phase() -> None:
    changes, key = add_step(HARNOSAND, Place(first_in="closure"), REVIEW)
    assert order_of({**HARNOSAND, **changes}, "closure")[1] == key


@pytest.mark.full
def test_many_new_steps_make_the_phase_grow() -> None:
    files = dict(HARNOSAND)
    for number in range(8):
        changes, _ = add_step(files, Place(after="project_plan"), replace(REVIEW, name=f"Granska del {number}"))
        files |= changes
    assert faults(files["project.bpmn"], labels=False) == []
    assert errors(files) == []


def test_a_document_that_the_model_did_not_know_is_told() -> None:
    words = StepWords(name="Skriv riskanalysen", kind=TaskKind.DOCUMENT, form="risk_assessment", role="project_manager")
    changes, _ = add_step(HARNOSAND, Place(after="project_plan"), words)
    document = read_bundle({**HARNOSAND, **changes}).model.document_of("risk_assessment")
    assert document is not None
    assert document.label["sv"] == "Skriv riskanalysen"


@pytest.mark.parametrize(("missing", "field"), [("name", "name"), ("form", "form"), ("role", "role")])
def test_a_new_step_needs_name_form_and_role(missing: str, field: str) -> None:
    with pytest.raises(WordsMissing) as refused:
        add_step(HARNOSAND, Place(after="project_plan"), StepWords(**{**asdict(REVIEW), missing: ""}))
    assert refused.value.field == field


@pytest.mark.parametrize("place", [Place(after="is_project"), Place(after="bp1"), Place(after="planning_end")])
def test_a_step_needs_one_way_to_stand_in(place: Place) -> None:
    with pytest.raises(NoSuchPlace):
        add_step(HARNOSAND, place, REVIEW)
