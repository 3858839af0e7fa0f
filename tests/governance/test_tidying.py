"""Bytes that no row names do not stay, and those that a row names do, whatever comes between."""

from __future__ import annotations

import os
import time
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from tests.stories.town import Town, build_town
from workflows.governance.files import ProjectFile, add_file, files_of
from workflows.governance.papers import PDF, keep_paper
from workflows.governance.tidying import remove_old_unnamed
from workflows.kernel.context import Context
from workflows.kernel.files import is_intact, keep, path_of

CONTENT = b"%PDF-1.7\n%%EOF\n"
DAY = 86_400.0


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def project(town: Town) -> str:
    return town.start("olle", "Cykelgarage").project_id


def upload(town: Town, project: str, content: bytes = CONTENT) -> ProjectFile:
    return add_file(town.as_("olle"), project_id=project, stream=BytesIO(content), name="avtal.pdf", limit=1000)


def lying(town: Town) -> list[Path]:
    return [path for path in town.ctx.files.rglob("*") if path.is_file()]


def let_fail(town: Town) -> None:
    """Let the record take no more, so that every write fails in its middle."""
    with town.ctx.write() as session:
        trigger = "CREATE TRIGGER broken BEFORE INSERT ON styr_event BEGIN SELECT RAISE(ABORT, 'broken'); END"
        session.connection().exec_driver_sql(trigger)


def grow_old(town: Town) -> None:
    for path in lying(town):
        os.utime(path, (time.time() - 3 * DAY,) * 2)


def test_an_upload_that_cannot_be_recorded_leaves_no_bytes(town: Town, project: str) -> None:
    let_fail(town)
    with pytest.raises(IntegrityError):
        upload(town, project)
    assert lying(town) == []
    with town.ctx.read() as session:
        assert files_of(session, tenant=town.ctx.tenant, project_id=project) == ()


def test_the_same_bytes_that_another_row_names_stay(town: Town, project: str) -> None:
    kept = upload(town, town.start("olle", "Bussgata").project_id)
    let_fail(town)
    with pytest.raises(IntegrityError):
        upload(town, project)
    assert is_intact(town.ctx.files, kept.digest, size=kept.size)


def test_bytes_that_vanish_before_they_are_named_are_kept_again(town: Town, project: str) -> None:
    vanished: list[Path] = []

    def vanish(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("INSERT INTO styr_file") and not vanished:
            vanished.extend(lying(town))
            vanished[0].unlink()

    event.listen(town.ctx.database.engine, "before_cursor_execute", vanish)
    file = upload(town, project)
    event.remove(town.ctx.database.engine, "before_cursor_execute", vanish)
    assert vanished == [path_of(town.ctx.files, file.digest)]
    assert is_intact(town.ctx.files, file.digest, size=file.size)
    with town.ctx.read() as session:
        assert len(files_of(session, tenant=town.ctx.tenant, project_id=project)) == 1


def test_tidying_removes_old_bytes_that_nothing_names(town: Town, project: str) -> None:
    file = upload(town, project)
    paper = keep(town.ctx.files, b"a paper", name="x.pdf", media_type=PDF)
    keep_paper(town.ctx, project, "decision/d1", paper)
    keep(town.ctx.files, b"left by a dead process", name="x.pdf", media_type=PDF)
    grow_old(town)
    keep(town.ctx.files, b"an upload under way", name="x.pdf", media_type=PDF)
    assert remove_old_unnamed(town.ctx, time.time() - DAY) == 1
    assert len(lying(town)) == 3
    assert is_intact(town.ctx.files, file.digest, size=file.size)
    assert is_intact(town.ctx.files, paper.digest, size=paper.size)
    assert remove_old_unnamed(town.ctx, time.time() - DAY) == 0


def test_old_bytes_that_are_kept_anew_are_young_again(town: Town, project: str) -> None:
    left = keep(town.ctx.files, CONTENT, name="x.pdf", media_type=PDF)
    grow_old(town)
    keep(town.ctx.files, CONTENT, name="x.pdf", media_type=PDF)
    assert remove_old_unnamed(town.ctx, time.time() - DAY) == 0
    assert is_intact(town.ctx.files, left.digest, size=left.size)
