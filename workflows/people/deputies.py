"""Deputies: who stands in for a function between two days, and by which right. It is no delegation (KL 7:5–8)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId, new_id, role_principal
from workflows.people.access import ADMINISTER, acting
from workflows.people.entries import active_person, in_order, line, not_long_passed, not_passed, reason_of, still_on
from workflows.people.errors import (
    AlreadyHolds,
    BodyHasSubstitutes,
    LegalSourceMissing,
    RoleMissing,
    SamePerson,
)
from workflows.people.journal import note, refuse_repeat
from workflows.people.membership import rebuild_scopes
from workflows.people.tables import BodyRow, DeputyRow, HolderRow


def appoint_deputy(
    ctx: Context,
    *,
    scope: str,
    role: str,
    person: PersonId,
    valid_from: date,
    valid_to: date,
    legal_source: str,
    request_id: RequestId | None = None,
) -> str:
    """Let a person stand in for whoever holds `role` in `scope` between two days; return the deputy's id.

    The holder of the function appoints, or an administrator; somebody who themselves only stands in cannot.
    """
    at = ctx.now()
    not_passed(valid_from, local_date(at))
    in_order(valid_from, valid_to)
    source = line("legal_source", legal_source, 500)
    if not source:
        raise LegalSourceMissing
    with ctx.write() as session:
        _authorize(session, ctx, scope, role)
        refuse_repeat(session, ctx, "appoint_deputy", request_id)
        name = active_person(session, ctx.tenant, person).name
        _refuse_unfit(session, ctx.tenant, scope, role, person, name, valid_from, valid_to)
        row = DeputyRow(
            tenant=ctx.tenant, id=new_id(), scope=scope, role=role, person=person, legal_source=source,
            valid_from=valid_from, valid_to=valid_to,
        )  # fmt: skip
        session.add(row)
        rebuild_scopes(session, ctx.tenant, {scope})
        note(
            session, ctx, verb="appoint_deputy", at=at, subject=row.id, request_id=request_id, scope=scope, role=role,
            person=person, legal_source=source, days=[valid_from.isoformat(), valid_to.isoformat()],
        )  # fmt: skip
    return row.id


def end_deputy(ctx: Context, *, deputy: str, last_day: date, reason: str) -> None:
    """End a deputy's time early; `last_day` is yesterday at the earliest."""
    at, why = ctx.now(), reason_of(reason)
    not_long_passed(last_day, local_date(at))
    with ctx.write() as session:
        row = session.get(DeputyRow, {"tenant": ctx.tenant, "id": deputy})
        if row is None:
            raise NotFound
        _authorize(session, ctx, row.scope, row.role)
        still_on(row.valid_from, row.valid_to, last_day, field="last_day")
        row.valid_to = last_day
        rebuild_scopes(session, ctx.tenant, {row.scope})
        note(session, ctx, verb="end_deputy", at=at, subject=deputy, last_day=last_day.isoformat(), reason=why)


def _authorize(session: Session, ctx: Context, scope: str, role: str) -> None:
    if ctx.actor is None:
        return
    principal = role_principal(scope, role)
    actor = acting(session, tenant=ctx.tenant, person=ctx.actor, on=local_date(ctx.now()))
    if principal in actor.own or actor.principals & ADMINISTER.principals(ORGANISATION):
        return
    raise Forbidden if principal in actor.principals else NotFound


def _refuse_unfit(
    session: Session,
    tenant: str,
    scope: str,
    role: str,
    person: str,
    name: str,
    valid_from: date,
    valid_to: date,
) -> None:
    """Refuse a role nobody holds then, one that a body holds, and whoever has it or stands in for it already."""
    holders = session.execute(
        select(HolderRow.person, HolderRow.valid_from, HolderRow.valid_to, BodyRow.name)
        .outerjoin(BodyRow, (BodyRow.tenant == HolderRow.tenant) & (BodyRow.id == HolderRow.body))
        .where(HolderRow.tenant == tenant, HolderRow.scope == scope, HolderRow.role == role)
    ).all()
    during = [one for one in holders if one.valid_from <= valid_to and (one.valid_to or date.max) >= valid_from]
    if not during:
        raise RoleMissing
    for one in during:
        if one.person is None:
            raise BodyHasSubstitutes(name=one.name)
        if one.person == person:
            raise SamePerson(name=name)
    standing_in = session.scalar(
        select(DeputyRow.id)
        .where(
            DeputyRow.tenant == tenant,
            DeputyRow.scope == scope,
            DeputyRow.role == role,
            DeputyRow.person == person,
            DeputyRow.valid_from <= valid_to,
            DeputyRow.valid_to >= valid_from,
        )
        .limit(1)
    )
    if standing_in is not None:
        raise AlreadyHolds(name=name)
