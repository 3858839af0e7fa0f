"""The pages where a step is done: form, check, receipt; drafts; work items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.inbox.blueprint import bp
from app.inbox.form_page import FormPage, form_page
from app.shell.context import request_context, surroundings
from app.shell.dates import clock
from app.shell.guard import logged_in
from forms.posted import Posted, apply_row_action, row_action
from workflows.engine import TaskKind
from workflows.flow import StaleDraft, TaskStatus
from workflows.governance.answers import Entered, read_entered
from workflows.governance.conditions import CONDITION, complete_condition
from workflows.governance.documents import Registration
from workflows.governance.errors import AnswersRefused, ReasonNeeded
from workflows.governance.files import add_file
from workflows.governance.holding import RESUME
from workflows.governance.outcomes import Publicity
from workflows.governance.receipts import receipt_page
from workflows.governance.submit import review_step, save_draft, submit_step
from workflows.governance.task_page import TaskPage, task_page
from workflows.kernel.errors import AlreadyDone


@bp.get("/tasks/<task_id>")
@logged_in
def task(task_id: str) -> ResponseReturnValue:
    """Show what is to be done, or where to do it; a closed task shows what came of it."""
    page = task_page(request_context(), task_id=task_id)
    if page.held.task.kind == TaskKind.DECISION:
        return redirect(url_for("gates.room", task_id=task_id))
    if page.held.task.status is not TaskStatus.OPEN:
        return redirect(url_for(".receipt", task_id=task_id))
    if page.held.task.kind == RESUME:
        return redirect(url_for("projects.hold", project_id=page.held.project.id))
    if page.held.task.kind == CONDITION:
        return render_template("inbox/condition.html", page=page, errors={}, note="")
    return _show(form_page(page, answers=page.begins_with))


@bp.post("/tasks/<task_id>")
@logged_in
def answer(task_id: str) -> ResponseReturnValue:
    """Take what was typed: add or remove a row, save the draft, or go on to review."""
    page = task_page(request_context(), task_id=task_id)
    posted = _posted(page)
    if page.questions and page.questions.form and row_action(posted):
        return _show(form_page(page, answers=apply_row_action(page.questions.form, posted)))
    keep = save_draft if "_draft" in posted else review_step
    try:
        keep(request_context(), task_id=task_id, entered=Entered(posted=posted), version=_version())
    except AnswersRefused as refused:
        return _show(form_page(page, answers=refused.entered, errors=refused.errors), 422)
    except StaleDraft as stale:
        return _show(form_page(page, answers=_typed(page, posted), theirs=stale.theirs), 409)
    return redirect(url_for(".task" if "_draft" in posted else ".check", task_id=task_id), 303)


@bp.post("/tasks/<task_id>/draft")
@logged_in
def autosave(task_id: str) -> ResponseReturnValue:
    """Save the draft from the open page; answers with the version that the next save must name."""
    page = task_page(request_context(), task_id=task_id)
    posted = {name: request.form.getlist(name) for name in request.form}
    try:
        draft = save_draft(request_context(), task_id=task_id, entered=Entered(posted=posted), version=_version())
    except StaleDraft as stale:
        return {
            "saved": gettext(str(stale)),
            "by": page.names.get(stale.theirs.saved_by, "") if stale.theirs else "",
        }, 409
    except AnswersRefused as refused:
        return {"saved": next(iter(refused.errors.values()), str(refused))}, 422
    return {"version": draft.version, "saved": gettext("Utkast sparat %(time)s", time=clock(draft.saved_at))}


@bp.get("/tasks/<task_id>/check")
@logged_in
def check(task_id: str) -> ResponseReturnValue:
    """Show the saved draft in words, and what happens when it is handed in."""
    page = task_page(request_context(), task_id=task_id)
    if page.held.waiting.draft is None or not page.mine:
        return redirect(url_for(".task", task_id=task_id))
    return render_template("inbox/check.html", page=page, shown=form_page(page, answers=page.begins_with))


@bp.post("/tasks/<task_id>/submit")
@logged_in
def submit(task_id: str) -> ResponseReturnValue:
    """Hand in the draft that was reviewed."""
    registration = Registration(
        publicity=Publicity(request.form.get("publicity", Publicity.PUBLIC_RECORD)),
        secrecy=request.form.get("secrecy", "").strip()[:200] or None,
        registry_number=request.form.get("registry_number", "").strip()[:80] or None,
    )
    try:
        submit_step(
            request_context(),
            task_id=task_id,
            draft_version=_version(),
            request_id=request.form["request_id"],
            registration=registration,
        )
    except AnswersRefused as refused:
        page = task_page(request_context(), task_id=task_id)
        return _show(form_page(page, answers=refused.entered, errors=refused.errors), 422)
    except AlreadyDone:
        pass  # the same click again: one effect, the same receipt
    return redirect(url_for(".receipt", task_id=task_id), 303)


@bp.get("/tasks/<task_id>/receipt")
@logged_in
def receipt(task_id: str) -> ResponseReturnValue:
    """Show what was handed in, its number, what happens now and what waits for the reader next."""
    page = receipt_page(request_context(), task_id=task_id)
    if page.held.task.status is TaskStatus.OPEN:
        return redirect(url_for(".task", task_id=task_id))
    return render_template("inbox/receipt.html", page=page)


@bp.post("/tasks/<task_id>/condition")
@logged_in
def condition(task_id: str) -> ResponseReturnValue:
    """Say how a condition was met."""
    note = request.form.get("note", "")
    try:
        complete_condition(request_context(), task_id=task_id, note=note, request_id=request.form["request_id"])
    except ReasonNeeded:
        page = task_page(request_context(), task_id=task_id)
        errors = {"note": gettext("Skriv hur villkoret är uppfyllt")}
        return render_template("inbox/condition.html", page=page, errors=errors, note=note), 422
    except AlreadyDone:
        pass  # as above
    return redirect(url_for(".receipt", task_id=task_id), 303)


def _show(shown: FormPage, status: int = 200) -> ResponseReturnValue:
    return render_template("inbox/task.html", shown=shown, page=shown.page, errors=shown.errors), status


def _posted(page: TaskPage) -> dict[str, list[str]]:
    """Return the posted texts, uploaded files kept and named among them."""
    posted = {name: request.form.getlist(name) for name in request.form}
    for name, uploads in request.files.lists():
        for upload in uploads:
            if upload.filename:
                kept = add_file(
                    request_context(),
                    project_id=page.held.project.id,
                    task_id=page.held.task.id,
                    stream=upload.stream,  # type: ignore[arg-type]  # Werkzeug's stream is a binary file
                    name=upload.filename,
                    limit=surroundings().settings.upload_limit,
                )
                posted.setdefault(name, []).append(kept.id)
    return posted


def _typed(page: TaskPage, posted: Posted) -> Mapping[str, Any]:
    """Return what was typed, to be shown again beside what somebody else saved."""
    assert page.questions is not None
    return read_entered(page.questions, Entered(posted=posted), draft=True).entered


def _version() -> int:
    version = request.form.get("version", "0")
    return int(version) if version.isdecimal() and len(version) < 10 else 0
