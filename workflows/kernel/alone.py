"""One worker at a time: a lock on the folder of an installation."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from workflows.kernel.errors import StyrError, _l


class WorkerRunning(StyrError):
    """Another process already works the jobs of this installation."""

    status = 503
    code = "worker_running"
    message = _l("En annan Styr-process arbetar redan i {folder}. Stoppa den först, eller välj en annan mapp.")


@contextmanager
def alone(folder: Path, patience: timedelta) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when the process ends, however it ends.

    Waits up to `patience` for another process to end, then raises WorkerRunning.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / "worker.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        until = time.monotonic() + patience.total_seconds()
        while not _locked(descriptor):
            if time.monotonic() > until:
                raise WorkerRunning(folder=folder)
            time.sleep(0.05)
        yield
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
