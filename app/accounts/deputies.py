"""Pages on deputies: for a role one holds, and for administrators any role."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp
from app.accounts.choosing import people_to_choose
from app.accounts.entry import fill_in, request_id
from app.accounts.scopes import scope_names
from app.accounts.term_schemas import DeputySchema, Ending, EndingSchema, StandIn
from app.shell.context import request_context, today
from app.shell.guard import holds, logged_in
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.people import (
    ADMINISTRATOR,
    Deputy,
    appoint_deputy,
    end_deputy,
    find_deputy,
    holdings_in,
)


@bp.route("/deputies/new", methods=["GET", "POST"])
@logged_in
def new_deputy() -> ResponseReturnValue:
    """Appoint somebody to stand in for a role that one holds, or as administrator for any role."""
    scope, role = request.args.get("scope", ""), request.args.get("role", "")
    ctx = request_context()
    with ctx.read() as session:
        held = [one for one in holdings_in(session, tenant=ctx.tenant, scope=scope, day=today()) if one.role == role]
        names = scope_names(session, ctx.tenant, {scope})
    if not (holds(ADMINISTRATOR) or any(one.person == ctx.actor for one in held)):
        raise NotFound

    def verb(entry: StandIn) -> str:
        return appoint_deputy(
            ctx,
            scope=scope,
            role=role,
            person=entry.person,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            legal_source=entry.legal_source,
            request_id=request_id(),
        )

    return fill_in(
        "accounts/deputy_new.html",
        DeputySchema(),
        verb,
        lambda _id: _after_deputy(scope),
        values={"valid_from": today()},
        role=role,
        held=held,
        place=names[scope],
        people=people_to_choose(),
        back=_after_deputy(scope),
    )


@bp.route("/deputies/<deputy_id>/end", methods=["GET", "POST"])
@logged_in
def stop_deputy(deputy_id: str) -> ResponseReturnValue:
    """End somebody's standing in early."""
    ctx, deputy = request_context(), _deputy(deputy_id)

    def verb(entry: Ending) -> str:
        end_deputy(ctx, deputy=deputy.id, last_day=entry.last_day, reason=entry.reason)
        return deputy.id

    return fill_in(
        "accounts/deputy_end.html",
        EndingSchema(),
        verb,
        lambda _id: _after_deputy(deputy.scope),
        values={"last_day": today()},
        deputy=deputy,
        back=_after_deputy(deputy.scope),
    )


def _deputy(deputy_id: str) -> Deputy:
    """Return a deputy whom the actor may see: they hold the role, or manage people."""
    ctx = request_context()
    with ctx.read() as session:
        found = find_deputy(session, tenant=ctx.tenant, deputy=deputy_id)
        held = holdings_in(session, tenant=ctx.tenant, scope=found.scope, day=today()) if found else ()
    mine = found is not None and any(one.role == found.role and one.person == ctx.actor for one in held)
    if found is None or not (mine or holds(ADMINISTRATOR)):
        raise NotFound
    return found


def _after_deputy(scope: str) -> str:
    """Administrators came from the organisation's roles, others from their own page."""
    return url_for(".roles") if scope == ORGANISATION and holds(ADMINISTRATOR) else url_for(".me")
