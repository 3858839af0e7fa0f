"""The form editor in the browser: its page, and saving what it hands over."""

from __future__ import annotations

import json
import re
from typing import Any

from flask import jsonify, make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import BadRequest

from app.designer.asking import forms_page, readable
from app.designer.blueprint import bp
from app.designer.change_words import change_words
from app.designer.draft_pages import DraftPage, show
from app.designer.files import in_json
from app.designer.guards import designing
from app.shell.context import page_moment, request_context
from app.shell.dates import clock
from app.shell.security import POLICY
from workflows.kernel.errors import StyrError, _l
from workflows.models import change_model_draft
from workflows.models.asking import EntryRefused, form_outline, form_path, save_form

POLICY_OF_EDITOR = f"{POLICY}; style-src 'self' 'unsafe-inline'"
"""The editor's fields for expressions write a style sheet into the page; scripts stay as strict as elsewhere."""

_REVISION = re.compile(r'"?(\d{1,9})"?')


class FormRefusedAtSave(StyrError):
    """A form that Styr does not print as it should; the sentence names the field."""

    status = 422
    code = "form_refused"
    message = _l("{reason}")


@bp.get("/models/drafts/<draft_id>/forms/<key>/editor")
@designing
@readable
def form_editor(draft_id: str, key: str) -> ResponseReturnValue:
    """Show the editor beside the preview; the list of fields does the same without a script."""
    page = forms_page(draft_id, form_path(key))
    answer = make_response(
        show(page, "form_editor", found=form_outline(page.draft.files, key), data=_around(page, key))
    )
    answer.headers["Content-Security-Policy"] = POLICY_OF_EDITOR
    return answer


@bp.post("/models/drafts/<draft_id>/forms/<key>/save")
@designing
@in_json
def save_form_file(draft_id: str, key: str) -> ResponseReturnValue:
    """Save a whole form upon the revision that it was read at (If-Match); what Styr does not print is refused."""
    page = forms_page(draft_id, form_path(key))
    seen = _REVISION.fullmatch(request.headers.get("If-Match", ""))
    if seen is None:
        raise BadRequest
    try:
        changes = save_form(page.draft.files, key, _posted())
    except EntryRefused as error:
        raise FormRefusedAtSave(reason=error.problems["form"]) from error
    revision = change_model_draft(
        request_context(),
        draft_id=draft_id,
        changes=changes,
        seen=int(seen[1]),
        what=change_words(
            page.draft.files,
            changes,
            gettext("Ändrade formuläret %(form)s", form=form_outline(changes, key).title or key),
        ),
        request_id=request.headers.get("X-Request-Id") or None,
    )
    return jsonify({"revision": revision, "saved": clock(page_moment())})


def _posted() -> dict[str, Any]:
    """Return the form that was sent. Raises FormRefusedAtSave for what is no JSON object."""
    try:
        schema = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise FormRefusedAtSave(reason=gettext("Formuläret går inte att läsa.")) from error
    if not isinstance(schema, dict):
        raise FormRefusedAtSave(reason=gettext("Formuläret går inte att läsa."))
    return schema


def _around(page: DraftPage, key: str) -> dict[str, Any]:
    """Return what the editor's script needs to know."""
    draft, path = page.draft, form_path(key)
    return {
        "draft": draft.id,
        "path": path,
        "canChange": page.can_change,
        "changedAt": clock(draft.changed_at),
        "revisions": dict(draft.revisions),
        "urls": {
            "file": url_for("designer.draft_file", draft_id=draft.id, path=path),
            "save": url_for("designer.save_form_file", draft_id=draft.id, key=key),
            "state": url_for("designer.draft_state", draft_id=draft.id, path=path),
            "preview": url_for("designer.form_preview", draft_id=draft.id, key=key, frame=1),
        },
    }
