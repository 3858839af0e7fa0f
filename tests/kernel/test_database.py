"""One writer at a time, all or nothing, and moments that come back as they were."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import IntegrityError

from workflows.kernel.database import Database, canonical, sqlite_url
from workflows.kernel.errors import StorageBusy
from workflows.kernel.sqlite import prepare_sqlite
from workflows.kernel.tables import MailRow

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def mail(key: str, *, at: datetime = NOON, body: str = "text") -> MailRow:
    return MailRow(tenant="main", key=key, at=at, recipient="anna@example.se", subject="Hej", text=body)


def count(database: Database) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(MailRow)) or 0


def test_what_a_verb_writes_is_there_afterwards(database: Database) -> None:
    with database.write() as session:
        session.add(mail("one"))
    assert count(database) == 1


def test_an_exception_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:
        session.add(mail("one"))
        session.flush()
        raise ZeroDivisionError
    assert count(database) == 0


def test_a_refused_row_takes_the_whole_write_with_it(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(mail("one"))
        session.flush()
        session.execute(MailRow.__table__.insert(), {"tenant": "main", "key": "two"})  # type: ignore[attr-defined]  # declared as FromClause
    assert count(database) == 0


def test_a_write_inside_a_write_is_refused_and_the_lock_is_free_again(database: Database) -> None:
    with pytest.raises(RuntimeError, match="one write transaction"), database.write() as session:
        session.add(mail("outer"))
        with database.write():
            pytest.fail("a second transaction was opened")
    assert count(database) == 0
    with database.write() as session:
        session.add(mail("after"))
    assert count(database) == 1


def test_reading_inside_a_write_sees_what_was_committed_before_it(database: Database) -> None:
    with database.write() as session:
        session.add(mail("one"))
        session.flush()
        assert count(database) == 0


def test_a_read_keeps_its_snapshot_while_others_write(database: Database) -> None:
    with database.read() as reading:
        before = reading.scalar(select(func.count()).select_from(MailRow))
        with database.write() as session:
            session.add(mail("one"))
        assert reading.scalar(select(func.count()).select_from(MailRow)) == before == 0


def test_what_is_changed_in_a_read_is_not_kept(database: Database) -> None:
    with database.read() as session:
        session.add(mail("one"))
        session.flush()
    assert count(database) == 0


def test_eight_threads_write_in_turn_and_none_is_refused(database: Database) -> None:
    inside, most, failures = 0, 0, list[BaseException]()

    def write(number: int) -> None:
        nonlocal inside, most
        try:
            for turn in range(10):
                with database.write() as session:
                    inside += 1
                    most = max(most, inside)
                    session.add(mail(f"{number}-{turn}"))
                    session.flush()
                    inside -= 1
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, most, count(database)) == ([], 1, 80)


def test_a_write_begins_immediate_and_a_read_does_not(database: Database) -> None:
    statements: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda _c, _cur, statement, *_: statements.append(statement))
    with database.write() as session:
        session.execute(text("SELECT 1"))
    with database.read() as session:
        session.execute(text("SELECT 1"))
    assert [statement for statement in statements if statement.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_commits_are_durable_and_keys_are_checked(database: Database) -> None:
    with database.read() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_another_process_that_holds_the_file_too_long_is_named(database: Database, tmp_path: Path) -> None:
    other = Database(sqlite_url(tmp_path / "kernel.sqlite"))
    event.listen(other.engine, "checkout", lambda connection, *_: connection.execute("PRAGMA busy_timeout=1"))
    with database.write() as session, pytest.raises(StorageBusy) as refused:
        session.add(mail("first"))
        session.flush()
        with other.write() as second:
            second.add(mail("second"))
    other.close()
    assert refused.value.status == 503
    assert count(database) == 1


@pytest.mark.parametrize(
    "moment",
    [
        NOON,
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(2026, 3, 29, 2, 30, 0, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
    ],
)
def test_a_moment_comes_back_to_the_microsecond(database: Database, moment: datetime) -> None:
    assert kept(database, moment) == moment


def test_a_moment_of_another_zone_comes_back_in_utc(database: Database) -> None:
    back = kept(database, datetime(2026, 7, 1, 14, tzinfo=timezone(timedelta(hours=2))))
    assert back.isoformat() == "2026-07-01T12:00:00+00:00"


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="naive datetime"):
        kept(database, datetime(2026, 7, 1))  # the point of the test
    assert count(database) == 0


def test_moments_sort_as_time_goes(database: Database) -> None:
    moments = [NOON + timedelta(microseconds=step) for step in (3, -1, 0)]
    with database.write() as session:
        session.add_all(mail(str(n), at=moment) for n, moment in enumerate(moments))
    with database.read() as session:
        assert list(session.scalars(select(MailRow.at).order_by(MailRow.at))) == sorted(moments)
        assert session.scalar(select(func.count()).where(MailRow.at < NOON)) == 1


@pytest.mark.parametrize("value", [{"b": 1, "a": [1.5, None, True, "åäö"]}, [], "text", 2**53, {"a": {}}])
def test_json_has_one_form_whatever_order_it_was_made_in(value: Any) -> None:
    assert canonical(value) == canonical(_reversed(value))


def _reversed(value: Any) -> Any:
    return dict(reversed(value.items())) if isinstance(value, dict) else value


def kept(database: Database, moment: datetime) -> datetime:
    with database.write() as session:
        session.add(mail("one", at=moment))
    with database.read() as session:
        return session.scalars(select(MailRow.at)).one()


def test_a_tuned_database_has_counted_its_tables_and_goes_on(database: Database) -> None:
    with database.write() as session:
        session.execute(text("INSERT INTO styr_stream (tenant, id, seq, head) VALUES ('main', 's', 0, '')"))
    database.tune()
    with database.read() as session:
        counted = session.scalars(text("SELECT DISTINCT tbl FROM sqlite_stat1")).all()
    assert "styr_stream" in counted


class Impatient(sqlite3.Connection):
    """A connection that lets go of somebody else's lock as soon as it has been refused."""

    other: sqlite3.Connection
    refused: str = ""

    def execute(self, sql: str, *parameters: Any) -> sqlite3.Cursor:
        try:
            return super().execute(sql, *parameters)
        except sqlite3.OperationalError as error:
            self.refused = str(error)
            self.other.execute("ROLLBACK")
            raise


def test_a_new_file_that_another_process_writes_in_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "new.sqlite", isolation_level=None)
    other.execute("CREATE TABLE kept (x)")
    other.execute("BEGIN IMMEDIATE")
    connection = sqlite3.connect(tmp_path / "new.sqlite", factory=Impatient)
    connection.other = other
    prepare_sqlite(connection)
    assert connection.refused == "database is locked"
    assert [connection.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")] == [
        ("wal",),
        (2,),
    ]
    for one in (connection, other):
        one.close()
