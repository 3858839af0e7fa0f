"""The worker: which job is which function, and the sweep of due timers. It lives in the web process, after the fork."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol, TypedDict

import structlog

from app.mail import (
    Address,
    answer_to_idea,
    answered,
    asked_review,
    assigned,
    assignment,
    password,
    reminded,
    review,
    stuck,
    stuck_decision,
    told_of,
    way_in,
)
from app.papers import Paper, render_apart
from app.settings import Settings
from workflows.governance.moving import JOB, work_move
from workflows.governance.tidying import remove_old_unnamed
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.files import StoredFile, forget_unfinished, keep
from workflows.kernel.jobs_dbos import DbosJobs, JobFunction, Pace, working
from workflows.kernel.mail import MailSender
from workflows.operations import reckon_usual_times
from workflows.people import names_of

Sweep = Callable[[Context], int]
"""Carries out a batch of what is due and returns how much that was; called again until it returns 0."""

KEEP_DONE = timedelta(days=30)
"""How long done jobs, and with them their keys, are remembered."""

UNFINISHED = timedelta(days=1)
"""Age from which an upload that never ended, or was never recorded, is removed."""

BATCHES = 100
"""Most batches of one round, so that something due that cannot be done never keeps the machine busy."""

PDF = "application/pdf"

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.worker")


class Shelf(Protocol):
    """Knows what stands on a paper, and notes where it lies. `source` names a decision or a document version."""

    def paper(self, ctx: Context, *, project: str, source: str) -> Paper | None:
        """Return what is to be printed, None when there is no such thing."""

    def keep(self, ctx: Context, *, project: str, source: str, file: StoredFile) -> None:
        """Note the rendered paper; the same one may be noted twice."""


class DayAndName(TypedDict):
    """What every mail is told besides: its day, and whose installation it comes from."""

    today: date
    municipality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What jobs are done with. Its methods in `table` take the texts that verbs give `JobPort.later`."""

    ctx: Context
    settings: Settings
    sender: MailSender
    address: Address
    shelf: Shelf

    def table(self) -> Mapping[str, JobFunction]:
        """Return the job functions by name."""
        return {
            "mail.assigned": self.tell_assigned,
            "mail.task": self.mail_task,
            "mail.remind": self.mail_remind,
            "mail.answered": self.mail_answered,
            "mail.stuck": self.mail_stuck,
            "mail.review": self.mail_review,
            "mail.password": self.mail_password,
            "paper.render": self.render_paper,
            JOB: self.move_projects,
        }

    def tell_assigned(self, *tasks: str) -> None:
        """Enqueue a mail for each of these tasks to each of those it is news to, so that each is tried on its own."""
        news = [(task, person) for task in tasks for person in told_of(self.ctx, task=task)]
        if news:
            with self.ctx.write() as session:
                for task, person in news:
                    self.ctx.jobs.later(session, "mail.task", task, person, key=f"mail.task:{task}:{person}")

    def mail_task(self, task: str, person: str) -> None:
        """Tell a person of a task, unless it is done or somebody else's by now."""
        if news := assignment(self.ctx, task=task, person=person, address=self.address):
            self.sender.send(assigned(news, key=f"task:{task}:{person}", **self._day_and_name()))

    def mail_remind(self, task: str, person: str, by: str, number: str) -> None:
        """Remind a person of a task in somebody's name, unless it is done or somebody else's by now."""
        if news := assignment(self.ctx, task=task, person=person, address=self.address):
            with self.ctx.read() as session:
                names = names_of(session, tenant=self.ctx.tenant, people=[by])
            who = names.get(by, self.settings.municipality)
            key = f"remind:{task}:{person}:{number}"
            self.sender.send(reminded(news, by=who, key=key, **self._day_and_name()))

    def mail_answered(self, project: str) -> None:
        """Tell whoever had an idea that it has been answered and ends as one."""
        if answer := answer_to_idea(self.ctx, project=project, address=self.address):
            self.sender.send(answered(answer, key=f"answered:{project}", municipality=self.settings.municipality))

    def mail_stuck(self, task: str, person: str) -> None:
        """Tell one of the project office of a decision that nobody can take, unless it is closed by now."""
        if decision := stuck_decision(self.ctx, task=task, person=person, address=self.address):
            self.sender.send(stuck(decision, key=f"stuck:{task}:{person}", municipality=self.settings.municipality))

    def mail_review(self, draft: str, person: str) -> None:
        """Ask somebody to publish a model draft, unless it no longer waits for that."""
        if asked := asked_review(self.ctx, draft=draft, person=person, address=self.address):
            self.sender.send(review(asked, key=f"review:{draft}:{person}", municipality=self.settings.municipality))

    def mail_password(self, link: str) -> None:
        """Send the link to a password, unless it has lapsed."""
        if way := way_in(self.ctx, link=link, secret=self.settings.secret_key, address=self.address):
            self.sender.send(password(way, key=f"password:{link}", **self._day_and_name()))

    def render_paper(self, project: str, source: str) -> None:
        """Render a decision or a document version and keep it with the files; the same paper gives the same file."""
        if paper := self.shelf.paper(self.ctx, project=project, source=source):
            file = keep(self.ctx.files, render_apart(paper), name=f"{paper.title}.pdf", media_type=PDF)
            self.shelf.keep(self.ctx, project=project, source=source, file=file)

    def move_projects(self, move: str) -> None:
        """Preview, move and undo whatever of a move waits for it; what another run did meanwhile is left alone."""
        work_move(self.ctx, move=move)

    def _day_and_name(self) -> DayAndName:
        return {"today": local_date(self.ctx.now()), "municipality": self.settings.municipality}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """How often the worker sweeps, and how it works jobs; how long it waits for an earlier process to end."""

    sweep: timedelta = timedelta(seconds=30)
    tidy: timedelta = timedelta(days=1)
    pace: Pace = field(default_factory=Pace)
    patience: timedelta = timedelta(seconds=20)


@contextmanager
def working_hours(
    ctx: Context,
    *,
    jobs: DbosJobs,
    table: Mapping[str, JobFunction],
    sweeps: Sequence[Sweep],
    folder: Path,
    rhythm: Rhythm,
) -> Iterator[None]:
    """Work jobs and sweep while the block lasts. Raises WorkerRunning when another process already does.

    Enter it in the process that serves, never before a fork.
    """
    ended = threading.Event()
    with working(jobs, table, folder=folder, pace=rhythm.pace, patience=rhythm.patience):
        threads = [
            _every(rhythm.sweep, partial(_sweep, ctx, sweep, ended), ended, name=f"sweep-{number}")
            for number, sweep in enumerate(sweeps)
        ]
        threads.append(_every(rhythm.tidy, partial(tidy, ctx, jobs), ended, name="tidy"))
        try:
            yield
        finally:
            ended.set()
            for thread in threads:
                thread.join()


def launch(
    ctx: Context,
    *,
    jobs: DbosJobs,
    table: Mapping[str, JobFunction],
    sweeps: Sequence[Sweep] = (),
    folder: Path,
    rhythm: Rhythm | None = None,
) -> Callable[[], None]:
    """Start the worker for the life of a server process, and return what stops it."""
    stack = ExitStack()
    stack.enter_context(
        working_hours(ctx, jobs=jobs, table=table, sweeps=sweeps, folder=folder, rhythm=rhythm or Rhythm())
    )
    return stack.close


def tidy(ctx: Context, jobs: DbosJobs) -> None:
    """Forget done jobs, unended uploads and bytes that nothing names; let the database see how it has grown.

    How long steps usually take is reckoned anew, too.
    """
    ctx.database.tune()
    reckon_usual_times(ctx)
    done = jobs.forget(ctx.now() - KEEP_DONE)
    before = time.time() - UNFINISHED.total_seconds()
    uploads = forget_unfinished(ctx.files, before) + remove_old_unnamed(ctx, before)
    if done or uploads:
        log.info("tidied", jobs=done, uploads=uploads)


def _sweep(ctx: Context, sweep: Sweep, ended: threading.Event) -> None:
    """Sweep batch by batch until nothing is due, as after downtime."""
    for _ in range(BATCHES):
        if ended.is_set() or not sweep(ctx):
            return
    log.warning("sweep_unfinished", batches=BATCHES)


def _every(interval: timedelta, act: Callable[[], None], ended: threading.Event, *, name: str) -> threading.Thread:
    """Do `act` now and then every `interval`; a failure is logged, and the next round tries again."""

    def rounds() -> None:
        with ThreadPoolExecutor(1, thread_name_prefix=name) as alone:
            while not ended.is_set():
                if error := alone.submit(act).exception():
                    log.error("round_failed", round=name, exc_info=error)
                ended.wait(interval.total_seconds())

    thread = threading.Thread(target=rounds, name=name, daemon=True)
    thread.start()
    return thread
