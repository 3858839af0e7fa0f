"""The invented town behind the whole web application, for those who watch over it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app.settings import Settings
from tests.stories.town import Town, build_town
from workflows.kernel.context import Context

LogIn = Callable[[str], FlaskClient]


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def settings(ctx: Context, tmp_path: Path) -> Settings:
    return Settings(var=tmp_path, secret_key="k" * 40, database_url=ctx.database.url, municipality="Granviks kommun")


@pytest.fixture
def log_in(browsing: Callable[[str], FlaskClient], town: Town) -> LogIn:
    """`log_in("ture")` is a browser in which that person is logged in."""
    return lambda who: browsing(town.people[who])
