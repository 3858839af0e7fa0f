"""An application over the invented town, and a client logged in as one of its people."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.session import VERSION
from app.settings import Settings
from tests.applications import Applications
from tests.conftest import TestClock
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def application(applications: Applications, town: Town, clock: TestClock) -> Flask:
    ctx = town.ctx
    settings = Settings(var=ctx.files.parent, secret_key="x" * 32, database_url=ctx.database.url)
    app = applications.over(settings, database=ctx.database, jobs=ctx.jobs, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    return app


@pytest.fixture
def client(application: Flask, town: Town) -> Callable[[str], FlaskClient]:
    """`client("karin")` is Karin's browser."""

    def log_in(who: str) -> FlaskClient:
        client = application.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = town.people[who]
            session["_fresh"] = True
            session[VERSION] = 1
        return client

    return log_in
