"""The sweep comes round whatever happens, and the worker lets go when it is told to."""

from __future__ import annotations

import queue
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.worker import BATCHES, launch
from tests.app.worker.conftest import SOON, start
from tests.kernel.waiting import WAIT
from workflows.kernel.alone import WorkerRunning
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.jobs_dbos import DbosJobs


@pytest.mark.full
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


@pytest.mark.full
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
