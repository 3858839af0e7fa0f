"""The room of a gate: read the pack, write the decision, review it, decide."""

from __future__ import annotations

from collections.abc import Mapping

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.gates.blueprint import bp
from app.gates.entered import entered, typed_of
from app.gates.facts import facts_of
from app.gates.options import options_of, panel_of
from app.shell.context import posted_request_id, request_context, today
from app.shell.decision_entered import Entered, in_page_order
from app.shell.decision_typed import Typed
from app.shell.guard import logged_in
from app.shell.standing import in_words, pieces
from workflows.flow import Draft, StaleDraft
from workflows.governance.decide import decide
from workflows.governance.errors import DecisionRefused
from workflows.governance.gate_draft import keep_decision, kept_decision
from workflows.governance.gate_problems import problems_of
from workflows.governance.gate_room import GateRoom, Stand, gate_room
from workflows.governance.outcomes import Mode
from workflows.kernel.errors import AlreadyDone


@bp.get("/gates/<task_id>")
@logged_in
def room(task_id: str) -> ResponseReturnValue:
    """Show what is decided on and, to who decides, the panel; a decided gate shows its decision."""
    page = gate_room(request_context(), task_id=task_id)
    if page.stand is Stand.DECIDED and page.decision is not None:
        return redirect(url_for(".decision", decision_id=page.decision.id))
    return _show("room", page, _typed(page))


@bp.get("/gates/<task_id>/record")
@logged_in
def record(task_id: str) -> ResponseReturnValue:
    """Show the form that records what a meeting or a board has decided."""
    page = gate_room(request_context(), task_id=task_id)
    if not page.may_decide or page.mode is Mode.SINGLE:
        return redirect(url_for(".room", task_id=task_id))
    return _show("record", page, _typed(page))


@bp.post("/gates/<task_id>")
@logged_in
def review(task_id: str) -> ResponseReturnValue:
    """Take what was typed: add a row, save the draft, or go on to the check page."""
    page = gate_room(request_context(), task_id=task_id)
    typed = typed_of(page, _posted(), more="_add" in request.form)
    form = _form(page)
    if page.may_decide and "_add" in request.form:
        return _show(form, page, typed)
    draft_only = "_draft" in request.form
    # Who may not decide is told so by the verb, whatever was typed.
    errors = _problems(page, entered(page, typed)) if page.may_decide and not draft_only else {}
    if errors:
        return _show(form, page, typed, errors=errors, status=422)
    try:
        keep_decision(request_context(), task_id=task_id, typed=typed.fields, version=_version())
    except StaleDraft as stale:
        return _show(form, page, typed, theirs=stale.theirs, status=409)
    return redirect(url_for(f".{form}" if draft_only else ".check", task_id=task_id), 303)


@bp.get("/gates/<task_id>/check")
@logged_in
def check(task_id: str) -> ResponseReturnValue:
    """Show the decision as it will be recorded, and what follows."""
    page = gate_room(request_context(), task_id=task_id)
    if page.draft is None:
        return redirect(url_for(".room", task_id=task_id))
    written = entered(page, typed_of(page, page.draft.answers))
    if errors := _problems(page, written):
        return _show(_form(page), page, written.typed, errors=errors)
    names = {**page.task.setting.people, **page.deciders.names}
    return render_template("gates/check.html", room=page, panel=panel_of(page), decision=written.decision, names=names)


@bp.post("/gates/<task_id>/decision")
@logged_in
def submit(task_id: str) -> ResponseReturnValue:
    """Record the decision that was reviewed."""
    ctx, request_id = request_context(), posted_request_id()
    try:
        draft = kept_decision(ctx, task_id=task_id, version=_version(), request_id=request_id)
        page = gate_room(ctx, task_id=task_id)
        written = entered(page, typed_of(page, draft.answers))
        decide(ctx, task_id=task_id, decision=written.decision, request_id=request_id)
    except AlreadyDone:
        pass
    except StaleDraft as stale:
        page = gate_room(ctx, task_id=task_id)
        return _show(_form(page), page, _typed(page), theirs=stale.theirs, status=409)
    except DecisionRefused as refused:
        return _show(_form(page), page, written.typed, errors=_said(page, refused.errors), status=422)
    return redirect(url_for(".receipt", task_id=task_id), 303)


def _show(
    template: str,
    page: GateRoom,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
    theirs: Draft | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """Show the room or the form. `theirs` is what somebody else saved meanwhile, shown beside what was typed."""
    draft = theirs or page.held.waiting.draft
    html = render_template(
        f"gates/{template}.html",
        room=page,
        view=page.view,
        typed=typed,
        errors=errors or {},
        theirs=entered(page, typed_of(page, theirs.answers)).decision if theirs else None,
        own_draft=theirs is not None and theirs.saved_by == request_context().actor,
        version=draft.version if draft else 0,
        facts=facts_of(page.view, page.deciders),
        options=options_of(page),
        panel=panel_of(page),
        pieces=pieces(page.track, today()),
        standing=in_words(page.track),
    )
    return html, status


def _form(page: GateRoom) -> str:
    """Return the page on which this gate's decision is written."""
    return "room" if page.mode is Mode.SINGLE else "record"


def _typed(page: GateRoom) -> Typed:
    return typed_of(page, page.draft.answers if page.draft else {})


def _problems(page: GateRoom, written: Entered) -> dict[str, str]:
    return _said(page, {**written.errors, **problems_of(written.decision, page.task.setting)})


def _said(page: GateRoom, problems: Mapping[str, str]) -> dict[str, str]:
    return in_page_order(page.mode, {name: gettext(sentence) for name, sentence in problems.items()})


def _posted() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in request.form}


def _version() -> int:
    version = request.form.get("version", "0")
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
