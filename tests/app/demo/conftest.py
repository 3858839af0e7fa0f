"""A database with the demo in it, loaded once for all tests that only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from app.demo import Loaded, load_demo
from workflows.kernel.context import Context
from workflows.kernel.database import Database, sqlite_url
from workflows.kernel.jobs import MemoryJobs
from workflows.migrations import migrate

PRESENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
"""A Tuesday morning."""


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Context, Loaded]]:
    """The demo as loaded on a Tuesday, that tests only read."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "files").mkdir()
    database = Database(sqlite_url(folder / "styr.sqlite"))
    migrate(database)
    ctx = Context(database=database, jobs=MemoryJobs(), files=folder / "files", clock=lambda: PRESENT)
    yield ctx, load_demo(ctx)
    database.close()


@pytest.fixture
def there(demo: tuple[Context, Loaded]) -> Context:
    return demo[0]
