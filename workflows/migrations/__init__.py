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

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

import workflows
from workflows.kernel import chain as chain  # the event tables
from workflows.kernel.database import Database, Table

PREFIX = "styr_"
VERSION_TABLE = "styr_migration"
_LOCK = 0x53545952
"""Key of the advisory lock on PostgreSQL ("STYR")."""


class NewerDatabase(Exception):
    """The database was written by a later version of Styr than the one that is starting."""


def metadata() -> MetaData:
    """Return the tables of every room. Imports them, which upgrading does not need."""
    for path in sorted(Path(workflows.__path__[0]).glob("*/tables.py")):
        importlib.import_module(f"workflows.{path.parent.name}.tables")
    return Table.metadata


def config(connection: Connection | None = None, tables: MetaData | None = None) -> Config:
    """Return Alembic's configuration; there is no ini file, so that a wheel needs nothing beside it.

    `tables` is what a new revision is to be written from.
    """
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    found.set_main_option("path_separator", "os")
    found.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    found.attributes.update(connection=connection, tables=tables)
    return found


def head() -> str:
    """Return the newest revision."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    assert newest is not None
    return newest


def current(database: Database) -> str | None:
    """Return the revision the database stands at, None when it is empty."""
    with database.engine.connect() as connection:
        return _revision(connection)


def migrate(database: Database) -> bool:
    """Bring the database to the newest revision; tell whether anything was done.

    Several processes may call it at once: the first works under the database's write lock, the others then find
    nothing to do. All of it is one transaction. Raises NewerDatabase, and leaves such a database alone.
    """
    newest = head()
    if current(database) == newest:
        return False
    with database.engine.connect() as connection:
        exclusive = connection.execution_options(styr_write=True)
        _suspend_foreign_keys(exclusive)
        try:
            with exclusive.begin():
                return _upgrade(exclusive, newest)
        finally:
            _resume_foreign_keys(exclusive)


def _upgrade(connection: Connection, newest: str) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    standing = _revision(connection)
    if standing == newest:
        return False
    scripts = ScriptDirectory.from_config(config())
    if standing is not None and standing not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerDatabase(f"the database is at revision {standing}, this version of Styr knows {newest}")
    command.upgrade(config(connection), "head")
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"the migration left rows that point nowhere: {broken[:3]}")
    return True


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()


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
