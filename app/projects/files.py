"""Files of a project: taken in and given out. They are never removed: what is on record stays."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.projects.blueprint import bp
from app.projects.project import show_project
from app.projects.records import send_kept
from app.shell.context import request_context, surroundings
from app.shell.guard import logged_in
from workflows.governance.files import add_file, read_file
from workflows.kernel.errors import NotFound
from workflows.kernel.file_refusals import FileRefused
from workflows.kernel.files import StoredFile


@bp.post("/projects/<project_id>/files")
@logged_in
def upload(project_id: str) -> ResponseReturnValue:
    """Keep a file, or say what is wrong with it."""
    given = request.files.get("file")
    if given is None or not given.filename:
        return show_project(project_id, wrong=gettext("Välj en fil")), 422
    try:
        add_file(
            request_context(),
            project_id=project_id,
            stream=given.stream,  # type: ignore[arg-type]  # Werkzeug's stream is a binary file
            name=given.filename,
            limit=surroundings().settings.upload_limit,
        )
    except FileRefused as refused:
        wrong = gettext(refused.message).format(**refused.facts)
        return show_project(project_id, wrong=wrong), refused.status
    return redirect(url_for(".project", project_id=project_id, _anchor="files"), 303)


@bp.get("/files/<file_id>")
@bp.get("/projects/<project_id>/files/<file_id>")
@logged_in
def file(file_id: str, project_id: str | None = None) -> ResponseReturnValue:
    """Give out a file, to who sees its project or does the step it was given in.

    Answers name files without their project; an address with another project's is nobody's.
    """
    found = read_file(request_context(), file_id=file_id)
    if project_id not in (None, found.project):
        raise NotFound
    return send_kept(StoredFile(digest=found.digest, size=found.size, media_type=found.media_type, name=found.name))
