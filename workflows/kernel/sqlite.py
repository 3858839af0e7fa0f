"""How a connection to SQLite is made ready: a log that is written ahead, durable commits, a wait for others' writes."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPIConnection

LOCKED = "database is locked"
"""What SQLite says when somebody else has what is asked for."""

BUSY_SECONDS = 15
"""How long SQLite waits for somebody else's write."""

_AGAIN = 0.01
"""Seconds between two tries of what SQLite does not wait for itself."""


def prepare_sqlite(connection: DBAPIConnection | sqlite3.Connection) -> None:
    """Take over transactions from pysqlite, which would begin them too late, and make commits durable."""
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}")
    _write_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Give the file a write-ahead log, which it keeps.

    SQLite does not wait here however long it has been told to: of several processes that meet a new file at once, all
    but one are refused outright, since each already reads what it wants to change.
    """
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if LOCKED not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_AGAIN)
        else:
            return


def begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first and writes later dies with SQLITE_BUSY."""
    write = connection.get_execution_options().get("styr_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
