"""What a browser sent: texts, files kept on the way, the draft's version."""

from __future__ import annotations

from flask import request

from app.shell.context import request_context, surroundings
from forms.posted import Posted
from workflows.flow import Draft
from workflows.governance.answers import Entered, read_entered
from workflows.governance.files import add_file
from workflows.governance.task_page import TaskPage


def texts() -> dict[str, list[str]]:
    """Return the posted texts by name."""
    return {name: request.form.getlist(name) for name in request.form}


def texts_and_files(page: TaskPage) -> dict[str, list[str]]:
    """Return the posted texts; uploaded files are kept, and named among them."""
    posted = texts()
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


def version() -> int:
    """Return the version of the draft that the page was made from; 0 when there was none."""
    sent = request.form.get("version", "0")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def repeats(page: TaskPage, posted: Posted, saved: Draft | None, *, draft: bool) -> bool:
    """Whether the actor has saved these very answers already: the same click twice is no conflict."""
    if saved is None or page.questions is None or saved.saved_by != request_context().actor:
        return False
    return read_entered(page.questions, Entered(posted=posted), draft=draft).answers == saved.answers
