"""SQLite in a hurry: each statement is compiled once in a test run, and a commit does not wait for the disk.

SQLAlchemy keeps what it has compiled in the engine, under the dialect object. Here all engines keep it in one place,
and two dialects made with the same options are the same dialect. That commits are durable is tested in the kernel.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from workflows.kernel.database import Database, sqlite_url

_COMPILED: LRUCache[Any, Any] = LRUCache(5_000)


class SharingDialect(SQLiteDialect_pysqlite):
    """SQLite, with compiled statements that every engine of the process uses."""

    supports_statement_cache = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._made_with = frozenset(options.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SharingDialect) and other._made_with == self._made_with

    def __hash__(self) -> int:
        return hash(self._made_with)

    @classmethod
    def engine_created(cls, engine: Engine) -> None:
        """SQLAlchemy's hook for what a dialect changes in a new engine."""
        engine.update_execution_options(compiled_cache=_COMPILED)


def share_statements() -> None:
    """Let every SQLite engine that is made from now on share what is compiled."""
    registry.register("sqlite", __name__, SharingDialect.__name__)


def hurried(path: Path) -> Database:
    """Return the database in a file, for tests that do not pull the plug."""
    database = Database(sqlite_url(path))
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return database
