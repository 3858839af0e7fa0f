"""What the pages of checklists and forms share: the draft's file, saving a change of it, and where one goes back to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from flask import make_response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.draft_pages import DraftPage, draft_page, show
from app.shell.context import posted_request_id, request_context
from workflows.kernel.errors import NotFound
from workflows.models import change_model_draft, model_draft_history
from workflows.models.asking import EntryRefused, FileUnreadable

P = ParamSpec("P")
TAB = "forms"


def forms_page(draft_id: str, path: str = "") -> DraftPage:
    """Return a draft for a page of the forms tab. Raises NotFound, also when it has no such file."""
    page = draft_page(draft_id, TAB)
    if path and path not in page.draft.files:
        raise NotFound
    return page


def save(page: DraftPage, changes: Mapping[str, bytes | None], what: str) -> None:
    """Save a change that was worked out from the draft as the page has just read it."""
    change_model_draft(
        request_context(),
        draft_id=page.draft.id,
        changes=changes,
        seen=page.draft.revision,
        what=what,
        request_id=posted_request_id(),
    )


def readable(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """Show a file that is no checklist or form as such, with why and what to do, instead of its page."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except FileUnreadable as error:
            page = draft_page(str(kwargs["draft_id"]), TAB)
            return make_response(show(page, "unreadable", reason=error.facts["reason"]), 422)

    return guarded


def changed_by(page: DraftPage, path: str) -> tuple[str, datetime | None]:
    """Return who but the actor changed a file last, and when; "Någon annan" where the history does not tell."""
    ctx = request_context()
    history = model_draft_history(ctx, draft_id=page.draft.id)
    last = next((one for one in history if path in one.paths and one.by != ctx.actor), None)
    return (page.name_of(last.by), last.at) if last else (gettext("Någon annan"), None)


def refused(page: DraftPage, template: str, error: EntryRefused, **more: object) -> ResponseReturnValue:
    """Show a form again with what has to be changed; what was typed stays."""
    errors = {name: gettext(words) for name, words in error.problems.items()}
    return make_response(show(page, template, errors=errors, **more), error.status)


def typed(*names: str) -> dict[str, str]:
    """Return posted texts by name, trimmed."""
    return {name: request.form.get(name, "").strip()[:20_000] for name in names}


def checklist_address(draft_id: str, key: str, question: str = "") -> str:
    """Return the address of a checklist's table, at one of its questions."""
    return url_for("designer.checklist", draft_id=draft_id, key=key, _anchor=f"q-{question}" if question else None)


def form_address(draft_id: str, key: str, field: str = "") -> str:
    """Return the address of a form's list of fields, at one of them."""
    return url_for("designer.form", draft_id=draft_id, key=key, _anchor=f"f-{field}" if field else None)
