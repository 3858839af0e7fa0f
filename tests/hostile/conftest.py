"""One town, played once; each test gets a copy of its files, and all share one application."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import gates, projects
from app.accounts import PASSWORDS
from app.accounts.session import VERSION
from app.factory import FEATURES, create_app
from app.settings import Settings
from app.shell.context import EXTENSION, Surroundings
from app.shell.security import limiter
from tests.conftest import TestClock
from tests.databases import hurried
from tests.hostile.world import World, build_world, copy_of
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs
from workflows.people import Passwords
from workflows.people.tables import CredentialRow

Browser = Callable[[str], FlaskClient]

EVERY = (*FEATURES, *(one for one in (projects.feature, gates.feature) if one not in FEATURES))


@pytest.fixture(scope="session")
def seed(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The town as it was played; nobody writes in it."""
    var = tmp_path_factory.mktemp("hostile")
    (var / "files").mkdir()
    path = var / "styr.sqlite"
    shutil.copyfile(template_database, path)
    database = hurried(path)
    world = build_world(Context(database=database, jobs=MemoryJobs(), files=var / "files", clock=TestClock()))
    with database.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return world


@pytest.fixture
def world(seed: World, tmp_path: Path, clock: TestClock) -> Iterator[World]:
    """The town, this test's own."""
    copied = copy_of(seed, tmp_path / "var", clock)
    yield copied
    copied.ctx.database.close()


@pytest.fixture(scope="session")
def shared_app(seed: World) -> Flask:
    """The whole application, made once: its templates are compiled once."""
    settings = Settings(var=seed.var, secret_key="k" * 40, database_url=seed.ctx.database.url, upload_limit=200_000)
    app = create_app(settings, database=seed.ctx.database, features=EVERY)
    app.extensions[PASSWORDS] = Passwords(memory=8, rounds=1)
    return app


@pytest.fixture
def app(shared_app: Flask, world: World) -> Iterator[Flask]:
    """The application over this test's town. What is unforeseen becomes a page, as it does for people."""
    point_at(shared_app, world)
    shared_app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    limiter.enabled = False
    yield shared_app
    limiter.enabled = True
    limiter.reset()


def point_at(app: Flask, world: World) -> None:
    """Let the application work on a town's files."""
    shared: Surroundings = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(
        shared,
        settings=replace(shared.settings, var=world.var, database_url=world.ctx.database.url),
        database=world.ctx.database,
        jobs=world.ctx.jobs,
        clock=world.ctx.clock,
    )


@pytest.fixture
def browser(app: Flask, world: World) -> Browser:
    """`browser("karin")` is Karin's browser; `browser("")` one in which nobody is logged in."""

    def log_in(who: str) -> FlaskClient:
        client = app.test_client()
        if who:
            with world.ctx.read() as session:
                key = {"tenant": world.ctx.tenant, "person": world.people[who]}
                version = session.get_one(CredentialRow, key).session_version
            with client.session_transaction() as cookie:
                cookie.update({"_user_id": world.people[who], VERSION: version, "_fresh": True})
        return client

    return log_in
