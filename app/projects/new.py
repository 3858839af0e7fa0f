"""A new idea in three minutes: a name, a few words, a department; the rest is the idea sheet."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.projects.blueprint import bp
from app.projects.words import STATUSES
from app.shell.context import posted_request_id, request_context
from app.shell.filters import href, say
from app.shell.guard import logged_in
from workflows.governance.bank import similar
from workflows.governance.errors import TitleNeeded
from workflows.governance.project_list import departments, published_models
from workflows.governance.start import Idea, start_project
from workflows.kernel.errors import AlreadyDone

SUMMARY, DEPARTMENT = 2000, 120
"""Most characters of the short words and of the department."""


@bp.get("/projects/new")
@logged_in
def new() -> ResponseReturnValue:
    """Ask what the idea is."""
    typed = {"title": request.args.get("title", "")[:200], "summary": "", "department": "", "model": ""}
    return _show(typed, {})


@bp.post("/projects/new")
@logged_in
def start() -> ResponseReturnValue:
    """Start a project with the idea, or show first what is like it, and lead on to the idea sheet."""
    typed = {name: request.form.get(name, "").strip() for name in ("title", "summary", "department", "model")}
    errors = _errors(typed)
    if errors:
        return make_response(_show(typed, errors), 422)
    if "_similar" in request.form:
        return _show(typed, {})
    idea = Idea(
        title=typed["title"],
        summary=typed["summary"],
        department=typed["department"],
        model=typed["model"] or None,
    )
    request_id = posted_request_id()
    try:
        started = start_project(request_context(), idea=idea, request_id=request_id)
    except AlreadyDone as before:
        return redirect(url_for(".project", project_id=before.outcome), 303)
    except TitleNeeded as refusal:
        return make_response(_show(typed, {"title": gettext(refusal.message)}), 422)
    first = href("inbox.task", task_id=started.task_id)
    return redirect(first or url_for(".project", project_id=started.project_id), 303)


def _errors(typed: Mapping[str, str]) -> dict[str, str]:
    errors = {}
    if not 0 < len(" ".join(typed["title"].split())) <= 200:
        errors["title"] = gettext(TitleNeeded.message)
    if len(typed["summary"]) > SUMMARY:
        errors["summary"] = gettext("Skriv kortare: högst %(limit)s tecken", limit=SUMMARY)
    if len(typed["department"]) > DEPARTMENT:
        errors["department"] = gettext("Skriv kortare: högst %(limit)s tecken", limit=DEPARTMENT)
    return errors


def _show(typed: Mapping[str, str], errors: Mapping[str, str]) -> str:
    ctx = request_context()
    return render_template(
        "projects/new.html",
        typed=typed,
        errors=errors,
        models=[(key, say(label)) for key, label in published_models(ctx)],
        departments=departments(ctx),
        alike=similar(ctx, title=typed["title"]),
        statuses=STATUSES,
        summary_limit=SUMMARY,
    )
