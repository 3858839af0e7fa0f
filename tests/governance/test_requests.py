"""A request that comes twice is one effect; a request id that something else was done under is refused."""

from __future__ import annotations

import pytest

from tests.hostile.world import to_the_gate
from tests.stories.town import Town, build_town
from workflows.flow import InstanceHeld, TaskAlreadyClosed
from workflows.governance.answers import Entered
from workflows.governance.anytime import terminate_project
from workflows.governance.conditions import complete_condition
from workflows.governance.decision import DecisionInput, NewCondition
from workflows.governance.holding import hold_project
from workflows.governance.outcomes import Outcome
from workflows.governance.start import Idea, start_project
from workflows.governance.submit import submit_step
from workflows.governance.task_page import task_page
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, NotFound, RequestReused


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def test_the_same_idea_handed_in_twice_is_one_project(town: Town) -> None:
    first = start_project(town.as_("olle"), idea=Idea(title="Cykelgarage"), request_id="twice")
    with pytest.raises(AlreadyDone) as done:
        start_project(town.as_("olle"), idea=Idea(title="Cykelgarage"), request_id="twice")
    assert done.value.outcome == first.project_id


def test_somebody_elses_request_id_starts_nothing_and_tells_nothing(town: Town) -> None:
    started = start_project(town.as_("olle"), idea=Idea(title="Cykelgarage"), request_id="olles")
    with pytest.raises(RequestReused) as refused:
        start_project(town.as_("bo"), idea=Idea(title="Simhall"), request_id="olles")
    assert started.project_id not in repr(refused.value.facts)
    assert town.start("bo", "Simhall").number.endswith("-002")


def test_a_step_handed_in_under_a_used_request_id_stays_open(town: Town) -> None:
    first, second = town.start("olle", "Cykelgarage"), town.start("olle", "Simhall")
    idea = {"title": "Cykelgarage", "what": "Ett tak", "why": "Det regnar", "sponsor": town.people["anna"]}
    entered = Entered(answers={**idea, **dict.fromkeys(("R07", "R08", "R09", "R10"), "yes")})
    submit_step(town.as_("olle"), task_id=first.task_id, entered=entered, request_id="used")
    with pytest.raises(RequestReused):
        submit_step(town.as_("olle"), task_id=second.task_id, entered=entered, request_id="used")
    assert set(town.open(second.project_id)) == {"idea_sheet"}
    assert town.project(second.project_id).records == 0


def test_a_request_id_of_another_project_stops_no_verb_in_silence(town: Town) -> None:
    approved = with_condition(town, "Cykelgarage")
    town.start("olle", "Simhall")
    start_project(town.as_("olle"), idea=Idea(title="Badhus"), request_id="used")
    with pytest.raises(RequestReused):
        terminate_project(town.as_("anna"), project_id=approved, reason="Behövs inte", request_id="used")
    assert set(town.open(approved)) == {"project_plan", "condition"}


def test_a_condition_reported_twice_is_one_effect(town: Town) -> None:
    task = town.open(with_condition(town, "Cykelgarage"))["condition"].task_id
    complete_condition(town.as_("nils"), task_id=task, note="Klart", request_id="twice")
    with pytest.raises(AlreadyDone):
        complete_condition(town.as_("nils"), task_id=task, note="Klart", request_id="twice")
    with pytest.raises(TaskAlreadyClosed):
        complete_condition(town.as_("nils"), task_id=task, note="Klart igen", request_id="later")


def test_who_met_a_condition_can_read_the_receipt_and_that_project(town: Town) -> None:
    project = with_condition(town, "Cykelgarage")
    task, other = town.open(project)["condition"].task_id, town.open(project)["project_plan"].task_id
    complete_condition(town.as_("nils"), task_id=task, note="Klart", request_id="once")
    assert task_page(town.as_("nils"), task_id=task).held.task.status == "done"
    assert task_page(town.as_("nils"), task_id=other).held.project.id == project
    with pytest.raises(NotFound):
        task_page(town.as_("sara"), task_id=task)


def test_a_condition_of_a_project_on_hold_waits_with_it(town: Town) -> None:
    project = with_condition(town, "Cykelgarage")
    task = town.open(project)["condition"].task_id
    until = town.ctx.now().date().replace(month=12)
    hold_project(town.as_("anna"), project_id=project, resume_on=until, reason="Pengar", request_id="hold")
    with pytest.raises(InstanceHeld):
        complete_condition(town.as_("nils"), task_id=task, note="Klart", request_id="early")


def with_condition(town: Town, title: str) -> str:
    """Play a project past its first gate, with a condition that Nils owns."""
    project = to_the_gate(town, title, owner="olle", sponsor="anna", manager="karin", receiver="lena")
    condition = NewCondition(text="Räkna om", owner=town.people["nils"], due_on=town.ctx.now().date())
    outcome = Outcome.APPROVE_CONDITIONAL
    town.decide("anna", project, DecisionInput(outcome=outcome, conditions=(condition,), no_conflict=True))
    return project
