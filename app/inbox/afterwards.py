"""Answer the questions that came after a checklist was handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.inbox.blueprint import bp
from app.inbox.form_page import form_page
from app.inbox.posted import texts_and_files
from app.inbox.tasks import CHANGES
from app.shell.context import posted_request_id, request_context
from app.shell.guard import logged_in
from forms.posted import Posted
from workflows.governance.afterwards import AfterwardsPage, afterwards_page, answer_afterwards
from workflows.governance.answers import Entered, read_entered
from workflows.governance.errors import AnswersRefused, NotNow
from workflows.governance.task_page import TaskPage, task_page
from workflows.kernel.errors import AlreadyDone


@bp.get("/tasks/<task_id>/afterwards")
@logged_in
def afterwards(task_id: str) -> ResponseReturnValue:
    """Show the questions, or the answers where there is nothing to ask."""
    found = afterwards_page(request_context(), task_id=task_id)
    if found is None:
        return redirect(url_for(".answers", task_id=task_id))
    return _show(found, found.questions.given)


@bp.post("/tasks/<task_id>/afterwards")
@logged_in
def answer_later(task_id: str) -> ResponseReturnValue:
    """Take the answers, or show the questions again with what was typed."""
    ctx = request_context()
    found = afterwards_page(ctx, task_id=task_id)
    sent = texts_and_files(_page(found), may=found.afterwards.mine) if found else None
    if found is not None and sent is not None and (sent.refused or CHANGES & set(sent.posted)):
        errors = {name: gettext(one.message).format(**one.facts) for name, one in sent.refused.items()}
        status = next((one.status for one in sent.refused.values()), 200)
        return _show(found, _typed(found, sent.posted), errors, status)
    entered = Entered(posted=sent.posted if sent else {})
    try:
        answer_afterwards(ctx, task_id=task_id, entered=entered, request_id=posted_request_id())
    except AnswersRefused as refused:
        if found is None:
            raise NotNow from refused
        return _show(found, refused.entered, refused.errors, refused.status)
    except AlreadyDone:
        pass  # the same click again: one effect, the same page
    return redirect(url_for(".answers", task_id=task_id), 303)


def _page(found: AfterwardsPage) -> TaskPage:
    """Return the step's page with these questions alone."""
    page = task_page(request_context(), task_id=found.held.task.id)
    return replace(page, held=found.held, mine=found.afterwards.mine, questions=found.questions)


def _typed(found: AfterwardsPage, posted: Posted) -> Mapping[str, Any]:
    return read_entered(found.questions, Entered(posted=posted), draft=True).entered


def _show(
    found: AfterwardsPage, answers: Mapping[str, Any], errors: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    shown = form_page(_page(found), answers=answers, errors=errors or {})
    page = render_template("inbox/afterwards.html", shown=shown, found=found.afterwards, errors=errors or {})
    return page, status
