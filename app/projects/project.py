"""The page of one project, and the whole record of what happened in it."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.projects.blueprint import bp
from app.projects.happenings import log_lines
from app.projects.words import LIGHTS, STANDINGS, STATUSES
from app.shell.context import request_context
from app.shell.guard import holds, logged_in
from app.shell.standing import pieces
from forms.summary import SummarySection, summary_for
from workflows.governance.last_answer import last_answer
from workflows.governance.outcomes import OUTCOME_DONE
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.task_page import TaskPage
from workflows.models import SEE_MODELS

EVENTS = 100
"""Lines on a page of the record."""


@bp.get("/projects/<project_id>")
@logged_in
def project(project_id: str) -> ResponseReturnValue:
    """Show where a project stands and everything on its record."""
    return show_project(project_id)


@bp.get("/projects/<project_id>/events")
@logged_in
def events(project_id: str) -> ResponseReturnValue:
    """Show what happened in a project, newest first, a page at a time."""
    opened, happened = project_timeline(request_context(), project_id=project_id)
    asked = request.args.get("from", "")
    first = int(asked) if asked.isdecimal() and len(asked) < 7 else 0
    return render_template(
        "projects/events.html",
        project=opened.project,
        log=log_lines(happened[first : first + EVENTS], project_id=project_id, today=opened.today),
        total=len(happened),
        onward=first + EVENTS if len(happened) > first + EVENTS else None,
    )


def show_project(project_id: str, *, wrong: str = "") -> str:
    """Return the page; `wrong` is what was the matter with a file that somebody wanted to add."""
    ctx = request_context()
    page = project_page(ctx, project_id=project_id)
    answered = last_answer(ctx, page.opened)
    return render_template(
        "projects/project.html",
        page=page,
        track=pieces(page.parts, page.today),
        log=log_lines(page.happened, project_id=project_id, today=page.today),
        statuses=STATUSES,
        lights=LIGHTS,
        standings=STANDINGS,
        outcomes=OUTCOME_DONE,
        answered=answered,
        answers=_in_words(answered),
        wrong=wrong,
        sees_models=holds(*SEE_MODELS.organisation),
        errors={"file": wrong} if wrong else {},
    )


def _in_words(answered: TaskPage | None) -> tuple[SummarySection, ...]:
    """Return the answers that ended an idea, as they are read."""
    if answered is None or answered.questions is None or answered.questions.form is None:
        return ()
    questions, given = answered.questions, answered.earlier[0].answers
    return summary_for(
        answered.questions.form, given, env=questions.env, context=questions.context, files=answered.files
    )
