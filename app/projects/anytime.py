"""What can be done with a project at any time: let it rest and resume it, terminate it, give a role to somebody else.

Each is a page that says what follows, a check of what was entered, and then the verb.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.projects.blueprint import bp
from app.shell.context import posted_request_id, request_context, today
from app.shell.guard import logged_in
from forms.swedish import parse_date
from workflows.governance.anytime import replace_project_holder, terminate_project
from workflows.governance.change_page import ChangePage, change_page
from workflows.governance.holding import extend_hold, hold_project, resume_project
from workflows.governance.project import ProjectStatus
from workflows.governance.project_page import Right
from workflows.kernel.errors import AlreadyDone, NotFound
from workflows.people import Refused

LONGEST = 4000
"""Most characters of a reason."""

Typed = Mapping[str, str]


@bp.get("/projects/<project_id>/hold")
@logged_in
def hold(project_id: str) -> ResponseReturnValue:
    """Ask for a day and a reason to let the project rest; when it rests already, ask whether to resume it."""
    page = _page(project_id, Right.HOLD, Right.RESUME)
    if page.project.status is ProjectStatus.ON_HOLD:
        return _show("resume", page, {"resume_on": "", "reason": "", "note": "", "choice": ""}, {})
    return _show("hold", page, {"resume_on": "", "reason": ""}, {})


@bp.post("/projects/<project_id>/hold")
@logged_in
def begin_hold(project_id: str) -> ResponseReturnValue:
    """Let the project rest."""
    typed = _typed("resume_on", "reason")
    day = parse_date(typed["resume_on"])

    def verb(request_id: str) -> None:
        assert day is not None
        hold_project(
            request_context(), project_id=project_id, resume_on=day, reason=typed["reason"], request_id=request_id
        )

    errors = {**_day_ahead(day), **_reason(typed, gettext("Skriv varför projektet ska vila"))}
    page = _page(project_id, Right.HOLD)
    return _check("hold", page, typed, errors, verb)


@bp.post("/projects/<project_id>/resume")
@logged_in
def resume(project_id: str) -> ResponseReturnValue:
    """Resume the project, or let it rest until another day."""
    typed = _typed("choice", "note", "resume_on", "reason")
    day = parse_date(typed["resume_on"])
    longer = typed["choice"] == "longer"

    def verb(request_id: str) -> None:
        if day is not None and longer:
            extend_hold(
                request_context(), project_id=project_id, resume_on=day, reason=typed["reason"], request_id=request_id
            )
        else:
            resume_project(request_context(), project_id=project_id, note=typed["note"], request_id=request_id)

    errors: dict[str, str] = {}
    if typed["choice"] not in ("now", "longer"):
        errors["choice-now"] = gettext("Välj om projektet ska återupptas nu eller vila längre")
    elif longer:
        errors = {**_day_ahead(day), **_reason(typed, gettext("Skriv varför projektet ska vila längre"))}
    page = _page(project_id, Right.RESUME)
    return _check("resume", page, typed, errors, verb)


@bp.route("/projects/<project_id>/terminate", methods=["GET", "POST"])
@logged_in
def terminate(project_id: str) -> ResponseReturnValue:
    """Terminate the project; a short closure follows."""
    page = _page(project_id, Right.TERMINATE)
    typed = _typed("reason")
    if request.method != "POST":
        return _show("terminate", page, typed, {})

    def verb(request_id: str) -> None:
        terminate_project(request_context(), project_id=project_id, reason=typed["reason"], request_id=request_id)

    return _check("terminate", page, typed, _reason(typed, gettext("Skriv varför projektet avbryts")), verb)


@bp.route("/projects/<project_id>/roles/<role>", methods=["GET", "POST"])
@logged_in
def replace(project_id: str, role: str) -> ResponseReturnValue:
    """Give a role of the project to somebody else from today."""
    page = _page(project_id, Right.REPLACE, role=role)
    if page.line is None or not page.line.changes:
        raise NotFound
    typed = _typed("holder", "reason")
    if request.method != "POST":
        return _show("replace", page, typed, {})

    def verb(request_id: str) -> None:
        replace_project_holder(
            request_context(),
            project_id=project_id,
            role=role,
            holder=typed["holder"],
            reason=typed["reason"],
            request_id=request_id,
        )

    errors = {}
    if typed["holder"] not in dict(page.choices):
        errors["holder"] = gettext("Välj vem som ska ha rollen")
    elif typed["holder"] in page.holders:
        errors["holder"] = gettext("Välj någon annan än %(name)s", name=page.name_of(typed["holder"]))
    errors |= _reason(typed, gettext("Skriv varför rollen byter innehavare"))
    return _check("replace", page, typed, errors, verb)


@bp.errorhandler(AlreadyDone)
def repeated(before: AlreadyDone) -> ResponseReturnValue:
    """Lead a double click to where the first one led."""
    return redirect(url_for(".project", project_id=before.outcome), 303)


def _page(project_id: str, *wants: Right, role: str | None = None) -> ChangePage:
    done = posted_request_id() if "_done" in request.form and "request_id" in request.form else None
    return change_page(request_context(), project_id=project_id, wants=wants, role=role, request_id=done)


def _check(
    name: str, page: ChangePage, typed: Typed, errors: Mapping[str, str], verb: Callable[[str], None]
) -> ResponseReturnValue:
    """Show the form again with what to correct, or what will happen, or do it when that has been seen."""
    if errors or "_change" in request.form:
        return make_response(_show(name, page, typed, errors), 422 if errors else 200)
    if "_done" not in request.form:
        return _show(f"{name}_check", page, typed, {})
    try:
        verb(posted_request_id())
    except Refused as refused:
        wrong = gettext(refused.message).format(**refused.facts)
        return make_response(_show(name, page, typed, {"holder": wrong}), 422)
    return redirect(url_for(".project", project_id=page.project.id), 303)


def _show(name: str, page: ChangePage, typed: Typed, errors: Mapping[str, str]) -> str:
    return render_template(
        f"projects/{name}.html", page=page, project=page.project, typed=typed, errors=errors, day=parse_date
    )


def _typed(*names: str) -> dict[str, str]:
    return {name: request.form.get(name, "").strip() for name in names}


def _day_ahead(day: date | None) -> dict[str, str]:
    if day is None or day <= today():
        return {"resume_on": gettext("Skriv när projektet kan återupptas, tidigast i morgon")}
    return {}


def _reason(typed: Typed, wanted: str) -> dict[str, str]:
    if not typed["reason"]:
        return {"reason": wanted}
    if len(typed["reason"]) > LONGEST:
        return {"reason": gettext("Korta texten till högst %(limit)s tecken", limit=LONGEST)}
    return {}
