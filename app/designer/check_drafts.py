"""The check as islands ask for it while somebody edits: the draft as saved, with what is on the screen over it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.exceptions import BadRequest

from app.designer.blueprint import bp
from app.designer.files import in_json
from app.designer.guards import seeing_models
from app.designer.place_words import places
from app.shell.context import request_context
from workflows.models import Finding, check, find_model_draft


class OverlaySchema(Schema):
    """Files by path as they are on the screen."""

    files = fields.Dict(
        keys=fields.String(validate=validate.Length(max=200)), values=fields.String(), load_default=dict
    )


@bp.post("/models/drafts/<draft_id>/check")
@seeing_models
@in_json
def check_overlay(draft_id: str) -> ResponseReturnValue:
    """Check a draft with unsaved files laid over it; nothing is saved."""
    draft = find_model_draft(request_context(), draft_id=draft_id)
    try:
        overlay = OverlaySchema().load(request.get_json())["files"]
    except (ValidationError, RecursionError) as wrong:
        raise BadRequest from wrong
    laid = {path: text.encode(errors="surrogatepass") for path, text in overlay.items()}
    found = check({**draft.files, **laid})
    known = {path: laid.get(path, data) for path, data in draft.files.items()}
    told = zip(found, places(known, found), strict=True)
    return jsonify({"findings": [_told(finding, place) for finding, place in told]})


def _told(finding: Finding, place: str) -> Mapping[str, str]:
    return {
        "place": place,
        "rule": finding.rule,
        "severity": finding.severity,
        "file": finding.file,
        "element": finding.element,
        "attribute": finding.attribute,
        "message": finding.message,
    }
