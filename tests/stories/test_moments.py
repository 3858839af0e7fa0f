"""A play is performed once; what comes after stands in copies that know nothing of each other."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.conftest import TestClock
from tests.databases import hurried
from tests.hostile.world import rows_of
from tests.stories.moments import played_once
from tests.stories.town import Town, build_town
from workflows.governance.files import add_file
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.jobs import Job, MemoryJobs

PERFORMANCES = itertools.count(1)


@pytest.fixture
def another(template_database: Path, tmp_path: Path) -> Iterator[Callable[[], Town]]:
    """`another()` is a town on files of its own, each time with a clock that stands where all begin."""
    opened: list[Database] = []

    def build() -> Town:
        folder = tmp_path / f"town-{len(opened)}"
        (folder / "files").mkdir(parents=True)
        shutil.copyfile(template_database, folder / "styr.sqlite")
        database = hurried(folder / "styr.sqlite")
        opened.append(database)
        return build_town(
            Context(database=database, jobs=MemoryJobs(), files=folder / "files", clock=TestClock()),
        )

    yield build
    for database in opened:
        database.close()


@played_once
def play(town: Town, title: str = "Gästhamn") -> str:
    """Start a project with a file, a mail and an hour gone; say which performance it was."""
    project = town.start("olle", title).project_id
    add_file(town.as_("olle"), project_id=project, stream=BytesIO(b"Hej"), name="hej.txt", limit=10)
    assert isinstance(town.ctx.jobs, MemoryJobs)
    town.ctx.jobs.jobs.append(Job(name="mail", arguments=(), key="k", delay=None))
    assert isinstance(town.ctx.clock, TestClock)
    town.ctx.clock.forward(hours=1)
    return f"{project} {next(PERFORMANCES)}"


def left(town: Town) -> object:
    """Everything a play leaves behind."""
    assert isinstance(town.ctx.jobs, MemoryJobs)
    files = {str(path.relative_to(town.ctx.files)) for path in town.ctx.files.rglob("*") if path.is_file()}
    return rows_of(town.ctx.files.parent / "styr.sqlite"), files, town.ctx.jobs.jobs, town.ctx.now(), town.people


def test_the_second_performance_is_a_copy_of_the_first(another: Callable[[], Town]) -> None:
    first, second = another(), another()

    assert play(first) == play(second)
    assert left(first) == left(second)
    assert second.open(play(another()).split()[0]).keys() == {"idea_sheet"}


def test_what_is_done_to_one_copy_is_not_seen_in_another(another: Callable[[], Town]) -> None:
    first, second, third = another(), another(), another()
    play(first)
    first.start("olle", "Något annat")
    play(second)
    play(third)

    assert left(first) != left(second) == left(third)


@pytest.mark.parametrize("differently", ["another project", "another hour", "another job", "another title"])
def test_from_another_beginning_it_is_played_again(another: Callable[[], Town], differently: str) -> None:
    first, second = play(another()), another()
    assert isinstance(second.ctx.clock, TestClock)
    assert isinstance(second.ctx.jobs, MemoryJobs)
    if differently == "another project":
        second.start("olle", "Cykelgarage")
    if differently == "another hour":
        second.ctx.clock.forward(hours=1)
    if differently == "another job":
        second.ctx.jobs.jobs.append(Job(name="mail", arguments=(), key="j", delay=None))

    assert play(second, *(["Småbåtshamn"] if differently == "another title" else [])) != first
