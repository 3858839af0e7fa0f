"""What works beside the pages in a server process: jobs (mail, papers) and the sweep of what has come due."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from typing import cast

from flask import Flask

from app.mail import addresses, sender
from app.papers import Paper
from app.shell.context import EXTENSION, Surroundings
from app.worker import Desk, Shelf, launch
from workflows.governance.sweep import sweep
from workflows.kernel.context import Context
from workflows.kernel.files import StoredFile
from workflows.kernel.jobs_dbos import DbosJobs


def start_crew(app: Flask) -> Callable[[], None]:
    """Start the jobs and the sweep in this process, and return what stops them. Call it after any fork."""
    shared = cast(Surroundings, app.extensions[EXTENSION])
    settings, jobs = shared.settings, cast(DbosJobs, shared.jobs)
    ctx = shared.context()
    desk = Desk(
        ctx=ctx,
        settings=settings,
        sender=sender(settings, shared.database, shared.clock),
        address=addresses(app, settings.base_url),
        shelf=_shelf(),
    )
    return launch(ctx, jobs=jobs, table=desk.table(), sweeps=(sweep,), folder=settings.var)


class _NoShelf:
    """Knows no papers; stands in until the reading of records is there."""

    def paper(self, _ctx: Context, *, project: str, source: str) -> Paper | None:
        """Return None: nothing is rendered."""

    def keep(self, _ctx: Context, *, project: str, source: str, file: StoredFile) -> None:
        """Do nothing."""


def _shelf() -> Shelf:
    if importlib.util.find_spec("app.papers.shelf") is None:
        return _NoShelf()
    return cast(Shelf, importlib.import_module("app.papers.shelf").GovernanceShelf())
