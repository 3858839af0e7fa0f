"""Somebody with the database in their hands alters one column of one row, whichever: the record says so."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary

from tests.stories.large_project import usual
from tests.stories.meetings import approve_on_condition
from tests.stories.test_altered import Played, opened
from tests.stories.town import Town, build_town, request_id
from workflows.governance.anytime import replace_project_holder, withdraw_request
from workflows.governance.conditions import complete_condition
from workflows.governance.files import add_file
from workflows.governance.gate_conflict import declare_conflict
from workflows.governance.papers import PDF, Source, keep_paper
from workflows.governance.verify import verify
from workflows.kernel.database import Moment, Table
from workflows.kernel.files import keep

KINDS = {
    "styr_submission": {"submission"},
    "styr_document": {"document"},
    "styr_pack": {"pack", "decision"},
    "styr_decision": {"decision"},
    "styr_condition": {"condition"},
    "styr_recusal": {"recusal"},
    "styr_file": {"file"},
    "styr_paper": {"paper"},
    "styr_project": {"project", "gone", "pack"},
    "styr_instance": {"project", "state", "head", "gone"},
    "styr_event": {"changed", "unlinked", "gap", "head"},
    "styr_bundle": {"bundle"},
}
"""What a finding is called, by the table that was altered."""

READ_OFF = {
    "styr_paper": {"tenant", "project", "rendered_at"},
    "styr_project": {"model", "search", "resume_task"},
    "styr_instance": {"title", "version", "status", "has_timers", "started_at", "held_at", "ended_at"},
}  # fmt: skip
"""What no event names: it is read off the answers again, or is of the machinery."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, template_database: Path) -> Path:
    """A folder with a project in which everything that is kept of a project stands at least once."""
    folder = tmp_path_factory.mktemp("whole")
    shutil.copyfile(template_database, folder / "styr.sqlite")
    (folder / "files").mkdir()
    with opened(folder) as ctx:
        town = build_town(ctx)
        _play(town, town.start("olle", "Resecentrum etapp 2").project_id)
        with ctx.database.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


def _play(town: Town, project: str) -> None:
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    withdraw_request(town.as_("karin"), task_id=_gate(town, project), reason="Mer tid", request_id=request_id())
    player.until("bp1")
    player.hand_in("request")
    declare_conflict(town.as_("anna"), task_id=_gate(town, project), reason="Äger marken", request_id=request_id())
    replace_project_holder(
        town.as_("ture"), project_id=project, role="sponsor", holder=town.people["bo"], reason="Jäv",
        request_id=request_id(),
    )  # fmt: skip
    player.decide(approve_on_condition(town, "karin", "Avtalet är undertecknat", "Marken är såld"))
    first = next(task for task in player.open() if task.node == "condition")
    complete_condition(town.as_("karin"), task_id=first.id, note="Undertecknat", request_id=request_id())
    stream = BytesIO(b"%PDF-1.7\n%%EOF\n")
    add_file(town.as_("karin"), project_id=project, stream=stream, name="avtal.pdf", limit=10_000)
    paper = keep(town.ctx.files, b"%PDF-1.7 a paper", name="x.pdf", media_type=PDF)
    keep_paper(town.ctx, project, str(Source(document="project_directive", version=1)), paper)


def _gate(town: Town, project: str) -> str:
    return next(row.task_id for row in town.open(project).values() if row.kind == "decision")


@pytest.fixture
def record(whole: Path, tmp_path: Path) -> Iterator[tuple[Played, sqlite3.Connection]]:
    """The project in a database of its own, without its guards, and a way into the file."""
    shutil.copytree(whole, tmp_path / "own")
    with opened(tmp_path / "own") as ctx:
        played = Played(ctx, tmp_path / "own" / "styr.sqlite")
        connection = sqlite3.connect(played.file, isolation_level=None)
        for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {guard}")
        yield played, connection
        connection.close()


def found(played: Played) -> set[str]:
    """Return what is called altered, in the project and in the registers."""
    return {one.broken.problem for one in verify(played.ctx) if one.broken} | set(played.problems().values())


def other(column: Column[object]) -> str:
    """Return SQL for something else of the column's own kind."""
    kind = column.type
    if isinstance(kind, Boolean):
        return f"1 - {column.name}"
    if isinstance(kind, Integer | Moment):
        return f"COALESCE({column.name}, 0) + 100"
    if isinstance(kind, Date):
        return f"'{date(2020, 1, 1)}'"
    return "x'7b7d'" if isinstance(kind, LargeBinary) or "Json" in repr(kind) else f"COALESCE({column.name}, '') || 'x'"


def test_untouched_it_adds_up(record: tuple[Played, sqlite3.Connection]) -> None:
    played, connection = record
    assert found(played) == set()
    for table in KINDS:
        assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0], table


@pytest.mark.parametrize("rubbish", [False, True])
@pytest.mark.parametrize("table", KINDS)
def test_every_altered_column_is_named(record: tuple[Played, sqlite3.Connection], table: str, rubbish: bool) -> None:
    played, connection = record
    where = _first(connection, table)
    for column in Table.metadata.tables[table].columns:
        if column.name in READ_OFF.get(table, ()):
            continue
        before = connection.execute(f"SELECT {column.name} FROM {table} WHERE {where}").fetchone()[0]
        new = "x'ff'" if rubbish else other(column)
        connection.execute(f"UPDATE {table} SET {column.name} = {new} WHERE {where}")
        assert found(played) & KINDS[table], column.name
        connection.execute(f"UPDATE {table} SET {column.name} = ? WHERE {where}", (before,))
    assert found(played) == set()


@pytest.mark.parametrize("table", KINDS)
def test_every_row_that_is_gone_is_named(record: tuple[Played, sqlite3.Connection], table: str) -> None:
    played, connection = record
    connection.execute(f"DELETE FROM {table} WHERE {_first(connection, table)}")
    missed = set() if table == "styr_paper" else found(played) & KINDS[table]
    assert bool(missed) is (table != "styr_paper")


@pytest.mark.parametrize("table", sorted(KINDS.keys() - {"styr_project", "styr_instance"}))
def test_every_added_row_is_named(record: tuple[Played, sqlite3.Connection], table: str) -> None:
    played, connection = record
    columns = Table.metadata.tables[table].columns
    own = [column for column in columns if column.primary_key][-1]
    fresh = {
        own.name,
        *(["request_id"] if table == "styr_event" else []),
        *(["version"] if "version" in columns else []),
    }
    values = ", ".join(other(column) if column.name in fresh else column.name for column in columns)
    where = _first(connection, table)
    if table == "styr_event":
        where = f"rowid = (SELECT MAX(rowid) FROM styr_event WHERE {_OF_PROJECT})"
    connection.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {where}")
    assert found(played) & KINDS[table]


@pytest.mark.parametrize("name", ["avtal", "paper"])
@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOE\n", None])
def test_bytes_that_were_altered_or_are_gone_are_named(
    record: tuple[Played, sqlite3.Connection], name: str, content: bytes | None
) -> None:
    played, connection = record
    table = {"avtal": "styr_file", "paper": "styr_paper"}[name]
    digest = connection.execute(f"SELECT digest FROM {table}").fetchone()[0]
    path = played.ctx.files / digest[:2] / digest[2:]
    path.chmod(0o600)
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert found(played) == KINDS[table]


_OF_PROJECT = "stream NOT IN ('people', 'models', 'settings')"


def _first(connection: sqlite3.Connection, table: str) -> str:
    """Return the condition that finds one row: of an event in the middle of a project's chain, of a decided pack, of a
    condition that is met (no event names the task of one that is open).
    """
    own = {
        "styr_event": f"WHERE {_OF_PROJECT} AND seq = 3",
        "styr_pack": "WHERE status = 'decided'",
        "styr_condition": "WHERE status = 'done'",
    }.get(table, "")
    return f"rowid = {connection.execute(f'SELECT MIN(rowid) FROM {table} {own}').fetchone()[0]}"
