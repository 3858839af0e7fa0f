"""The last two pages of a step: the answers in words before they are handed in, and the receipt after."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.inbox.ahead import ahead
from app.inbox.blueprint import bp
from app.inbox.form_page import PageState, Summary, form_page, summary_of
from app.inbox.meanwhile import asked
from app.inbox.posted import version
from app.inbox.tasks import show
from app.shell.context import posted_request_id, request_context
from app.shell.guard import logged_in
from workflows.flow import StaleDraft, TaskAlreadyClosed, TaskStatus
from workflows.governance.afterwards import afterwards_page
from workflows.governance.asked import asked_by
from workflows.governance.condition_page import condition_page
from workflows.governance.conditions import CONDITION
from workflows.governance.documents import Registration
from workflows.governance.errors import AnswersRefused, QuestionsChanged
from workflows.governance.receipts import receipt_page
from workflows.governance.submit import submit_step
from workflows.governance.task_page import handed_in, task_page
from workflows.kernel.errors import AlreadyDone


@bp.get("/tasks/<task_id>/check")
@logged_in
def check(task_id: str) -> ResponseReturnValue:
    """Show the saved draft in words, and what happens when it is handed in."""
    return _check(task_id)


@bp.post("/tasks/<task_id>/submit")
@logged_in
def submit(task_id: str) -> ResponseReturnValue:
    """Hand in the draft that was reviewed."""
    ctx = request_context()
    try:
        submit_step(
            ctx,
            task_id=task_id,
            draft_version=version(),
            request_id=posted_request_id(),
            registration=_registration(),
            asked=asked(),
        )
    except QuestionsChanged as changed:
        page = task_page(ctx, task_id=task_id)
        return show(form_page(page, answers=page.begins_with, renewed=True), changed.status)
    except AnswersRefused as refused:
        page = task_page(ctx, task_id=task_id)
        again = form_page(page, answers=refused.entered, errors=refused.errors, state=PageState.TYPED)
        return show(again, refused.status)
    except StaleDraft as stale:
        return _check(task_id, status=stale.status)
    except TaskAlreadyClosed as closed:
        if closed.facts.get("who") != ctx.actor:
            raise
    except AlreadyDone:
        pass  # the same click again: one effect, the same receipt
    return redirect(url_for(".receipt", task_id=task_id), 303)


@bp.get("/tasks/<task_id>/receipt")
@logged_in
def receipt(task_id: str) -> ResponseReturnValue:
    """Show what was handed in, its number, what happens now and what waits for the reader next."""
    ctx = request_context()
    page = receipt_page(ctx, task_id=task_id)
    if page.held.task.status is TaskStatus.OPEN:
        return redirect(url_for(".task", task_id=task_id))
    done = page.held.task.status is TaskStatus.DONE
    last = (page.submission if page.ended else None) if done else page.held.waiting.draft
    summary = summary_of(task_page(ctx, task_id=task_id), last.answers) if last else Summary()
    met = condition_page(ctx, task_id=task_id) if page.held.task.kind == CONDITION else None
    return render_template("inbox/receipt.html", page=page, summary=summary, met=met)


@bp.get("/tasks/<task_id>/answers")
@logged_in
def answers(task_id: str) -> ResponseReturnValue:
    """Show what was handed in, as it was, with what was answered afterwards and what can be."""
    ctx = request_context()
    submissions = handed_in(ctx, task_id=task_id)
    if not submissions:
        return redirect(url_for(".receipt", task_id=task_id))
    page, asked = task_page(ctx, task_id=task_id), afterwards_page(ctx, task_id=task_id)
    return render_template(
        "inbox/answers.html",
        page=page,
        summary=summary_of(page, submissions[-1].answers),
        first=submissions[0],
        submission=submissions[-1],
        later=asked.afterwards if asked else None,
    )


def _check(task_id: str, status: int = 200) -> ResponseReturnValue:
    page = task_page(request_context(), task_id=task_id)
    if page.held.waiting.draft is None or not page.mine:
        return redirect(url_for(".task", task_id=task_id))
    shown, held = form_page(page, answers=page.begins_with), page.held
    following = ahead(held.bundle.executable, held.bundle.model, held.task.node, held.bundle.forms)
    changed = status == StaleDraft.status
    text = render_template(
        "inbox/check.html", page=page, shown=shown, ahead=following, changed=changed, asked=asked_by(held)
    )
    return text, status


def _registration() -> Registration:
    return Registration(
        secrecy=request.form.get("secrecy", "").strip()[:200] or None,
        registry_number=request.form.get("registry_number", "").strip()[:80] or None,
    )
