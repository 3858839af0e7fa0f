"""A process that carries a move out until somebody kills it: prints a line at each commit."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from sqlalchemy import event

from tests.stories.town import Town
from workflows.governance.moving import work_move
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.jobs import MemoryJobs


def work(url: str, folder: Path, now: datetime, move: str) -> None:
    """Do what waits in a move; every commit is told of in the moment in which it is made."""
    database = Database(url)
    event.listen(database.engine, "commit", lambda _: print("commit", flush=True))
    work_move(Context(database=database, jobs=MemoryJobs(), files=folder, clock=lambda: now), move=move)
    print("done", flush=True)


def arguments(town: Town, move: str) -> list[str]:
    """Return the command that carries out a move in a town."""
    ctx = town.ctx
    return [sys.executable, "-m", __name__, ctx.database.url, str(ctx.files), ctx.now().isoformat(), move]


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), datetime.fromisoformat(sys.argv[3]), sys.argv[4])
