from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect
from sqlalchemy.exc import IntegrityError

from workflows.kernel import chain, sqlite
from workflows.kernel.context import Context
from workflows.kernel.database import Database, sqlite_url
from workflows.migrations import PREFIX, NewerDatabase, config, current, head, metadata, migrate, revisions
from workflows.migrations.__main__ import missing


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path / "empty.sqlite"))
    yield database
    database.close()


def _shape(engine: Engine) -> dict[str, object]:
    """Columns, keys and checks of each of our tables, as the database itself tells them."""
    found = inspect(engine)
    return {
        table: {
            "columns": [(c["name"], str(c["type"]), c["nullable"]) for c in found.get_columns(table)],
            "key": found.get_pk_constraint(table)["constrained_columns"],
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in found.get_check_constraints(table)),
            "foreign": sorted(
                (k["constrained_columns"], k["referred_table"], k["referred_columns"])
                for k in found.get_foreign_keys(table)
            ),
            "indexes": sorted((str(i["name"]), i["column_names"]) for i in found.get_indexes(table)),
        }
        for table in found.get_table_names()
        if table.startswith(PREFIX) and table != "styr_migration"
    }


def test_an_empty_database_brought_to_head_has_exactly_the_tables_of_the_rooms(empty: Database, tmp_path: Path) -> None:
    migrate(empty)
    assert missing(empty) == []
    made = create_engine(sqlite_url(tmp_path / "made.sqlite"))
    metadata().create_all(made)
    assert _shape(empty.engine) == _shape(made)
    made.dispose()


def test_every_table_begins_with_our_prefix_and_every_key_with_the_tenant() -> None:
    for table in metadata().sorted_tables:
        assert table.name.startswith(PREFIX)
        assert next(iter(table.primary_key)).name == "tenant"


def test_the_revisions_are_one_chain_that_follows_the_numbers_of_its_files() -> None:
    chain_of = ScriptDirectory.from_config(config()).walk_revisions()
    assert [one.revision for one in reversed(list(chain_of))] == revisions()


def test_migrating_again_does_nothing(empty: Database) -> None:
    assert migrate(empty)
    assert not migrate(empty)
    assert current(empty) == head()


def test_processes_that_start_at_once_migrate_once(empty: Database) -> None:
    databases = [Database(empty.url) for _ in range(4)]
    barrier, done = threading.Barrier(4), []

    def start(database: Database) -> None:
        barrier.wait()
        done.append(migrate(database))

    threads = [threading.Thread(target=start, args=(database,)) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()
    assert sorted(done) == [False, False, False, True]


def test_a_start_waits_for_a_migration_that_takes_longer_than_any_write(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0)
    slow, second, done = Database(empty.url), Database(empty.url), list[bool]()
    waiting = threading.Thread(target=lambda: done.append(migrate(second)))
    with slow.engine.connect().execution_options(styr_write=True) as connection, connection.begin():
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()
    waiting.join()
    slow.close()
    second.close()
    assert done == [True]


def test_the_tables_of_the_job_engine_are_left_alone(empty: Database) -> None:
    with empty.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE workflow_status (id TEXT)")
        connection.exec_driver_sql("INSERT INTO workflow_status VALUES ('kept')")
    migrate(empty)
    assert not any("workflow_status" in line for line in missing(empty))
    with empty.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT id FROM workflow_status").scalar() == "kept"


@pytest.mark.full
def test_a_database_of_a_later_version_is_refused_and_left_alone(empty: Database) -> None:
    migrate(empty)
    with empty.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE styr_migration SET version_num = '9999'")
    with pytest.raises(NewerDatabase, match="9999"):
        migrate(empty)
    assert current(empty) == "9999"


def test_foreign_keys_are_watched_again_after_a_migration(empty: Database) -> None:
    migrate(empty)
    with pytest.raises(IntegrityError), empty.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO styr_credential VALUES ('main', 'nobody', NULL, 1, NULL)")


@pytest.mark.parametrize("statement", ["UPDATE styr_event SET actor = 'x'", "DELETE FROM styr_event"])
def test_an_event_can_neither_be_changed_nor_removed(ctx: Context, statement: str) -> None:
    with ctx.write() as session:
        happening = chain.Happening(verb="test", at=datetime(2026, 11, 23, tzinfo=UTC), body={})
        chain.append(session, tenant="main", stream="people", happening=happening)
    path = ctx.database.url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection, pytest.raises(sqlite3.IntegrityError, match="styr_event is immutable"):
        connection.execute(statement)
    connection.close()
    with ctx.read() as session:
        assert chain.verify_stream(session, tenant="main", stream="people") is None
