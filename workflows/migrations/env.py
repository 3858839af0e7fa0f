"""Run by Alembic for each command; the connection comes from the caller, who owns the transaction."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Enum, TypeDecorator
from sqlalchemy.sql.schema import SchemaItem

from workflows.migrations import PREFIX, VERSION_TABLE


def ours(_item: SchemaItem, name: str | None, kind: str, _reflected: bool, _compared: SchemaItem | None) -> bool:
    """Leave other people's tables alone: DBOS keeps its own in the same SQLite file."""
    return kind != "table" or bool(name and name.startswith(PREFIX))


def plain(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain column types into revisions: they must run for ever, whatever becomes of our own classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String(length={item.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["tables"],
    version_table=VERSION_TABLE,
    include_object=ours,
    render_item=plain,
)
with context.begin_transaction():
    context.run_migrations()
