"""One worker at a time, and what a killed one left is finished once by the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.kernel.waiting import WAIT, until
from tests.kernel.working import SOON, Seen, done, later, work
from workflows.kernel.alone import WorkerRunning
from workflows.kernel.database import Database
from workflows.kernel.jobs_dbos import DbosJobs, working


@pytest.mark.full
def test_a_second_process_on_the_same_folder_is_told_so(jobs: DbosJobs, tmp_path: Path) -> None:
    with work(jobs, tmp_path), pytest.raises(WorkerRunning) as refused, work(jobs, tmp_path):
        pytest.fail("two workers at once")
    assert str(tmp_path) in str(refused.value)
    with work(jobs, tmp_path):
        pass


@pytest.mark.full
def test_a_process_waits_for_the_one_before_it_to_end(jobs: DbosJobs, tmp_path: Path) -> None:
    code = (
        "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX);"
        "print('locked', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "worker.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as earlier:
        assert earlier.stdout is not None
        assert earlier.stdin is not None
        assert earlier.stdout.readline() == b"locked\n"
        threading.Timer(0.3, earlier.stdin.close).start()
        with working(jobs, {}, folder=tmp_path, pace=SOON, patience=timedelta(seconds=WAIT)):
            assert earlier.wait(WAIT) == 0


WORKER = """
import sys, time, threading
from datetime import timedelta
from pathlib import Path
from workflows.kernel.jobs_dbos import DbosJobs, Pace, working

url, folder, mode = sys.argv[1], Path(sys.argv[2]), sys.argv[3]

def note(word):
    with (folder / "notes").open("a") as notes:
        print(word, file=notes, flush=True)

def slow(argument):
    note("begun")
    if mode == "hang":
        print("under way", flush=True)
        threading.Event().wait()
    note("done " + argument)
    print("done", flush=True)

jobs = DbosJobs(url)
pace = Pace(poll=timedelta(seconds=0.05))
with working(jobs, {"slow": slow}, folder=folder, pace=pace, patience=timedelta(seconds=10)):
    print("up", flush=True)
    sys.stdin.read()
"""


def process(database: Database, folder: Path, mode: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, database.url, str(folder), mode],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )


def hear(worker: subprocess.Popen[str], word: str) -> None:
    """Read what the worker says until it says `word`; one that stays silent too long is ended."""
    assert worker.stdout is not None
    watch = threading.Timer(2 * WAIT, worker.kill)
    watch.start()
    try:
        if not any(line.strip() == word for line in worker.stdout):
            pytest.fail(f"the worker ended without saying {word!r}")
    finally:
        watch.cancel()


@pytest.mark.full
def test_a_job_under_way_when_the_process_is_killed_is_finished_once(
    database: Database, jobs: DbosJobs, seen: Seen, tmp_path: Path
) -> None:
    later(database, jobs, "slow", "a", key="k1")
    with process(database, tmp_path, "hang") as killed:
        hear(killed, "under way")
        killed.send_signal(signal.SIGKILL)
        assert killed.wait(WAIT) == -signal.SIGKILL
    with process(database, tmp_path, "finish") as restarted:
        hear(restarted, "done")
        until(lambda: done(database) == ["k1"])
        restarted.communicate(timeout=WAIT)
    with work(jobs, tmp_path, slow=seen.tell):
        later(database, jobs, "slow", "b", key="k2")
        assert seen.next() == ("b",)
    assert (tmp_path / "notes").read_text().splitlines() == ["begun", "begun", "done a"]
    assert (seen.nothing_more(), jobs.failed()) == (True, ())
