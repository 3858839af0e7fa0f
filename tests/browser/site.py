"""A served Styr over an invented town: the real application, real threads, a SQLite file of its own."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from app.accounts import PASSWORDS
from app.accounts.session import VERSION
from app.factory import create_app
from app.settings import Settings
from app.shell.security import limiter
from tests.conftest import TestClock
from tests.databases import hurried
from tests.stories.town import Town
from workflows.kernel.jobs import MemoryJobs
from workflows.people import Passwords
from workflows.people.tables import CredentialRow

PASSWORD = "sju kloka tranor"
"""Everybody's password in the invented town."""
CHEAP = Passwords(memory=8, rounds=1)
"""Hashes that cost next to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A running server: its address, what it serves, and the town's people."""

    address: str
    app: Flask
    town: Town
    clock: TestClock

    def cookie(self, who: str) -> dict[str, str]:
        """Return the session cookie of somebody who has logged in, as Playwright takes it."""
        person = self.town.people[who]
        with self.town.ctx.read() as session:
            version = session.get_one(CredentialRow, {"tenant": self.town.ctx.tenant, "person": person}).session_version
        signing = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]  # Flask's own default interface
        value = signing.dumps({"_user_id": person, "_fresh": True, VERSION: version})
        return {"name": self.app.config["SESSION_COOKIE_NAME"], "value": value, "url": self.address}

    def mailed(self, job: str) -> str:
        """Return the argument of the mail that was asked for last."""
        jobs = self.town.ctx.jobs
        assert isinstance(jobs, MemoryJobs)
        return next(one.arguments[0] for one in reversed(jobs.jobs) if one.name == job)


class TownClock(TestClock):
    """Moves on a little each time it is read: what is done after something else is also recorded later."""

    __test__ = False

    def __call__(self) -> datetime:
        """Return the time, and let ten milliseconds pass."""
        self.forward(milliseconds=10)
        return self.now


class Quiet(WSGIRequestHandler):
    """Requests are logged by the application already."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def copied(town: Town, folder: Path) -> Iterator[Town]:
    """A copy of a town in `folder`: what is done there changes nothing in the original."""
    with town.ctx.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = folder / "styr.sqlite"
    shutil.copyfile(str(town.ctx.database.engine.url.database), copy)
    shutil.copytree(town.ctx.files, folder / "files", dirs_exist_ok=True)
    database = hurried(copy)
    ctx = replace(
        town.ctx, database=database, jobs=MemoryJobs(), files=folder / "files", clock=TownClock(now=town.ctx.now())
    )
    yield replace(town, ctx=ctx)
    database.close()


@contextmanager
def serve(town: Town) -> Iterator[Site]:
    """Serve a town as it is."""
    ctx = town.ctx
    assert isinstance(ctx.clock, TestClock)
    settings = Settings(
        var=ctx.files.parent,
        secret_key="k" * 40,
        database_url=ctx.database.url,
        municipality="Exempelkommun",
        help_phone="0600-12 34 56",
    )
    app = create_app(settings, database=ctx.database, jobs=ctx.jobs, clock=ctx.clock)
    app.extensions[PASSWORDS] = CHEAP
    limiter.enabled = False
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Site(address=f"http://127.0.0.1:{server.server_port}", app=app, town=town, clock=ctx.clock)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        limiter.enabled = True
        limiter.reset()
