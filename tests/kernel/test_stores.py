"""What the kernel promises of its database, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from tests.postgresql import fresh, served, stores
from workflows.kernel.database import Database, sqlite_url
from workflows.migrations import current, head, migrate

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    with served() as address:
        yield address


@pytest.fixture(params=stores())
def database(request: pytest.FixtureRequest, template_database: Path, tmp_path: Path) -> Iterator[Database]:
    if request.param == "postgresql":
        with fresh(request.getfixturevalue("server")) as database:
            yield begun(database)
        return
    database = Database(sqlite_url(shutil.copyfile(template_database, tmp_path / "styr.sqlite")))
    yield begun(database)
    database.close()


def begun(database: Database) -> Database:
    """Keep a word in a database."""
    with database.write() as session:
        session.execute(text("CREATE TABLE word (word text)"))
        session.execute(text("INSERT INTO word VALUES ('first')"))
    return database


def say(database: Database, word: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE word SET word = :word"), {"word": word})


def test_a_read_sees_one_snapshot_whatever_is_written_meanwhile(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(text("SELECT word FROM word")) == "first"
        say(database, "second")
        assert session.scalar(text("SELECT word FROM word")) == "first"
    with database.read() as session:
        assert session.scalar(text("SELECT word FROM word")) == "second"


def test_a_write_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(LookupError), database.write() as session:
        session.execute(text("UPDATE word SET word = 'second'"))
        raise LookupError
    with database.read() as session:
        assert session.scalar(text("SELECT word FROM word")) == "first"


def test_a_second_start_finds_nothing_to_migrate(database: Database) -> None:
    assert current(database) == head()
    assert not migrate(database)
