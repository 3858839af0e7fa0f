"""Handing over everything a person has: choose, look at what moves, confirm."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp
from app.accounts.choosing import people_to_choose
from app.accounts.entry import attempt, request_id, show
from app.accounts.scopes import scope_names
from app.accounts.term_schemas import Succession, SuccessionSchema
from app.shell.context import request_context, today
from app.shell.guard import allow
from workflows.governance.handover import hand_over, preview_handover
from workflows.kernel.errors import AlreadyDone, NotFound
from workflows.people import ADMINISTRATOR, find_person, names_of

FORM = "accounts/handover.html"


@bp.get("/people/<person_id>/handover")
@allow(ADMINISTRATOR)
def handover(person_id: str) -> ResponseReturnValue:
    """Ask who follows, from when and why."""
    return show(FORM, {"valid_from": today()}, {}, **_page(person_id))


@bp.post("/people/<person_id>/handover")
@allow(ADMINISTRATOR)
def review_handover(person_id: str) -> ResponseReturnValue:
    """Show what would move; nothing has yet."""
    ctx, page = request_context(), _page(person_id)

    def act(entry: Succession) -> ResponseReturnValue:
        leaver = page["person"].id
        moves = preview_handover(ctx, leaver=leaver, successor=entry.person, valid_from=entry.valid_from)
        about = {row.about for row in moves.by_name.rows}
        with ctx.read() as session:
            scopes = scope_names(session, ctx.tenant, {role.scope for role in moves.held.roles})
            names = names_of(session, tenant=ctx.tenant, people=about)
        return render_template(
            "accounts/handover_review.html", entry=entry, moves=moves.held, mine=moves.by_name, scopes=scopes,
            names=names, **page,
        )  # fmt: skip

    return attempt(FORM, SuccessionSchema(), act, **page)


@bp.post("/people/<person_id>/handover/confirm")
@allow(ADMINISTRATOR)
def confirm_handover(person_id: str) -> ResponseReturnValue:
    """Hand over what was looked at, or show the form again when it can no longer be done like that."""
    page = _page(person_id)

    def act(entry: Succession) -> ResponseReturnValue:
        try:
            hand_over(
                request_context(),
                leaver=page["person"].id,
                successor=entry.person,
                valid_from=entry.valid_from,
                reason=entry.reason,
                request_id=request_id(),
            )
        except AlreadyDone as before:
            return redirect(url_for(".person", person_id=before.outcome), 303)
        return redirect(url_for(".person", person_id=person_id), 303)

    return attempt(FORM, SuccessionSchema(), act, **page)


def _page(person_id: str) -> dict[str, Any]:
    ctx = request_context()
    with ctx.read() as session:
        leaver = find_person(session, tenant=ctx.tenant, person=person_id)
    if leaver is None:
        raise NotFound
    return {"person": leaver, "people": people_to_choose(without=leaver.id)}
