"""Steering groups and boards: their rule of quorum and the dated seats of their members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, BodyId, PersonId, RequestId, new_id
from workflows.people.access import ADMINISTER, authorize
from workflows.people.entries import active_person, in_order, name_of, not_long_passed, reason_of, still_on
from workflows.people.errors import AlreadySeated, BodyUnusable, ChairTaken, QuorumUnusable
from workflows.people.journal import note, refuse_repeat
from workflows.people.kinds import BodyKind, QuorumRule, SeatRole
from workflows.people.membership import rebuild_body
from workflows.people.names import body_sort_key
from workflows.people.tables import BodyRow, PersonRow, SeatRow

VOTING = frozenset({SeatRole.CHAIR, SeatRole.MEMBER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """How many of a body's members must be present to decide; `count` only with rule COUNT."""

    rule: QuorumRule = QuorumRule.MAJORITY
    count: int | None = None

    def of(self, members: int) -> int:
        """Return how many of `members` (chair included, substitutes not) it takes."""
        return members // 2 + 1 if self.rule is QuorumRule.MAJORITY else max(self.count or 1, 1)

    def clean(self) -> Quorum:
        """Return the same, or refuse a fixed number below one."""
        if self.rule is QuorumRule.MAJORITY:
            return Quorum()
        if self.count is None or not 1 <= self.count <= 200:
            raise QuorumUnusable
        return self


def create_body(
    ctx: Context, *, name: str, kind: BodyKind, quorum: Quorum | None = None, request_id: RequestId | None = None
) -> BodyId:
    """Make a steering group or a board without members."""
    at = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        refuse_repeat(session, ctx, "create_body", request_id)
        body = found_body(session, ctx.tenant, name=name, kind=kind, quorum=quorum or Quorum(), at=at)
        note(session, ctx, verb="create_body", at=at, subject=body, request_id=request_id, kind=kind)
    return body


def found_body(session: Session, tenant: str, *, name: str, kind: BodyKind, quorum: Quorum, at: datetime) -> BodyId:
    """Make a body inside the caller's transaction; the caller has checked the right and records the event."""
    wanted, clean = quorum.clean(), name_of(name)
    body = BodyRow(
        tenant=tenant,
        id=new_id(),
        name=clean,
        sort_key=body_sort_key(clean),
        kind=kind,
        quorum_rule=wanted.rule,
        quorum_count=wanted.count,
        created_at=at,
    )
    session.add(body)
    session.flush()
    return BodyId(body.id)


def change_body(ctx: Context, *, body: BodyId, name: str, quorum: Quorum) -> None:
    """Rename a body or change when it may decide; what it is in law (`kind`) stays."""
    at, wanted, clean = ctx.now(), quorum.clean(), name_of(name)
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = session.get(BodyRow, {"tenant": ctx.tenant, "id": body})
        if row is None:
            raise NotFound
        row.name, row.sort_key = clean, body_sort_key(clean)
        row.quorum_rule, row.quorum_count = wanted.rule, wanted.count
        note(session, ctx, verb="change_body", at=at, subject=body, quorum=[wanted.rule, wanted.count])


def seat_member(
    ctx: Context,
    *,
    body: BodyId,
    person: PersonId,
    role: SeatRole,
    valid_from: date,
    valid_to: date | None = None,
    request_id: RequestId | None = None,
) -> str:
    """Give a person a seat from a day on and return the seat's id.

    The day may have passed: a council elects before anybody writes it down here. Decisions taken meanwhile keep the
    attendance that was recorded with them.
    """
    at = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        refuse_repeat(session, ctx, "seat_member", request_id)
        seat = give_seat(
            session, ctx.tenant, body=body, person=person, role=role, valid_from=valid_from, valid_to=valid_to
        )
        days = [valid_from.isoformat(), valid_to.isoformat() if valid_to else None]
        note(
            session, ctx, verb="seat_member", at=at, subject=seat, request_id=request_id,
            body=body, person=person, role=role, days=days,
        )  # fmt: skip
    return seat


def give_seat(
    session: Session,
    tenant: str,
    *,
    body: BodyId,
    person: PersonId,
    role: SeatRole,
    valid_from: date,
    valid_to: date | None = None,
) -> str:
    """Give a seat inside the caller's transaction; the caller has checked the right and records the event."""
    in_order(valid_from, valid_to)
    name = active_person(session, tenant, person).name
    if session.get(BodyRow, {"tenant": tenant, "id": body}) is None:
        raise BodyUnusable
    _refuse_overlap(session, tenant, body, person, name, role, valid_from, valid_to)
    seat = SeatRow(
        tenant=tenant, id=new_id(), body=body, person=person, role=role, valid_from=valid_from, valid_to=valid_to
    )
    session.add(seat)
    rebuild_body(session, tenant, body)
    return seat.id


def unseat_member(ctx: Context, *, seat: str, last_day: date, reason: str) -> None:
    """End a seat; `last_day` is yesterday at the earliest (the person then has no seat today)."""
    at, why = ctx.now(), reason_of(reason)
    not_long_passed(last_day, local_date(at))
    with ctx.write() as session:
        authorize(session, ctx, ADMINISTER, scope=ORGANISATION)
        row = session.get(SeatRow, {"tenant": ctx.tenant, "id": seat})
        if row is None:
            raise NotFound
        still_on(row.valid_from, row.valid_to, last_day, field="last_day")
        row.valid_to = last_day
        rebuild_body(session, ctx.tenant, row.body)
        note(
            session, ctx, verb="unseat_member", at=at, subject=seat,
            body=row.body, person=row.person, last_day=last_day.isoformat(), reason=why,
        )  # fmt: skip


def _refuse_overlap(
    session: Session,
    tenant: str,
    body: str,
    person: str,
    name: str,
    role: SeatRole,
    valid_from: date,
    valid_to: date | None,
) -> None:
    """One seat a person (a secretary's beside it is another thing), one chair a body, at any time."""
    taken = session.execute(
        select(SeatRow.person, SeatRow.role, PersonRow.name)
        .join(PersonRow, (PersonRow.tenant == SeatRow.tenant) & (PersonRow.id == SeatRow.person))
        .where(
            SeatRow.tenant == tenant,
            SeatRow.body == body,
            or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= valid_from),
            or_(SeatRow.valid_to.is_(None), SeatRow.valid_to >= SeatRow.valid_from),
            SeatRow.valid_from <= (valid_to or date.max),
        )
    ).all()
    secretary = SeatRole.SECRETARY
    if any(one.person == person and (one.role is secretary) == (role is secretary) for one in taken):
        raise AlreadySeated(name=name)
    if role is SeatRole.CHAIR:
        for one in taken:
            if one.role is SeatRole.CHAIR:
                raise ChairTaken(name=one.name)
