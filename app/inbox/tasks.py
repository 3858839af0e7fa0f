"""The page of a task: its form, the draft that is saved while it is filled in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.inbox.ahead import ahead
from app.inbox.background import background_of
from app.inbox.blueprint import bp
from app.inbox.conditions import show_condition
from app.inbox.form_page import FormPage, PageState, form_page, progress_of
from app.inbox.meanwhile import asked, asks_otherwise
from app.inbox.posted import repeats, texts, texts_and_files, version
from app.shell.context import request_context
from app.shell.dates import clock
from app.shell.guard import logged_in
from forms.missing import carried
from forms.posted import Posted, apply_row_action
from workflows.engine import TaskKind
from workflows.flow import StaleDraft, TaskStatus
from workflows.governance.answers import Entered, read_entered
from workflows.governance.asked import asked_by
from workflows.governance.conditions import CONDITION
from workflows.governance.errors import AnswersRefused, QuestionsChanged
from workflows.governance.holding import RESUME
from workflows.governance.submit import review_step, save_draft
from workflows.governance.task_page import TaskPage, task_page
from workflows.kernel.errors import StyrError

CHANGES = frozenset({"_show", "_add", "_remove"})
"""Buttons (and a script's word for one) that ask for the form again, as it would look with what was typed."""


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
        where = "projects.hold" if page.mine else "projects.project"
        return redirect(url_for(where, project_id=page.held.project.id))
    if page.held.task.kind == CONDITION:
        return show_condition(task_id)
    return show(form_page(page, answers=page.begins_with))


@bp.post("/tasks/<task_id>")
@logged_in
def answer(task_id: str) -> ResponseReturnValue:
    """Take what was typed: show the form with it, save it as the draft, or go on to review."""
    page = task_page(request_context(), task_id=task_id)
    sent = texts_and_files(page)
    posted, refused_files = sent.posted, tuple(sent.refused.items())
    if asks_otherwise(page):
        again = form_page(page, answers=_typed(page, posted), state=PageState.TYPED, version=version(), renewed=True)
        return show(again, 200 if "_show" in posted else QuestionsChanged.status)
    if CHANGES & set(posted) or refused_files:
        errors = {name: gettext(refusal.message).format(**refusal.facts) for name, refusal in refused_files}
        again = form_page(page, answers=_typed(page, posted), errors=errors, state=PageState.TYPED, version=version())
        return show(again, refused_files[0][1].status if refused_files else 200)
    draft = "_draft" in posted
    keep = save_draft if draft else review_step
    try:
        keep(request_context(), task_id=task_id, entered=Entered(posted=posted), version=version())
    except AnswersRefused as refused:
        again = form_page(
            page,
            answers=refused.entered,
            errors=refused.errors,
            state=PageState.TYPED,
            version=version(),
            opened=not refused.errors,
        )
        return show(again, refused.status)
    except StaleDraft as stale:
        if not repeats(page, posted, stale.theirs, draft=draft):
            return show(form_page(page, answers=_typed(page, posted), theirs=stale.theirs), stale.status)
    return redirect(url_for(".task" if draft else ".check", task_id=task_id), 303)


@bp.post("/tasks/<task_id>/draft")
@logged_in
def autosave(task_id: str) -> ResponseReturnValue:
    """Save the draft from the open page, for a script: `version` is what the next save must name, `saved` is said."""
    ctx, posted = request_context(), texts()
    try:
        draft = save_draft(ctx, task_id=task_id, entered=Entered(posted=posted), version=version(), asked=asked())
    except AnswersRefused as refused:
        return {"saved": next(iter(refused.errors.values()), gettext(refused.message))}, refused.status
    except StaleDraft as stale:
        page = task_page(ctx, task_id=task_id)
        if stale.theirs is None or not repeats(page, posted, stale.theirs, draft=True):
            return {"saved": gettext(stale.message)}, stale.status
        draft = stale.theirs
    except StyrError as error:
        return {"saved": gettext(error.message).format(**error.facts)}, error.status
    return {
        "version": draft.version,
        "saved": gettext("Utkast sparat %(time)s", time=clock(draft.saved_at)),
        "progress": _progress(task_id) if "progress" in request.args else "",
    }


def show(shown: FormPage, status: int = 200) -> ResponseReturnValue:
    """Print the page of a form."""
    held = shown.page.held
    text = render_template(
        "inbox/task.html",
        shown=shown,
        page=shown.page,
        errors=shown.summed_up,
        asked=asked_by(held),
        ahead=ahead(held.bundle.executable, held.bundle.model, held.task.node, held.bundle.forms),
        reading=background_of(request_context(), held),
    )
    return text, status


def _progress(task_id: str) -> str:
    """Return how far a checklist has come, as its page shows it."""
    view = progress_of(task_page(request_context(), task_id=task_id))
    return render_template("inbox/progress.html", view=view) if view else ""


def _typed(page: TaskPage, posted: Posted) -> Mapping[str, Any]:
    """Return what was typed, to be shown again: with a row added or removed where a button asked for it."""
    if page.questions is None:
        return {}
    if page.questions.form is not None and CHANGES & set(posted):
        form = page.questions.form
        return carried(form.nodes, apply_row_action(form, posted), posted, page.questions.given)
    return read_entered(page.questions, Entered(posted=posted), draft=True).entered
