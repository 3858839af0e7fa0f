"""What most tests stand on: a migrated SQLite file of their own, a clock they set, contexts, a logged-in client."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache

from app.accounts import PASSWORDS
from app.accounts.session import VERSION
from app.settings import Settings
from app.shell.logs import StyrFlask, configure_logging
from app.shell.security import limiter
from tests.applications import Applications, Reading
from tests.databases import hurried, share_statements
from workflows.kernel.clock import STOCKHOLM, local_date
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId
from workflows.kernel.jobs import MemoryJobs
from workflows.migrations import migrate
from workflows.people import Passwords
from workflows.people.tables import CredentialRow

hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")
"""How long one example takes says how busy the machine is; tests that bound a time say so themselves."""

configure_logging(as_json=True)
# A verb that is called without the application logs as it does; structlog's own way of showing an error takes a minute.

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""When tests begin unless they say otherwise: Monday 23 November 2026, 9.00 in Sweden."""


@dataclass(slots=True)
class TestClock:
    """A clock that stands still until a test moves it."""

    __test__ = False
    now: datetime = field(default=MONDAY)

    def __call__(self) -> datetime:
        return self.now

    @property
    def today(self) -> date:
        """The Swedish calendar day."""
        return local_date(self.now)

    def forward(self, **span: float) -> None:
        """Move on by `timedelta(**span)`."""
        self.now += timedelta(**span)

    def on(self, day: date, hour: int = 9) -> None:
        """Stand at `hour` o'clock, Swedish time, on `day`."""
        self.now = datetime.combine(day, time(hour), STOCKHOLM).astimezone(UTC)


@pytest.fixture(scope="session", autouse=True)
def every_application(request: pytest.FixtureRequest) -> None:
    """Compile each page once, not once for each of a thousand applications (Jinja compares the source)."""
    cache = getattr(request.config, "cache", None)  # there is none with -p no:cacheprovider
    folder = cache.mkdir("pages") if cache else None
    StyrFlask.test_client_class = Reading
    StyrFlask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder) if folder else None)}


@pytest.fixture(scope="session", autouse=True)
def compiled_statements() -> None:
    """Compile each statement once, too."""
    share_statements()


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database brought to the newest revision once; every test copies the file."""
    path = tmp_path_factory.mktemp("template") / "styr.sqlite"
    database = hurried(path)
    migrate(database)
    with database.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return path


@pytest.fixture
def database(template_database: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty, migrated database that this test alone uses."""
    path = tmp_path / "styr.sqlite"
    shutil.copyfile(template_database, path)
    database = hurried(path)
    yield database
    database.close()


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def jobs() -> MemoryJobs:
    """What verbs enqueued; `jobs.jobs` is the list."""
    return MemoryJobs()


@pytest.fixture
def ctx(database: Database, jobs: MemoryJobs, clock: TestClock, tmp_path: Path) -> Context:
    """The system's own context (no actor: may do everything, as the command line does)."""
    files = tmp_path / "files"
    files.mkdir()
    return Context(database=database, jobs=jobs, files=files, clock=clock)


@pytest.fixture
def acting(ctx: Context) -> Callable[[str], Context]:
    """`acting(person)` is the context of that person's request."""
    return lambda person: replace(ctx, actor=PersonId(person))


@pytest.fixture
def settings(database: Database, ctx: Context, tmp_path: Path) -> Settings:
    return Settings(
        var=tmp_path,
        secret_key="k" * 40,
        database_url=database.url,
        municipality="Granviks kommun",
        help_phone="0600-12 34 56",
    )


@pytest.fixture
def passwords() -> Passwords:
    """Hashes that cost next to nothing."""
    return Passwords(memory=8, rounds=1)


@pytest.fixture(scope="session")
def applications() -> Applications:
    """The applications of this run, by kind."""
    return Applications()


@pytest.fixture
def app(
    applications: Applications,
    settings: Settings,
    database: Database,
    jobs: MemoryJobs,
    clock: TestClock,
    passwords: Passwords,
) -> Iterator[Flask]:
    """The whole application on this test's database; forms need no token, and nobody is stopped for haste."""
    app = applications.over(settings, database=database, jobs=jobs, clock=clock)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    app.extensions[PASSWORDS] = passwords
    limiter.enabled = False
    yield app
    limiter.enabled = True
    limiter.reset()


@pytest.fixture
def stranger(app: Flask) -> FlaskClient:
    """A browser in which nobody is logged in."""
    return app.test_client()


@pytest.fixture
def browsing(app: Flask, ctx: Context) -> Callable[[str], FlaskClient]:
    """`browsing(person)` is a browser in which that person is logged in, without the cost of a password."""

    def log_in(person: str) -> FlaskClient:
        with ctx.read() as session:
            version = session.get_one(CredentialRow, {"tenant": ctx.tenant, "person": person}).session_version
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie.update({"_user_id": person, VERSION: version, "_fresh": True})
        return client

    return log_in
