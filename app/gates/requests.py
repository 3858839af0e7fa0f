"""What can be done to a requested decision other than deciding it: declare a conflict of interest, withdraw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.gates.blueprint import bp
from app.shell.context import posted_request_id, request_context
from app.shell.guard import logged_in
from workflows.governance.anytime import withdraw_request
from workflows.governance.errors import ReasonNeeded
from workflows.governance.gate_conflict import declare_conflict
from workflows.governance.gate_room import gate_room
from workflows.kernel.errors import AlreadyDone

CONFLICT, WITHDRAW = "conflict", "withdraw"
LONGEST = 10_000
"""The most characters of a reason."""


@bp.route("/gates/<task_id>/conflict", methods=["GET", "POST"])
@logged_in
def conflict(task_id: str) -> ResponseReturnValue:
    """Declare a conflict of interest: the gate then waits for somebody else."""
    return _give_reason(CONFLICT, task_id, declare_conflict, gettext("Skriv vad jävet består i"))


@bp.route("/gates/<task_id>/withdraw", methods=["GET", "POST"])
@logged_in
def withdraw(task_id: str) -> ResponseReturnValue:
    """Take the request back before it is decided."""
    return _give_reason(WITHDRAW, task_id, withdraw_request, gettext("Skriv varför du återkallar begäran"))


def _give_reason(template: str, task_id: str, verb: Callable[..., Any], needed: str) -> ResponseReturnValue:
    """Show a page that asks for a reason; with one, do the verb and go to the room, which then says so.

    Who has no use for the page is led to the room, too: it says how the gate stands.
    """
    reason = request.form.get("reason", "")
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            if len(reason) > LONGEST:
                errors["reason"] = gettext("Korta texten till högst 10 000 tecken")
            else:
                verb(request_context(), task_id=task_id, reason=reason, request_id=posted_request_id())
                return redirect(url_for(".room", task_id=task_id), 303)
        except AlreadyDone:
            return redirect(url_for(".room", task_id=task_id), 303)
        except ReasonNeeded:
            errors["reason"] = needed
    page = gate_room(request_context(), task_id=task_id)
    may = page.may_declare if template == CONFLICT else page.may_withdraw
    if request.method != "POST" and not may:
        return redirect(url_for(".room", task_id=task_id))
    html = render_template(f"gates/{template}.html", room=page, reason=reason, errors=errors)
    return html, 422 if errors else 200
