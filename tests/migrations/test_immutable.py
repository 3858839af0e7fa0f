"""What is on record is neither changed, removed nor replaced, by whatever statement of whatever program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from workflows.kernel.database import Database
from workflows.migrations import PREFIX, metadata

CHANGING = frozenset(
    {
        "styr_bank_text",
        "styr_body", "styr_credential", "styr_deputy", "styr_draft", "styr_holder", "styr_instance", "styr_mail",
        "styr_membership", "styr_model_draft", "styr_model_draft_file", "styr_model_import",
        "styr_model_move", "styr_model_move_project", "styr_usual_time",
        "styr_model_trial",
        "styr_paper", "styr_password_link", "styr_person", "styr_project", "styr_project_number",
        "styr_seat", "styr_setting", "styr_stream", "styr_task", "styr_task_principal", "styr_timer",
    }
)  # fmt: skip
"""Tables whose rows change or go as people work. Every other table is a record: a new one is, until it stands here."""

LIFE = {
    "styr_pack": {"status"},
    "styr_condition": {"owner", "status", "done_at", "done_by", "note"},
    "styr_bundle": {"retired_at", "retired_by"},
}
"""What may change in a row that is on record otherwise."""

RECORDS = sorted(set(metadata().tables) - CHANGING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """A table with two rows that differ in every column, opened by a program of somebody else's."""

    connection: sqlite3.Connection
    table: str
    columns: list[str]
    keys: list[list[str]]

    def rows(self) -> list[tuple[object, ...]]:
        return self.connection.execute(f"SELECT rowid, * FROM {self.table} ORDER BY rowid").fetchall()

    def literal(self, column: str, row: int) -> str:
        """Return a value of one of the two rows as SQL."""
        query = f"SELECT quote({column}) FROM {self.table} WHERE rowid = {row}"
        return str(self.connection.execute(query).fetchone()[0])

    def like(self, row: int, key: list[str]) -> tuple[str, str]:
        """Return columns and values of a third row that takes the key of one that stands."""
        names = ["rowid", *self.columns] if key == ["rowid"] else self.columns
        values = [self.literal(name, row) if name in key else f"{self.literal(name, row)} || '3'" for name in names]
        return ", ".join(names), ", ".join(values)

    def tricks(self) -> Iterator[str]:
        """Yield every statement that would change what stands."""
        yield f"DELETE FROM {self.table}"
        yield f"DELETE FROM {self.table} WHERE rowid = 1 RETURNING *"
        for way in ("", "OR ROLLBACK", "OR FAIL", "OR IGNORE", "OR REPLACE"):
            for column in ["rowid", *self.columns]:
                if column not in LIFE.get(self.table, ()):
                    yield f"UPDATE {way} {self.table} SET {column} = {column} || '3' WHERE rowid = 1"
        for key in self.keys:
            moved = ", ".join(f"{column} = {self.literal(column, 2)}" for column in key)
            yield f"UPDATE OR REPLACE {self.table} SET {moved} WHERE rowid = 1"
            yield from self.insertions(key)

    def insertions(self, key: list[str]) -> Iterator[str]:
        """Yield the ways to put a row in the place of another."""
        names, values = self.like(1, key)
        yield f"REPLACE INTO {self.table} ({names}) VALUES ({values})"
        for way in ("OR REPLACE", "OR IGNORE", "OR FAIL", "OR ROLLBACK"):
            yield f"INSERT {way} INTO {self.table} ({names}) VALUES ({values})"
        if key != ["rowid"]:
            change = f"DO UPDATE SET {self.columns[-1]} = excluded.{self.columns[-1]}"
            for action in (change, "DO NOTHING"):
                yield f"INSERT INTO {self.table} ({names}) VALUES ({values}) ON CONFLICT ({', '.join(key)}) {action}"


@pytest.fixture
def connection(database: Database) -> Iterator[sqlite3.Connection]:
    """The file, opened as any program would: SQLite's own defaults, foreign keys not watched."""
    connection = sqlite3.connect(database.url.removeprefix("sqlite:///"), isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture(params=RECORDS)
def records(request: pytest.FixtureRequest, connection: sqlite3.Connection) -> Records:
    table = request.param
    columns = [(name, kind) for _, name, kind, *_ in connection.execute(f"PRAGMA table_info({table})")]
    for row in (1, 2):
        values = ", ".join(_value(kind, row) for _, kind in columns)
        connection.execute(f"INSERT INTO {table} VALUES ({values})")
    unique = [name for _, name, is_unique, *_ in connection.execute(f"PRAGMA index_list({table})") if is_unique]
    keys = [[column for _, _, column in connection.execute(f"PRAGMA index_info({name})")] for name in unique]
    names = [name for name, _ in columns]
    return Records(connection=connection, table=table, columns=names, keys=[["rowid"], *keys])


def _value(kind: str, row: int) -> str:
    if kind.startswith(("VARCHAR", "TEXT")):
        return f"'{'ab'[row - 1]}'"
    return f"x'0{row}'" if kind == "BLOB" else str(row)


def test_every_table_is_a_record_or_known_to_change(connection: sqlite3.Connection) -> None:
    guards = connection.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    guarded = {table for table, name in guards if name.startswith(PREFIX)}
    assert sorted(guarded) == RECORDS
    assert len(guards) == 3 * len(RECORDS)
    assert set(metadata().tables) >= CHANGING
    assert set(LIFE) <= set(RECORDS)


@pytest.mark.parametrize("recursive", ["OFF", "ON"])
def test_nothing_on_record_is_changed_removed_or_replaced(records: Records, recursive: str) -> None:
    records.connection.execute(f"PRAGMA recursive_triggers = {recursive}")
    before, tricks = records.rows(), list(records.tricks())
    assert len(tricks) > 20
    for trick in tricks:
        with pytest.raises(sqlite3.IntegrityError, match=f"{records.table} is immutable"):
            records.connection.execute(trick)
        assert records.rows() == before, trick


def test_what_lives_on_in_a_record_may_change(records: Records) -> None:
    for column in LIFE.get(records.table, ()):
        records.connection.execute(f"UPDATE {records.table} SET {column} = 'new' WHERE rowid = 1")
        assert "new" in records.rows()[0]


def test_new_rows_are_taken_in(records: Records) -> None:
    names, values = records.like(1, [])
    records.connection.execute(f"INSERT INTO {records.table} ({names}) VALUES ({values})")
    assert len(records.rows()) == 3


def test_no_key_takes_a_record_with_it(connection: sqlite3.Connection) -> None:
    for table in metadata().tables:
        for *_, on_update, on_delete, _match in connection.execute(f"PRAGMA foreign_key_list({table})"):
            assert (on_update, on_delete) == ("NO ACTION", "NO ACTION")
