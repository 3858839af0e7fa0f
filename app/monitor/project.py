"""One project in Drift: where it stands, on whose desk, what comes by itself, and what the machinery knows."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.monitor.blueprint import bp
from app.monitor.overview import who_may
from app.monitor.words import people_words, still_rows
from app.shell.context import posted_request_id, request_context
from app.shell.filters import say
from app.shell.guard import allow, holds
from workflows.governance.project import ProjectStatus
from workflows.governance.reminding import REMIND, remind
from workflows.kernel.errors import AlreadyDone
from workflows.operations import WATCH, one_project, project_drawing
from workflows.people import Refused


@bp.get("/monitor/projects/<project_id>")
@allow(*WATCH.organisation)
def project(project_id: str) -> ResponseReturnValue:
    """Show where a project stands, never what stands in it."""
    return _page(project_id, {}, {})


@bp.post("/monitor/projects/<project_id>/remind")
@allow(*REMIND.organisation)
def remind_of(project_id: str) -> ResponseReturnValue:
    """Remind those whom a step waits for."""
    task, reason = request.form.get("task", "")[:64], request.form.get("reason", "")
    try:
        count = remind(request_context(), task_id=task, reason=reason, request_id=posted_request_id())
    except Refused as error:
        return make_response(_page(project_id, {task: reason[:1000]}, {task: say(error.message)}), 422)
    except AlreadyDone:
        count = 1
    return redirect(url_for(".project", project_id=project_id, reminded=count, _anchor="steps"), 303)


def _page(project_id: str, typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    one = one_project(request_context(), project_id=project_id)
    number = request.args.get("reminded", "")
    return render_template(
        "monitor/project.html",
        project=one,
        typed=typed,
        errors=errors,
        reminds=holds(*REMIND.organisation) and one.status is not ProjectStatus.ON_HOLD,
        reminded=int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 0,
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
