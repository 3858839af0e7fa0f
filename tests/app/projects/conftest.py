"""The invented town behind a web application with the projects' pages; anybody in it can be logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask, Request
from flask.testing import FlaskClient

from app.factory import create_app
from app.projects import feature
from app.settings import Settings
from app.shell.security import limiter, login_manager
from tests.conftest import TestClock
from tests.stories.test_first_gate import to_first_gate
from tests.stories.town import Town, build_town
from workflows.governance.decision import DecisionInput
from workflows.governance.outcomes import Outcome
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs

LogIn = Callable[[str], FlaskClient]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the town, logged in."""

    id: str
    name: str
    title: str = ""
    is_authenticated: bool = True

    def get_id(self) -> str:
        return self.id


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def app(ctx: Context, jobs: MemoryJobs, clock: TestClock, tmp_path: Path) -> Iterator[Flask]:
    settings = Settings(var=tmp_path, secret_key="k" * 40, database_url=ctx.database.url, upload_limit=200_000)
    app = create_app(settings, database=ctx.database, jobs=jobs, clock=clock, features=(feature,))
    app.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False, WTF_CSRF_ENABLED=False)
    yield app
    limiter.reset()


@pytest.fixture
def log_in(app: Flask, town: Town, monkeypatch: pytest.MonkeyPatch) -> LogIn:
    """`log_in("karin")` is a client in which that person is logged in."""

    def client(who: str) -> FlaskClient:
        def load(request: Request) -> Person | None:
            short = request.headers.get("X-Who", "")
            return Person(town.people[short], short.title()) if short in town.people else None

        monkeypatch.setattr(login_manager, "_request_callback", load)
        browser = app.test_client()
        browser.environ_base["HTTP_X_WHO"] = who
        return browser

    return client


@pytest.fixture
def at_gate(town: Town) -> str:
    """A project that waits for the sponsor's decision at its first gate."""
    return to_first_gate(town)


@pytest.fixture
def planned(town: Town, at_gate: str) -> str:
    """A project that the sponsor has let go on to its second phase box."""
    town.decide("anna", at_gate, DecisionInput(outcome=Outcome.APPROVE, no_conflict=True))
    return at_gate
