"""The database: one engine, short reads, and writes that queue in the process before they queue in SQLite.

Measured (ADR 0005): with a process-wide lock before `BEGIN IMMEDIATE`, p95 ÷ median of four writing clients is 1.5;
without it 5–9, since SQLite's busy handler sleeps instead of queueing.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import orjson
import sqlalchemy
from sqlalchemy import BigInteger, Engine, LargeBinary, MetaData, String, TypeDecorator, create_engine, event
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from workflows.kernel.errors import StorageBusy, StorageFull, StyrError
from workflows.kernel.sqlite import LOCKED, begin_sqlite, prepare_sqlite

ID = String(32)
"""Column type of our identifiers."""

ANALYSED = 20_000
"""Rows of an index that are looked at to judge it: a tenth of a second for the largest tables."""

_FULL = ("disk is full", "disk I/O error", "readonly database", "No space left")
_BUSY = (LOCKED, "lock timeout")


class Moment(TypeDecorator[datetime]):
    """An aware UTC moment, kept as microseconds since 1970 so that it sorts and compares the same everywhere."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Refuse naive times: a deadline without a zone is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        delta = value - _EPOCH
        return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class Json(TypeDecorator[Any]):
    """A JSON value as canonical bytes (sorted keys), so that its digest can be taken from the column."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encode with sorted keys."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        """Decode."""
        return None if value is None else orjson.loads(value)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def canonical(value: Any) -> bytes:
    """Return the one byte form of a JSON value that digests are taken of."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS | orjson.OPT_PASSTHROUGH_DATACLASS)


class Table(DeclarativeBase):
    """Base of every table. Names begin with `styr_`, since DBOS keeps its own tables in the same file."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def table_of(row: type[Table]) -> sqlalchemy.Table:
    """Return the table behind a mapped class, for statements of the hot path.

    Those are module constants with named parameters: to build a statement costs ten times what it costs to run it, and
    through the mapped class it costs three times what it costs through the table.
    """
    return cast(sqlalchemy.Table, row.__table__)


def columns_for(table: sqlalchemy.Table, kind: type[Any]) -> list[sqlalchemy.Column[Any]]:
    """Return the columns that a dataclass has fields for, in the order of its fields."""
    return [table.c[field.name] for field in fields(kind) if field.name in table.c]


class Tenanted:
    """Mixin: every key begins with the municipality (one value today, many on a shared server later)."""

    tenant: Mapped[str] = mapped_column(String(32), primary_key=True, sort_order=-1)


class Database:
    """A SQLite file (or a PostgreSQL server) with `read()` and `write()` transactions."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _make_engine(url)
        self._snapshots = _seeing_one_snapshot(self.engine)
        self._lock = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a session that only reads; it sees one snapshot and is rolled back at the end."""
        with Session(self._snapshots, autoflush=False, expire_on_commit=False) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open the one transaction of a verb: committed at the end, rolled back by any exception.

        Raises StorageFull when the disk refuses, StorageBusy when another process holds the database too long,
        RuntimeError when a verb opens a second one inside.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("a verb opens one write transaction; pass its session on")
        with self._lock:
            self._owner = threading.get_ident()
            try:
                with Session(self.engine, expire_on_commit=False) as session, session.begin():
                    session.connection(execution_options={"styr_write": True})  # takes SQLite's write lock
                    yield session
            except OperationalError as error:
                raise (_refusal(error) or error) from error.orig
            finally:
                self._owner = None

    def tune(self) -> None:
        """Let SQLite see how its tables have grown; PostgreSQL does by itself.

        Every key begins with the municipality, of which there is one. Unless it has counted, SQLite takes that for
        selective and reads whole tables by it. Connections learn it when they are opened, so these are opened anew.
        """
        if self.engine.dialect.name != "sqlite":
            return
        with self.write() as session:
            session.connection().exec_driver_sql(f"PRAGMA analysis_limit={ANALYSED}")
            session.connection().exec_driver_sql("ANALYZE")
        self.engine.dispose()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file."""
    return f"sqlite:///{path}"


def _refusal(error: OperationalError) -> StyrError | None:
    """Return what the user is told about a database that refuses to write; None when it is a fault of ours."""
    said = str(error.orig)
    if any(text in said for text in _FULL):
        return StorageFull()
    return StorageBusy() if any(text in said for text in _BUSY) else None


def _seeing_one_snapshot(engine: Engine) -> Engine:
    """Return the engine for reads: PostgreSQL's own way sees what others commit between two statements."""
    if engine.dialect.name != "postgresql":
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ")


def _make_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,  # what people wrote does not belong in a log
        pool_use_lifo=True,  # the connection used last still has its pages and statements at hand
    )
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: prepare_sqlite(connection))
        event.listen(engine, "begin", begin_sqlite)
    return engine
