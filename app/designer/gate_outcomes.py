"""Which outcomes a gate allows, as `model.json` tells them: the diagram's panel says both at once."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from app.designer.blueprint import bp
from app.designer.files import in_json
from app.designer.guards import designing
from app.shell.context import request_context
from app.shell.filters import say
from workflows.governance.outcomes import Outcome
from workflows.kernel.errors import NotFound
from workflows.models import ModelRefused, change_model_draft, find_model_draft, read_model
from workflows.models.gate_outcomes import tell_outcomes


@bp.post("/models/drafts/<draft_id>/gates/<gate>/outcomes")
@designing
@in_json
def save_outcomes(draft_id: str, gate: str) -> ResponseReturnValue:
    """Set a gate's outcomes (JSON: a list) in `model.json` as it is now."""
    ctx = request_context()
    draft = find_model_draft(ctx, draft_id=draft_id)
    try:
        chosen = request.get_json()
    except RecursionError as deep:
        raise BadRequest from deep
    if not isinstance(chosen, list) or not set(map(str, chosen)) <= set(Outcome):
        raise BadRequest
    try:
        content = draft.files.get("model.json", b"")
        changed = tell_outcomes(content, gate=gate, outcomes=chosen)
        label = say(read_model(content).gate(gate).short)
    except (KeyError, ModelRefused) as error:
        raise NotFound from error
    what = gettext("%(gate)s: ändrade vilka beslut som kan fattas", gate=label)
    revision = change_model_draft(
        ctx, draft_id=draft_id, changes={"model.json": changed}, seen=draft.revision, what=what
    )
    return jsonify({"revision": revision})
