"""The database's history: one chain of revisions for all rooms, run by `migrate` at every start.

A room's tables stand in `workflows/<room>/tables.py`; `metadata()` finds every such module, so nothing is listed here.
To add or change tables:

1. Write them in the room's tables.py. Names begin with `styr_`, keys with `tenant`.
2. `python -m workflows.migrations "Add the inbox tables"` compares the tables with the last revision and writes the
   next file in `versions/` (numbers follow each other: 0001, 0002 …). `--check` only tells what is missing.
3. Read the file, split `upgrade` by room if it is long, and call `make_immutable("styr_…")` (immutable.py) for rows
   that must never change. SQLite cannot alter much in place: use `with op.batch_alter_table(…)`.
4. tests/migrations fails while an empty database brought to head differs from the tables.

There is no downgrade: a backup is the way back. Tables that do not begin with `styr_` (DBOS keeps its own in the same
SQLite file) are never touched.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, MetaData, text

import workflows
from workflows.kernel import chain as chain  # the event tables
from workflows.kernel.database import Database, Table
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.sqlite import BUSY_SECONDS

if TYPE_CHECKING:
    from alembic.config import Config

# Alembic is imported only where something is to be done: most starts find the database up to date.

PREFIX = "styr_"
VERSION_TABLE = "styr_migration"
VERSIONS = Path(__file__).parent / "versions"
PATIENCE = 1800
"""Seconds that a start waits for another one's migration: a large database on a busy machine takes minutes."""

_LOCK = 0x53545952
"""Key of the advisory lock on PostgreSQL ("STYR")."""


class NewerDatabase(StyrError):
    """The database was written by a later version of Styr than the one that is starting."""

    status = 503
    code = "newer_database"
    message = _l("Databasen är skriven av en nyare version av Styr ({standing}, den här kan {known}). Uppgradera Styr.")


def metadata() -> MetaData:
    """Return the tables of every room. Imports them, which upgrading does not need."""
    for path in sorted(Path(workflows.__path__[0]).glob("*/tables.py")):
        importlib.import_module(f"workflows.{path.parent.name}.tables")
    return Table.metadata


def config(connection: Connection | None = None, tables: MetaData | None = None) -> Config:
    """Return Alembic's configuration; there is no ini file, so that a wheel needs nothing beside it.

    `tables` is what a new revision is to be written from.
    """
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(VERSIONS.parent).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    found.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    found.attributes.update(connection=connection, tables=tables)
    return found


def revisions() -> list[str]:
    """Return every revision, oldest first: the numbers that their files' names begin with."""
    return sorted(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))


def head() -> str:
    """Return the newest revision."""
    return revisions()[-1]


def current(database: Database) -> str | None:
    """Return the revision the database stands at, None when it is empty."""
    with database.engine.connect() as connection:
        return _revision(connection)


def migrate(database: Database) -> bool:
    """Bring the database to the newest revision; tell whether anything was done.

    Several processes may call it at once: the first works under the database's write lock, the others wait for as long
    as that takes and then find nothing to do. All of it is one transaction. Raises NewerDatabase, and leaves such a
    database alone.
    """
    if current(database) == head():
        return False
    with database.engine.connect() as connection:
        exclusive = connection.execution_options(styr_write=True)
        _suspend_foreign_keys(exclusive)
        _wait(exclusive, PATIENCE)
        try:
            with exclusive.begin():
                return _upgrade(exclusive)
        finally:
            _wait(exclusive, BUSY_SECONDS)
            _resume_foreign_keys(exclusive)


def _upgrade(connection: Connection) -> bool:
    from alembic import command

    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    standing, known = _revision(connection), revisions()
    if standing == known[-1]:
        return False
    if standing is not None and standing not in known:
        raise NewerDatabase(standing=standing, known=known[-1])
    command.upgrade(config(connection), "head")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:3]}")
    return True


def _revision(connection: Connection) -> str | None:
    if not connection.dialect.has_table(connection, VERSION_TABLE):
        return None
    found = connection.exec_driver_sql(f"SELECT version_num FROM {VERSION_TABLE}").scalar()  # noqa: S608 — our own name
    return None if found is None else str(found)


def _wait(connection: Connection, seconds: float) -> None:
    """Let SQLite wait so long for whoever migrates; PostgreSQL waits for its advisory lock without an end."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA busy_timeout={int(seconds * 1000)}")


def _suspend_foreign_keys(connection: Connection) -> None:
    """Let SQLite rebuild a table others point at; the pragma works only outside a transaction."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")


def _resume_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=ON")
