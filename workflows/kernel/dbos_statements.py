"""Lets DBOS's own statements be compiled once on SQLite, as it does itself on PostgreSQL.

SQLAlchemy caches no INSERT … ON CONFLICT, so every enqueued job was compiled anew: two thirds of what it cost, and a
tenth of a whole step. DBOS keeps compiled statements behind one method of its system database, but leaves SQLite out
for want of a schema to render. The version is pinned; without that method nothing is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from dbos import DBOSClient

SCHEMA = "main"
"""What SQLite calls the database's own file."""

NAMED = sqlite.dialect(paramstyle="named")
"""Values by name, since a statement that is already text takes them as the driver does."""


def compile_once(client: DBOSClient) -> None:
    """Keep compiled statements of `client` where its database is SQLite."""
    database: Any = client._sys_db
    if getattr(database, "_is_sqlite", False) and hasattr(database, "_execute_prepared"):
        database._execute_prepared = _Prepared()


class _Prepared:
    """Stands in for DBOS's method: compiled statements by name and columns."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], _Statement] = {}

    def __call__(
        self,
        caller: Session | Connection,
        name: str,
        values: dict[str, Any],
        build: Callable[[], Any],
        *,
        insert_columns: bool = True,
    ) -> CursorResult[Any]:
        """Execute what `build` builds with `values`: an INSERT's columns, or else the statement's own parameters."""
        key = (name, *values)
        statement = self._known.get(key)
        if statement is None:
            columns = list(values) if insert_columns else None
            statement = self._known[key] = _Statement(build(), columns)
        connection = caller.connection() if isinstance(caller, Session) else caller
        return connection.exec_driver_sql(statement.text, statement.parameters(values))


class _Statement:
    """A compiled statement, and what turns each value into what the driver takes."""

    def __init__(self, statement: Any, columns: list[str] | None) -> None:
        from dbos._schemas import SCHEMA_PLACEHOLDER

        compiled = statement.compile(
            dialect=NAMED,
            column_keys=columns,
            schema_translate_map={SCHEMA_PLACEHOLDER: SCHEMA},
            render_schema_translate=True,
        )
        self.text = str(compiled)
        self._own = {name: bind.value for name, bind in compiled.binds.items()}
        self._turn = {
            name: turn
            for name, bind in compiled.binds.items()
            if (turn := bind.type.dialect_impl(NAMED).bind_processor(NAMED)) is not None
        }

    def parameters(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values as the driver takes them; those that the statement carries itself are always the same."""
        wanted = {**self._own, **values}
        return {name: self._turn[name](value) if name in self._turn else value for name, value in wanted.items()}
