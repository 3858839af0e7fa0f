"""On hold: nothing moves, nothing is accepted, and every moment waits as long as the project does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, approve_on_condition
from tests.stories.moments import played_once
from tests.stories.town import Town, build_town, request_id
from workflows.flow import InstanceHeld, NotHeld, events_of
from workflows.governance.anytime import terminate_project
from workflows.governance.errors import NotNow, ReasonNeeded
from workflows.governance.holding import extend_hold, hold_project, resume_project
from workflows.governance.packs import PackStatus, packs_of
from workflows.governance.project import ProjectStatus
from workflows.governance.project_page import project_timeline
from workflows.governance.projects import waiting_for
from workflows.governance.sweep import sweep
from workflows.governance.verify import verify
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden
from workflows.kernel.ids import PersonId, role_principal


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def planned(town: Town) -> str:
    return plan(town)


@played_once
def plan(town: Town) -> str:
    project = town.start("olle", "Förskolan").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(approve_on_condition(town, "karin", "VA-avtalet är klart"))
    player.hand_in("project_plan")
    return project


def hold(town: Town, project: str, clock: TestClock, *, days: int = 30, who: str = "anna") -> None:
    hold_project(
        town.as_(who),
        project_id=project,
        resume_on=clock.today + timedelta(days=days),
        reason="Väntar på statsbidrag",
        request_id=request_id(),
    )


def waits_for(town: Town, task: str) -> set[PersonId]:
    with town.ctx.read() as session:
        found = waiting_for(session, tenant=town.ctx.tenant, tasks=[task], day=local_date(town.ctx.now()))
    return {person.id for person in found[task]}


def due_days(town: Town, project: str) -> dict[str, object]:
    return {task.id: task.due_at for task in town.player(project).open() if task.kind != "resume"}


def test_every_due_moment_moves_by_the_time_it_rested_conditions_too(
    town: Town, planned: str, clock: TestClock
) -> None:
    before = due_days(town, planned)
    hold(town, planned, clock)
    clock.forward(days=17)
    resume_project(town.as_("karin"), project_id=planned, note="Klart", request_id=request_id())
    after = due_days(town, planned)
    assert after == {task: due + timedelta(days=17) for task, due in before.items() if due is not None}  # type: ignore[operator]  # both have due moments
    assert len(after) == 4
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_nothing_is_reminded_of_while_it_rests_but_the_question_itself(
    town: Town, planned: str, clock: TestClock
) -> None:
    hold(town, planned, clock, days=60)
    clock.forward(days=45)
    assert sweep(town.ctx) == 0
    resume_project(town.as_("karin"), project_id=planned, note="", request_id=request_id())
    assert sweep(town.ctx) == 0


def test_no_step_is_accepted_and_nothing_else_can_be_begun(town: Town, planned: str, clock: TestClock) -> None:
    hold(town, planned, clock)
    with pytest.raises(InstanceHeld):
        town.fill("karin", planned, "union_consultation")
    with pytest.raises(InstanceHeld):
        hold(town, planned, clock)
    assert town.project(planned).status is ProjectStatus.ON_HOLD


def test_a_project_on_hold_is_terminated_without_being_resumed_first(
    town: Town, planned: str, clock: TestClock
) -> None:
    condition = town.player(planned).task("condition")
    hold(town, planned, clock)
    clock.forward(days=10)
    terminate_project(town.as_("anna"), project_id=planned, reason="Stopp", request_id=request_id())
    project = town.project(planned)
    assert (project.status, project.resume_on, project.resume_task) == (ProjectStatus.TERMINATING, None, None)
    assert set(town.open(planned)) == {"short_final_report", "condition"}
    moved = town.player(planned).task("condition")
    assert condition.due_at is not None
    assert moved.due_at == condition.due_at + timedelta(days=10)
    assert waits_for(town, moved.id) == {town.people["karin"]}
    _, told = project_timeline(town.as_("anna"), project_id=planned)
    assert [one.verb for one in told[:2]] == ["terminate", "hold"]
    assert told[0].sentence == "{who} avbröt projektet, som var vilande"
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_what_was_on_hold_goes_through_the_whole_short_closure(town: Town, planned: str, clock: TestClock) -> None:
    hold(town, planned, clock)
    terminate_project(town.as_("anna"), project_id=planned, reason="Stopp", request_id=request_id())
    player = town.player(planned)
    while town.project(planned).closed_at is None:
        player.hand_in(next(task.node for task in player.open() if task.kind != "condition"))
    assert town.project(planned).status is ProjectStatus.TERMINATED
    clock.forward(days=100)
    assert "resume" not in town.open(planned)


def test_a_hold_that_is_not_ended_by_a_refused_termination_stays(town: Town, planned: str, clock: TestClock) -> None:
    hold(town, planned, clock)
    resting = town.project(planned)
    with pytest.raises(ReasonNeeded):
        terminate_project(town.as_("anna"), project_id=planned, reason=" ", request_id=request_id())
    with pytest.raises(Forbidden):
        terminate_project(town.as_("karin"), project_id=planned, reason="Stopp", request_id=request_id())
    assert town.project(planned) == resting
    assert "resume" in town.open(planned)
    with pytest.raises(InstanceHeld):
        town.fill("karin", planned, "union_consultation")


def test_the_group_holds_and_terminates_through_its_chair_or_secretary_only(
    town: Town, planned: str, clock: TestClock
) -> None:
    for member in ("bo", "sara"):
        with pytest.raises(Forbidden):
            hold(town, planned, clock, who=member)
        with pytest.raises(Forbidden):
            terminate_project(town.as_(member), project_id=planned, reason="Stopp", request_id=request_id())
    assert town.project(planned).status is ProjectStatus.ACTIVE
    hold(town, planned, clock, who="per")
    with pytest.raises(Forbidden):
        resume_project(town.as_("bo"), project_id=planned, note="", request_id=request_id())
    terminate_project(town.as_("per"), project_id=planned, reason="Gruppen beslutade § 3", request_id=request_id())
    assert town.project(planned).status is ProjectStatus.TERMINATING
    with town.ctx.read() as session:
        events = events_of(session, tenant=town.ctx.tenant, instance_id=town.project(planned).instance, limit=2)
    assert {one.on_behalf_of for one in events} == {role_principal(planned, "steering_group")}


def test_a_hold_asks_for_a_reason_and_a_day_to_come(town: Town, planned: str, clock: TestClock) -> None:
    for reason, days, refusal in ((" ", 10, ReasonNeeded), ("Väntar", 0, NotNow), ("Väntar", -3, NotNow)):
        day = clock.today + timedelta(days=days)
        with pytest.raises(refusal):
            hold_project(town.as_("anna"), project_id=planned, resume_on=day, reason=reason, request_id=request_id())
    assert town.project(planned).status is ProjectStatus.ACTIVE


def test_the_project_manager_resumes_but_does_not_hold(town: Town, planned: str, clock: TestClock) -> None:
    with pytest.raises(Forbidden):
        hold(town, planned, clock, who="karin")
    hold(town, planned, clock, who="ture")
    with pytest.raises(Forbidden):
        resume_project(town.as_("lena"), project_id=planned, note="", request_id=request_id())
    resume_project(town.as_("karin"), project_id=planned, note="", request_id=request_id())
    assert town.project(planned).status is ProjectStatus.ACTIVE


def test_only_what_rests_is_resumed_or_rests_longer(town: Town, planned: str, clock: TestClock) -> None:
    with pytest.raises(NotHeld):
        resume_project(town.as_("anna"), project_id=planned, note="", request_id=request_id())
    with pytest.raises(NotHeld):
        extend_hold(
            town.as_("anna"),
            project_id=planned,
            resume_on=clock.today + timedelta(days=9),
            reason="x",
            request_id=request_id(),
        )


def test_resting_longer_keeps_the_first_day_for_the_reckoning(town: Town, planned: str, clock: TestClock) -> None:
    before = due_days(town, planned)
    hold(town, planned, clock)
    clock.forward(days=10)
    extend_hold(
        town.as_("anna"),
        project_id=planned,
        resume_on=clock.today + timedelta(days=30),
        reason="Dröjer",
        request_id=request_id(),
    )
    clock.forward(days=10)
    resume_project(town.as_("anna"), project_id=planned, note="", request_id=request_id())
    (moved,) = {after - before[task] for task, after in due_days(town, planned).items()}  # type: ignore[operator]  # both have due moments
    assert moved == timedelta(days=20)
    assert [task.kind for task in town.player(planned).open()].count("resume") == 0


def test_the_same_request_twice_is_one_hold(town: Town, planned: str, clock: TestClock) -> None:
    day, same = clock.today + timedelta(days=5), request_id()
    hold_project(town.as_("anna"), project_id=planned, resume_on=day, reason="Väntar", request_id=same)
    with pytest.raises(AlreadyDone) as before:
        hold_project(town.as_("anna"), project_id=planned, resume_on=day, reason="Väntar", request_id=same)
    assert before.value.outcome == planned


def test_a_short_closure_cannot_rest(town: Town, planned: str, clock: TestClock) -> None:
    terminate_project(town.as_("anna"), project_id=planned, reason="Stopp", request_id=request_id())
    with pytest.raises(NotNow):
        hold(town, planned, clock)


def test_an_idea_on_hold_is_an_idea_again(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Linbana").project_id
    hold(town, project, clock, who="ture")
    resume_project(town.as_("ture"), project_id=project, note="", request_id=request_id())
    assert town.project(project).status is ProjectStatus.IDEA


def test_terminating_at_a_gate_takes_the_request_back(town: Town, clock: TestClock) -> None:
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    player.hand_in("request")
    terminate_project(town.as_("anna"), project_id=project, reason="Stopp", request_id=request_id())
    with town.ctx.read() as session:
        packs = packs_of(session, tenant=town.ctx.tenant, project_id=project)
    assert [pack.status for pack in packs] == [PackStatus.DECIDED, PackStatus.WITHDRAWN]
    (result,) = verify(town.ctx)
    assert result.broken is None
