"""The application, made once for each kind of settings; each test gets it over files of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.factory import FEATURES, create_app
from app.settings import Settings
from app.shell.context import EXTENSION, Surroundings
from app.shell.feature import Feature
from workflows.kernel.clock import Clock
from workflows.kernel.database import Database
from workflows.kernel.jobs import JobPort


class Reading(FlaskClient):
    """A browser that reads each answer to its end, and lets go of the files behind it and behind large requests."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Send a request."""
        answer = super().open(*args, **{**kwargs, "buffered": True})
        for one in (*answer.history, answer):
            one.request.environ["wsgi.input"].close()
        return answer


@dataclass(frozen=True, slots=True)
class Made:
    """An application, and its configuration and extensions as `create_app` left them."""

    app: Flask
    features: tuple[Feature, ...]
    config: dict[str, Any]
    extensions: dict[str, Any]


@dataclass(slots=True)
class Applications:
    """To make an application takes longer than most tests: its addresses are compiled, its templates loaded."""

    _made: dict[object, Made] = field(default_factory=dict)

    def over(
        self,
        settings: Settings,
        *,
        database: Database,
        jobs: JobPort,
        clock: Clock,
        features: Sequence[Feature] = FEATURES,
    ) -> Flask:
        """Return an application that works on this database and these files, and remembers nothing of other tests."""
        kind = (replace(settings, var=Path(), database_url=""), tuple(id(feature) for feature in features))
        if kind not in self._made:
            app = create_app(settings, database=database, jobs=jobs, clock=clock, features=features)
            self._made[kind] = Made(app, tuple(features), dict(app.config), dict(app.extensions))
        made = self._made[kind]
        _reset(made.app.config, made.config)
        _reset(made.app.extensions, made.extensions)
        made.app.extensions[EXTENSION] = Surroundings(settings=settings, database=database, jobs=jobs, clock=clock)
        return made.app


def _reset(changed: dict[str, Any], original: dict[str, Any]) -> None:
    changed.clear()
    changed.update(original)
