"""Two people in one diagram: bring what is on one's screen together with what the other has saved."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.exceptions import BadRequest

from app.designer.blueprint import bp
from app.designer.diagram_words import diagrams
from app.designer.files import in_json
from app.designer.guards import designing
from app.shell.context import page_moment, request_context
from app.shell.dates import clock
from workflows.models import find_model_draft, merge_into_model_draft
from workflows.models.merging import Side


class MergeSchema(Schema):
    """The file on the screen, the revision it was begun on, and what was chosen for which revision of the other's."""

    mine = fields.String(required=True)
    seen = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=10**9))
    onto = fields.Integer(load_default=None, allow_none=True, strict=True)
    choices = fields.Dict(keys=fields.String(), values=fields.Enum(Side, by_value=True), load_default=dict)


@bp.post("/models/drafts/<draft_id>/merge/<path:path>")
@designing
@in_json
def merge_draft_file(draft_id: str, path: str) -> ResponseReturnValue:
    """Save both people's changes of a diagram, or tell where one of them has to be chosen."""
    ctx = request_context()
    named = dict(diagrams(find_model_draft(ctx, draft_id=draft_id)))
    try:
        sent = MergeSchema().load(request.get_json())
    except (ValidationError, RecursionError) as wrong:
        raise BadRequest from wrong
    done = merge_into_model_draft(
        ctx,
        draft_id=draft_id,
        path=path,
        mine=sent["mine"].encode(errors="surrogatepass"),
        seen=sent["seen"],
        what=gettext("Förde ihop ändringar i diagrammet %(name)s", name=named.get(path, path)),
        onto=sent["onto"],
        choices=sent["choices"],
        request_id=request.headers.get("X-Request-Id") or None,
    )
    if done.revision is not None:
        return jsonify({"revision": done.revision, "saved": clock(page_moment())})
    conflicts = [{"key": one.key, "about": one.about, "mine": one.mine, "theirs": one.theirs} for one in done.conflicts]
    return jsonify({"onto": done.onto, "conflicts": conflicts})
