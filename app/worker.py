"""The worker: which job is which function, and the sweep of due timers. It lives in the web process, after the fork."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog

from app.mail import Assignment, PasswordReset, assigned, password
from app.papers import Paper, render
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.files import StoredFile, forget_unfinished, keep
from workflows.kernel.jobs_dbos import DbosJobs, JobFunction, Pace, working
from workflows.kernel.mail import MailSender

Sweep = Callable[[Context], int]
"""Carries out a batch of what is due and returns how much that was; called again until it returns 0."""

KEEP_DONE = timedelta(days=30)
"""How long done jobs, and with them their keys, are remembered."""

UNFINISHED = timedelta(days=1)
"""Age from which an upload that never ended is removed."""

PDF = "application/pdf"

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.worker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where jobs get what they need; each returns None when there is no longer anything to do.

    `assignment(ctx, task, person)`, `reset(ctx, request)`, `paper(ctx, project, source)`; `keep_paper(ctx, project,
    source, file)` notes where a rendered paper lies.
    """

    assignment: Callable[[Context, str, str], Assignment | None]
    reset: Callable[[Context, str], PasswordReset | None]
    paper: Callable[[Context, str, str], Paper | None]
    keep_paper: Callable[[Context, str, str, StoredFile], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What jobs are done with: their methods here take the texts that verbs give `JobPort.later`."""

    ctx: Context
    sources: Sources
    sender: MailSender
    municipality: str

    def table(self) -> Mapping[str, JobFunction]:
        """Return the job functions by name."""
        return {
            "mail.assigned": self.mail_assigned,
            "mail.password": self.mail_password,
            "paper.render": self.render_paper,
        }

    def mail_assigned(self, task: str, person: str) -> None:
        """Tell a person of a task, unless it is done or somebody else's by now."""
        if assignment := self.sources.assignment(self.ctx, task, person):
            today = local_date(self.ctx.now())
            key = f"assigned:{task}:{person}"
            self.sender.send(assigned(assignment, key=key, today=today, municipality=self.municipality))

    def mail_password(self, request: str) -> None:
        """Send the link to a new password, unless the request has lapsed."""
        if reset := self.sources.reset(self.ctx, request):
            self.sender.send(password(reset, key=f"password:{request}", municipality=self.municipality))

    def render_paper(self, project: str, source: str) -> None:
        """Render a decision or a document version and keep it with the files; the same paper gives the same file."""
        if paper := self.sources.paper(self.ctx, project, source):
            file = keep(self.ctx.files, render(paper), name=f"{paper.title}.pdf", media_type=PDF)
            self.sources.keep_paper(self.ctx, project, source, file)


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
    """Forget done jobs and uploads that never ended."""
    done = jobs.forget(ctx.now() - KEEP_DONE)
    uploads = forget_unfinished(ctx.files, time.time() - UNFINISHED.total_seconds())
    if done or uploads:
        log.info("tidied", jobs=done, uploads=uploads)


def _sweep(ctx: Context, sweep: Sweep, ended: threading.Event) -> None:
    """Sweep batch by batch until nothing is due, as after downtime."""
    while not ended.is_set() and sweep(ctx):
        pass


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
