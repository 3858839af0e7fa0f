"""The administrator's pages on roles of the organisation."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from app.accounts.blueprint import bp
from app.accounts.choosing import people_to_choose
from app.accounts.entry import fill_in, request_id
from app.accounts.term_schemas import (
    Ending,
    EndingSchema,
    RoleSchema,
    Succession,
    SuccessionSchema,
    Term,
)
from app.shell.context import request_context, today
from app.shell.filters import say
from app.shell.guard import allow
from workflows.governance.model_roles import organisation_roles_of_models
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.people import (
    ADMINISTRATOR,
    ORGANISATION_ROLES,
    Holding,
    assign_organisation_role,
    deputies_in,
    end_role,
    find_holding,
    holdings_in,
    replace_holder,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRole:
    """A role of the organisation that can be given, in the reader's language."""

    key: str
    name: str
    duty: str


@bp.get("/roles")
@allow(ADMINISTRATOR)
def roles() -> ResponseReturnValue:
    """Show who holds each role of the organisation, now and later, and who stands in."""
    ctx = request_context()
    with ctx.read() as session:
        known = _known_roles(session, ctx.tenant)
        held = holdings_in(session, tenant=ctx.tenant, scope=ORGANISATION, day=today())
        deputies = deputies_in(session, tenant=ctx.tenant, scope=ORGANISATION, day=today())
    rows = [
        (
            role,
            [one for one in held if one.role == role.key],
            [one for one in deputies if one.role == role.key],
        )
        for role in known
    ]
    vacant = [role.name for role, holders, _ in rows if not any(one.is_on(today()) for one in holders)]
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
    ctx = request_context()
    with ctx.read() as session:
        wanted = next((one for one in _known_roles(session, ctx.tenant) if one.key == role), None)
    if wanted is None:
        raise NotFound

    def verb(entry: Term) -> str:
        return assign_organisation_role(
            ctx,
            role=wanted.key,
            person=entry.person,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
            reason=entry.reason,
            request_id=request_id(),
            more=lambda session: {one.key for one in organisation_roles_of_models(session, tenant=ctx.tenant)},
        )

    return fill_in(
        "accounts/role_new.html",
        RoleSchema(),
        verb,
        _roles,
        values={"valid_from": today()},
        role=wanted,
        people=people_to_choose(),
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
        people=people_to_choose(),
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


def _known_roles(session: Session, tenant: str) -> tuple[KnownRole, ...]:
    """Return the municipality's own roles, then those that its models add."""
    shared = [KnownRole(key=one.key, name=say(one.label), duty=say(one.duty)) for one in ORGANISATION_ROLES]
    own = [
        KnownRole(
            key=one.key,
            name=say(one.label),
            duty=gettext("Gör sin del av uppgifterna i %(model)s.", model=say(one.model)),
        )
        for one in organisation_roles_of_models(session, tenant=tenant)
    ]
    return (*shared, *own)


def _holding(holder_id: str) -> Holding:
    ctx = request_context()
    with ctx.read() as session:
        found = find_holding(session, tenant=ctx.tenant, holder=holder_id)
    if found is None or found.scope != ORGANISATION:
        raise NotFound
    return found


def _roles(_holder: str) -> str:
    return url_for(".roles")
