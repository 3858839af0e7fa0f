"""The worker is killed in the middle of a move and of its undoing: each project went over whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from sqlalchemy import func, select

from tests.governance.killed_mover import arguments
from tests.governance.moving import at, previewed, seen
from tests.stories.town import Town, build_town, request_id
from workflows.governance.moving import MoveStatus, move_projects, undo_moves, work_move
from workflows.governance.tables import ModelMoveProjectRow, ProjectRow
from workflows.governance.verify import verify
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context

pytestmark = pytest.mark.full

PROJECTS = 6


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def ideas(town: Town) -> list[str]:
    return [at(town, f"Idé {number}", "sponsor_answer") for number in range(PROJECTS)]


def killed_after(town: Town, move: str, commits: int) -> bool:
    """Let a worker begin and kill it at its commit number `commits`; tell whether it lived to the end before that."""
    town.ctx.database.close()
    with subprocess.Popen(arguments(town, move), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [process.stdout.readline().strip() for _ in range(commits)]
        os.kill(process.pid, signal.SIGKILL)
        said += process.stdout.read().split()
    return "done" in said


def events(town: Town, project: str, verb: str) -> int:
    with town.ctx.read() as session:
        stream = session.get_one(ProjectRow, (town.ctx.tenant, project)).instance
        query = select(func.count()).where(EventRow.stream == stream, EventRow.verb == verb)
        return session.scalar(query) or 0


def statuses(town: Town, move: str) -> dict[str, str]:
    with town.ctx.read() as session:
        rows = session.scalars(select(ModelMoveProjectRow).where(ModelMoveProjectRow.move == move))
        return {row.project: row.status for row in rows}


def whole(town: Town, move: str, done: MoveStatus, verb: str) -> int:
    """Hold each project to having one event if it is done and none if it is not; return how many are done."""
    found = statuses(town, move)
    for project, status in found.items():
        assert events(town, project, verb) == (status == done), status
    assert all(result.broken is None for result in verify(town.ctx))
    return sum(status == done for status in found.values())


def test_a_worker_killed_at_any_project_leaves_each_one_moved_or_not(town: Town, ideas: list[str]) -> None:
    move, _ = previewed(town)
    move_projects(town.as_("ture"), move=move.id, projects=ideas, reason="Nya", request_id=request_id())
    done = [0]
    while not killed_after(town, move.id, 1 + len(done) % 3):
        done.append(whole(town, move.id, MoveStatus.MOVED, "move"))
        assert len(done) < 3 * PROJECTS, "a worker gets some projects done before it is killed"
    assert whole(town, move.id, MoveStatus.MOVED, "move") == PROJECTS
    assert done == sorted(done)

    undo_moves(town.as_("ture"), move=move.id, reason="Fel version", request_id=request_id())
    while not killed_after(town, move.id, 3):
        assert whole(town, move.id, MoveStatus.UNDONE, "undo_move") <= PROJECTS
    assert whole(town, move.id, MoveStatus.UNDONE, "undo_move") == PROJECTS
    assert {town.project(project).bundle for project in ideas} == {town.project(ideas[0]).bundle}


def test_a_worker_killed_in_the_preview_looks_at_the_rest_when_it_comes_back(town: Town, ideas: list[str]) -> None:
    move, _ = previewed(town)
    with town.ctx.write() as session:
        for row in session.scalars(select(ModelMoveProjectRow).where(ModelMoveProjectRow.move == move.id)):
            row.status, row.notes = MoveStatus.WAITING, []
    killed_after(town, move.id, 1)
    work_move(town.ctx, move=move.id)
    found, _ = seen(town, move.id)
    assert (found.busy, found.movable) == (0, PROJECTS)
    assert all(events(town, project, "move") == 0 for project in ideas)
