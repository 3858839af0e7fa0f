"""The server: gunicorn in this process, one worker process with threads, and the jobs beside them after the fork."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]  # ships no types

from app.cli.allocator import begin_loading, end_loading
from app.settings import Settings
from workflows.kernel.alone import WorkerRunning, alone

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8
TIMEOUT = 60
"""Seconds without a sign of life from its threads after which a worker process is replaced."""

GRACE = 30
"""Seconds that requests under way are given when the server is told to stop."""

KEEP_ALIVE = 15
MEMORY = Path("/dev/shm")  # noqa: S108 — gunicorn's heartbeat file, without name and content


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the server answers. More than one worker process only with a database server."""

    host: str
    port: int
    workers: int = 1

    @property
    def bind(self) -> str:
        """The address as gunicorn wants it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """The application under gunicorn. `say` is told the address when the first page can be had."""

    def __init__(self, settings: Settings, place: Place, say: Callable[[str], None]) -> None:
        self.settings = settings
        self.place = place
        self.say = say
        self.stop_crew: Callable[[], None] | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own defaults; no file and no environment variable is read."""
        wanted: dict[str, Any] = {
            "bind": self.place.bind,
            "workers": self.place.workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": TIMEOUT,
            "graceful_timeout": GRACE,
            "keepalive": KEEP_ALIVE,
            "loglevel": "warning",
            "proc_name": "styr",
            # It would lie in $HOME, which may be read-only or somebody else's.
            "control_socket_disable": True,
            "worker_tmp_dir": str(MEMORY) if MEMORY.is_dir() else None,
            "post_worker_init": self.begin,
            "worker_exit": self.end,
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application. Called in the worker process: connections must not cross a fork, and the process
        that only watches need not hold the program."""
        begin_loading()
        from app.factory import create_app
        from workflows.kernel.jobs_dbos import DbosJobs

        return create_app(self.settings, jobs=DbosJobs(self.settings.database_url))

    def begin(self, worker: Any) -> None:
        """Start the jobs in the worker process, in one of them if there are several, and say where pages are."""
        self.stop_crew = self._start_crew()
        end_loading()
        if worker.age == 1:
            host, port = worker.sockets[0].getsockname()[:2]
            self.say(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")

    def _start_crew(self) -> Callable[[], None] | None:
        """Return what stops the jobs, None when another of several processes has taken them on."""
        from app.cli.crew import start_crew

        if self.place.workers == 1:
            return start_crew(self.wsgi())
        try:
            return start_crew(self.wsgi()) if _nobody_works(self.settings.var) else None
        except WorkerRunning:
            return None

    def end(self, _server: Any, _worker: Any) -> None:
        """Let the jobs under way come to an end with the worker process."""
        if self.stop_crew is not None:
            self.stop_crew()


def _nobody_works(folder: Path) -> bool:
    """Tell whether no process has taken on the jobs; the one that follows a dead one finds that and does."""
    try:
        with alone(folder, timedelta(0)):
            return True
    except WorkerRunning:
        return False
