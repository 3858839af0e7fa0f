"""A condition of an earlier decision, done by whoever owns it."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.inbox.blueprint import bp
from app.shell.context import posted_request_id, request_context
from app.shell.guard import logged_in
from workflows.governance.conditions import complete_condition
from workflows.governance.errors import ReasonNeeded
from workflows.governance.task_page import task_page
from workflows.kernel.errors import AlreadyDone


@bp.post("/tasks/<task_id>/condition")
@logged_in
def condition(task_id: str) -> ResponseReturnValue:
    """Say how a condition was met."""
    note = request.form.get("note", "")
    try:
        complete_condition(request_context(), task_id=task_id, note=note, request_id=posted_request_id())
    except ReasonNeeded as refused:
        page = task_page(request_context(), task_id=task_id)
        errors = {"note": gettext("Skriv hur villkoret är uppfyllt")}
        return render_template("inbox/condition.html", page=page, errors=errors, note=note), refused.status
    except AlreadyDone:
        pass  # the same click again: one effect, the same receipt
    return redirect(url_for(".receipt", task_id=task_id), 303)
