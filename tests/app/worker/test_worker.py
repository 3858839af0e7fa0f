"""The worker: what its three jobs do, and the sweep that comes round whatever happens."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from app.papers import DocumentPaper, Paper
from app.settings import Settings
from app.worker import BATCHES, Desk, Rhythm, launch, tidy
from tests.app.mail.conftest import Opening, asa, bo, opening
from tests.conftest import TestClock
from tests.kernel.waiting import WAIT, until
from workflows.kernel.alone import WorkerRunning
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.files import StoredFile, open_file
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.kernel.jobs_dbos import DbosJobs, Pace
from workflows.kernel.mail import OutboxMail, outbox
from workflows.people import forgot_password

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


def mails(ctx: Context) -> list[tuple[str, str]]:
    return [(kept.mail.to, kept.mail.subject) for kept in outbox(ctx.database, ctx.tenant)]


NEWS = ("asa.oberg@example.se", "Ny uppgift: Skriv projektdirektiv")


def enqueued(ctx: Context) -> list[tuple[str, ...]]:
    jobs = cast(MemoryJobs, ctx.jobs).jobs
    return [(job.name, *job.arguments) for job in jobs]


def test_new_tasks_become_a_mail_each_for_each_person(
    ctx: Context, desk: Desk, opening: Opening, asa: PersonId, bo: PersonId
) -> None:
    both, one = opening(asa, bo), opening(asa, bo, sender=bo)
    for _ in range(2):
        desk.table()["mail.assigned"](both, one, "unknown")
    assert sorted(enqueued(ctx)) == sorted([("mail.task", both, asa), ("mail.task", both, bo), ("mail.task", one, asa)])


def test_a_new_task_is_told_once_however_often_the_job_runs(
    ctx: Context, desk: Desk, opening: Opening, asa: PersonId
) -> None:
    task = opening(asa)
    for _ in range(3):
        desk.table()["mail.task"](task, asa)
    assert mails(ctx) == [NEWS]


def test_a_task_that_is_gone_is_not_told(ctx: Context, desk: Desk, asa: PersonId) -> None:
    desk.table()["mail.task"]("gone", asa)
    assert (mails(ctx), enqueued(ctx)) == ([], [])


def test_a_way_to_a_new_password_is_sent_while_it_holds(
    ctx: Context, desk: Desk, asa: PersonId, clock: TestClock
) -> None:
    for _ in range(2):
        forgot_password(ctx, email="asa.oberg@example.se")
    (_, first), (_, second) = enqueued(ctx)
    desk.table()["mail.password"](first)
    clock.forward(hours=2)
    desk.table()["mail.password"](second)
    assert mails(ctx) == [("asa.oberg@example.se", "Välj ett nytt lösenord i Styr")]


def test_a_paper_is_rendered_kept_and_noted(ctx: Context, desk: Desk, papers: Papers) -> None:
    for _ in range(2):
        desk.table()["paper.render"]("p1", "decision:d1")
    first, second = papers.kept
    assert first == second
    project, source, file = first
    assert (project, source) == ("p1", "decision:d1")
    assert (file.name, file.media_type) == ("Projektdirektiv.pdf", "application/pdf")
    with open_file(ctx.files, file.digest) as stream:
        assert stream.read().startswith(b"%PDF-")


def test_a_paper_of_what_is_gone_leaves_nothing(ctx: Context, desk: Desk, papers: Papers) -> None:
    desk.table()["paper.render"]("p1", "decision:gone")
    assert (papers.kept, [path for path in ctx.files.rglob("*") if path.is_file()]) == ([], [])


def start(
    ctx: Context, embedded: DbosJobs, folder: Path, *sweeps: Callable[[Context], int], desk: Desk | None = None
) -> Callable[[], None]:
    return launch(ctx, jobs=embedded, table=desk.table() if desk else {}, sweeps=sweeps, folder=folder, rhythm=SOON)


def test_from_the_verb_to_the_mail(
    ctx: Context, embedded: DbosJobs, desk: Desk, opening: Opening, asa: PersonId, tmp_path: Path
) -> None:
    task = opening(asa)
    stop = start(ctx, embedded, tmp_path, desk=replace(desk, ctx=replace(ctx, jobs=embedded)))
    with ctx.write() as session:
        embedded.later(session, "mail.assigned", task, key="assigned:e1")
    until(lambda: mails(ctx))
    stop()
    assert mails(ctx) == [NEWS]


def test_the_sweep_begins_at_once_goes_on_until_nothing_is_due_and_comes_round(
    ctx: Context, embedded: DbosJobs, tmp_path: Path
) -> None:
    swept: queue.Queue[int] = queue.Queue()
    due = [3, 2, 0, 0, 1, 0]

    def sweep(_ctx: Context) -> int:
        done = due.pop(0) if due else 0
        swept.put(done)
        return done

    stop = start(ctx, embedded, tmp_path, sweep)
    assert [swept.get(timeout=WAIT) for _ in range(7)] == [3, 2, 0, 0, 1, 0, 0]
    stop()


def test_a_sweep_that_never_ends_lets_go_after_a_while(ctx: Context, embedded: DbosJobs, tmp_path: Path) -> None:
    swept: queue.Queue[int] = queue.Queue()

    def sweep(_ctx: Context) -> int:
        swept.put(1)
        return 1

    stop = launch(
        ctx, jobs=embedded, table={}, sweeps=[sweep], folder=tmp_path, rhythm=replace(SOON, sweep=timedelta(hours=1))
    )
    assert [swept.get(timeout=WAIT) for _ in range(BATCHES)] == [1] * BATCHES
    stop()
    assert swept.empty()


def test_a_sweep_that_fails_comes_round_again(ctx: Context, embedded: DbosJobs, tmp_path: Path) -> None:
    swept: queue.Queue[str] = queue.Queue()
    failures = iter([NotFound(), ZeroDivisionError()])

    def sweep(_ctx: Context) -> int:
        if error := next(failures, None):
            swept.put("failed")
            raise error
        swept.put("swept")
        return 0

    stop = start(ctx, embedded, tmp_path, sweep)
    assert [swept.get(timeout=WAIT) for _ in range(3)] == ["failed", "failed", "swept"]
    stop()


def test_after_stopping_nothing_sweeps_and_another_worker_may_begin(
    ctx: Context, embedded: DbosJobs, tmp_path: Path
) -> None:
    rounds: queue.Queue[int] = queue.Queue()

    def sweep(_ctx: Context) -> int:
        rounds.put(1)
        return 0

    stop = start(ctx, embedded, tmp_path, sweep)
    rounds.get(timeout=WAIT)
    with pytest.raises(WorkerRunning):
        start(ctx, embedded, tmp_path)
    stop()
    while not rounds.empty():
        rounds.get()
    stop = start(ctx, embedded, tmp_path)
    stop()
    assert rounds.empty()


def test_tidying_forgets_done_jobs_and_dead_uploads(
    ctx: Context, embedded: DbosJobs, desk: Desk, tmp_path: Path
) -> None:
    stop = start(ctx, embedded, tmp_path, desk=desk)
    with ctx.write() as session:
        embedded.later(session, "mail.password", "lapsed", key="k1")
    until(lambda: finished(ctx))
    stop()
    tidy(replace(ctx, clock=lambda: datetime.now(UTC)), embedded)
    assert finished(ctx) == 1
    tidy(replace(ctx, clock=lambda: datetime.now(UTC) + timedelta(days=31)), embedded)
    assert finished(ctx) == 0


def finished(ctx: Context) -> int:
    with ctx.read() as session:
        return session.scalar(text("SELECT count(*) FROM workflow_status WHERE status = 'SUCCESS'")) or 0
