"""The model as drawn, with where the project stands, beside the same as an ordered list."""

from __future__ import annotations

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.projects.blueprint import bp
from app.shell.context import request_context
from app.shell.guard import logged_in
from workflows.governance.diagram_page import diagram_page, diagram_source


@bp.get("/projects/<project_id>/diagram")
@logged_in
def diagram(project_id: str) -> ResponseReturnValue:
    """Show the diagram and its list."""
    page = diagram_page(request_context(), project_id=project_id)
    return render_template("projects/diagram.html", page=page, project=page.project)


@bp.get("/projects/<project_id>/diagram.bpmn")
@logged_in
def diagram_xml(project_id: str) -> ResponseReturnValue:
    """Send the drawing of the version that the project follows."""
    source = diagram_source(request_context(), project_id=project_id)
    response = Response(source.content, mimetype="application/xml")
    response.set_etag(source.digest)
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)
