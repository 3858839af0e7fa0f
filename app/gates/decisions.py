"""What stands on record: the receipt of a decision, the decision itself, the pack it was taken on."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.gates.blueprint import bp
from app.gates.words import came_of_it, signatures
from app.shell.context import request_context, today
from app.shell.errors import UNKEPT, show_error
from app.shell.guard import logged_in
from app.shell.standing import in_words, pieces
from workflows.flow import InstanceHeld, TaskAlreadyClosed
from workflows.governance.errors import NotADecision
from workflows.governance.gate_decision import decision_view, pack_of_gate
from workflows.governance.gate_receipt import receipt_of
from workflows.governance.gate_room import gate_room
from workflows.kernel.errors import StyrError


@bp.get("/gates/<task_id>/receipt")
@logged_in
def receipt(task_id: str) -> ResponseReturnValue:
    """Show a decision just recorded, what happens now, and what waits for the reader next."""
    page = receipt_of(request_context(), task_id=task_id)
    return render_template(
        "gates/receipt.html",
        page=page,
        shown=page.shown,
        came_of_it=came_of_it(page),
        pieces=pieces(page.track, today()),
        standing=in_words(page.track),
    )


@bp.get("/decisions/<decision_id>")
@logged_in
def decision(decision_id: str) -> ResponseReturnValue:
    """Show a decision as it stands on record."""
    shown = decision_view(request_context(), decision_id=decision_id)
    return render_template("gates/decision.html", shown=shown, signatures=signatures(shown))


@bp.get("/packs/<pack_id>")
@logged_in
def pack(pack_id: str) -> ResponseReturnValue:
    """Show a frozen pack: what a decision was, or will be, taken on."""
    project, view, files = pack_of_gate(request_context(), pack_id=pack_id)
    return render_template("gates/pack.html", project=project, view=view, files=files)


@bp.errorhandler(TaskAlreadyClosed)
@bp.errorhandler(InstanceHeld)
def closed(error: StyrError) -> ResponseReturnValue:
    """Say who was first and what was decided, or that the project rests; what was typed is shown again.

    A step that is no gate has no room: then the shell's own page says it.
    """
    try:
        page = gate_room(request_context(), task_id=(request.view_args or {})["task_id"])
    except NotADecision:
        return show_error(error)
    typed = [value for name, value in request.form.items(multi=True) if name not in UNKEPT]
    draft = page.held.waiting.draft
    if draft is not None and draft.saved_by == page.held.acting.person:
        typed += [value for values in draft.answers.values() for value in values]
    kept = tuple(dict.fromkeys(value.strip() for value in typed if len(value.split()) > 1))
    return render_template("gates/closed.html", room=page, kept=kept), TaskAlreadyClosed.status
