"""Putting jobs in a queue and working them in the test's own process."""

from __future__ import annotations

import queue
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tests.kernel.waiting import WAIT
from workflows.kernel.database import Database
from workflows.kernel.jobs_dbos import DbosJobs, JobFunction, Pace, working

SOON = Pace(poll=timedelta(seconds=0.05), tries=3, pause=timedelta())


class Seen:
    """What jobs told, in a queue to wait on."""

    def __init__(self) -> None:
        self._told: queue.Queue[Any] = queue.Queue()

    def tell(self, *arguments: str) -> None:
        self._told.put(arguments)

    def next(self) -> Any:
        return self._told.get(timeout=WAIT)

    def nothing_more(self) -> bool:
        return self._told.empty()


def work(jobs: DbosJobs, folder: Path, pace: Pace = SOON, **table: JobFunction) -> Any:
    return working(jobs, table, folder=folder, pace=pace, patience=timedelta())


def later(database: Database, jobs: DbosJobs, name: str, *arguments: str, key: str, **more: Any) -> None:
    with database.write() as session:
        jobs.later(session, name, *arguments, key=key, **more)


def waiting(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT workflow_uuid FROM workflow_status ORDER BY 1")))


def done(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(text("SELECT workflow_uuid FROM workflow_status WHERE status = 'SUCCESS'")))
