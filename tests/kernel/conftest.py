"""A database of kernel tables alone: these tests must not depend on any room above, nor on its migrations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.working import Seen
from workflows.kernel import chain, tables
from workflows.kernel.database import Database, Table, sqlite_url
from workflows.kernel.jobs_dbos import DbosJobs

KERNEL = [chain.EventRow.__table__, chain.StreamRow.__table__, tables.MailRow.__table__]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite file with the kernel's tables."""
    database = Database(sqlite_url(tmp_path / "kernel.sqlite"))
    Table.metadata.create_all(database.engine, tables=KERNEL)  # type: ignore[arg-type]  # declared as FromClause
    yield database
    database.close()


@pytest.fixture
def jobs(database: Database) -> Iterator[DbosJobs]:
    jobs = DbosJobs(database.url)
    jobs.prepare()
    yield jobs
    jobs.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()
