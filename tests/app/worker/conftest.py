"""A worker at its desk: the jobs it does, where papers go, and a queue of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from app.papers import DocumentPaper, Paper
from app.settings import Settings
from app.worker import Desk, Rhythm, launch
from tests.app.mail.conftest import asa, bo, opening
from workflows.kernel.context import Context
from workflows.kernel.files import StoredFile
from workflows.kernel.jobs_dbos import DbosJobs, Pace
from workflows.kernel.mail import OutboxMail

__all__ = ["asa", "bo", "opening"]

SOON = Rhythm(sweep=timedelta(seconds=0.02), pace=Pace(poll=timedelta(seconds=0.05)), patience=timedelta())

PAPER = DocumentPaper(
    title="Projektdirektiv", kind="Projektdirektiv", municipality="Härnösands kommun", registry_number="", running=""
)


@dataclass
class Papers:
    """A shelf with one paper on it."""

    kept: list[tuple[str, str, StoredFile]] = field(default_factory=list)

    def paper(self, _ctx: Context, *, project: str, source: str) -> Paper | None:
        return PAPER if (project, source) == ("p1", "decision:d1") else None

    def keep(self, _ctx: Context, *, project: str, source: str, file: StoredFile) -> None:
        self.kept.append((project, source, file))


@pytest.fixture
def papers() -> Papers:
    return Papers()


@pytest.fixture
def desk(ctx: Context, papers: Papers, tmp_path: Path) -> Desk:
    return Desk(
        ctx=ctx,
        settings=Settings(
            var=tmp_path, secret_key="s" * 32, database_url=ctx.database.url, municipality="Härnösands kommun"
        ),
        sender=OutboxMail(database=ctx.database, tenant=ctx.tenant, clock=ctx.clock),
        address=lambda endpoint, **values: f"http://127.0.0.1:8000/{endpoint}/{'/'.join(values.values())}",
        shelf=papers,
    )


@pytest.fixture
def embedded(ctx: Context) -> Iterator[DbosJobs]:
    jobs = DbosJobs(ctx.database.url)
    jobs.prepare()
    yield jobs
    jobs.close()


def start(
    ctx: Context, embedded: DbosJobs, folder: Path, *sweeps: Callable[[Context], int], desk: Desk | None = None
) -> Callable[[], None]:
    """Start a worker that hurries; the call returned stops it."""
    return launch(ctx, jobs=embedded, table=desk.table() if desk else {}, sweeps=sweeps, folder=folder, rhythm=SOON)
