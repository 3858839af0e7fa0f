"""What screens show of roles: who holds them, who stands in, who is behind a principal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from workflows.kernel.database import table_of
from workflows.kernel.ids import BodyId, PersonId, Principal
from workflows.people.dated import in_force, not_over, valid_on
from workflows.people.queries import PersonName
from workflows.people.tables import BodyRow, DeputyRow, HolderRow, MembershipRow, PersonRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A holder of a role: a person or a body (the other is None), from and to, and why it began or changed."""

    id: str
    scope: str
    role: str
    person: PersonId | None
    body: BodyId | None
    name: str
    valid_from: date
    valid_to: date | None
    reason: str
    replaced_by: str | None

    def is_on(self, day: date) -> bool:
        """Whether the role is held on `day`; if not, it is to come or past."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def is_to_come(self, day: date) -> bool:
        """Whether the role begins after `day`."""
        return self.valid_from > day and (self.valid_to is None or self.valid_to >= self.valid_from)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deputy:
    """Somebody who stands in for a role."""

    id: str
    scope: str
    role: str
    person: PersonId
    name: str
    legal_source: str
    valid_from: date
    valid_to: date


_MEMBERS, _PEOPLE = table_of(MembershipRow), table_of(PersonRow)
_BEHIND = (
    select(
        _MEMBERS.c.principal,
        _MEMBERS.c.on_behalf_of,
        _MEMBERS.c.valid_to,
        _PEOPLE.c.id,
        _PEOPLE.c.name,
        _PEOPLE.c.title,
    )
    .join_from(_MEMBERS, _PEOPLE, and_(_PEOPLE.c.tenant == _MEMBERS.c.tenant, _PEOPLE.c.id == _MEMBERS.c.person))
    .where(
        _MEMBERS.c.tenant == bindparam("tenant"),
        _MEMBERS.c.principal.in_(bindparam("principals", expanding=True)),
        in_force(_MEMBERS),
    )
    .order_by(_MEMBERS.c.on_behalf_of.is_not(None), _PEOPLE.c.sort_key, _PEOPLE.c.id)
)


def people_behind(
    session: Session, *, tenant: str, principals: Collection[Principal], day: date
) -> Mapping[Principal, tuple[PersonName, ...]]:
    """Return who acts as each principal on `day`, deputies too: for mail, and for "Väntar på Anna Berg"."""
    if not principals:
        return {}
    rows = session.execute(_BEHIND, {"tenant": tenant, "principals": list(principals), "day": day})
    found: dict[Principal, dict[str, PersonName]] = {principal: {} for principal in principals}
    for row in rows:
        until = row.valid_to if row.on_behalf_of else None
        name = PersonName(id=PersonId(row.id), name=row.name, title=row.title, until=until)
        found[Principal(row.principal)].setdefault(row.id, name)
    return {principal: tuple(names.values()) for principal, names in found.items()}


def holders_on(session: Session, *, tenant: str, scope: str, on: date) -> tuple[Holding, ...]:
    """Return who holds what in a scope on a day."""
    return _holdings(session, HolderRow.tenant == tenant, HolderRow.scope == scope, valid_on(HolderRow, on))


def holdings_in(session: Session, *, tenant: str, scope: str, day: date | None = None) -> tuple[Holding, ...]:
    """Return who holds what in a scope on `day` and later, or with `day` None its whole history, newest last."""
    still = [] if day is None else [not_over(HolderRow, day)]
    return _holdings(session, HolderRow.tenant == tenant, HolderRow.scope == scope, *still)


def holdings_of(session: Session, *, tenant: str, person: str, day: date | None = None) -> tuple[Holding, ...]:
    """Return the roles a person holds on `day` and later, or with `day` None ever held."""
    still = [] if day is None else [not_over(HolderRow, day)]
    return _holdings(session, HolderRow.tenant == tenant, HolderRow.person == person, *still)


def deputies_in(
    session: Session, *, tenant: str, scope: str | None = None, person: str | None = None, day: date
) -> tuple[Deputy, ...]:
    """Return who stands in on `day` and later, in one scope or for one person who stands in."""
    narrowed = [DeputyRow.scope == scope] if scope is not None else []
    narrowed += [DeputyRow.person == person] if person is not None else []
    return _deputies(session, DeputyRow.tenant == tenant, not_over(DeputyRow, day), *narrowed)


def find_deputy(session: Session, *, tenant: str, deputy: str) -> Deputy | None:
    """Return one deputy."""
    return next(iter(_deputies(session, DeputyRow.tenant == tenant, DeputyRow.id == deputy)), None)


def find_holding(session: Session, *, tenant: str, holder: str) -> Holding | None:
    """Return one holder of a role."""
    return next(iter(_holdings(session, HolderRow.tenant == tenant, HolderRow.id == holder)), None)


def _deputies(session: Session, *wanted: ColumnElement[bool]) -> tuple[Deputy, ...]:
    rows = session.execute(
        select(DeputyRow, PersonRow.name)
        .join(PersonRow, and_(PersonRow.tenant == DeputyRow.tenant, PersonRow.id == DeputyRow.person))
        .where(*wanted)
        .order_by(DeputyRow.valid_from, DeputyRow.id)
    )
    return tuple(
        Deputy(
            id=row.id,
            scope=row.scope,
            role=row.role,
            person=PersonId(row.person),
            name=name,
            legal_source=row.legal_source,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row, name in rows
    )


def _holdings(session: Session, *wanted: ColumnElement[bool]) -> tuple[Holding, ...]:
    rows = session.execute(
        select(HolderRow, PersonRow.name, BodyRow.name)
        .outerjoin(PersonRow, and_(PersonRow.tenant == HolderRow.tenant, PersonRow.id == HolderRow.person))
        .outerjoin(BodyRow, and_(BodyRow.tenant == HolderRow.tenant, BodyRow.id == HolderRow.body))
        .where(*wanted)
        .order_by(HolderRow.scope, HolderRow.role, HolderRow.valid_from, PersonRow.sort_key)
    )
    return tuple(
        Holding(
            id=row.id,
            scope=row.scope,
            role=row.role,
            person=PersonId(row.person) if row.person else None,
            body=BodyId(row.body) if row.body else None,
            name=person or body,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            reason=row.reason,
            replaced_by=row.replaced_by,
        )
        for row, person, body in rows
    )
