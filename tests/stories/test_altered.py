"""Somebody with the database in their hands alters one row: the record says which."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import MONDAY
from tests.databases import hurried
from tests.stories.large_project import usual
from tests.stories.meetings import approve_on_condition
from tests.stories.town import build_town, request_id
from workflows.governance.conditions import complete_condition
from workflows.governance.files import add_file
from workflows.governance.verify import verify, verify_streams
from workflows.kernel.context import Context
from workflows.kernel.jobs import MemoryJobs


@dataclass(frozen=True, slots=True)
class Played:
    """A database with a project that was played, and its file."""

    ctx: Context
    file: Path

    def alter(self, table: str, change: str, where: str = "1 = 1") -> None:
        """Change rows of a table as no verb would, past the refusal that guards them."""
        sql = f"UPDATE {table} SET {change} WHERE {where}" if change else f"DELETE FROM {table} WHERE {where}"
        with sqlite3.connect(self.file) as connection:
            for (guard,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                connection.execute(f"DROP TRIGGER {guard}")
            assert connection.execute(sql).rowcount >= 1
        connection.close()

    def problem(self) -> str | None:
        (result,) = verify(self.ctx)
        return result.broken.problem if result.broken else None

    def problems(self) -> dict[str, str]:
        return {one.stream: one.broken.problem for one in verify_streams(self.ctx) if one.broken}


@contextmanager
def opened(folder: Path) -> Iterator[Context]:
    """A context over the database and the files of a folder."""
    database = hurried(folder / "styr.sqlite")
    yield Context(database=database, jobs=MemoryJobs(), files=folder / "files", clock=lambda: MONDAY)
    database.close()


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, template_database: Path) -> Path:
    """A folder with a project that has answers, documents, packs, decisions, conditions (one is met), and a file."""
    folder = tmp_path_factory.mktemp("original")
    shutil.copyfile(template_database, folder / "styr.sqlite")
    (folder / "files").mkdir()
    with opened(folder) as ctx:
        town = build_town(ctx)
        player = town.player(town.start("olle", "Resecentrum etapp 2").project_id, usual=usual(town))
        player.until("bp1")
        player.decide(approve_on_condition(town, "karin", "Avtalet är undertecknat", "Marken är såld"))
        first = next(task for task in player.open() if task.node == "condition")
        complete_condition(town.as_("karin"), task_id=first.id, note="Undertecknat", request_id=request_id())
        stream = BytesIO(b"%PDF-1.7\n%%EOF\n")
        add_file(town.as_("karin"), project_id=player.project_id, stream=stream, name="avtal.pdf", limit=10_000)
        with ctx.database.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder


@pytest.fixture
def played(original: Path, tmp_path: Path) -> Iterator[Played]:
    """The project in a database of its own."""
    shutil.copytree(original, tmp_path / "own")
    with opened(tmp_path / "own") as ctx:
        yield Played(ctx, tmp_path / "own" / "styr.sqlite")


def test_untouched_it_adds_up(played: Played) -> None:
    assert played.problem() is None
    assert played.problems() == {}


@pytest.mark.parametrize(
    ("table", "change", "where", "problem"),
    [
        ("styr_event", "actor = NULL", "seq = 3", "changed"),
        ("styr_event", "at = at + 1", "seq = 3", "changed"),
        ("styr_event", "body = CAST(REPLACE(CAST(body AS TEXT), 'idea', 'tale') AS BLOB)", "seq = 2", "changed"),
        ("styr_event", "state = x'00'", "seq = 4", "changed"),
        ("styr_event", "previous = digest", "seq = 4", "unlinked"),
        ("styr_event", "", "seq = 4", "gap"),
        ("styr_event", "", "seq = (SELECT MAX(seq) FROM styr_event e WHERE e.stream = styr_event.stream)", "head"),
        ("styr_instance", "state = x'00'", "1 = 1", "state"),
        ("styr_submission", "answers = x'7b7d'", "form = 'project_directive'", "submission"),
        ("styr_submission", "actor = task", "form = 'project_directive'", "submission"),
        ("styr_submission", "", "form = 'risk_assessment'", "submission"),
        ("styr_document", "secrecy = 'OSL 19:3'", "key = 'project_directive'", "document"),
        ("styr_document", "version = 7", "key = 'project_directive'", "document"),
        ("styr_document", "registry_number = 'KS-1'", "key = 'project_directive'", "document"),
        ("styr_document", "decided_on = '2020-01-01'", "key = 'project_directive'", "document"),
        ("styr_document", "", "key = 'idea_sheet'", "document"),
        ("styr_pack", "content = x'7b7d'", "1 = 1", "pack"),
        ("styr_pack", "", "1 = 1", "pack"),
        ("styr_decision", "outcome = 'approve'", "1 = 1", "decision"),
        ("styr_decision", "motivation = 'Nej'", "1 = 1", "decision"),
        ("styr_decision", "decided_on = '2020-01-01'", "1 = 1", "decision"),
        ("styr_decision", "", "1 = 1", "decision"),
        ("styr_condition", "text = 'Inget alls'", "number = 1", "condition"),
        ("styr_condition", "due_on = '2030-01-01'", "number = 2", "condition"),
        ("styr_condition", "status = 'done'", "status = 'open'", "condition"),
        ("styr_condition", "note = 'Klart'", "number = 1", "condition"),
        ("styr_condition", "", "number = 2", "condition"),
        ("styr_file", "name = 'annat.pdf'", "1 = 1", "file"),
        ("styr_file", f"digest = '{'0' * 64}'", "1 = 1", "file"),
        ("styr_file", "", "1 = 1", "file"),
    ],
)
def test_an_altered_row_is_named(played: Played, table: str, change: str, where: str, problem: str) -> None:
    if table == "styr_event":
        where = f"{where} AND stream NOT IN ('people', 'models')"
    played.alter(table, change, where)
    assert played.problem() == problem


def test_a_file_changed_on_the_disk_is_named(played: Played) -> None:
    (kept,) = [path for path in played.ctx.files.rglob("*") if path.is_file()]
    kept.chmod(0o600)
    kept.write_bytes(b"annat")
    assert played.problem() == "file"


@pytest.mark.parametrize(("stream", "problem"), [("people", "changed"), ("models", "changed")])
def test_an_altered_register_is_named(played: Played, stream: str, problem: str) -> None:
    played.alter("styr_event", "at = at + 1", f"stream = '{stream}' AND seq = 1")
    assert played.problems() == {stream: problem}


def test_an_altered_model_is_named(played: Played) -> None:
    played.alter("styr_bundle", "content = x'00'")
    assert played.problems() == {"models": "bundle"}


def test_a_project_that_is_gone_is_missed(played: Played) -> None:
    played.alter("styr_project", "")
    assert list(played.problems().values()) == ["gone"]
    assert list(verify(played.ctx)) == []
