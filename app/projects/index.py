"""The list of projects and its download."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.projects.blueprint import bp
from app.projects.words import LIGHTS, STATUSES
from app.shell.context import request_context, today
from app.shell.dates import as_day
from app.shell.filters import say
from app.shell.guard import logged_in
from app.shell.spreadsheet import lines_of
from app.shell.standing import in_words, pieces
from workflows.governance.project_list import (
    After,
    ProjectLine,
    StatusGroup,
    Wanted,
    Whose,
    every_project,
    project_list,
)

E = TypeVar("E", bound=StrEnum)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@bp.get("/projects")
@logged_in
def index() -> ResponseReturnValue:
    """Show the projects that the reader may open, what is due first at the top."""
    found = project_list(request_context(), wanted=_wanted(), after=_after())
    return render_template(
        "projects/index.html",
        found=found,
        onward=_onward(found.after),
        statuses=STATUSES,
        lights=LIGHTS,
        mini={line.id: (pieces(line.parts, today()), in_words(line.parts)) for line in found.lines},
    )


@bp.get("/projects.csv")
@logged_in
def download() -> ResponseReturnValue:
    """Send the list, filtered in the same way, as a table for Excel."""
    lines = lines_of(_head(), map(_cells, every_project(request_context(), wanted=_wanted())))
    response = Response("".join(lines), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="projekt-{today()}.csv"'
    return response


def _head() -> list[str]:
    return [
        gettext("Nummer"), gettext("Diarienummer"), gettext("Projekt"), gettext("Förvaltning"), gettext("Status"),
        gettext("Fas"), gettext("Läge"), gettext("Nästa steg"), gettext("Senast"), gettext("Vilar till"),
        gettext("Beställare"), gettext("Projektledare"), gettext("Kostnad (kr)"), gettext("Modell"),
        gettext("Startade"),
    ]  # fmt: skip


def _cells(line: ProjectLine) -> tuple[object, ...]:
    return (
        line.number,
        line.registry_number or "",
        line.title,
        line.department,
        STATUSES[line.status],
        say(line.phase) if line.phase else "",
        LIGHTS[line.light][1] if line.light and line.light in LIGHTS else "",
        line.next_step or "",
        as_day(line.next_due).isoformat() if line.next_due else "",
        line.resume_on.isoformat() if line.resume_on else "",
        line.sponsor,
        line.manager,
        f"{line.total_cost:.2f}".replace(".", ","),
        say(line.model),
        line.created_on.isoformat(),
    )


def _wanted() -> Wanted:
    """Read the filters from the address; what is unknown filters nothing. A search looks at everything there is."""
    search = request.args.get("q", "").strip()[:200]
    text = {name: request.args.get(name, "")[:120] for name in ("phase", "department", "light", "model")}
    usual = StatusGroup.ALL if search else StatusGroup.ONGOING
    return Wanted(
        search=search,
        status=_choice(StatusGroup, "status", usual),
        whose=_choice(Whose, "whose", Whose.ALL),
        **text,
    )


def _choice(kind: type[E], name: str, usual: E) -> E:
    value = request.args.get(name)
    return kind(value) if value in set(kind) else usual


def _after() -> After | None:
    """Read where the page begins; anything else than what `_onward` wrote is the first page."""
    moment, _, project = request.args.get("after", "").partition(".")
    if not moment.isdecimal() or len(moment) > 18 or not project:
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), project
    except OverflowError:  # beyond the year 9999
        return None


def _onward(after: After | None) -> str:
    return f"{(after[0] - _EPOCH) // timedelta(microseconds=1)}.{after[1]}" if after else ""
