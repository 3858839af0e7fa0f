"""Tables whose rows are never changed or removed: the database itself refuses it.

A trigger stops mistakes and casual tampering, not the owner of the file, who can drop it; `styr verify` is for that.

On SQLite a REPLACE removes the rows in its way without asking the triggers on DELETE (unless the connection that does
it wishes so), hence a trigger on INSERT too: what takes the place of a row that stands is refused, be the place a key
or the row's number. PostgreSQL knows no REPLACE, and its ON CONFLICT DO UPDATE asks the trigger on UPDATE; it has
TRUNCATE instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from alembic import op
from sqlalchemy import inspect

_FUNCTION = """
CREATE OR REPLACE FUNCTION styr_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $$
"""

_GUARDS = ("update", "delete", "replace")


def make_immutable(table: str, *, but: Sequence[str] = ()) -> None:
    """Refuse to change or remove a row of `table` from now on; the columns `but` may change.

    Call it again after make_mutable when the table gets another column or unique key.
    """
    if op.get_bind().dialect.name == "sqlite":
        for guard in _guards(table, but):
            op.execute(guard)
        return
    of = f" OF {', '.join(_fixed(table, but))}" if but else ""
    op.execute(_FUNCTION)
    op.execute(
        f"CREATE TRIGGER {table}_immutable BEFORE UPDATE{of} OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION styr_refuse()"
    )


def make_mutable(table: str) -> None:
    """Take the refusal away, for a migration that must rebuild `table` (call make_immutable again after it)."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in _GUARDS:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    op.execute(f"DROP TRIGGER IF EXISTS {table}_immutable ON {table}")


def _guards(table: str, but: Sequence[str]) -> Iterator[str]:
    refuse = f"SELECT RAISE(ABORT, '{table} is immutable')"
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in ("rowid", *_fixed(table, but)))
    when = f"WHEN {changed} " if but else ""
    yield f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}BEGIN {refuse}; END"
    yield f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN {refuse}; END"
    taken = "".join(_taken(table, key) for key in (("rowid",), *_keys(table)))
    yield f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} BEGIN {taken}END"


def _taken(table: str, key: Sequence[str]) -> str:
    """Return the statement that refuses a row whose key another one has; the message names the key."""
    same = " AND ".join(f"{column} = NEW.{column}" for column in key)
    said = f"{table} is immutable: {', '.join(key)} is taken"
    found = f"SELECT 1 FROM {table} WHERE {same}"  # noqa: S608 — our own names
    return f"SELECT RAISE(ABORT, '{said}') WHERE EXISTS ({found}); "


def _fixed(table: str, but: Sequence[str]) -> list[str]:
    names = [column["name"] for column in inspect(op.get_bind()).get_columns(table)]
    return [name for name in names if name not in but]


def _keys(table: str) -> Iterator[Sequence[str]]:
    """Yield the columns of every key that the database keeps unique."""
    found = inspect(op.get_bind())
    yield found.get_pk_constraint(table)["constrained_columns"]
    for constraint in found.get_unique_constraints(table):
        yield constraint["column_names"]
