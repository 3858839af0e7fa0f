"""The diagram of a draft, drawn and changed in the browser; its twin as a table is another tab."""

from __future__ import annotations

from flask import jsonify, make_response, request
from flask.typing import ResponseReturnValue

from app.designer.blueprint import bp
from app.designer.diagram_words import diagrams, panel_words
from app.designer.draft_pages import draft_page, show
from app.designer.files import in_json
from app.designer.guards import seeing_models
from app.shell.context import request_context
from app.shell.security import POLICY
from workflows.kernel.errors import NotFound
from workflows.models import find_model_draft, names_in_scope

POLICY_OF_ISLANDS = f"{POLICY}; style-src-attr 'unsafe-inline'"
"""The modelers put icons with style attributes into their menus; nothing else on these pages does."""


@bp.get("/models/drafts/<draft_id>/diagram")
@seeing_models
def diagram(draft_id: str) -> ResponseReturnValue:
    """Show one diagram of a draft (`file`, else the main process)."""
    page = draft_page(draft_id, "diagram")
    known = diagrams(page.draft)
    path = request.args.get("file") or (known[0][0] if known else "")
    if path not in dict(known):
        raise NotFound
    return island(show(page, "diagram", path=path, diagrams=known, data=panel_words(page, path)))


@bp.get("/models/drafts/<draft_id>/names")
@seeing_models
@in_json
def names(draft_id: str) -> ResponseReturnValue:
    """Tell what an expression at each element of a draft can name."""
    return jsonify(names_in_scope(find_model_draft(request_context(), draft_id=draft_id).files))


def island(page: str) -> ResponseReturnValue:
    """Return a page that carries a modeler."""
    answer = make_response(page)
    answer.headers["Content-Security-Policy"] = POLICY_OF_ISLANDS
    return answer
