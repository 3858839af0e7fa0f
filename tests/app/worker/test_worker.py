"""The worker: what its three jobs do, from the verb to the mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import text

from app.worker import Desk, tidy
from tests.app.mail.conftest import Opening
from tests.app.worker.conftest import Papers, start
from tests.conftest import TestClock
from tests.kernel.waiting import until
from workflows.kernel.context import Context
from workflows.kernel.files import open_file
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.kernel.jobs_dbos import DbosJobs
from workflows.kernel.mail import outbox
from workflows.people import forgot_password


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


def test_a_reminder_is_sent_in_the_name_of_who_asked_for_it(
    ctx: Context, desk: Desk, opening: Opening, asa: PersonId, bo: PersonId
) -> None:
    task = opening(asa)
    for number in ("4", "4", "9"):
        desk.table()["mail.remind"](task, asa, bo, number)
    assert mails(ctx) == [("asa.oberg@example.se", "Påminnelse: Skriv projektdirektiv")] * 2
    desk.table()["mail.remind"]("gone", asa, bo, "10")
    assert len(mails(ctx)) == 2


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


@pytest.mark.full
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


@pytest.mark.full
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
