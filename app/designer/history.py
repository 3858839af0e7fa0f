"""What was done to a draft, and taking the last change back."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.designer.blueprint import bp
from app.designer.draft_pages import draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.versions import zip_of
from app.shell.context import posted_request_id, request_context
from app.shell.security import local_path
from workflows.models import find_model_draft, import_behind, model_draft_history, undo_model_draft
from workflows.people import names_of


@bp.get("/models/drafts/<draft_id>/history")
@seeing_models
def history(draft_id: str) -> ResponseReturnValue:
    """List a draft's changes, newest first."""
    ctx = request_context()
    changes = model_draft_history(ctx, draft_id=draft_id)
    with ctx.read() as session:
        names = names_of(session, tenant=ctx.tenant, people={one.by for one in changes if one.by})
        behind = import_behind(session, tenant=ctx.tenant, draft_id=draft_id)
    last = next((one for one in changes if one.undoes is None and not one.undone and one.revision > 1), None)
    return show(draft_page(draft_id, "history"), "history", changes=changes, people=names, last=last, behind=behind)


@bp.get("/models/drafts/<draft_id>/export")
@seeing_models
def export_draft(draft_id: str) -> ResponseReturnValue:
    """Send a draft as a zip file, as it stands now."""
    draft = find_model_draft(request_context(), draft_id=draft_id)
    return zip_of(draft.files, f"{draft.model}-utkast")


@bp.post("/models/drafts/<draft_id>/undo")
@designing
def undo(draft_id: str) -> ResponseReturnValue:
    """Take back the newest change, and go back to where it was asked for (`next`)."""
    undo_model_draft(request_context(), draft_id=draft_id, seen=seen_revision(), request_id=posted_request_id())
    return redirect(local_path(request.form.get("next")) or url_for(".history", draft_id=draft_id), 303)


def seen_revision() -> int:
    """Return the revision that a posted form was shown at (field `seen`); 0, which no draft has, without one."""
    sent = request.form.get("seen", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else 0
