"""What was done to a draft, and taking the last change back."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.designer.blueprint import bp
from app.designer.draft_pages import draft_page, show
from app.designer.guards import designing, seeing_models
from app.designer.versions import zip_of
from app.shell.context import posted_request_id, request_context
from app.shell.security import local_path
from workflows.models import (
    DraftChange,
    find_model_draft,
    import_behind,
    model_draft_history,
    taken_back_by_hand,
    undo_model_draft,
)
from workflows.people import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the history; `folded` are a change and the one that took it back by hand, newest first, in one line."""

    change: DraftChange
    folded: tuple[DraftChange, ...] = ()


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
    lines = list(_lines(changes, taken_back_by_hand(ctx, draft_id=draft_id)))
    page = draft_page(draft_id, "history")
    return show(page, "history", changes=changes, lines=lines, people=names, last=last, behind=behind)


def _lines(changes: tuple[DraftChange, ...], taken_back: Set[int]) -> Iterator[Line]:
    """Yield the changes, newest first; what was changed and changed back is one line."""
    left = iter(changes)
    for change in left:
        if change.revision in taken_back and (before := next(left, None)) is not None:
            yield Line(change=before, folded=(change, before))
        else:
            yield Line(change=change)


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
