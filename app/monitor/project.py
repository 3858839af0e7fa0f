"""One project in Drift: where it stands, on whose desk, what comes by itself, and what the machinery knows."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.monitor.blueprint import bp
from app.monitor.overview import who_may
from app.monitor.words import people_words, still_rows
from app.shell.context import request_context
from app.shell.guard import allow
from workflows.operations import WATCH, one_project, project_drawing


@bp.get("/monitor/projects/<project_id>")
@allow(*WATCH.organisation)
def project(project_id: str) -> ResponseReturnValue:
    """Show where a project stands, never what stands in it."""
    ctx = request_context()
    one = one_project(ctx, project_id=project_id)
    return render_template(
        "monitor/project.html",
        project=one,
        still=still_rows((one.still,))[0] if one.still is not None else None,
        people={step.waiting.task: people_words(step.people) for step in one.steps},
        notes={node: gettext("öppet nu") for nodes in one.marks.values() for node in nodes},
        **who_may(),
    )


@bp.get("/monitor/projects/<project_id>.bpmn")
@allow(*WATCH.organisation)
def project_xml(project_id: str) -> ResponseReturnValue:
    """Send the drawing of the version that a project follows."""
    content, digest = project_drawing(request_context(), project_id=project_id)
    response = Response(content, mimetype="application/xml")
    response.set_etag(digest)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
