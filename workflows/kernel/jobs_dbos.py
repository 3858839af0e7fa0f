"""The job port on DBOS Transact, embedded: one process works the jobs that verbs enqueue (ADR 0006).

An enqueued job is two INSERTs in the verb's own transaction. DBOS keeps its tables, without our prefix, in the same
database; they are its own business. A job that was under way when the process died is taken up again by the next
process, since both work under the same name; a lock on a folder sees to it that they never live at the same time
(two processes with one name would each take up the other's living jobs).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog
from sqlalchemy.orm import Session

from workflows.kernel.alone import alone
from workflows.kernel.dbos_log import forward_log
from workflows.kernel.errors import NotFound, StyrError
from workflows.kernel.jobs import KILLED, FailedJob

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig, EnqueueOptions, WorkflowStatus

JobFunction = Callable[..., None]
"""A job: takes the texts that `later` was given. It may run more than once with the same ones."""

APPLICATION = "styr"
EXECUTOR = "styr"
VERSION = "1"
"""Said outright, or DBOS would take a digest of the code, and jobs of the old code would wait for it for ever."""

QUEUE = "main"
FAILED = ("ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")
LIVES = 5
"""A job during which the process died this often is given up: it may be what kills it."""

FINISH = 30
"""Seconds that jobs under way are given when the process ends."""

SCHEDULES = 60.0
"""Seconds between DBOS's looks at schedules, which we do not use; each look costs idle CPU."""

NOTIFICATIONS = 0.5
"""Seconds its notification thread sleeps; we send none, but `_stop` waits for it."""

log: structlog.stdlib.BoundLogger = structlog.get_logger("styr.jobs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How jobs are worked: how many at once, how often new ones are looked for, how often a failing one is tried.

    A waiting job begins within `poll`. The pauses between tries are `pause`, 4 × `pause`, 16 × `pause` …; they hold
    up neither other jobs nor the end of the process.
    """

    at_once: int = 8
    poll: timedelta = timedelta(seconds=1)
    tries: int = 5
    pause: timedelta = timedelta(seconds=10)


class DbosJobs:
    """Enqueues jobs, and answers for those that failed. Cheap to make: DBOS is imported at first use."""

    def __init__(self, url: str) -> None:
        self.url = url

    def prepare(self) -> None:
        """Create or bring up to date DBOS's tables; before the first `later` of a new database."""
        from dbos import DBOS

        forward_log()
        DBOS.migrate(self.url)

    def later(self, session: Session, name: str, *arguments: str, key: str, delay: timedelta | None = None) -> None:
        """Enqueue job `name` once per `key`, for as long as done jobs are remembered (`forget`).

        The key is the workflow's id; DBOS inserts it with ON CONFLICT, so a known key changes nothing.
        """
        self._client.enqueue_in_transaction(session, _options(name, key, delay), *arguments)

    def again(self, name: str, *arguments: str, key: str, delay: timedelta) -> None:
        """Enqueue a job outside any verb: the next try of a job that failed."""
        self._client.enqueue(_options(name, key, delay), *arguments)

    def failed(self, *, limit: int = 100) -> tuple[FailedJob, ...]:
        """Return the jobs that were given up, newest first."""
        found = self._client.list_workflows(status=list(FAILED), sort_desc=True, limit=limit)
        return tuple(_failed(job) for job in found)

    def retry(self, key: str) -> None:
        """Let a failed job be tried again from its beginning. Raises NotFound when none failed under `key`."""
        if not self._client.list_workflows(workflow_ids=[key], status=list(FAILED), load_input=False):
            raise NotFound
        self._client.rewind_workflow(key, application_version=VERSION, queue_name=QUEUE)

    def forget(self, before: datetime, *, batch: int = 500) -> int:
        """Remove the traces of jobs that were done before a moment, and return how many; failed ones stay."""
        count = 0
        while found := self._client.list_workflows(
            status="SUCCESS", completed_before=before.isoformat(), limit=batch, load_input=False, load_output=False
        ):
            self._client.delete_workflows([job.workflow_id for job in found])
            count += len(found)
        return count

    def close(self) -> None:
        """Give back the client's connections."""
        if "_client" in self.__dict__:
            self._client.destroy()
            del self._client

    @cached_property
    def _client(self) -> DBOSClient:
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        return DBOSClient(
            system_database_url=self.url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
        )


@contextmanager
def working(
    jobs: DbosJobs, table: Mapping[str, JobFunction], *, folder: Path, pace: Pace, patience: timedelta
) -> Iterator[None]:
    """Work the jobs of `table` while the block lasts. Enter it after any fork: it starts threads.

    Waits up to `patience` for an earlier process to let go of `folder`, then raises WorkerRunning.
    """
    with alone(folder, patience):
        under_way = _UnderWay()
        _launch(jobs, {name: under_way.counted(job) for name, job in table.items()}, pace)
        try:
            yield
        finally:
            _stop(FINISH if under_way.count else 0)


def _launch(jobs: DbosJobs, table: Mapping[str, JobFunction], pace: Pace) -> None:
    from dbos import DBOS

    forward_log()
    DBOS(config=_config(jobs.url))
    for name, job in table.items():
        DBOS.workflow(name=name, max_recovery_attempts=LIVES)(_work(jobs, name, job, pace))
    DBOS.launch()
    DBOS.register_queue(
        QUEUE,
        worker_concurrency=pace.at_once,
        polling_interval_sec=pace.poll.total_seconds(),
        on_conflict="always_update",
    )


def _stop(finish: int) -> None:
    """Take no more jobs and give those under way `finish` seconds; what is left then is taken up at the next start."""
    from dbos import DBOS

    DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=finish)


class _UnderWay:
    """Counts the jobs that run now; without any, the end need not wait (DBOS sleeps a second before it looks)."""

    def __init__(self) -> None:
        self.count = 0
        self._lock = threading.Lock()

    def counted(self, job: JobFunction) -> JobFunction:
        """Return `job`, counted while it runs."""

        def run(*arguments: str) -> None:
            self._add(1)
            try:
                job(*arguments)
            finally:
                self._add(-1)

        return run

    def _add(self, number: int) -> None:
        with self._lock:
            self.count += number


def _work(jobs: DbosJobs, name: str, job: JobFunction, pace: Pace) -> JobFunction:
    """Return the workflow that runs `job`: a failure is tried again later under a key of its own, or stands."""

    def work(*arguments: str) -> None:
        from dbos import DBOS

        key = DBOS.workflow_id or name
        try:
            job(*arguments)
        except Exception as error:
            plain, number = _tries(key)
            if number >= pace.tries or _final(error):
                log.error("job_failed", job=name, key=key, exc_info=error)
                raise
            log.warning("job_again", job=name, key=key, error=repr(error))
            jobs.again(name, *arguments, key=f"{plain}#{number + 1}", delay=pace.pause * 4 ** (number - 1))

    return work


def _tries(key: str) -> tuple[str, int]:
    """Return a job's own key and which try `key` is: the second one's is "…#2"."""
    plain, mark, number = key.rpartition("#")
    return (plain, int(number)) if mark and number.isdecimal() else (key, 1)


def _final(error: Exception) -> bool:
    """Tell whether trying again cannot help: a refusal stays one, a full disk may not."""
    return isinstance(error, StyrError) and error.status < 500


def _config(url: str) -> DBOSConfig:
    from dbos import DBOSPortableJSONSerializer

    return {
        "name": APPLICATION,
        "system_database_url": url,
        "application_version": VERSION,
        "executor_id": EXECUTOR,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "use_listen_notify": not url.startswith("sqlite"),
        "notification_listener_polling_interval_sec": NOTIFICATIONS,
        "scheduler_polling_interval_sec": SCHEDULES,
    }


def _options(name: str, key: str, delay: timedelta | None) -> EnqueueOptions:
    options: EnqueueOptions = {
        "queue_name": QUEUE,
        "workflow_name": name,
        "workflow_id": key,
        "app_version": VERSION,
    }
    if delay:
        options["delay_seconds"] = delay.total_seconds()
    return options


def _failed(job: WorkflowStatus) -> FailedJob:
    at = job.completed_at or job.updated_at or job.created_at or 0
    arguments: Any = job.input["args"] if job.input else ()
    return FailedJob(
        key=job.workflow_id,
        name=job.name,
        arguments=tuple(str(argument) for argument in arguments),
        error=str(job.error) if job.error else KILLED,
        tries=_tries(job.workflow_id)[1],
        failed_at=datetime.fromtimestamp(at / 1000, UTC),
    )
