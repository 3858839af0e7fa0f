"""What happens in a project in the moment in which it is moved: both are done, or one of them says why not."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from tests.conftest import TestClock
from tests.governance.moving import MODEL, at, everything, previewed, publish_second, second_version, seen
from tests.governance.test_moving import to_the_end
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.anytime import terminate_project
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.moving import (
    MovedOn,
    MoveStatus,
    move_projects,
    preview_move,
    undo_move,
    work_move,
)
from workflows.governance.project import ProjectStatus
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.sweep import sweep
from workflows.governance.verify import verify
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.models import find_version, publish, retire_version

OUT_OF_USE = "Version 2 är tagen ur bruk: nya projekt börjar inte på den."


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def verbs(town: Town, project: str) -> list[str]:
    """What happened in a project, the newest first."""
    return [one.verb for one in project_timeline(town.as_("ture"), project_id=project)[1]]


def sound(town: Town) -> bool:
    return all(result.broken is None for result in verify(town.ctx))


def ordered(town: Town, move: str, *projects: str) -> None:
    """Order a move of some projects; nothing is moved before the job works."""
    move_projects(town.as_("ture"), move=move, projects=projects, reason="Nya", request_id=request_id())


def at_once(*acts: Callable[[], object]) -> None:
    """Do several things in the same moment, each in a thread of its own."""
    together = Barrier(len(acts))

    def act(one: Callable[[], object]) -> None:
        together.wait()
        one()

    with ThreadPoolExecutor(len(acts)) as threads:
        for done in [threads.submit(act, one) for one in acts]:
            done.result()


@pytest.fixture
def parked(town: Town, clock: TestClock) -> str:
    """An idea that is parked until a day."""
    project = at(town, "Parkerad", "sponsor_answer")
    day = clock.today + timedelta(days=30)
    town.player(project).hand_in("sponsor_answer", {"decision": "park", "resume_on": day.isoformat()})
    assert set(town.open(project)) == {"parked_idea"}
    return project


@pytest.mark.parametrize("first", ["timer", "move", "neither"])
def test_a_timer_that_is_due_in_the_same_second_goes_off_once(
    town: Town, parked: str, clock: TestClock, first: str
) -> None:
    move, rows = previewed(town)
    assert rows["Parkerad"].status is MoveStatus.EFFECTS
    ordered(town, move.id, parked)
    clock.on(clock.today + timedelta(days=30), hour=0)
    acts: list[Callable[[], object]] = [lambda: sweep(town.ctx), lambda: work_move(town.ctx, move=move.id)]
    if first == "neither":
        at_once(*acts)
    else:
        for act in acts if first == "timer" else reversed(acts):
            act()
    assert "sponsor_answer" in town.open(parked)
    assert verbs(town, parked).count("tick") == 1
    sweep(town.ctx)
    assert verbs(town, parked).count("tick") == 1
    moved = seen(town, move.id)[1]["Parkerad"].status is MoveStatus.MOVED
    assert verbs(town, parked).count("move") == moved == version_of(town, parked) - 1
    assert moved or first != "move"
    assert sound(town)


def test_a_timer_that_went_off_after_the_move_is_a_step_and_the_move_stays(
    town: Town, parked: str, clock: TestClock
) -> None:
    move, _ = previewed(town)
    everything(town, move.id)
    clock.on(clock.today + timedelta(days=30), hour=0)
    sweep(town.ctx)
    with pytest.raises(MovedOn):
        undo_move(town.as_("ture"), move=move.id, project_id=parked, reason="Fel")
    assert version_of(town, parked) == 2
    assert "sponsor_answer" in town.open(parked)


@pytest.mark.full
def test_of_two_moves_at_once_to_two_versions_one_takes_the_project(town: Town) -> None:
    ideas = [at(town, f"Idé {number}", "sponsor_answer") for number in range(3)]
    second, files = publish_second(town.ctx), dict(second_version())
    form = "forms/union_consultation.form.json"
    third = publish(town.ctx, {**files, form: files[form] + b"\n"}).version
    found = []
    for version in (second, third):
        move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
        work_move(town.ctx, move=move)
        ordered(town, move, *ideas)
        found.append(move)
    at_once(*(lambda move=move: work_move(town.ctx, move=move) for move in found))
    for number, project in enumerate(ideas):
        outcomes = [seen(town, move)[1][f"Idé {number}"].status for move in found]
        assert sorted(outcomes) == [MoveStatus.GONE, MoveStatus.MOVED]
        assert version_of(town, project) == (second, third)[outcomes.index(MoveStatus.MOVED)]
        assert verbs(town, project).count("move") == 1
    assert sound(town)


def held(town: Town, project: str) -> None:
    resume_on = local_date(town.ctx.now()) + timedelta(days=60)
    ctx = town.as_("ture")
    hold_project(ctx, project_id=project, resume_on=resume_on, reason="Väntar på budget", request_id=request_id())


def test_a_project_that_rests_is_moved_and_comes_back_while_it_rests(town: Town) -> None:
    project = at(town, "Vilande", "risk_assessment")
    held(town, project)
    before = (town.project(project), town.open(project))
    move, _ = previewed(town)
    everything(town, move.id)
    assert version_of(town, project) == 2
    assert town.project(project).status is ProjectStatus.ON_HOLD
    undo_move(town.as_("ture"), move=move.id, project_id=project, reason="Fel")
    assert (town.project(project), town.open(project)) == before
    resume_project(town.as_("ture"), project_id=project, note="", request_id=request_id())
    town.player(project, usual=usual(town)).until("bp1")
    assert sound(town)


def test_a_rest_that_began_after_the_move_hinders_no_undoing(town: Town) -> None:
    project = at(town, "Vilande", "risk_assessment")
    move, _ = previewed(town)
    everything(town, move.id)
    held(town, project)
    undo_move(town.as_("ture"), move=move.id, project_id=project, reason="Fel")
    assert version_of(town, project) == 1
    assert town.project(project).status is ProjectStatus.ON_HOLD
    resume_project(town.as_("ture"), project_id=project, note="", request_id=request_id())
    town.player(project, usual=usual(town)).until("bp1")
    assert sound(town)


def test_a_project_in_its_short_closure_is_moved_and_closed(town: Town) -> None:
    project = at(town, "Avbrutet", "project_plan")
    terminate_project(town.as_("anna"), project_id=project, reason="Pengarna är slut", request_id=request_id())
    before = {row.task_id for row in town.open(project).values()}
    move, _ = previewed(town)
    everything(town, move.id)
    assert version_of(town, project) == 2
    assert {row.task_id for row in town.open(project).values()} == before
    to_the_end(town, project)
    assert town.project(project).status is ProjectStatus.TERMINATED
    assert sound(town)


def test_a_project_that_was_terminated_meanwhile_is_shown_anew_before_it_is_moved(town: Town) -> None:
    project = at(town, "Avbrutet", "project_plan")
    move, _ = previewed(town)
    terminate_project(town.as_("anna"), project_id=project, reason="Pengarna är slut", request_id=request_id())
    everything(town, move.id)
    row = seen(town, move.id)[1]["Avbrutet"]
    assert row.status in (MoveStatus.CHANGED, MoveStatus.MOVED)
    assert version_of(town, project) == (2 if row.status is MoveStatus.MOVED else 1)
    to_the_end(town, project)
    assert town.project(project).status is ProjectStatus.TERMINATED
    assert sound(town)


def test_a_project_that_was_closed_meanwhile_is_left_alone(town: Town) -> None:
    project = at(town, "Avslutat", "project_plan")
    move, _ = previewed(town)
    ordered(town, move.id, project)
    terminate_project(town.as_("anna"), project_id=project, reason="Pengarna är slut", request_id=request_id())
    to_the_end(town, project)
    work_move(town.ctx, move=move.id)
    assert seen(town, move.id)[1]["Avslutat"].status is MoveStatus.GONE
    assert version_of(town, project) == 1
    assert "move" not in verbs(town, project)


def retired(town: Town, *, retire: bool) -> None:
    with town.ctx.read() as session:
        digest = find_version(session, tenant=town.ctx.tenant, model=MODEL, version=2).digest
    retire_version(town.as_("ture"), digest=digest, retire=retire, reason="Fel i checklistan")


def test_a_version_that_was_retired_meanwhile_takes_a_project_only_when_that_was_seen(town: Town) -> None:
    project = at(town, "Idén", "sponsor_answer")
    move, rows = previewed(town)
    ordered(town, move.id, project)
    retired(town, retire=True)
    work_move(town.ctx, move=move.id)
    row = seen(town, move.id)[1]["Idén"]
    assert (row.status, version_of(town, project)) == (MoveStatus.CHANGED, 1)
    assert row.notes == (OUT_OF_USE, *rows["Idén"].notes)
    everything(town, move.id)
    assert version_of(town, project) == 2


def test_a_version_taken_back_into_use_takes_projects_as_ever(town: Town) -> None:
    project = at(town, "Idén", "sponsor_answer")
    move, _ = previewed(town)
    for retire in (True, False):
        retired(town, retire=retire)
    everything(town, move.id)
    assert version_of(town, project) == 2
    assert OUT_OF_USE not in seen(town, move.id)[1]["Idén"].notes


def test_a_move_is_undone_to_a_version_that_was_retired_meanwhile(town: Town) -> None:
    project = at(town, "Idén", "sponsor_answer")
    move, _ = previewed(town)
    everything(town, move.id)
    with town.ctx.read() as session:
        first = find_version(session, tenant=town.ctx.tenant, model=MODEL, version=1).digest
    retire_version(town.as_("ture"), digest=first, retire=True, reason="Ersatt")
    undo_move(town.as_("ture"), move=move.id, project_id=project, reason="Fel")
    assert version_of(town, project) == 1
