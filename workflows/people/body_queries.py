"""What screens show of steering groups and boards and their seats: frozen rows, one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from workflows.kernel.ids import BodyId, PersonId
from workflows.people.bodies import VOTING, Quorum
from workflows.people.dated import not_over, valid_on
from workflows.people.kinds import BodyKind, SeatRole
from workflows.people.tables import BodyRow, PersonRow, SeatRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyName:
    """A body to choose or to name."""

    id: BodyId
    name: str
    kind: BodyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A seat with its body and person by name."""

    id: str
    body: BodyId
    body_name: str
    body_kind: BodyKind
    person: PersonId
    name: str
    title: str
    role: SeatRole
    valid_from: date
    valid_to: date | None

    def is_on(self, day: date) -> bool:
        """Whether the seat is taken on `day`; if not, it is to come or past."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body with how many members (chair included) it has on the day of asking."""

    id: BodyId
    name: str
    kind: BodyKind
    quorum: Quorum
    members: int

    @property
    def needed(self) -> int:
        """How many members must be present to decide."""
        return self.quorum.of(self.members)


def bodies_on(session: Session, *, tenant: str, on: date) -> tuple[Body, ...]:
    """Return every body in Swedish order with its members on a day."""
    return _bodies(session, tenant, on)


def all_bodies(session: Session, *, tenant: str) -> tuple[BodyName, ...]:
    """Return every body in Swedish order, for a list to choose from."""
    rows = session.execute(
        select(BodyRow.id, BodyRow.name, BodyRow.kind)
        .where(BodyRow.tenant == tenant)
        .order_by(BodyRow.sort_key, BodyRow.id)
    )
    return tuple(BodyName(id=BodyId(row.id), name=row.name, kind=row.kind) for row in rows)


def steering_groups(session: Session, *, tenant: str) -> tuple[BodyName, ...]:
    """Return the bodies that can steer a project, in Swedish order; a board decides by its own minutes."""
    return tuple(body for body in all_bodies(session, tenant=tenant) if body.kind == BodyKind.STEERING_GROUP)


def find_body(session: Session, *, tenant: str, body: str, day: date) -> Body | None:
    """Return one body with its members on `day`."""
    return next(iter(_bodies(session, tenant, day, BodyRow.id == body)), None)


def seats_on(session: Session, *, tenant: str, body: str, on: date) -> tuple[Seat, ...]:
    """Return who sits in a body on a day, the chair first."""
    return tuple(seat for seat in seats_of(session, tenant=tenant, body=body, day=on) if seat.is_on(on))


def seats_of(
    session: Session, *, tenant: str, body: str | None = None, person: str | None = None, day: date | None = None
) -> tuple[Seat, ...]:
    """Return the seats of a body or of a person, on `day` and later or with `day` None ever; the chair first."""
    narrowed = [SeatRow.body == body] if body is not None else []
    narrowed += [SeatRow.person == person] if person is not None else []
    narrowed += [not_over(SeatRow, day)] if day is not None else []
    found = _seats(session, SeatRow.tenant == tenant, *narrowed)
    order = list(SeatRole)
    return found if body is None else tuple(sorted(found, key=lambda seat: order.index(seat.role)))


def find_seat(session: Session, *, tenant: str, seat: str) -> Seat | None:
    """Return one seat."""
    return next(iter(_seats(session, SeatRow.tenant == tenant, SeatRow.id == seat)), None)


def _seats(session: Session, *wanted: ColumnElement[bool]) -> tuple[Seat, ...]:
    rows = session.execute(
        select(SeatRow, PersonRow.name, PersonRow.title, BodyRow.name, BodyRow.kind)
        .join(PersonRow, and_(PersonRow.tenant == SeatRow.tenant, PersonRow.id == SeatRow.person))
        .join(BodyRow, and_(BodyRow.tenant == SeatRow.tenant, BodyRow.id == SeatRow.body))
        .where(*wanted)
        .order_by(BodyRow.sort_key, PersonRow.sort_key, SeatRow.valid_from)
    )
    return tuple(
        Seat(
            id=row.id,
            body=BodyId(row.body),
            body_name=body_name,
            body_kind=kind,
            person=PersonId(row.person),
            name=name,
            title=title,
            role=row.role,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row, name, title, body_name, kind in rows
    )


def _bodies(session: Session, tenant: str, day: date, *wanted: ColumnElement[bool]) -> tuple[Body, ...]:
    member = and_(
        SeatRow.tenant == BodyRow.tenant, SeatRow.body == BodyRow.id, SeatRow.role.in_(VOTING), valid_on(SeatRow, day)
    )
    rows = session.execute(
        select(BodyRow, func.count(SeatRow.id))
        .outerjoin(SeatRow, member)
        .where(BodyRow.tenant == tenant, *wanted)
        .group_by(BodyRow.tenant, BodyRow.id)
        .order_by(BodyRow.sort_key, BodyRow.id)
    )
    return tuple(
        Body(
            id=BodyId(row.id),
            name=row.name,
            kind=row.kind,
            quorum=Quorum(rule=row.quorum_rule, count=row.quorum_count),
            members=members,
        )
        for row, members in rows
    )
