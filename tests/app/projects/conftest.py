"""The invented town behind the whole web application; anybody in it can be logged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.settings import Settings
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.moments import played_once
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def settings(ctx: Context, tmp_path: Path) -> Settings:
    """Files may be at most 200 kB."""
    base = Settings(var=tmp_path, secret_key="k" * 40, database_url=ctx.database.url)
    return replace(base, municipality="Granviks kommun", upload_limit=200_000)


@pytest.fixture
def log_in(browsing: Callable[[str], FlaskClient], town: Town) -> LogIn:
    """`log_in("karin")` is a browser in which that person is logged in."""
    return lambda who: browsing(town.people[who])


@pytest.fixture
def at_gate(town: Town) -> str:
    """A large project that waits for the sponsor's decision at its first gate."""
    return _at_gate(town)


@pytest.fixture
def planned(town: Town, at_gate: str) -> str:
    """The same project in its second phase box: the plan is to be written."""
    _approve(town, at_gate)
    return at_gate


@pytest.fixture
def contracting(town: Town, planned: str) -> str:
    """The same project with a plan: two members' contracts are to be signed."""
    _plan(town, planned)
    return planned


@played_once
def _at_gate(town: Town) -> str:
    project = town.start("olle", "Förskolan Tallbacken", summary="Sex avdelningar.").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    return project


@played_once
def _approve(town: Town, project: str) -> None:
    town.player(project).decide(APPROVE)


@played_once
def _plan(town: Town, project: str) -> None:
    town.player(project, usual=usual(town)).hand_in("project_plan")
