"""A full disk: a clear refusal, nothing lost, readable all the while, and at work again when there is room."""

from __future__ import annotations

import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, func, select, text

from tests.kernel.conftest import KERNEL
from tests.kernel.test_database import count, mail
from workflows.kernel.database import Database, Table, sqlite_url
from workflows.kernel.errors import StorageFull
from workflows.kernel.tables import MailRow

PAGE = "x" * 4000


def fill(database: Database, most: int = 5000) -> int:
    """Write until it is refused; return how many writes were acknowledged."""
    for number in range(most):
        try:
            with database.write() as session:
                session.add(mail(str(number), body=PAGE))
        except StorageFull as full:
            assert full.status == 507
            return number
    pytest.fail("the disk never got full")


def assert_whole(database: Database, rows: int) -> None:
    with database.read() as session:
        assert session.scalar(text("PRAGMA integrity_check")) == "ok"
        assert session.scalar(select(func.count()).select_from(MailRow)) == rows
        assert session.scalar(select(func.max(func.length(MailRow.text)))) == len(PAGE)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 2 MB; needs root, and the other tests here do not."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        # Not a skip: without the right to mount, the page limit of SQLite stands in for the end of the disk.
        yield Path()
        return
    yield place
    subprocess.run(["/bin/umount", "-l", str(place)], check=True)


def test_a_full_file_system_refuses_and_recovers(small_disk: Path, tmp_path: Path) -> None:
    mounted = small_disk != Path()
    folder = small_disk if mounted else tmp_path
    database = Database(sqlite_url(folder / "styr.sqlite"))
    Table.metadata.create_all(database.engine, tables=KERNEL)  # type: ignore[arg-type]  # declared as FromClause
    ballast = folder / "ballast"
    ballast.write_bytes(b"0" * 500_000)
    if not mounted:
        limit_pages(database, 300)
    done = fill(database)
    assert done > 20
    assert_whole(database, done)
    if mounted:
        ballast.unlink()
    else:
        limit_pages(database, 10_000)
    for number in range(20):
        with database.write() as session:
            session.add(mail(f"after-{number}", body=PAGE))
    assert_whole(database, done + 20)
    database.close()


def test_a_database_at_its_page_limit_refuses_and_recovers(database: Database) -> None:
    limit_pages(database, 100)
    done = fill(database)
    assert_whole(database, done)
    limit_pages(database, 10_000)
    with database.write() as session:
        session.add(mail("after"))
    assert count(database) == done + 1


def test_a_write_of_many_rows_that_does_not_fit_leaves_none_of_them(database: Database) -> None:
    limit_pages(database, 100)
    with pytest.raises(StorageFull), database.write() as session:
        for number in range(500):
            session.add(mail(str(number), body=PAGE))
            session.flush()
    assert count(database) == 0


def test_a_file_that_may_not_be_written_is_said_to_be_so(database: Database, tmp_path: Path) -> None:
    with database.write() as session:
        session.add(mail("before"))
    database.close()
    path = tmp_path / "kernel.sqlite"
    readonly = Database(f"sqlite:///file:{path}?mode=ro&uri=true")
    with pytest.raises(StorageFull), readonly.write() as session:
        session.add(mail("one"))
    readonly.close()
    assert count(database) == 1


def limit_pages(database: Database, pages: int) -> None:
    """Let the file grow to `pages` and no further, on every connection from now on."""

    def limit(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    event.listen(database.engine, "checkout", limit)
