"""Work that waits on a step that a version does not have goes on in another, where a person says so and it holds."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.governance.moving import GONE, MODEL, OTHER, at, drawn_anew, everything, seen
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.moving import (
    Choice,
    MoveStatus,
    NoStandIn,
    gone_steps,
    preview_move,
    replace_steps,
    undo_move,
    work_move,
)
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.verify import verify
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models import publish


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def waiting(town: Town) -> str:
    """A project that waits on the step that is gone."""
    return at(town, "Samverkan", GONE)


def prepared(town: Town) -> str:
    version = publish(town.ctx, drawn_anew()).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    return move


def choose(town: Town, move: str, **steps: str) -> None:
    replace_steps(town.as_("ture"), move=move, steps=steps, request_id=request_id())
    work_move(town.ctx, move=move)


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def test_the_page_of_a_move_offers_what_can_stand_in_for_a_step_that_is_gone(town: Town, waiting: str) -> None:
    [step] = gone_steps(town.as_("ture"), move=prepared(town))
    assert (step.id, step.projects, step.chosen) == (GONE, 1, "")
    assert step.choices[0] == Choice(id=OTHER, name="Förhandla med facken", works=1)


def test_work_goes_on_in_the_step_that_was_chosen_and_the_record_says_so(town: Town, waiting: str) -> None:
    before = town.open(waiting)[GONE]
    move = prepared(town)
    assert seen(town, move)[1]["Samverkan"].status is MoveStatus.REFUSED
    choose(town, move, **{GONE: OTHER})
    row = seen(town, move)[1]["Samverkan"]
    assert row.status is MoveStatus.EFFECTS
    assert "Arbetet i ”Genomför facklig samverkan” fortsätter i ”Förhandla med facken”." in row.notes
    assert version_of(town, waiting) == 1
    everything(town, move)
    after = town.open(waiting)[OTHER]
    assert (after.task_id, after.due_at) == (before.task_id, before.due_at)
    with town.ctx.read() as session:
        event = session.scalars(select(EventRow).where(EventRow.verb == "move")).one()
        assert event.body["replaced"] == [["Genomför facklig samverkan", "Förhandla med facken"]]
    [told] = [one for one in project_timeline(town.as_("ture"), project_id=waiting)[1] if one.verb == "move"]
    said = told.sentence.format(**told.facts)
    assert said.endswith("Arbetet med ”Genomför facklig samverkan” gick vidare till ”Förhandla med facken”.")
    town.player(waiting, usual=usual(town)).hand_in(OTHER)
    assert OTHER not in town.open(waiting)
    assert all(result.broken is None for result in verify(town.ctx))


def test_a_move_into_another_step_is_undone_with_everything_as_it_was(town: Town, waiting: str) -> None:
    before = (town.project(waiting), town.open(waiting)[GONE])
    move = prepared(town)
    choose(town, move, **{GONE: OTHER})
    everything(town, move)
    undo_move(town.as_("ture"), move=move, project_id=waiting, reason="Fel steg")
    assert (town.project(waiting), town.open(waiting)[GONE]) == before
    assert all(result.broken is None for result in verify(town.ctx))


def test_a_choice_is_taken_back_and_the_project_stays(town: Town, waiting: str) -> None:
    move = prepared(town)
    choose(town, move, **{GONE: OTHER})
    choose(town, move, **{GONE: ""})
    assert seen(town, move)[1]["Samverkan"].status is MoveStatus.REFUSED
    assert gone_steps(town.as_("ture"), move=move)[0].chosen == ""


def test_a_step_of_another_kind_or_place_takes_over_nothing(town: Town, waiting: str) -> None:
    move = prepared(town)
    for other in ("sponsor_answer", "nowhere", "contract_member", "decide_single"):
        with pytest.raises(NoStandIn):
            replace_steps(town.as_("ture"), move=move, steps={GONE: other}, request_id=request_id())
    with pytest.raises(NoStandIn):
        replace_steps(town.as_("ture"), move=move, steps={"project_plan": OTHER}, request_id=request_id())
    assert gone_steps(town.as_("ture"), move=move)[0].chosen == ""
    assert version_of(town, waiting) == 1


def test_whoever_moves_no_projects_chooses_no_steps(town: Town, waiting: str) -> None:
    move = prepared(town)
    with pytest.raises(NotFound):
        replace_steps(town.as_("karin"), move=move, steps={GONE: OTHER}, request_id=request_id())
    assert gone_steps(town.as_("ture"), move=move)[0].chosen == ""
