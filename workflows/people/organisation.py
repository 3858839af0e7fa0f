"""The verbs on roles of the organisation: giving, passing on, ending. A project's roles change through the project."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId
from workflows.people.access import ADMINISTER, authorize
from workflows.people.entries import not_long_passed, not_passed, reason_of, still_on
from workflows.people.errors import LastAdministrator, RoleMissing
from workflows.people.holders import Appointment, appoint, load_holder, succeed
from workflows.people.journal import note, refuse_repeat
from workflows.people.membership import rebuild_scopes
from workflows.people.roles import ADMINISTRATOR, ORGANISATION_ROLES
from workflows.people.tables import HolderRow, PersonRow

MoreRoles = Callable[[Session], Collection[str]]


def _no_more(_session: Session) -> Collection[str]:
    return ()


def assign_organisation_role(
    ctx: Context,
    *,
    role: str,
    person: PersonId,
    valid_from: date,
    valid_to: date | None = None,
    reason: str = "",
    request_id: RequestId | None = None,
    more: MoreRoles = _no_more,
) -> str:
    """Give a person a role of the organisation from today or a later day; return the holder's id.

    `more` returns the keys of roles that process models add to the municipality's own; this room knows no models.
    Raises RoleMissing and what `appoint` raises.
    """
    at = ctx.now()
    not_passed(valid_from, local_date(at))
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        refuse_repeat(session, ctx, "assign_organisation_role", request_id)
        if role not in {known.key for known in ORGANISATION_ROLES} and role not in more(session):
            raise RoleMissing
        (holder,) = appoint(
            session,
            ctx.tenant,
            scope=ORGANISATION,
            appointments=[Appointment(role=role, person=person)],
            valid_from=valid_from,
            valid_to=valid_to,
            reason=reason,
        )
        note(
            session, ctx, verb="assign_organisation_role", at=at, subject=holder, request_id=request_id,
            scope=ORGANISATION, role=role, person=person, valid_from=valid_from.isoformat(), reason=reason,
        )  # fmt: skip
    return holder


def replace_holder(
    ctx: Context,
    *,
    holder: str,
    person: PersonId,
    valid_from: date,
    reason: str,
    request_id: RequestId | None = None,
) -> str:
    """Let a person follow the holder of a role of the organisation from today or later; return the new holder's id."""
    at = ctx.now()
    not_passed(valid_from, local_date(at))
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        refuse_repeat(session, ctx, "replace_holder", request_id)
        old = _of_organisation(session, ctx.tenant, holder)
        successor = Appointment(role=old.role, person=person)
        new = succeed(session, ctx.tenant, holder=holder, successor=successor, valid_from=valid_from, reason=reason)
        note(
            session, ctx, verb="replace_holder", at=at, subject=new, request_id=request_id,
            replaced=holder, role=old.role, person=person, valid_from=valid_from.isoformat(), reason=reason,
        )  # fmt: skip
    return new


def end_role(ctx: Context, *, holder: str, last_day: date, reason: str) -> None:
    """End a role of the organisation without a successor; `last_day` is yesterday at the earliest.

    Raises LastAdministrator rather than leave nobody to manage people.
    """
    at, why = ctx.now(), reason_of(reason)
    not_long_passed(last_day, local_date(at))
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = _of_organisation(session, ctx.tenant, holder)
        still_on(row.valid_from, row.valid_to, last_day, field="last_day")
        row.valid_to = last_day
        if row.role == ADMINISTRATOR:
            _keep_an_administrator(session, ctx.tenant)
        rebuild_scopes(session, ctx.tenant, {ORGANISATION})
        note(
            session, ctx, verb="end_role", at=at, subject=holder,
            role=row.role, last_day=last_day.isoformat(), reason=why,
        )  # fmt: skip


def _keep_an_administrator(session: Session, tenant: str) -> None:
    """Refuse a change after which nobody would be administrator until further notice."""
    session.flush()
    left = session.scalar(
        select(func.count())
        .select_from(HolderRow)
        .join(PersonRow, (PersonRow.tenant == HolderRow.tenant) & (PersonRow.id == HolderRow.person))
        .where(
            HolderRow.tenant == tenant,
            HolderRow.scope == ORGANISATION,
            HolderRow.role == ADMINISTRATOR,
            HolderRow.valid_to.is_(None),
            PersonRow.active,
        )
    )
    if not left:
        raise LastAdministrator


def _of_organisation(session: Session, tenant: str, holder: str) -> HolderRow:
    """A project's roles change through the project, which has rules of its own."""
    row = load_holder(session, tenant, holder)
    if row.scope != ORGANISATION:
        raise NotFound
    return row
