"""The projection `membership`: from seats, holders and deputies to flat principals with dates.

A change rebuilds the scopes it touches, in the same transaction. Nothing cascades: a deputy gets the principal of the
function they stand in for and nothing that others derive from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, insert, select
from sqlalchemy.orm import Session

from workflows.kernel.ids import Principal, person_principal, role_principal
from workflows.people.kinds import BodyKind, SeatRole
from workflows.people.roles import CHAIR, SECRETARY, SUBSTITUTE
from workflows.people.tables import FOREVER, BodyRow, DeputyRow, HolderRow, MembershipRow, PersonRow, SeatRow

SELF = "self"

Entry = dict[str, Any]
"""A row of the projection before it is written."""


def rebuild_scopes(session: Session, tenant: str, scopes: Collection[str]) -> None:
    """Write the memberships of `scopes` anew from holders, seats and deputies."""
    if not scopes:
        return
    session.flush()
    session.execute(delete(MembershipRow).where(MembershipRow.tenant == tenant, MembershipRow.scope.in_(scopes)))
    found: dict[tuple[Any, ...], Entry] = {}
    for entry in _entries(session, tenant, scopes):
        key = (entry["person"], entry["principal"], entry["via"], entry["valid_from"])
        if entry["valid_from"] <= entry["valid_to"]:
            found[key] = max(entry, found.get(key, entry), key=lambda one: one["valid_to"])
    if found:
        session.execute(insert(MembershipRow), list(found.values()))


def rebuild_body(session: Session, tenant: str, body: str) -> None:
    """Rebuild every scope in which `body` holds a role."""
    held = select(HolderRow.scope).where(HolderRow.tenant == tenant, HolderRow.body == body)
    session.flush()
    rebuild_scopes(session, tenant, set(session.scalars(held)))


def rebuild_person(session: Session, tenant: str, person: str) -> None:
    """Rebuild the person's own principal and every scope where they hold a role, sit or stand in."""
    session.flush()
    mine = (MembershipRow.tenant == tenant, MembershipRow.person == person, MembershipRow.via == SELF)
    session.execute(delete(MembershipRow).where(*mine))
    row = session.get_one(PersonRow, {"tenant": tenant, "id": person})
    if row.active:
        own = _entry(tenant, person, person_principal(person), SELF, date.min, FOREVER)
        session.execute(insert(MembershipRow), [own])
    rebuild_scopes(session, tenant, scopes_of(session, tenant, person))


def scopes_of(session: Session, tenant: str, person: str) -> set[str]:
    """Return every scope in which a person ever held a role, sat or stood in."""
    sat = and_(SeatRow.tenant == HolderRow.tenant, SeatRow.body == HolderRow.body)
    sources = (
        select(HolderRow.scope).where(HolderRow.tenant == tenant, HolderRow.person == person),
        select(HolderRow.scope).join(SeatRow, sat).where(SeatRow.tenant == tenant, SeatRow.person == person),
        select(DeputyRow.scope).where(DeputyRow.tenant == tenant, DeputyRow.person == person),
    )
    return {scope for source in sources for scope in session.scalars(source)}


def _entry(
    tenant: str, person: str, principal: Principal, via: str, first: date, last: date | None, scope: str | None = None
) -> Entry:
    return {
        "tenant": tenant,
        "person": person,
        "principal": principal,
        "via": via,
        "valid_from": first,
        "valid_to": last or FOREVER,
        "scope": scope,
        "on_behalf_of": None,
    }


def _entries(session: Session, tenant: str, scopes: Collection[str]) -> Iterator[Entry]:
    """Yield what follows from every source, people who are no longer active left out."""
    active = and_(PersonRow.tenant == tenant, PersonRow.active)
    holders = select(HolderRow).join(PersonRow, and_(active, PersonRow.id == HolderRow.person))
    for held in session.scalars(holders.where(HolderRow.tenant == tenant, HolderRow.scope.in_(scopes))):
        assert held.person is not None
        principal = role_principal(held.scope, held.role)
        yield _entry(tenant, held.person, principal, f"holder:{held.id}", held.valid_from, held.valid_to, held.scope)
    deputies = select(DeputyRow).join(PersonRow, and_(active, PersonRow.id == DeputyRow.person))
    for deputy in session.scalars(deputies.where(DeputyRow.tenant == tenant, DeputyRow.scope.in_(scopes))):
        principal, via = role_principal(deputy.scope, deputy.role), f"deputy:{deputy.id}"
        entry = _entry(tenant, deputy.person, principal, via, deputy.valid_from, deputy.valid_to, deputy.scope)
        yield entry | {"on_behalf_of": principal}
    yield from _of_bodies(session, tenant, scopes)


def _of_bodies(session: Session, tenant: str, scopes: Collection[str]) -> Iterator[Entry]:
    """Yield what the seats of a body give while the body holds its role."""
    rows = session.execute(
        select(HolderRow, BodyRow.kind, SeatRow)
        .join(BodyRow, and_(BodyRow.tenant == HolderRow.tenant, BodyRow.id == HolderRow.body))
        .join(SeatRow, and_(SeatRow.tenant == HolderRow.tenant, SeatRow.body == HolderRow.body))
        .join(PersonRow, and_(PersonRow.tenant == SeatRow.tenant, PersonRow.id == SeatRow.person, PersonRow.active))
        .where(HolderRow.tenant == tenant, HolderRow.scope.in_(scopes))
    )
    for held, kind, seat in rows:
        first = max(held.valid_from, seat.valid_from)
        last = min(held.valid_to or FOREVER, seat.valid_to or FOREVER)
        for role in seat_roles(kind, seat.role, held.role):
            principal = role_principal(held.scope, role)
            yield _entry(tenant, seat.person, principal, f"seat:{seat.id}", first, last, held.scope)


def seat_roles(kind: BodyKind, seat: SeatRole, role: str) -> tuple[str, ...]:
    """Return the roles that a seat gives where its body holds `role`.

    Only members and the chair act as the body. The chair of a steering group is also the project's `chair`; a board's
    is not, since the board does not lead the project. A substitute may read until called in.
    """
    if seat is SeatRole.SECRETARY:
        return (SECRETARY,)
    if seat is SeatRole.SUBSTITUTE:
        return (SUBSTITUTE,)
    if seat is SeatRole.CHAIR and kind is BodyKind.STEERING_GROUP:
        return (role, CHAIR)
    return (role,)
