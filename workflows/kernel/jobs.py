"""The job port: outside effects (mail, rendering) enqueued in the verb's own transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import event
from sqlalchemy.orm import Session

from workflows.kernel.errors import NotFound

KILLED = "killed"
"""The error of a job during which the process died, several times."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedJob:
    """A job that was given up after so many `tries`; `error` is what the last exception said, or KILLED."""

    key: str
    name: str
    arguments: tuple[str, ...]
    error: str
    tries: int
    failed_at: datetime


class JobPort(Protocol):
    """Enqueues work that happens after, and only if, the transaction of `session` commits."""

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Enqueue job `name` once per `key`; a job may run more than once, so its effect must bear that."""

    def failed(self, *, limit: int = 100) -> tuple[FailedJob, ...]:
        """Return the jobs that were given up, newest first."""

    def retry(self, key: str) -> None:
        """Let a failed job be tried again from its beginning. Raises NotFound when none failed under `key`."""


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
    given_up: list[FailedJob] = field(default_factory=list)

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Remember the job when `session` commits, unless its key is known by then."""
        job = Job(name=name, arguments=arguments, key=key, delay=delay)
        event.listen(session, "after_commit", lambda _: self._keep(job), once=True)

    def failed(self, *, limit: int = 100) -> tuple[FailedJob, ...]:
        """Return the jobs that were given up, newest first."""
        return tuple(self.given_up[:limit])

    def retry(self, key: str) -> None:
        """Put a failed job among those to be done. Raises NotFound."""
        found = next((one for one in self.given_up if one.key == key), None)
        if found is None:
            raise NotFound
        self.given_up.remove(found)
        self.jobs.append(Job(name=found.name, arguments=found.arguments, key=key, delay=None))

    def _keep(self, job: Job) -> None:
        if all(known.key != job.key for known in self.jobs):
            self.jobs.append(job)
