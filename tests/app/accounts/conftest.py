from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import PASSWORDS, feature
from app.settings import Settings
from app.shell.security import limiter
from tests.applications import Applications
from tests.conftest import TestClock
from tests.people.conftest import Adding
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.people import ADMINISTRATOR, Passwords, PersonDetails, add_person, assign_organisation_role, set_password

PASSWORD = "korrekt häst batteri"


@pytest.fixture
def app(
    applications: Applications,
    settings: Settings,
    database: Database,
    jobs: MemoryJobs,
    clock: TestClock,
    passwords: Passwords,
) -> Iterator[Flask]:
    """The application with this feature alone; limits are on, and begin anew with each test."""
    app = applications.over(settings, database=database, jobs=jobs, clock=clock, features=(feature,))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions[PASSWORDS] = passwords
    limiter.reset()
    yield app
    limiter.reset()


@pytest.fixture
def adding(ctx: Context) -> Adding:
    """`adding("Anna Berg", title=…)` adds a person with an address made of the name."""

    def add(name: str, **details: str) -> PersonId:
        email = details.pop("email", name.casefold().replace(" ", ".") + "@exempelkommun.se")
        return add_person(ctx, details=PersonDetails(name=name, email=email, **details))

    return add


@pytest.fixture
def anna(ctx: Context, adding: Adding, passwords: Passwords) -> PersonId:
    """Somebody without any role, who has a password."""
    person = adding("Anna Berg", title="Förvaltningschef")
    set_password(ctx, person=person, password=PASSWORD, passwords=passwords)
    return person


@pytest.fixture
def administrator(ctx: Context, adding: Adding, clock: TestClock) -> PersonId:
    person = adding("Ada Ministratör")
    assign_organisation_role(ctx, role=ADMINISTRATOR, person=person, valid_from=clock.today)
    return person


@pytest.fixture
def admin(browsing: Callable[[str], FlaskClient], administrator: PersonId) -> FlaskClient:
    """A browser in which the administrator is logged in."""
    return browsing(administrator)
