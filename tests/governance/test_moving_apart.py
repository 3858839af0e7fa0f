"""What goes wrong with one project of a move is its own: the others go on, and it can be tried once more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import orjson
import pytest
import structlog
import zstandard
from sqlalchemy import update
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from tests.governance.moving import GONE, MODEL, at, everything, previewed, publish_second, seen
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.flow.tables import InstanceRow
from workflows.governance.moving import MoveStatus, move_projects, preview_move, retry_move, undo_moves, work_move
from workflows.governance.project_page import project_page
from workflows.governance.verify import verify
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs
from workflows.models import publish, shipped


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def logged() -> Iterator[list[dict[str, object]]]:
    with capture_logs() as lines:
        structlog.get_logger("styr.moves")
        yield lines  # type: ignore[misc]  # structlog's own type of a line is a mutable mapping


def state_of(town: Town, project: str) -> bytes:
    with town.ctx.read() as session:
        return session.get_one(InstanceRow, (town.ctx.tenant, town.project(project).instance)).state


def store(town: Town, project: str, state: bytes) -> None:
    instance = town.project(project).instance
    with town.ctx.write() as session:
        session.execute(update(InstanceRow).where(InstanceRow.id == instance).values(state=state))


def broken(state: bytes) -> bytes:
    """Return a state that reads as one and stands at a step that no diagram has."""
    document = orjson.loads(zstandard.decompress(state))
    document["r"]["t"][0]["n"] = "nowhere"
    return zstandard.compress(orjson.dumps(document))


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def test_a_state_that_cannot_be_read_stops_no_other_project_and_is_found_in_the_log(
    town: Town, logged: list[dict[str, object]]
) -> None:
    names = ("Badplatsen", "Cykelpoolen", "Dagsverket")
    ideas = [at(town, title, "sponsor_answer") for title in names]
    whole = state_of(town, ideas[1])
    store(town, ideas[1], broken(whole))
    move, rows = previewed(town)
    assert [rows[title].status for title in names] == [MoveStatus.EFFECTS, MoveStatus.FAILED, MoveStatus.EFFECTS]
    [line] = [line for line in logged if line["event"] == "project_not_moved"]
    assert (line["project"], line["move"]) == (ideas[1], move.id)
    [note] = rows["Cykelpoolen"].notes
    assert str(line["reference"]) in note
    assert "Något gick fel i projektet" in note
    everything(town, move.id)
    assert [seen(town, move.id)[1][title].status for title in names] == ["moved", "failed", "moved"]
    assert state_of(town, ideas[1]) == broken(whole)


def test_a_state_that_breaks_after_the_preview_stops_no_other_project(
    town: Town, logged: list[dict[str, object]]
) -> None:
    names = ("Badplatsen", "Cykelpoolen", "Dagsverket")
    ideas = [at(town, title, "sponsor_answer") for title in names]
    move, _ = previewed(town)
    whole = state_of(town, ideas[0])
    store(town, ideas[0], broken(whole))
    everything(town, move.id)
    assert [seen(town, move.id)[1][title].status for title in names] == ["failed", "moved", "moved"]
    assert any(line["event"] == "project_not_moved" for line in logged)
    store(town, ideas[0], whole)
    assert version_of(town, ideas[0]) == 1
    assert retry_move(town.as_("ture"), move=move.id, request_id=request_id()) == 1
    work_move(town.ctx, move=move.id)
    assert seen(town, move.id)[1]["Badplatsen"].status is MoveStatus.EFFECTS
    everything(town, move.id)
    assert version_of(town, ideas[0]) == 2
    assert all(result.broken is None for result in verify(town.ctx))


def test_what_was_refused_and_has_gone_on_since_can_be_chosen_after_another_try(town: Town) -> None:
    project = at(town, "Samverkan", GONE)
    move, rows = previewed(town)
    assert rows["Samverkan"].status is MoveStatus.REFUSED
    town.player(project, usual=usual(town)).hand_in(GONE)
    retry_move(town.as_("ture"), move=move.id, request_id=request_id())
    work_move(town.ctx, move=move.id)
    assert seen(town, move.id)[1]["Samverkan"].status is MoveStatus.EFFECTS
    assert version_of(town, project) == 1


def test_in_a_move_that_was_carried_out_another_try_moves_what_nobody_notices(town: Town) -> None:
    ideas = [at(town, title, "sponsor_answer") for title in ("Badplatsen", "Cykelpoolen")]
    files = dict(shipped("harnosand"))
    del files["scenarios/steering_group.yaml"]
    version = publish(town.ctx, files).version
    whole = state_of(town, ideas[0])
    store(town, ideas[0], broken(whole))
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    everything(town, move)
    store(town, ideas[0], whole)
    retry_move(town.as_("ture"), move=move, request_id=request_id())
    work_move(town.ctx, move=move)
    assert [version_of(town, project) for project in ideas] == [2, 2]
    assert all(result.broken is None for result in verify(town.ctx))


class Unable(MemoryJobs):
    """Takes no job."""

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Fail."""
        raise LookupError


def test_a_move_that_could_not_be_undone_is_still_a_move(town: Town, logged: list[dict[str, object]]) -> None:
    reassigned = at(town, "Grenarna", "risk_assessment")
    other = at(town, "Idén", "sponsor_answer")
    move, _ = previewed(town)
    everything(town, move.id)
    undo_moves(town.as_("ture"), move=move.id, reason="Fel", request_id=request_id())
    work_move(replace(town.ctx, jobs=Unable()), move=move.id)
    rows = seen(town, move.id)[1]
    assert (rows["Grenarna"].status, rows["Idén"].status) == (MoveStatus.MOVED, MoveStatus.UNDONE)
    assert "Något gick fel i projektet" in rows["Grenarna"].notes[0]
    assert [version_of(town, project) for project in (reassigned, other)] == [2, 1]
    undo_moves(town.as_("ture"), move=move.id, reason="Fel", request_id=request_id())
    work_move(town.ctx, move=move.id)
    assert version_of(town, reassigned) == 1
    assert all(result.broken is None for result in verify(town.ctx))


def test_nothing_to_try_again_does_nothing(town: Town) -> None:
    one = at(town, "Badplatsen", "sponsor_answer")
    second = publish_second(town.ctx)
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=second)
    work_move(town.ctx, move=move)
    assert retry_move(town.as_("ture"), move=move, request_id=request_id()) == 0
    move_projects(town.as_("ture"), move=move, projects=[one], reason="Nya", request_id=request_id())
    work_move(town.ctx, move=move)
    assert version_of(town, one) == 2
