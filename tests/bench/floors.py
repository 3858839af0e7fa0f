"""What nothing can be faster than: a view, a commit, a step, the imports; each as single samples, to take in turns."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench.browser import browsers
from tests.bench.serving import running
from tests.bench.stock import Stock
from tests.bench.timing import milliseconds

IMPORTS = "import app.cli.serve, app.cli.server, app.factory, dbos, gunicorn.workers.gthread"
"""What a server process imports before it can answer."""

Floors = Mapping[str, Callable[[], float]]
"""A sample of each floor in ms, by the number's name."""


@contextmanager
def floors() -> Iterator[Floors]:
    """Make ready to take samples: the server with the plain view, the plain database, the stock engine."""
    with tempfile.TemporaryDirectory(prefix="styr-bench-") as folder:
        command = (sys.executable, "-m", "tests.bench.floor_view", folder)
        with running(command, Path(folder) / "floor.log") as server, browsers(server.address) as clients:
            clients.get("floor", "/login")
            stock = Stock()
            commit = _committer(Path(folder) / "commit.sqlite")
            yield {
                "floor.view_ms": lambda: clients.get("floor", "/").ms,
                "floor.commit_ms": lambda: milliseconds(commit),
                "floor.step_ms": lambda: _step(stock),
            }


def imports_s() -> float:
    """Return the time of the imports alone, in a process of their own."""
    began = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORTS], check=True)
    return time.monotonic() - began


def _step(stock: Stock) -> float:
    task = stock.ready()
    return milliseconds(lambda: stock.step(task))


def _committer(path: Path) -> Callable[[], object]:
    """Return one durable commit of one UPDATE and one INSERT."""
    base = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        base.execute(f"PRAGMA {pragma}")
    base.execute("CREATE TABLE instance (id INTEGER PRIMARY KEY, state BLOB)")
    base.execute("CREATE TABLE event (id INTEGER PRIMARY KEY, body BLOB)")
    base.execute("INSERT INTO instance VALUES (1, x'00')")

    def commit() -> None:
        base.execute("BEGIN IMMEDIATE")
        base.execute("UPDATE instance SET state = ? WHERE id = 1", (b"s" * 500,))
        base.execute("INSERT INTO event (body) VALUES (?)", (b"e" * 500,))
        base.execute("COMMIT")

    return commit
