"""Steps change places and go; what stood around them is joined."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.models.editing.changing import HARNOSAND, PROCUREMENT, REVIEW, changed_lines, errors, order_of, said_of
from tests.models.editing.pictures import faults
from workflows.models import read_bundle
from workflows.models.editing.errors import (
    AnswersRead,
    CannotMove,
    NoSuchPlace,
    OutcomesWrong,
    StepGone,
    StepNeeded,
)
from workflows.models.editing.gates import change_gate
from workflows.models.editing.phase_removal import remove_phase
from workflows.models.editing.phases import add_phase
from workflows.models.editing.removed import removed_between
from workflows.models.editing.step_removal import remove_step
from workflows.models.editing.steps import (
    Place,
    add_step,
    move_step,
    rename_step,
)


def test_a_step_moves_past_its_neighbour_and_back() -> None:
    moved = {**HARNOSAND, **move_step(HARNOSAND, "project_directive", Place(after="appoint_manager"))}
    assert order_of(moved, "preparation").index("project_directive") < order_of(moved, "preparation").index(
        "groundwork"
    )
    assert faults(moved["project.bpmn"], labels=False) == []
    back = {**moved, **move_step(moved, "project_directive", Place(after="in_directive"))}
    assert order_of(back, "preparation") == order_of(HARNOSAND, "preparation")


def test_a_step_moves_into_another_phase() -> None:
    files = {**HARNOSAND, **move_step(HARNOSAND, "final_report", Place(first_in="execution"))}
    assert order_of(files, "execution")[1] == "final_report"
    assert "final_report" not in order_of(files, "closure")
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []


def test_a_sub_process_moves_with_what_it_holds() -> None:
    files = {**HARNOSAND, **move_step(HARNOSAND, "groundwork", Place(first_in="planning"))}
    assert "risk_assessment" in order_of(files, "groundwork")
    assert faults(files["project.bpmn"], labels=False) == []


def test_a_step_that_is_already_there_stays() -> None:
    assert move_step(HARNOSAND, "project_plan", Place(first_in="planning")) == {}


@pytest.mark.parametrize("node", ["parked_idea", "is_project", "bp1"])
def test_what_several_ways_lead_through_is_not_moved(node: str) -> None:
    with pytest.raises((CannotMove, NoSuchPlace)):
        move_step(HARNOSAND, node, Place(after="idea_sheet"))


def test_a_sub_process_does_not_move_into_itself() -> None:
    with pytest.raises(NoSuchPlace):
        move_step(HARNOSAND, "groundwork", Place(first_in="groundwork"))


def test_what_stood_around_a_removed_step_is_joined() -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, "c3_planning")}
    assert order_of(files, "planning")[-2:] == ["agreements", "planning_end"]
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []


def test_a_removed_branch_leaves_the_others() -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, "risk_assessment")}
    assert errors(files) == []
    assert "cost_benefit" in order_of(files, "groundwork")


def test_a_document_goes_with_its_last_step() -> None:
    files = {**HARNOSAND, **remove_step(HARNOSAND, "handover")}
    model = read_bundle(files).model
    assert "handover_record" not in {document.key for document in model.documents}
    assert "handover_record" not in model.gate("bp4").documents
    assert errors(files) == []


@pytest.mark.parametrize(
    ("node", "where"),
    [("office_review", "reviewed"), ("status_read", "action_asked"), ("sponsor_answer", "parked_until")],
)
def test_a_step_whose_answers_are_read_is_kept_and_the_reader_named(node: str, where: str) -> None:
    with pytest.raises(AnswersRead) as refused:
        remove_step(HARNOSAND, node)
    places = refused.value.facts["places"]
    assert isinstance(places, tuple) and where in {one.element for one in places}


def test_what_reads_the_answers_of_a_step_is_told_in_the_words_of_the_model() -> None:
    with pytest.raises(AnswersRead) as refused:
        remove_step(HARNOSAND, "status_report")
    places = refused.value.facts["places"]
    assert isinstance(places, tuple)
    assert [one.message for one in places] == [
        "gäller när ”Det här är sista rapporten” är ja",
        "gäller när ”Behövs en ändring av planen?” är Ja, ”Finns en avvikelse utanför tolerans?” är Ja,"
        " ”Samlat läge” är Rött eller både ”Samlat läge” är Gult och ”Förra statusen” är Gult",
    ]


def test_what_goes_with_a_step_is_told_from_the_table_before_and_after() -> None:
    gone = removed_between(HARNOSAND, {**HARNOSAND, **remove_step(HARNOSAND, "wind_down")})
    assert gone.steps[0] == "Avveckla" and "Stäng ekonomin" in gone.steps
    assert gone.phases == () and gone.gates == ()
    assert "short_books_closed" in gone.nodes


def test_a_step_that_parts_the_way_is_kept() -> None:
    with pytest.raises(StepNeeded):
        remove_step(HARNOSAND, "bp2")


def test_an_added_step_is_removed_without_a_trace_in_the_process() -> None:
    changes, key = add_step(HARNOSAND, Place(after="c3_planning"), REVIEW)
    added = {**HARNOSAND, **changes}
    back = {**added, **remove_step(added, key)}
    assert changed_lines(HARNOSAND["project.bpmn"], back["project.bpmn"]) == []


def test_what_other_tools_wrote_is_kept() -> None:
    foreign = '<styr:task kind="document" form="project_plan"'
    mark = '<zeebe:x xmlns:zeebe="urn:other" a="1"/><!-- note -->'
    text = HARNOSAND["project.bpmn"].decode().replace(foreign, mark + foreign, 1)
    files = {**HARNOSAND, "project.bpmn": text.encode()}
    changes, _ = add_step(files, Place(after="project_plan"), REVIEW)
    assert mark in changes["project.bpmn"].decode()


STEPS = ["project_plan", "c3_planning", "final_report", "union_consultation", "agreements", "handover", "status_report"]

DOINGS = ["move", "move", "remove", "remove", "add", "rename", "phase", "no phase", "gate"]


@pytest.mark.full
@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.sampled_from(DOINGS), *[st.sampled_from(STEPS)] * 2), max_size=5))
def test_any_changes_after_one_another_leave_a_model_that_can_be_read(doings: list[tuple[str, str, str]]) -> None:
    files = dict(HARNOSAND)
    for doing, one, other in doings:
        before = dict(files)
        try:
            files |= _do(files, doing, one, other)
        except (AnswersRead, CannotMove, NoSuchPlace, OutcomesWrong, StepGone, StepNeeded):
            assert files == before
    bundle = read_bundle(files)
    ids = [node.id for node in bundle.executable.diagram.nodes.values()]
    assert len(ids) == len(set(ids))
    assert faults(files["project.bpmn"], labels=False) == []


def _do(files: dict[str, bytes], doing: str, one: str, other: str) -> dict[str, bytes]:
    match doing:
        case "move":
            return dict(move_step(files, one, Place(after=other)))
        case "remove":
            return dict(remove_step(files, one))
        case "add":
            return dict(add_step(files, Place(after=one), REVIEW)[0])
        case "phase":
            number = len(read_bundle(files).model.gates)
            words = replace(
                PROCUREMENT, name=f"Fas {number}", gate_label=f"Beslutspunkt {number}b", gate_short=f"BP{number}b"
            )
            return dict(add_phase(files, "planning", words)[0])
        case "no phase":
            return dict(remove_phase(files, "fas_5"))
        case "gate":
            said = said_of(files, "bp2")
            return dict(change_gate(files, "bp2", replace(said, ways=said.ways[: -1 - (len(one) % 2)])))
        case _:
            return dict(rename_step(files, one, f"{other} i stället"))
