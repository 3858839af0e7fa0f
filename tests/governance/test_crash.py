"""Killed in the middle of a step, or out of disk: all of the step or nothing, and no acknowledged step is lost."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest
from sqlalchemy import event, func, select

from tests.governance.crashing import arguments
from tests.stories.town import Town, build_town
from workflows.flow.tables import InstanceRow, SubmissionRow, TaskRow
from workflows.governance.tables import DocumentRow, ProjectRow
from workflows.governance.verify import verify
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.kernel.errors import StorageFull

KILLS = int(os.environ.get("STYR_KILLS", "4"))
"""How often a process is killed; more in a nightly run."""


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def _work_until_killed(town: Town, prefix: str, steps: int) -> list[str]:
    """Let a process work, kill it after so many acknowledged steps, and return those."""
    with subprocess.Popen(arguments(town, prefix), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(steps)]
        os.kill(process.pid, signal.SIGKILL)
        acknowledged += process.stdout.read().split()
    assert process.returncode == -signal.SIGKILL
    return [request for request in acknowledged if request]


@pytest.mark.full
def test_no_acknowledged_step_is_lost_when_the_process_is_killed(town: Town) -> None:
    acknowledged = [request for kill in range(KILLS) for request in _work_until_killed(town, f"k{kill}", 5 + 3 * kill)]
    with town.ctx.read() as session:
        recorded = set(session.scalars(select(EventRow.request_id)))
        submissions = session.scalar(select(func.count()).select_from(SubmissionRow))
        documents = session.scalar(select(func.count()).select_from(DocumentRow))
        sheets = {request for request in recorded if request and request.endswith("-sheet")}
        projects = session.scalar(select(func.count()).select_from(ProjectRow))
        instances = session.scalar(select(func.count()).select_from(InstanceRow))
    assert set(acknowledged) <= recorded
    assert submissions == documents == len(sheets)
    assert projects == instances
    assert [result for result in verify(town.ctx) if result.broken] == []


def test_a_full_disk_says_so_and_loses_nothing(town: Town) -> None:
    project = town.start("olle", "Före").project_id
    _let_file_grow(town, 40)
    with pytest.raises(StorageFull):
        for number in range(500):
            town.start("olle", f"Idé {number} " + "lång titel " * 12)
    assert set(town.open(project)) == {"idea_sheet"}
    _let_file_grow(town, 10_000)
    town.start("olle", "Efter")
    with town.ctx.read() as session:
        projects = session.scalar(select(func.count()).select_from(ProjectRow))
        instances = session.scalar(select(func.count()).select_from(InstanceRow))
        tasks = session.scalar(select(func.count()).select_from(TaskRow))
    assert projects == instances == tasks
    assert [result for result in verify(town.ctx) if result.broken] == []


def _let_file_grow(town: Town, pages: int) -> None:
    """Let the database grow by so many pages and no further, as a disk does that is about to be full."""
    engine = town.ctx.database.engine
    with engine.connect() as connection:
        now: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA max_page_count={now + pages}"))
