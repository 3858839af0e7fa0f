"""A folder of its own with the invented town in it, as `styr serve` finds it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.browser import Browsers
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context
from workflows.kernel.database import Database, sqlite_url
from workflows.kernel.jobs_dbos import DbosJobs
from workflows.migrations import migrate
from workflows.people import Passwords, set_password

PASSWORD = "trettio gula fiskar"
CHEAP = Passwords(memory=8, rounds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """Where it lies, and its town (verbs called here write into the same database as the server)."""

    var: Path
    town: Town

    @property
    def log(self) -> Path:
        """Where the server's lines go."""
        return self.var / "server.log"

    def log_in(self, browsers: Browsers, *people: str) -> None:
        """Log people in by their short names."""
        for who in people:
            browsers.log_in(self.town.people[who], email=f"{who}@exempelkommun.se", password=PASSWORD)


@contextmanager
def installation() -> Iterator[Installation]:
    """Make an installation; it goes with the block."""
    with tempfile.TemporaryDirectory(prefix="styr-bench-") as folder:
        var = Path(folder)
        (var / "files").mkdir()
        database = Database(sqlite_url(var / "styr.sqlite"))
        migrate(database)
        jobs = DbosJobs(database.url)
        jobs.prepare()
        town = build_town(Context(database=database, jobs=jobs, files=var / "files"))
        for person in town.people.values():
            set_password(town.ctx, person=person, password=PASSWORD, passwords=CHEAP)
        try:
            yield Installation(var=var, town=town)
        finally:
            jobs.close()
            database.close()
