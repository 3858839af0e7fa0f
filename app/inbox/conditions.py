"""A condition of an earlier decision: shown, met with words, a link and files, reviewed, and said to be met."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.inbox.blueprint import bp
from app.shell.context import posted_request_id, request_context, surroundings
from app.shell.guard import logged_in
from workflows.governance.condition_page import ConditionPage, condition_page
from workflows.governance.conditions import complete_condition
from workflows.governance.errors import ReasonNeeded
from workflows.governance.files import add_file
from workflows.kernel.errors import AlreadyDone
from workflows.kernel.file_refusals import FileRefused

LINK = 500
"""The most characters of a link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """How a condition is said to be met, and what is wrong with it, by field."""

    note: str = ""
    link: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """What goes on record: the words, and the link below them."""
        return "\n".join(filter(None, [self.note.strip(), self.link]))


@bp.post("/tasks/<task_id>/condition")
@logged_in
def condition(task_id: str) -> ResponseReturnValue:
    """Review how a condition was met, go back to change it, or say that it is met."""
    met = _posted()
    if "_review" in request.form:
        return _review(task_id, met)
    if "_change" in request.form or met.errors:
        return show_condition(task_id, met), 422 if met.errors else 200
    try:
        complete_condition(request_context(), task_id=task_id, note=met.words, request_id=posted_request_id())
    except ReasonNeeded as refused:
        return show_condition(task_id, _without_words(met)), refused.status
    except AlreadyDone:
        pass  # the same click again: one effect, the same receipt
    return redirect(url_for(".receipt", task_id=task_id), 303)


def show_condition(task_id: str, met: Met | None = None) -> str:
    """Print the page where a condition is met."""
    page = condition_page(request_context(), task_id=task_id)
    return render_template("inbox/condition.html", page=page, met=met or Met())


def _review(task_id: str, met: Met) -> ResponseReturnValue:
    page = condition_page(request_context(), task_id=task_id, answering=True)
    met.errors.update({} if met.note.strip() else _without_words(met).errors)
    refused = _keep_files(page)
    if refused is not None:
        met.errors["file"] = gettext(refused.message).format(**refused.facts)
    if met.errors:
        return show_condition(task_id, met), refused.status if refused else 422
    page = condition_page(request_context(), task_id=task_id)
    return render_template("inbox/condition_check.html", page=page, met=met)


def _keep_files(page: ConditionPage) -> FileRefused | None:
    """Keep what was uploaded with the work item, up to the first file that is refused."""
    for upload in request.files.getlist("file"):
        if not upload.filename:
            continue
        try:
            add_file(
                request_context(),
                project_id=page.held.project.id,
                task_id=page.held.task.id,
                stream=upload.stream,  # type: ignore[arg-type]  # Werkzeug's stream is a binary file
                name=upload.filename,
                limit=surroundings().settings.upload_limit,
            )
        except FileRefused as refused:
            return refused
    return None


def _posted() -> Met:
    link = request.form.get("link", "").strip()[:LINK]
    met = Met(note=request.form.get("note", ""), link=link)
    if link and not (urlsplit(link).scheme in {"http", "https"} and urlsplit(link).netloc):
        met.errors["link"] = gettext("Skriv en länk som börjar med https://")
    return met


def _without_words(met: Met) -> Met:
    return Met(note=met.note, link=met.link, errors={"note": gettext("Skriv hur villkoret är uppfyllt"), **met.errors})
