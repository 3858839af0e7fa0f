"""The administrator's pages on roles of the organisation, and deputies for any role."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.blueprint import bp
from app.accounts.entry import fill_in, request_id
from app.accounts.schemas import (
    DeputySchema,
    Ending,
    EndingSchema,
    RoleSchema,
    StandIn,
    Succession,
    SuccessionSchema,
    Term,
)
from app.accounts.scopes import scope_names
from app.shell.context import request_context, today
from app.shell.filters import say
from app.shell.guard import allow, holds, logged_in
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.people import (
    ADMINISTRATOR,
    ORGANISATION_ROLES,
    Deputy,
    Holding,
    active_people,
    appoint_deputy,
    assign_organisation_role,
    deputies_in,
    end_deputy,
    end_role,
    find_deputy,
    find_holding,
    holdings_in,
    replace_holder,
)


@bp.get("/roles")
@allow(ADMINISTRATOR)
def roles() -> ResponseReturnValue:
    """Show who holds each role of the organisation, now and later, and who stands in."""
    ctx = request_context()
    with ctx.read() as session:
        held = holdings_in(session, tenant=ctx.tenant, scope=ORGANISATION, day=today())
        deputies = deputies_in(session, tenant=ctx.tenant, scope=ORGANISATION, day=today())
    rows = [
        (
            role,
            [one for one in held if one.role == role.key],
            [one for one in deputies if one.role == role.key],
        )
        for role in ORGANISATION_ROLES
    ]
    vacant = [say(role.label) for role, holders, _ in rows if not any(one.is_on(today()) for one in holders)]
    return render_template("accounts/roles.html", rows=rows, vacant=vacant)


@bp.get("/roles/history")
@allow(ADMINISTRATOR)
def role_history() -> ResponseReturnValue:
    """Show everybody who ever held a role of the organisation, newest first."""
    ctx = request_context()
    with ctx.read() as session:
        held = holdings_in(session, tenant=ctx.tenant, scope=ORGANISATION)
    newest = sorted(held, key=lambda one: (one.valid_from, one.id), reverse=True)
    return render_template("accounts/role_history.html", held=newest)


@bp.route("/roles/<role>/new", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def new_role(role: str) -> ResponseReturnValue:
    """Give a role of the organisation to a person."""
    wanted = next((one for one in ORGANISATION_ROLES if one.key == role), None)
    if wanted is None:
        raise NotFound

    def verb(entry: Term) -> str:
        return assign_organisation_role(
            request_context(),
            role=wanted.key,
            person=entry.person,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            reason=entry.reason,
            request_id=request_id(),
        )

    return fill_in(
        "accounts/role_new.html",
        RoleSchema(),
        verb,
        _roles,
        values={"valid_from": today()},
        role=wanted,
        people=_people(),
    )


@bp.route("/holders/<holder_id>/replace", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def replace(holder_id: str) -> ResponseReturnValue:
    """Let another person follow in a role."""
    holding = _holding(holder_id)

    def verb(entry: Succession) -> str:
        return replace_holder(
            request_context(),
            holder=holding.id,
            person=entry.person,
            valid_from=entry.valid_from,
            reason=entry.reason,
            request_id=request_id(),
        )

    return fill_in(
        "accounts/role_replace.html",
        SuccessionSchema(),
        verb,
        _roles,
        values={"valid_from": today()},
        holding=holding,
        people=_people(),
    )


@bp.route("/holders/<holder_id>/end", methods=["GET", "POST"])
@allow(ADMINISTRATOR)
def end(holder_id: str) -> ResponseReturnValue:
    """End a role without a successor."""
    holding = _holding(holder_id)

    def verb(entry: Ending) -> str:
        end_role(request_context(), holder=holding.id, last_day=entry.last_day, reason=entry.reason)
        return holding.id

    return fill_in(
        "accounts/role_end.html", EndingSchema(), verb, _roles, values={"last_day": today()}, holding=holding
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
        people=_people(),
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


def _holding(holder_id: str) -> Holding:
    ctx = request_context()
    with ctx.read() as session:
        found = find_holding(session, tenant=ctx.tenant, holder=holder_id)
    if found is None or found.scope != ORGANISATION:
        raise NotFound
    return found


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


def _people() -> tuple[object, ...]:
    ctx = request_context()
    with ctx.read() as session:
        return active_people(session, tenant=ctx.tenant, on=today())


def _roles(_holder: str) -> str:
    return url_for(".roles")


def _after_deputy(scope: str) -> str:
    """Administrators came from the organisation's roles, others from their own page."""
    return url_for(".roles") if scope == ORGANISATION and holds(ADMINISTRATOR) else url_for(".me")
