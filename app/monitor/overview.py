"""The picture of all projects: numbers, what stands still, and how many stand at each step of a model."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.monitor.blueprint import bp
from app.monitor.jobs import job_rows, retried_words
from app.monitor.table import csv_of
from app.monitor.words import flow_marks, flow_notes, still_rows
from app.shell.context import request_context, today
from app.shell.filters import say
from app.shell.guard import allow, holds
from workflows.operations import REPAIR, WATCH, FlowNow, Overview, Watched, drawing, overview
from workflows.people.roles import ADMINISTRATOR, AUDITOR, PROJECT_OFFICE

CONTENTS = (PROJECT_OFFICE, AUDITOR)
"""Who may open every project; an administrator sees where projects stand, not what stands in them."""

_TOKEN = re.compile(rb'name="csrf_token"[^>]*')
"""What is new in a form each time it is shown, and means nothing."""

MOST = 50
"""Projects that stand still on the first page; whoever has more narrows it down, or downloads all."""

FILTERS = ("model", "department", "phase", "step")


@bp.get("/monitor")
@allow(*WATCH.organisation)
def monitor() -> ResponseReturnValue:
    """Show how all projects stand."""
    return render_template("monitor/overview.html", **_shown(_overview()))


@bp.get("/monitor/now")
@allow(*WATCH.organisation)
def now() -> ResponseReturnValue:
    """Send the part of the page that changes, which it asks for again now and then; 304 while nothing has changed."""
    part = make_response(render_template("monitor/_now.html", **_shown(_overview())))
    part.set_etag(hashlib.sha256(_TOKEN.sub(b"", part.get_data())).hexdigest())
    part.headers["Cache-Control"] = "private, no-cache"
    return part.make_conditional(request)


@bp.get("/monitor.csv")
@allow(*WATCH.organisation)
def download() -> ResponseReturnValue:
    """Send every open step of the projects looked at, as a table for Excel."""
    response = Response(csv_of(_overview()), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="drift-{today()}.csv"'
    return response


@bp.get("/monitor/models/<model>.bpmn")
@allow(*WATCH.organisation)
def model_xml(model: str) -> ResponseReturnValue:
    """Send the drawing of the newest version of a model."""
    content, digest = drawing(request_context(), model=model)
    response = Response(content, mimetype="application/xml")
    response.set_etag(digest)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


def _overview() -> Overview:
    texts = {name: request.args.get(name, "")[:120] for name in FILTERS}
    watched = Watched(late="late" in request.args, on_hold="on_hold" in request.args, **texts)
    return overview(request_context(), watched=watched)


def _shown(found: Overview) -> dict[str, Any]:
    flow = found.flow
    parts = flow.parts if flow is not None else ()
    return {
        "found": found,
        "jobs": job_rows(),
        "repairs": holds(*REPAIR.organisation),
        "retried": retried_words(),
        **who_may(),
        "watched": found.watched,
        "rows": still_rows(found.still[:MOST]),
        "more": max(len(found.still) - MOST, 0),
        "steps": _chosen(flow, found.watched.step),
        "marks": flow_marks(flow) if flow is not None else {},
        "notes": flow_notes(flow) if flow is not None else {},
        "busy": [(title, there) for title, steps in parts if (there := [one for one in steps if one.projects])],
        "idle": [one for _, steps in parts for one in steps if not one.projects],
        "options": _options(found),
        "asked": {name: value for name, value in request.args.items() if name in (*FILTERS, "late", "on_hold")},
    }


def who_may() -> dict[str, Any]:
    """Return whether the reader may open what stands in projects, and where they appoint whom nobody can replace."""
    appoints = url_for("accounts.waiting_for_nobody") if holds(ADMINISTRATOR) else ""
    return {"opens": holds(*CONTENTS), "appoints": appoints}


def _options(found: Overview) -> dict[str, list[tuple[str, str]]]:
    """Return what each filter can be set to."""
    all_of_them = ("", gettext("Alla"))
    return {
        "model": [("", gettext("Den som flest följer")), *((key, say(label)) for key, label in found.models)],
        "department": [all_of_them, *((name, name) for name in found.departments)],
        "phase": [all_of_them, *((key, say(label)) for key, label in found.phases)],
    }


def _chosen(flow: FlowNow | None, step: str) -> str:
    """Return what the step is called that the list is narrowed down to."""
    return next((one.name for one in flow.steps if step in (one.node, one.gate)), step) if flow and step else ""
