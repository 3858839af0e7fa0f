"""Makes the web application out of its settings."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from app import accounts, designer, gates, inbox, mail, monitor, projects
from app.settings import Settings
from app.shell import pages
from app.shell.context import EXTENSION, Surroundings
from app.shell.errors import handle_errors
from app.shell.feature import Feature, Navigation
from app.shell.filters import equip
from app.shell.logs import StyrFlask, configure_logging, log_requests
from app.shell.security import secure
from workflows.kernel.clock import Clock, system_clock
from workflows.kernel.database import Database
from workflows.kernel.jobs import JobPort, MemoryJobs

FEATURES: tuple[Feature, ...] = (
    inbox.feature,
    gates.feature,
    projects.feature,
    designer.feature,
    monitor.feature,
    accounts.feature,
    mail.feature,
)
"""The features of the application; a new one is one line here."""


def create_app(
    settings: Settings,
    *,
    database: Database | None = None,
    jobs: JobPort | None = None,
    clock: Clock = system_clock,
    features: Sequence[Feature] = FEATURES,
) -> Flask:
    """Return the application; without a job port, jobs stay in memory and nothing outside happens."""
    configure_logging(as_json=settings.json_log)
    app = StyrFlask("app.shell")
    app.extensions[EXTENSION] = Surroundings(
        settings=settings,
        database=database or Database(settings.database_url),
        jobs=jobs or MemoryJobs(),
        clock=clock,
    )
    log_requests(app)
    secure(app, settings)
    equip(app, Navigation([item for feature in features for item in feature.navigation]))
    handle_errors(app)
    app.register_blueprint(pages.bp)
    for feature in features:
        app.register_blueprint(feature.blueprint)
    return app
