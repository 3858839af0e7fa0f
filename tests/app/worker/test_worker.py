"""The worker: what its three jobs do, and the sweep that comes round whatever happens."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.mail import Assignment, PasswordReset
from app.papers import DocumentPaper, Paper
from app.worker import Desk, Rhythm, Sources, launch, tidy
from tests.kernel.waiting import WAIT, until
from workflows.kernel.alone import WorkerRunning
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.files import StoredFile, open_file
from workflows.kernel.jobs_dbos import DbosJobs, Pace
from workflows.kernel.mail import OutboxMail, outbox

SOON = Rhythm(sweep=timedelta(seconds=0.02), pace=Pace(poll=timedelta(seconds=0.05)), patience=timedelta())
ASSIGNMENT = Assignment(
    to="asa.oberg@example.se",
    name="Åsa Öberg",
    task="Skriv projektdirektiv",
    project="Förskolan Tallbacken",
    due=date(2026, 12, 4),
    link="http://127.0.0.1:8000/uppgift/t1",
)
RESET = PasswordReset(to="asa.oberg@example.se", name="Åsa Öberg", link="http://127.0.0.1:8000/nytt/abc", minutes=60)
PAPER = DocumentPaper(
    title="Projektdirektiv", kind="Projektdirektiv", municipality="Härnösands kommun", registry_number="", running=""
)


@dataclass
class Known:
    """What the rooms above would answer."""

    open_tasks: set[str] = field(default_factory=lambda: {"t1"})
    papers: dict[str, Paper] = field(default_factory=lambda: {"decision:d1": PAPER})
    kept: list[tuple[str, str, StoredFile]] = field(default_factory=list)

    def sources(self) -> Sources:
        return Sources(
            assignment=lambda _ctx, task, _person: ASSIGNMENT if task in self.open_tasks else None,
            reset=lambda _ctx, request: RESET if request == "r1" else None,
            paper=lambda _ctx, _project, source: self.papers.get(source),
            keep_paper=lambda _ctx, project, source, file: self.kept.append((project, source, file)),
        )


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
def desk(ctx: Context, known: Known) -> Desk:
    sender = OutboxMail(database=ctx.database, tenant=ctx.tenant, clock=ctx.clock)
    return Desk(ctx=ctx, sources=known.sources(), sender=sender, municipality="Härnösands kommun")


@pytest.fixture
def embedded(ctx: Context) -> Iterator[DbosJobs]:
    jobs = DbosJobs(ctx.database.url)
    jobs.prepare()
    yield jobs
    jobs.close()


def mails(ctx: Context) -> list[tuple[str, str]]:
    return [(kept.mail.to, kept.mail.subject) for kept in outbox(ctx.database, ctx.tenant)]


def test_a_new_task_is_told_once_however_often_the_job_runs(ctx: Context, desk: Desk) -> None:
    for _ in range(3):
        desk.table()["mail.assigned"]("t1", "p1")
    assert mails(ctx) == [("asa.oberg@example.se", "Ny uppgift: Skriv projektdirektiv")]


def test_a_task_that_is_done_meanwhile_is_not_told(ctx: Context, desk: Desk, known: Known) -> None:
    known.open_tasks.clear()
    desk.table()["mail.assigned"]("t1", "p1")
    assert mails(ctx) == []


def test_a_way_to_a_new_password_is_sent_while_the_request_holds(ctx: Context, desk: Desk) -> None:
    desk.table()["mail.password"]("r1")
    desk.table()["mail.password"]("lapsed")
    assert mails(ctx) == [("asa.oberg@example.se", "Välj ett nytt lösenord i Styr")]


def test_a_paper_is_rendered_kept_and_noted(ctx: Context, desk: Desk, known: Known) -> None:
    desk.table()["paper.render"]("p1", "decision:d1")
    desk.table()["paper.render"]("p1", "decision:d1")
    first, second = known.kept
    assert first == second
    project, source, file = first
    assert (project, source, file.name, file.media_type) == (
        "p1",
        "decision:d1",
        "Projektdirektiv.pdf",
        "application/pdf",
    )
    with open_file(ctx.files, file.digest) as stream:
        assert stream.read().startswith(b"%PDF-")


def test_a_paper_of_what_is_gone_leaves_nothing(ctx: Context, desk: Desk, known: Known) -> None:
    desk.table()["paper.render"]("p1", "decision:gone")
    assert (known.kept, [path for path in ctx.files.rglob("*") if path.is_file()]) == ([], [])


def start(
    ctx: Context, embedded: DbosJobs, folder: Path, *sweeps: Callable[[Context], int], desk: Desk | None = None
) -> Callable[[], None]:
    return launch(ctx, jobs=embedded, table=desk.table() if desk else {}, sweeps=sweeps, folder=folder, rhythm=SOON)


def test_from_the_verb_to_the_mail(ctx: Context, embedded: DbosJobs, desk: Desk, tmp_path: Path) -> None:
    arrived: queue.Queue[str] = queue.Queue()

    @dataclass(frozen=True)
    class Telling(OutboxMail):
        def send(self, mail: Any) -> None:
            OutboxMail.send(self, mail)
            arrived.put(mail.subject)

    telling = Telling(database=ctx.database, tenant=ctx.tenant, clock=ctx.clock)
    stop = start(ctx, embedded, tmp_path, desk=replace(desk, sender=telling))
    with ctx.write() as session:
        embedded.later(session, "mail.assigned", "t1", "p1", key="mail:t1:p1:assigned")
    assert arrived.get(timeout=WAIT) == "Ny uppgift: Skriv projektdirektiv"
    stop()


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
        embedded.later(session, "mail.password", "r1", key="k1")
    until(lambda: mails(ctx) and finished(ctx))
    stop()
    tidy(replace(ctx, clock=lambda: datetime.now(UTC)), embedded)
    assert finished(ctx) == 1
    tidy(replace(ctx, clock=lambda: datetime.now(UTC) + timedelta(days=31)), embedded)
    assert finished(ctx) == 0


def finished(ctx: Context) -> int:
    with ctx.read() as session:
        return session.scalar(text("SELECT count(*) FROM workflow_status WHERE status = 'SUCCESS'")) or 0
