"""Handing over the roles and seats a person has to a successor, for somebody who leaves, from one day on.

The part of the verb `hand_over` that this room answers for; what else is a person's by name lies in the rooms above.
Roles and seats in steering groups move. Seats in boards only end: a council elects to them. What the person stands in
for ends too, since a deputy is chosen for who they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, RequestId, new_id
from workflows.people.access import ADMINISTER, authorize
from workflows.people.dated import not_over
from workflows.people.entries import DAY, active_person, not_passed, reason_of
from workflows.people.errors import SamePerson
from workflows.people.holders import Appointment, replace_row
from workflows.people.journal import note, refuse_repeat
from workflows.people.kinds import BodyKind, SeatRole
from workflows.people.membership import rebuild_scopes, scopes_of
from workflows.people.roles import APART
from workflows.people.tables import BodyRow, DeputyRow, HolderRow, PersonRow, SeatRow

RANK = {SeatRole.SECRETARY: 0, SeatRole.SUBSTITUTE: 1, SeatRole.MEMBER: 2, SeatRole.CHAIR: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingRole:
    """A role that the successor will have from `first`; `clashes`: they would manage and decide in the same project."""

    scope: str
    role: str
    first: date
    clashes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingSeat:
    """A seat that moves (steering group) or ends (board)."""

    body: str
    role: SeatRole
    moves: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """What a handing over would do, or did."""

    leaver: str
    successor: str
    roles: tuple[MovingRole, ...]
    seats: tuple[MovingSeat, ...]
    deputies_end: int

    @property
    def count(self) -> int:
        """How many things change."""
        return len(self.roles) + len(self.seats) + self.deputies_end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    leaver: PersonRow
    successor: PersonRow
    roles: list[HolderRow]
    seats: list[tuple[SeatRow, BodyRow]]
    deputies: list[DeputyRow]


def preview_roles(
    session: Session, ctx: Context, *, leaver: PersonId, successor: PersonId, valid_from: date
) -> Handover:
    """Return what would move from that day on, perhaps nothing. Raises the same refusals as `hand_over_roles`."""
    not_passed(valid_from, local_date(ctx.now()))
    authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
    return _describe(session, ctx.tenant, _load(session, ctx.tenant, leaver, successor, valid_from), valid_from)


def hand_over_roles(
    session: Session,
    ctx: Context,
    *,
    leaver: PersonId,
    successor: PersonId,
    valid_from: date,
    reason: str,
    at: datetime,
    request_id: RequestId | None = None,
    also: Mapping[str, Any] | None = None,
) -> Handover:
    """Move every role and seat that `leaver` has on that day or later to `successor`; return what was moved.

    Inside the caller's transaction; checks the right, refuses a repeated request and writes the event of the whole
    handing over, with what the caller moves `also`.
    """
    why = reason_of(reason)
    not_passed(valid_from, local_date(at))
    authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
    refuse_repeat(session, ctx, "hand_over", request_id)
    held = _load(session, ctx.tenant, leaver, successor, valid_from)
    done = _describe(session, ctx.tenant, held, valid_from)
    for role in held.roles:
        replace_row(session, role, Appointment(role=role.role, person=successor), valid_from, why)
    for seat, body in held.seats:
        _move_seat(session, seat, body, successor, valid_from)
    for deputy in held.deputies:
        deputy.valid_to = max(valid_from, deputy.valid_from) - DAY
    session.flush()
    touched = scopes_of(session, ctx.tenant, leaver) | scopes_of(session, ctx.tenant, successor)
    rebuild_scopes(session, ctx.tenant, touched)
    note(
        session, ctx, verb="hand_over", at=at, subject=leaver, request_id=request_id, successor=successor,
        valid_from=valid_from.isoformat(), reason=why, holders=[role.id for role in held.roles],
        seats=[seat.id for seat, _ in held.seats], deputies=[deputy.id for deputy in held.deputies], **(also or {}),
    )  # fmt: skip
    return done


def _load(session: Session, tenant: str, leaver: str, successor: str, day: date) -> _Held:
    leaving = session.get(PersonRow, {"tenant": tenant, "id": leaver})
    if leaving is None:
        raise NotFound
    coming = active_person(session, tenant, successor)
    if leaver == successor:
        raise SamePerson(name=leaving.name)
    mine = [(rows.tenant == tenant) & (rows.person == leaver) & not_over(rows, day) for rows in (HolderRow, DeputyRow)]
    seats = (
        select(SeatRow, BodyRow)
        .join(BodyRow, (BodyRow.tenant == SeatRow.tenant) & (BodyRow.id == SeatRow.body))
        .where(SeatRow.tenant == tenant, SeatRow.person == leaver, not_over(SeatRow, day))
        .order_by(BodyRow.sort_key)
    )
    return _Held(
        leaver=leaving,
        successor=coming,
        roles=list(session.scalars(select(HolderRow).where(mine[0]).order_by(HolderRow.scope, HolderRow.role))),
        seats=[(seat, body) for seat, body in session.execute(seats)],
        deputies=list(session.scalars(select(DeputyRow).where(mine[1]))),
    )


def _describe(session: Session, tenant: str, held: _Held, valid_from: date) -> Handover:
    open_roles = select(HolderRow.scope, HolderRow.role).where(
        HolderRow.tenant == tenant, HolderRow.person == held.successor.id, HolderRow.valid_to.is_(None)
    )
    theirs = {(scope, role) for scope, role in session.execute(open_roles)} | {
        (row.scope, row.role) for row in held.roles
    }
    roles = [
        MovingRole(
            scope=row.scope,
            role=row.role,
            first=max(valid_from, row.valid_from),
            clashes=any(row.role in pair and {(row.scope, one) for one in pair} <= theirs for pair in APART),
        )
        for row in held.roles
    ]
    return Handover(
        leaver=held.leaver.name,
        successor=held.successor.name,
        roles=tuple(roles),
        seats=tuple(
            MovingSeat(body=body.name, role=seat.role, moves=body.kind is BodyKind.STEERING_GROUP)
            for seat, body in held.seats
        ),
        deputies_end=len(held.deputies),
    )


def _move_seat(session: Session, seat: SeatRow, body: BodyRow, successor: str, valid_from: date) -> None:
    """End a seat and, in a steering group, give it on; whoever sits there already keeps the higher of two seats."""
    first, last = max(valid_from, seat.valid_from), seat.valid_to
    seat.valid_to = first - DAY
    if body.kind is not BodyKind.STEERING_GROUP:
        return
    session.flush()
    there = session.scalars(
        select(SeatRow)
        .where(
            SeatRow.tenant == seat.tenant,
            SeatRow.body == seat.body,
            SeatRow.person == successor,
            not_over(SeatRow, first),
            (SeatRow.role == SeatRole.SECRETARY) == (seat.role is SeatRole.SECRETARY),
        )
        .limit(1)
    ).one_or_none()
    if there is not None:
        if RANK[there.role] >= RANK[seat.role]:
            return
        there.valid_to = max(first, there.valid_from) - DAY
    new = SeatRow(tenant=seat.tenant, id=new_id(), body=seat.body, person=successor, role=seat.role)
    new.valid_from, new.valid_to = first, last
    session.add(new)
