"""What a request is given: one `Context` for its verbs, one moment for its dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from flask import current_app, g, request
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from app.settings import Settings
from app.shell.security import SignedIn
from workflows.kernel.clock import Clock, local_date, system_clock
from workflows.kernel.context import Context
from workflows.kernel.database import Database
from workflows.kernel.ids import PersonId, RequestId
from workflows.kernel.jobs import JobPort

EXTENSION = "styr"

_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What every request of an application shares."""

    settings: Settings
    database: Database
    jobs: JobPort
    clock: Clock = system_clock

    def context(self, actor: PersonId | None = None) -> Context:
        """Return the context of a verb; without an actor it is the system's own."""
        return Context(
            database=self.database,
            jobs=self.jobs,
            files=self.settings.files,
            clock=self.clock,
            actor=actor,
            tenant=self.settings.tenant,
        )


def surroundings() -> Surroundings:
    """Return what the running application was made with."""
    return cast(Surroundings, current_app.extensions[EXTENSION])


def request_context() -> Context:
    """Return the context of this request: its actor is who is logged in, None before login."""
    if "styr_context" not in g:
        user = cast(SignedIn, current_user)
        actor = PersonId(user.get_id()) if user.is_authenticated else None
        g.styr_context = surroundings().context(actor)
    return cast(Context, g.styr_context)


def posted_request_id() -> RequestId:
    """Return the id under which a posted form has one effect, however often it is sent (`m.csrf` puts it there).

    Raises BadRequest without one, or with what no page of ours has made.
    """
    sent = request.form.get("request_id", "")
    if not _REQUEST_ID.fullmatch(sent):
        raise BadRequest
    return RequestId(sent)


def page_moment() -> datetime:
    """Return the one moment that all words of this page are seen from ("i dag", "om 3 dagar")."""
    if "styr_moment" not in g:
        g.styr_moment = surroundings().clock()
    return cast(datetime, g.styr_moment)


def today() -> date:
    """Return the day in Sweden that this page is seen on."""
    if (day := g.get("styr_today")) is None:
        day = g.styr_today = local_date(page_moment())
    return cast(date, day)
