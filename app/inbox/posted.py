"""What a browser sent: texts, files kept on the way, the draft's version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import FileStorage

from app.inbox.meanwhile import asks_otherwise, readable
from app.shell.context import request_context, surroundings
from forms.posted import Posted, field_named
from forms.tree import FieldType
from workflows.flow import Draft, InstanceStatus, TaskStatus
from workflows.governance.answers import Entered, Questions, read_entered
from workflows.governance.errors import FieldsUnknown
from workflows.governance.files import add_file
from workflows.governance.task_page import TaskPage
from workflows.kernel.file_refusals import FileRefused


def texts() -> dict[str, list[str]]:
    """Return the posted texts by name."""
    return {name: request.form.getlist(name) for name in request.form}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was posted by name, with the ids of kept files; `refused` are the files that were not taken, by field."""

    posted: dict[str, list[str]]
    refused: Mapping[str, FileRefused]


def texts_and_files(page: TaskPage, *, may: bool | None = None) -> Sent:
    """Keep the uploaded files and return what was posted.

    Nothing is kept beside the form's own file fields, nor for who may not answer now (`may`, else whoever may do the
    open task): the verb then says why. Raises FieldsUnknown.
    """
    posted, refused = readable(page, texts()), {}
    uploads = [(name, file) for name, files in request.files.lists() for file in files if file.filename]
    if asks_otherwise(page) and page.questions is not None:
        uploads = [(name, file) for name, file in uploads if _takes_files(page.questions, name)]
    if uploads and page.questions is not None and (_answers(page) if may is None else may):
        _require_known(page.questions, posted, {name for name, _ in uploads})
        for name, upload in uploads:
            try:
                posted.setdefault(name, []).append(_keep(page, upload, _accepted(page.questions, name)))
            except FileRefused as refusal:
                refused[name] = refusal
    return Sent(posted=posted, refused=refused)


def _answers(page: TaskPage) -> bool:
    """Tell whether the actor may answer the task as it stands."""
    waiting = page.held.waiting
    is_open = waiting.task.status is TaskStatus.OPEN and waiting.running.status is InstanceStatus.ACTIVE
    return page.mine and is_open


def _require_known(questions: Questions, posted: Posted, uploads: set[str]) -> None:
    """Refuse the whole post, before any of it is kept, when the form has no such fields."""
    read_entered(questions, Entered(posted={**posted, **{name: [] for name in uploads}}), draft=True)
    if strangers := sorted(name for name in uploads if not _takes_files(questions, name)):
        raise FieldsUnknown(names=", ".join(strangers)[:200])


def _takes_files(questions: Questions, name: str) -> bool:
    if questions.checklist is not None:
        return name.partition("-")[2] == "file"
    field = field_named(questions.form, name) if questions.form is not None else None
    return field is not None and field.type is FieldType.FILEPICKER


def _accepted(questions: Questions, name: str) -> str:
    """Return the kinds of file that a question takes; evidence of a checklist is of any kind."""
    field = field_named(questions.form, name) if questions.form is not None else None
    return field.accept if field is not None else ""


def _keep(page: TaskPage, upload: FileStorage, accept: str) -> str:
    kept = add_file(
        request_context(),
        project_id=page.held.project.id,
        task_id=page.held.task.id,
        stream=upload.stream,  # type: ignore[arg-type]  # Werkzeug's stream is a binary file
        name=upload.filename or "",
        limit=surroundings().settings.upload_limit,
        accept=accept,
    )
    return kept.id


def version() -> int:
    """Return the version of the draft that the page was made from; 0 when there was none."""
    sent = request.form.get("version", "0")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0


def repeats(page: TaskPage, posted: Posted, saved: Draft | None, *, draft: bool) -> bool:
    """Whether the actor has saved these very answers already: the same click twice is no conflict."""
    if saved is None or page.questions is None or saved.saved_by != request_context().actor:
        return False
    return read_entered(page.questions, Entered(posted=posted), draft=draft).answers == saved.answers
