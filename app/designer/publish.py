"""Publish a draft: asked for by one person, published or sent back by another."""

from __future__ import annotations

from collections.abc import Callable

from flask import make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.compare_words import lead
from app.designer.draft_pages import DraftPage, draft_page, show
from app.designer.guards import designing, publishing, seeing_models
from app.designer.history import seen_revision
from app.designer.place_words import called
from app.designer.scenario_offer import offer_for, run_of
from app.shell.context import posted_request_id, request_context
from app.shell.guard import holds
from workflows.kernel.errors import AlreadyDone
from workflows.models import (
    DESIGN,
    ask_for_publication,
    catch_up,
    changes_of_draft,
    is_own_work,
    newer_version,
    publication_hindrance,
    publish_model_draft,
    return_model_draft,
    take_back_publication,
    versions_of,
)
from workflows.models.comparing import summary
from workflows.people import ADMINISTRATOR, Refused


@bp.get("/models/drafts/<draft_id>/publish")
@seeing_models
def publish_draft(draft_id: str) -> ResponseReturnValue:
    """Show what hinders publication, or the request, or what came of it."""
    return _show(draft_page(draft_id, "publish"))


@bp.post("/models/drafts/<draft_id>/ask")
@designing
def ask(draft_id: str) -> ResponseReturnValue:
    """Ask somebody else to publish the draft."""

    def verb() -> object:
        note = request.form.get("note", "")
        return ask_for_publication(
            request_context(), draft_id=draft_id, seen=seen_revision(), note=note, request_id=posted_request_id()
        )

    return _do(draft_id, verb)


@bp.post("/models/drafts/<draft_id>/take-back")
@designing
def take_back(draft_id: str) -> ResponseReturnValue:
    """Take the request back, so that the draft can be changed."""

    def verb() -> object:
        return take_back_publication(
            request_context(), draft_id=draft_id, seen=seen_revision(), request_id=posted_request_id()
        )

    return _do(draft_id, verb)


@bp.post("/models/drafts/<draft_id>/return")
@publishing
def send_back(draft_id: str) -> ResponseReturnValue:
    """Send the draft back with what has to be changed."""

    def verb() -> object:
        return return_model_draft(
            request_context(),
            draft_id=draft_id,
            seen=seen_revision(),
            reason=request.form.get("why", ""),
            request_id=posted_request_id(),
        )

    return _do(draft_id, verb, field="why")


@bp.post("/models/drafts/<draft_id>/publish")
@publishing
def publish_now(draft_id: str) -> ResponseReturnValue:
    """Publish the draft as the next version."""

    def verb() -> object:
        return publish_model_draft(
            request_context(),
            draft_id=draft_id,
            seen=seen_revision(),
            reason=request.form.get("reason", ""),
            request_id=posted_request_id(),
        )

    return _do(draft_id, verb, field="reason")


@bp.post("/models/drafts/<draft_id>/catch-up")
@designing
def take_over(draft_id: str) -> ResponseReturnValue:
    """Bring the draft up to the version that was published meanwhile."""

    def verb() -> object:
        keep = set(request.form.getlist("keep"))
        return catch_up(
            request_context(), draft_id=draft_id, seen=seen_revision(), keep=keep, request_id=posted_request_id()
        )

    return _do(draft_id, verb)


def _do(draft_id: str, verb: Callable[[], object], *, field: str = "note") -> ResponseReturnValue:
    """Do it and show how the draft stands; what cannot be used comes back with what was typed."""
    try:
        verb()
    except AlreadyDone:
        pass
    except Refused as refused:
        wrong = gettext(refused.message).format(**refused.facts)
        return make_response(_show(draft_page(draft_id, "publish"), {field: wrong}), refused.status)
    return redirect(url_for(".publish_draft", draft_id=draft_id), 303)


def _show(page: DraftPage, errors: dict[str, str] | None = None) -> str:
    ctx, draft = request_context(), page.draft
    with ctx.read() as session:
        news = None if draft.is_over else newer_version(session, tenant=ctx.tenant, draft=draft)
        versions = versions_of(session, tenant=ctx.tenant, model=draft.model)
        changes = None if draft.is_over else changes_of_draft(session, tenant=ctx.tenant, draft=draft)
    hindrance = None if draft.is_over else publication_hindrance(draft)
    own = is_own_work(draft, request_context().actor)
    return show(
        page,
        "publish",
        errors=errors or {},
        typed=request.form,
        news=news,
        called=lambda paths: called(draft.files, paths),
        changes=summary(changes) if changes else (),
        changed=lead(changes) if changes else "",
        hindrance=hindrance,
        offer=offer_for(page, run_of(draft)) if hindrance else None,
        published=next((one for one in versions if one.digest == draft.published), None),
        own=own,
        needs_reason=own or not holds(*DESIGN.organisation),
        may_publish=holds(ADMINISTRATOR) or (holds(*DESIGN.organisation) and not own),
    )
