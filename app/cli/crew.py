"""What works beside the pages in a server process: jobs (mail, papers) and the sweep of what has come due."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import Flask

from app.mail import addresses, sender
from app.papers.shelf import GovernanceShelf
from app.shell.context import EXTENSION, Surroundings
from app.worker import Desk, launch
from workflows.governance.sweep import sweep
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
        shelf=GovernanceShelf(municipality=settings.municipality),
    )
    return launch(ctx, jobs=jobs, table=desk.table(), sweeps=(sweep,), folder=settings.var)
