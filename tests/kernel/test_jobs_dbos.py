"""Jobs on DBOS: enqueued in the verb's transaction, worked once, tried again, and named when they are given up."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, text

from tests.kernel.waiting import until
from tests.kernel.working import SOON, Seen, done, later, waiting, work
from workflows.kernel.database import Database
from workflows.kernel.errors import NotFound, StorageFull
from workflows.kernel.jobs_dbos import DbosJobs, JobFunction

pytestmark = pytest.mark.full
"""Each starts and stops the job machinery, which takes seconds."""


def test_a_job_is_worked_after_the_commit(database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path) -> None:
    later(database, jobs, "tell", "räksmörgås", "två", key="k1")
    with work(jobs, tmp_path, tell=seen.tell):
        assert seen.next() == ("räksmörgås", "två")
        later(database, jobs, "tell", "later", key="k2")
        assert seen.next() == ("later",)


def test_a_refused_verb_leaves_no_job(database: Database, jobs: DbosJobs) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        jobs.later(session, "tell", key="k1")
        raise ZeroDivisionError
    assert waiting(database) == []


def test_enqueuing_costs_two_statements_and_no_commit_of_its_own(database: Database, jobs: DbosJobs) -> None:
    statements = list[str]()
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cur, statement, *_: statements.append(statement))
    later(database, jobs, "tell", "a", key="k1")
    assert [statement.split()[0] for statement in statements] == ["BEGIN", "INSERT", "INSERT"]


def test_a_known_key_changes_nothing_and_disturbs_nothing(
    database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path
) -> None:
    later(database, jobs, "tell", "first", key="k1")
    with database.write() as session:
        jobs.later(session, "tell", "second", key="k1")
        jobs.later(session, "tell", "other", key="k2")
    with work(jobs, tmp_path, tell=seen.tell):
        assert {seen.next(), seen.next()} == {("first",), ("other",)}
        later(database, jobs, "tell", "third", key="k1")
        later(database, jobs, "tell", "last", key="k3")
        assert seen.next() == ("last",)
    assert seen.nothing_more()


def test_a_delayed_job_waits(database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path) -> None:
    later(database, jobs, "tell", "in a while", key="k1", delay=timedelta(days=240))
    later(database, jobs, "tell", "soon", key="k2", delay=timedelta(milliseconds=200))
    with work(jobs, tmp_path, tell=seen.tell):
        assert seen.next() == ("soon",)
    assert seen.nothing_more()
    assert waiting(database) == ["k1", "k2"]


def test_a_job_that_fails_is_tried_again(database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path) -> None:
    tries = 0

    def shaky(argument: str) -> None:
        nonlocal tries
        tries += 1
        if tries < SOON.tries:
            raise OSError("the mail server is away")
        seen.tell(argument)

    later(database, jobs, "shaky", "a", key="mail:t1")
    with work(jobs, tmp_path, shaky=shaky):
        assert seen.next() == ("a",)
    assert (tries, jobs.failed()) == (3, ())


def test_a_poisonous_job_is_given_up_named_and_can_be_retried(
    database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path
) -> None:
    healthy = threading.Event()

    def poison(argument: str) -> None:
        if not healthy.is_set():
            raise ValueError("å nej")
        seen.tell(argument)

    later(database, jobs, "poison", "x", key="mail:t1")
    later(database, jobs, "tell", "beside", key="k2")
    with work(jobs, tmp_path, poison=poison, tell=seen.tell):
        assert seen.next() == ("beside",)
        until(jobs.failed)
        (failed,) = jobs.failed()
        assert (failed.key, failed.name, failed.arguments, failed.error) == ("mail:t1#3", "poison", ("x",), "å nej")
        assert abs(failed.failed_at - datetime.now(UTC)) < timedelta(minutes=1)
        healthy.set()
        jobs.retry(failed.key)
        assert seen.next() == ("x",)
        until(lambda: not jobs.failed())


def test_a_refusal_of_ours_is_not_tried_again(database: Database, jobs: DbosJobs, tmp_path: Path) -> None:
    later(database, jobs, "refuse", key="k1")
    later(database, jobs, "full", key="k2")
    with work(jobs, tmp_path, refuse=raising(NotFound()), full=raising(StorageFull())):
        until(lambda: len(jobs.failed()) == 2)
    assert {failed.key for failed in jobs.failed()} == {"k1", "k2#3"}


def raising(error: Exception) -> JobFunction:
    def refuse() -> None:
        raise error

    return refuse


def test_what_did_not_fail_cannot_be_retried(database: Database, jobs: DbosJobs) -> None:
    later(database, jobs, "tell", key="k1")
    for key in ("k1", "unknown"):
        with pytest.raises(NotFound):
            jobs.retry(key)


def test_done_jobs_are_forgotten_and_failed_ones_are_not(
    database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path
) -> None:
    for key in ("k1", "k2", "k3"):
        later(database, jobs, "tell", key, key=key)
    later(database, jobs, "refuse", key="k4")
    with work(jobs, tmp_path, tell=seen.tell, refuse=raising(NotFound())):
        until(lambda: len(done(database)) == 3 and jobs.failed())
    assert jobs.forget(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert jobs.forget(datetime.now(UTC) + timedelta(hours=1), batch=2) == 3
    assert waiting(database) == ["k4"]


def test_a_job_under_way_is_finished_before_the_end(
    database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path
) -> None:
    go_on = threading.Event()

    def slow() -> None:
        seen.tell("begun")
        go_on.wait()
        seen.tell("done")

    later(database, jobs, "slow", key="k1")
    with work(jobs, tmp_path, slow=slow):
        assert seen.next() == ("begun",)
        threading.Timer(0.2, go_on.set).start()
    assert seen.next() == ("done",)
    assert done(database) == ["k1"]


def test_its_tables_are_dbos_own_and_ours_keep_their_prefix(database: Database, jobs: DbosJobs) -> None:
    with database.read() as session:
        names = set(session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")))
    assert {"workflow_status", "queues", "dbos_migrations"} <= names
    assert {name for name in names if name.startswith("styr_")} == {"styr_event", "styr_stream", "styr_mail"}


def test_dbos_is_not_imported_before_it_is_needed() -> None:
    code = "import sys, workflows.kernel.jobs_dbos as j; j.DbosJobs('sqlite://'); sys.exit('dbos' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0
