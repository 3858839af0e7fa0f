"""The job port: outside effects (mail, rendering) enqueued in the verb's own transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from sqlalchemy import event
from sqlalchemy.orm import Session


class JobPort(Protocol):
    """Enqueues work that happens after, and only if, the transaction of `session` commits."""

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Enqueue job `name` once per `key`; a job may run more than once, so its effect must bear that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as the in-memory port keeps it."""

    name: str
    arguments: tuple[str, ...]
    key: str
    delay: timedelta | None


@dataclass(slots=True)
class MemoryJobs:
    """Keeps committed jobs in a list: for scenarios, command-line verbs without a worker, and tests."""

    jobs: list[Job] = field(default_factory=list)

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Remember the job when `session` commits, unless its key is known by then."""
        job = Job(name=name, arguments=arguments, key=key, delay=delay)
        event.listen(session, "after_commit", lambda _: self._keep(job), once=True)

    def _keep(self, job: Job) -> None:
        if all(known.key != job.key for known in self.jobs):
            self.jobs.append(job)
