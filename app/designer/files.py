"""A draft's files for the islands: read one, save one, ask how the draft stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from flask import Response, jsonify, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.draft_pages import page_of
from app.designer.guards import designing, seeing_models
from app.designer.place_words import file_words
from app.shell.context import page_moment, request_context, today
from app.shell.dates import clock, moment
from workflows.kernel.errors import NotFound, StyrError
from workflows.models import ModelDraft, change_model_draft, find_model_draft, model_draft_history
from workflows.models.comparing import Lexicon
from workflows.models.deciders import deciders_file

P = ParamSpec("P")

_REVISION = re.compile(r'"?(\d{1,9})"?')
KINDS = {"bpmn": "application/xml", "dmn": "application/xml", "json": "application/json", "yaml": "text/yaml"}


def in_json(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Answer what the core refuses as JSON with `code` and `message`, for scripts that show the sentence themselves."""

    @wraps(view)
    def answered(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except StyrError as error:
            facts = {name: _said(value) for name, value in error.facts.items()}
            message = gettext(error.message).format(**error.facts)
            return make_response(jsonify(facts | {"code": error.code, "message": message}), error.status)

    return answered


def _said(fact: object) -> str:
    return moment(fact, today()) if isinstance(fact, datetime) else str(fact)


@bp.get("/models/drafts/<draft_id>/files/<path:path>")
@seeing_models
def draft_file(draft_id: str, path: str) -> ResponseReturnValue:
    """Send one file of a draft; its ETag is the draft's revision, which saving names again."""
    draft = find_model_draft(request_context(), draft_id=draft_id)
    if path not in draft.files:
        raise NotFound
    response = Response(draft.files[path], mimetype=KINDS[path.rpartition(".")[2]])
    response.set_etag(str(draft.revision))
    response.headers["Cache-Control"] = "private, no-store"
    if "download" in request.args:
        response.headers["Content-Disposition"] = f'attachment; filename="{path.rpartition("/")[2]}"'
    return response


@bp.post("/models/drafts/<draft_id>/files/<path:path>")
@designing
@in_json
def save_draft_file(draft_id: str, path: str) -> ResponseReturnValue:
    """Save one file of a draft upon the revision that it was read at (If-Match)."""
    seen = _REVISION.fullmatch(request.headers.get("If-Match", ""))
    ctx = request_context()
    draft = find_model_draft(ctx, draft_id=draft_id)
    if seen is None:
        raise BadRequest
    changes = {path: request.get_data()}
    revision = change_model_draft(
        ctx,
        draft_id=draft_id,
        changes=changes,
        seen=int(seen[1]),
        what=change_words(draft.files, changes, _what(draft, path)) if draft.is_open else "",
        request_id=request.headers.get("X-Request-Id") or None,
    )
    return jsonify({"revision": revision, "saved": clock(page_moment())})


@bp.get("/models/drafts/<draft_id>/state")
@seeing_models
@in_json
def draft_state(draft_id: str) -> ResponseReturnValue:
    """Say how a draft stands, so that a page can tell that somebody else has changed it, or one file of it (`path`)."""
    draft = find_model_draft(request_context(), draft_id=draft_id)
    page = page_of(draft, "")
    changed_by, changed_at = _last_change(draft, request.args.get("path", ""))
    answer = jsonify(
        {
            "revision": draft.revision,
            "status": draft.status,
            "changed_by": page.name_of(changed_by),
            "changed_at": moment(changed_at, today()),
            "revisions": dict(draft.revisions),
            "verdict": {"tone": page.verdict.tone, "words": page.verdict.words},
        }
    )
    answer.set_etag(f"{draft.revision}-{draft.status}")
    return answer.make_conditional(request)


def _last_change(draft: ModelDraft, path: str) -> tuple[str | None, datetime]:
    """Return who changed a file last and when; of no file, the draft."""
    if draft.revisions.get(path, 0) > 1:
        history = model_draft_history(request_context(), draft_id=draft.id)
        for change in history:
            if path in change.paths:
                return change.by, change.at
    return draft.changed_by, draft.changed_at


def _what(draft: ModelDraft, path: str) -> str:
    name = file_words(path, Lexicon(files=draft.files), deciders_file(draft.files))
    return gettext("Ändrade %(file)s", file=name[:1].lower() + name[1:])
