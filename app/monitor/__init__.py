"""Drift: all projects in one picture, which of them stand still and why."""

from typing import cast

from flask_babel import lazy_gettext

from app.monitor import jobs, overview, project  # their routes
from app.monitor.blueprint import bp
from app.shell.feature import Feature, NavigationItem
from app.shell.guard import holds
from workflows.operations import WATCH

feature = Feature(
    blueprint=bp,
    navigation=(
        NavigationItem(
            key="monitor",
            endpoint="monitor.monitor",
            label=cast(str, lazy_gettext("Drift")),
            place=60,
            visible=lambda _ctx: holds(*WATCH.organisation),
        ),
    ),
)

__all__ = ["feature", "jobs", "overview", "project"]
