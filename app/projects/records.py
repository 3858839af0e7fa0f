"""What stands on record: versions of documents, to be read and printed; they and decisions as PDF."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from app.projects.blueprint import bp
from app.shell.context import request_context, surroundings
from app.shell.filters import href, say
from app.shell.guard import logged_in
from workflows.governance.papers import Source, paper_of
from workflows.governance.record_page import decision_page, document_page
from workflows.kernel.files import StoredFile, clean_name, download_headers, open_file


@bp.get("/projects/<project_id>/documents/<key>/<int:version>")
@logged_in
def document(project_id: str, key: str, version: int) -> ResponseReturnValue:
    """Show one version of a document as it was handed in."""
    item = request.args.get("item", "")
    page = document_page(request_context(), project_id=project_id, key=key, version=version, item=item)
    return render_template("projects/document.html", page=page)


@bp.get("/projects/<project_id>/documents/<key>/<int:version>/pdf")
@logged_in
def document_pdf(project_id: str, key: str, version: int) -> ResponseReturnValue:
    """Send a document version as PDF."""
    item = request.args.get("item", "")
    page = document_page(request_context(), project_id=project_id, key=key, version=version, item=item)
    name = f"{page.version.registry_number} {say(page.kind.label)} {page.item_name}".strip()
    source = Source(document=key, item=item, version=version)
    back = url_for(".document", project_id=project_id, key=key, version=version, item=item or None)
    return _paper(project_id, source, name=name, back=back)


@bp.get("/projects/<project_id>/decisions/<decision_id>/pdf")
@logged_in
def decision_pdf(project_id: str, decision_id: str) -> ResponseReturnValue:
    """Send a decision as PDF."""
    page = decision_page(request_context(), project_id=project_id, decision_id=decision_id)
    name = f"{page.decision.registry_number} {say(page.gate.label)}"
    back = href("gates.decision", decision_id=decision_id) or url_for(".project", project_id=project_id)
    return _paper(project_id, Source(decision=decision_id), name=name, back=back)


def send_kept(file: StoredFile) -> Response:
    """Send a file of the store under its name; a browser saves it and runs nothing in it."""
    response = send_file(open_file(surroundings().settings.files, file.digest), mimetype=file.media_type)
    response.headers.update(download_headers(file))
    return response


def _paper(project_id: str, source: Source, *, name: str, back: str) -> ResponseReturnValue:
    """Send a paper, or say that it is being made and where it will be."""
    shown = clean_name(f"{name.replace('/', '-')}.pdf")
    file = paper_of(request_context(), project_id=project_id, source=source, name=shown)
    if file is not None:
        return send_kept(file)
    return make_response(render_template("projects/paper.html", name=shown, back=back), 202)
