"""Two processes at once, on SQLite and on PostgreSQL: nothing is done twice and nothing is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import URL

from tests.conftest import TestClock
from tests.governance.moving import at, everything, previewed, seen
from tests.postgresql import fresh, served, stores
from tests.stories.large_project import usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.moving import MovedOn, MoveStatus, move_projects, undo_move, undo_moves, work_move
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.verify import verify
from workflows.kernel.context import Context
from workflows.kernel.database import Database, sqlite_url
from workflows.kernel.jobs import MemoryJobs

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    with served() as address:
        yield address


@pytest.fixture(params=stores())
def database(request: pytest.FixtureRequest, template_database: Path, tmp_path: Path) -> Iterator[Database]:
    if request.param == "postgresql":
        with fresh(request.getfixturevalue("server")) as database:
            yield database
        return
    database = Database(sqlite_url(shutil.copyfile(template_database, tmp_path / "styr.sqlite")))
    yield database
    database.close()


@pytest.fixture
def town(database: Database, tmp_path: Path, clock: TestClock) -> Town:
    (tmp_path / "papers").mkdir()
    return build_town(Context(database=database, jobs=MemoryJobs(), files=tmp_path / "papers", clock=clock))


@pytest.fixture
def ideas(town: Town) -> list[str]:
    """Projects that another version changes something for, at two places."""
    found = [at(town, f"Idé {number}", "sponsor_answer") for number in range(4)]
    return [*found, at(town, "Grenarna", "risk_assessment")]


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def moves(town: Town, project: str) -> list[str]:
    """The moves and undoings in a project's record, the newest first."""
    told = project_timeline(town.as_("ture"), project_id=project)[1]
    return [one.verb for one in told if one.verb in ("move", "undo_move")]


def at_once(*acts: Callable[[], object]) -> list[BaseException | None]:
    """Do several things in the same moment, each in a thread of its own; return what stopped each, if anything did."""
    together = Barrier(len(acts))

    def act(one: Callable[[], object]) -> None:
        together.wait()
        one()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [done.exception() for done in [threads.submit(act, one) for one in acts]]


def other_process(town: Town) -> Town:
    """The same town as another process sees it: with connections, and locks, of its own."""
    ctx = town.ctx
    database = Database(ctx.database.url)
    return Town(
        ctx=Context(database=database, jobs=MemoryJobs(), files=ctx.files, clock=ctx.clock),
        people=town.people,
        group=town.group,
    )


@pytest.fixture
def beside(town: Town) -> Iterator[Town]:
    found = other_process(town)
    yield found
    found.ctx.database.close()


def ordered(town: Town, projects: list[str]) -> str:
    """Preview a move of some projects and order it; nothing is moved yet."""
    move, _ = previewed(town)
    move_projects(town.as_("ture"), move=move.id, projects=projects, reason="Nya", request_id=request_id())
    return move.id


def test_a_move_is_previewed_carried_out_and_undone(town: Town, ideas: list[str]) -> None:
    before = [town.project(project) for project in ideas]
    move, rows = previewed(town)
    assert {row.status for row in rows.values()} == {MoveStatus.EFFECTS}
    everything(town, move.id)
    assert [version_of(town, project) for project in ideas] == [2] * 5
    undo_move(town.as_("ture"), move=move.id, project_id=ideas[0], reason="Fel projekt")
    undo_moves(town.as_("ture"), move=move.id, reason="Fel version", request_id=request_id())
    work_move(town.ctx, move=move.id)
    assert [town.project(project) for project in ideas] == before
    assert all(result.broken is None for result in verify(town.ctx))


def test_two_workers_move_each_project_once(town: Town, beside: Town, ideas: list[str]) -> None:
    move = ordered(town, ideas)
    assert at_once(*(lambda place=place: work_move(place.ctx, move=move) for place in (town, beside))) == [None, None]
    assert [moves(town, project) for project in ideas] == [["move"]] * 5
    assert seen(town, move)[0].count("moved") == 5
    assert all(result.broken is None for result in verify(town.ctx))


def test_two_who_undo_one_project_undo_it_once(town: Town, beside: Town, ideas: list[str]) -> None:
    move = ordered(town, ideas)
    work_move(town.ctx, move=move)
    project = ideas[0]
    undo = [
        lambda place=place: undo_move(place.as_("ture"), move=move, project_id=project, reason="Fel")
        for place in (town, beside)
    ]
    assert at_once(*undo) == [None, None]
    assert moves(town, project) == ["undo_move", "move"]
    assert version_of(town, project) == 1
    assert all(result.broken is None for result in verify(town.ctx))


def test_whoever_hands_in_while_the_project_is_moved_loses_nothing(town: Town, beside: Town, ideas: list[str]) -> None:
    move = ordered(town, ideas)
    player = beside.player(ideas[0], usual=usual(beside))
    stopped = at_once(lambda: work_move(town.ctx, move=move), lambda: player.hand_in("sponsor_answer"))
    assert stopped == [None, None]
    assert "sponsor_answer" not in town.open(ideas[0])
    row = seen(town, move)[1]["Idé 0"]
    assert (row.status, version_of(town, ideas[0])) in {(MoveStatus.MOVED, 2), (MoveStatus.CHANGED, 1)}
    assert len(moves(town, ideas[0])) == (row.status is MoveStatus.MOVED)
    assert all(result.broken is None for result in verify(town.ctx))


def test_an_undoing_and_a_step_at_once_are_one_or_the_other(town: Town, beside: Town, ideas: list[str]) -> None:
    move = ordered(town, ideas)
    work_move(town.ctx, move=move)
    player = beside.player(ideas[0], usual=usual(beside))
    undo, step = at_once(
        lambda: undo_move(town.as_("ture"), move=move, project_id=ideas[0], reason="Fel"),
        lambda: player.hand_in("sponsor_answer"),
    )
    assert step is None
    assert undo is None or isinstance(undo, MovedOn)
    assert version_of(town, ideas[0]) == (1 if undo is None else 2)
    assert "sponsor_answer" not in town.open(ideas[0])
    assert all(result.broken is None for result in verify(town.ctx))
