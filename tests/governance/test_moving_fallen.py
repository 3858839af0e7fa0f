"""Work whose step is gone beside others that go on: it falls away, and what was typed in it is kept."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.governance.moving import MODEL, at, everything, seen
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows import engine
from workflows.flow import TaskStatus, inbox, load_task
from workflows.governance.moving import (
    GoneStep,
    MoveStatus,
    NoStandIn,
    gone_steps,
    preview_move,
    replace_steps,
    undo_move,
    work_move,
)
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.receipts import receipt_page
from workflows.governance.verify import verify
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.models import publish, shipped
from workflows.models.editing.step_removal import remove_step
from workflows.people import acting

GONE = "risk_assessment"
BESIDE = {"cost_benefit", "organisation", "resource_needs"}
"""Steps that are open beside it."""


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def waiting(town: Town) -> str:
    """A project with four steps open beside each other, the one that is gone begun."""
    project = at(town, "Grenarna", GONE)
    town.player(project, usual=usual(town)).draft(GONE, {"risks": [{"risk": "Snö"}]})
    return project


def without() -> Mapping[str, bytes]:
    files = {**shipped("harnosand"), **remove_step(shipped("harnosand"), GONE)}
    files = {path: data for path, data in files.items() if not path.startswith("scenarios/")}
    return {**files, "scenarios/first.yaml": shipped("harnosand")["scenarios/rejected_at_bp1.yaml"]}


def prepared(town: Town) -> str:
    version = publish(town.ctx, without()).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    return move


def choose(town: Town, move: str, step: str) -> None:
    replace_steps(town.as_("ture"), move=move, steps={GONE: step}, request_id=request_id())
    work_move(town.ctx, move=move)


def offered(town: Town, move: str) -> GoneStep:
    [step] = gone_steps(town.as_("ture"), move=move)
    return step


def test_no_step_is_offered_that_waits_already(town: Town, waiting: str) -> None:
    move = prepared(town)
    assert [choice.id for choice in offered(town, move).choices] == [engine.FALL]
    choose(town, move, engine.FALL)
    assert seen(town, move)[1]["Grenarna"].status is MoveStatus.EFFECTS


def test_where_some_projects_wait_there_already_the_others_go_on_in_it(town: Town, waiting: str) -> None:
    other = at(town, "Ensam kvar", GONE)
    player = town.player(other, usual=usual(town))
    player.hand_in("organisation")
    move = prepared(town)
    choices = {choice.id: choice.works for choice in offered(town, move).choices}
    assert choices[engine.FALL] == 2
    for choice, works in choices.items():
        choose(town, move, choice)
        moved = [row for row in seen(town, move)[1].values() if row.status is MoveStatus.EFFECTS]
        assert len(moved) == works, choice


@pytest.mark.full
def test_the_preview_says_that_it_falls_away_and_why(town: Town, waiting: str) -> None:
    move = prepared(town)
    choose(town, move, "organisation")
    notes = seen(town, move)[1]["Grenarna"].notes
    name = town.open(waiting)["organisation"].name
    assert f"Steget ”Bedöm risker” faller bort, eftersom projektet redan väntar på ”{name}”." in notes
    assert "Det som är skrivet i ”Bedöm risker” finns kvar att läsa för den som har steget." in notes
    assert not any(note.startswith("Tas bort längre fram") for note in notes)
    choose(town, move, engine.FALL)
    assert "Steget ”Bedöm risker” faller bort." in seen(town, move)[1]["Grenarna"].notes


def test_the_project_goes_on_with_what_stands_beside_it(town: Town, waiting: str) -> None:
    before = town.open(waiting)
    move = prepared(town)
    choose(town, move, engine.FALL)
    everything(town, move)
    assert set(town.open(waiting)) == BESIDE
    with town.ctx.read() as session:
        task = load_task(session, tenant=town.ctx.tenant, task_id=before[GONE].task_id).task
    assert task.status is TaskStatus.CANCELLED
    last = project_timeline(town.as_("ture"), project_id=waiting)[1][0]
    assert last.sentence.format(**last.facts).endswith(
        "från modellversion 1 till 2. Arbetet i ”Bedöm risker” föll bort."
    )
    assert last.task == before[GONE].task_id
    assert all(result.broken is None for result in verify(town.ctx))
    town.player(waiting, usual=usual(town)).until("bp1")
    assert all(result.broken is None for result in verify(town.ctx))


def test_what_was_typed_is_read_by_whoever_had_the_step(town: Town, waiting: str) -> None:
    task = town.open(waiting)[GONE].task_id
    move = prepared(town)
    choose(town, move, engine.FALL)
    everything(town, move)
    draft = receipt_page(town.as_("karin"), task_id=task).held.waiting.draft
    assert draft is not None
    assert draft.answers["risks"][0]["risk"] == "Snö"
    assert receipt_page(town.as_("ture"), task_id=task).held.waiting.draft is None


def test_undone_it_waits_again_with_its_draft_its_day_and_its_people(town: Town, waiting: str) -> None:
    before = (town.project(waiting), town.open(waiting), inbox_of(town))
    move = prepared(town)
    choose(town, move, engine.FALL)
    everything(town, move)
    assert inbox_of(town) == before[2] - {GONE}
    undo_move(town.as_("ture"), move=move, project_id=waiting, reason="Fel")
    assert (town.project(waiting), town.open(waiting), inbox_of(town)) == before
    with town.ctx.read() as session:
        found = load_task(session, tenant=town.ctx.tenant, task_id=before[1][GONE].task_id)
    assert found.draft is not None
    assert all(result.broken is None for result in verify(town.ctx))
    player = town.player(waiting, usual=usual(town))
    player.hand_in(GONE)
    player.until("bp1")


def inbox_of(town: Town) -> set[str]:
    """What waits for the manager."""
    with town.ctx.read() as session:
        who = acting(session, tenant=town.ctx.tenant, person=town.people["karin"], on=local_date(town.ctx.now()))
        return {row.node for row in inbox(session, tenant=town.ctx.tenant, principals=tuple(who.principals)).rows}


def test_a_decision_never_falls_away(town: Town, waiting: str) -> None:
    move = prepared(town)
    for step in ("decide_single", "project_plan"):
        with pytest.raises(NoStandIn):
            replace_steps(town.as_("ture"), move=move, steps={step: engine.FALL}, request_id=request_id())
    assert offered(town, move).chosen == ""
    assert project_page(town.as_("ture"), project_id=waiting).version == 1
