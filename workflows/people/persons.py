"""Adding people, changing what is known of them, and closing their account without losing their history."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId, new_id
from workflows.people.access import ADMINISTER, authorize
from workflows.people.dated import not_over
from workflows.people.entries import email_key, email_of, line, name_of
from workflows.people.errors import EmailTaken, StillHolds
from workflows.people.holders import Appointment, appoint
from workflows.people.journal import note, refuse_repeat
from workflows.people.membership import rebuild_person
from workflows.people.names import fold, sort_key
from workflows.people.passwords import end_sessions
from workflows.people.tables import CredentialRow, DeputyRow, HolderRow, PersonRow, SeatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDetails:
    """What is known of a person; `title` is their function in words ("Förvaltningschef")."""

    name: str
    email: str
    title: str = ""
    department: str = ""
    phone: str = ""

    def clean(self) -> PersonDetails:
        """Return the same in usable form. Raises Refused with the field to correct."""
        return PersonDetails(
            name=name_of(self.name),
            email=email_of(self.email),
            title=line("title", self.title, 200),
            department=line("department", self.department, 200),
            phone=line("phone", self.phone, 50),
        )


def add_person(
    ctx: Context, *, details: PersonDetails, roles: Collection[str] = (), request_id: RequestId | None = None
) -> PersonId:
    """Add somebody, with `roles` of the organisation from today; they choose a password by a link (links.py)."""
    wanted, at = details.clean(), ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        refuse_repeat(session, ctx, "add_person", request_id)
        person = admit(session, ctx.tenant, wanted, at)
        appointments = [Appointment(role=role, person=person) for role in roles]
        appoint(session, ctx.tenant, scope=ORGANISATION, appointments=appointments, valid_from=local_date(at))
        note(session, ctx, verb="add_person", at=at, subject=person, request_id=request_id, roles=list(roles))
    return person


def admit(session: Session, tenant: str, details: PersonDetails, at: datetime) -> PersonId:
    """Add a person inside the caller's transaction; the caller has checked the right and records the event."""
    _refuse_taken(session, tenant, details.email, None)
    person = PersonId(new_id())
    row = PersonRow(tenant=tenant, id=person, active=True, added_at=at)
    _fill(row, details)
    session.add(row)
    session.flush()
    session.add(CredentialRow(tenant=tenant, person=person, password_hash=None, session_version=1, changed_at=None))
    rebuild_person(session, tenant, person)
    return person


def change_person(ctx: Context, *, person: PersonId, details: PersonDetails) -> None:
    """Correct what is known of a person; the event names the changed fields, not their contents."""
    wanted, at = details.clean(), ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = _load(session, ctx.tenant, person)
        _refuse_taken(session, ctx.tenant, wanted.email, person)
        fields = ("name", "email", "title", "department", "phone")
        changed = [field for field in fields if getattr(row, field) != getattr(wanted, field)]
        if changed:
            _fill(row, wanted)
            note(session, ctx, verb="change_person", at=at, subject=person, fields=changed)


def deactivate_person(ctx: Context, *, person: PersonId) -> None:
    """Close a person's account: every session ends, nobody can give them roles; their history stays.

    Raises StillHolds while they have roles, seats or stand in for someone, today or later.
    """
    at = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = _load(session, ctx.tenant, person)
        if not row.active:
            return
        if holds_anything(session, ctx, person, at):
            raise StillHolds(name=row.name, person=person)
        row.active = False
        end_sessions(session, ctx.tenant, person)
        rebuild_person(session, ctx.tenant, person)
        note(session, ctx, verb="deactivate_person", at=at, subject=person)


def reactivate_person(ctx: Context, *, person: PersonId) -> None:
    """Open a closed account again; roles that ended stay ended."""
    at = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = _load(session, ctx.tenant, person)
        if row.active:
            return
        row.active = True
        rebuild_person(session, ctx.tenant, person)
        note(session, ctx, verb="reactivate_person", at=at, subject=person)


def holds_anything(session: Session, ctx: Context, person: str, at: datetime) -> bool:
    """Tell whether a person has a role, a seat or stands in, today or on a later day."""
    today = local_date(at)
    return any(
        session.scalar(
            select(rows.id).where(rows.tenant == ctx.tenant, rows.person == person, not_over(rows, today)).limit(1)
        )
        for rows in (HolderRow, SeatRow, DeputyRow)
    )


def _load(session: Session, tenant: str, person: str) -> PersonRow:
    row = session.get(PersonRow, {"tenant": tenant, "id": person})
    if row is None:
        raise NotFound
    return row


def _fill(row: PersonRow, details: PersonDetails) -> None:
    row.name, row.email, row.email_key = details.name, details.email, email_key(details.email)
    row.title, row.department, row.phone = details.title, details.department, details.phone
    row.sort_key = sort_key(details.name)
    row.search_text = fold(f"{details.name} {details.email} {details.title} {details.department}")


def _refuse_taken(session: Session, tenant: str, email: str, own: str | None) -> None:
    taken = session.execute(
        select(PersonRow.id, PersonRow.name).where(PersonRow.tenant == tenant, PersonRow.email_key == email_key(email))
    ).one_or_none()
    if taken is not None and taken.id != own:
        raise EmailTaken(name=taken.name)
