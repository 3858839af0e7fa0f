"""Who holds which role where, with dates: beginning, succeeding and ending; history is never overwritten.

Parts for verbs that appoint inside their own transaction. They check the entry, not the right; `assign_role` alone
writes an event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.kernel.errors import NotFound
from workflows.kernel.ids import BodyId, PersonId, new_id
from workflows.people.entries import DAY, active_person, in_order, reason_of, still_on
from workflows.people.errors import AlreadyHolds, BodyUnusable, SamePerson
from workflows.people.journal import record
from workflows.people.kinds import BodyKind
from workflows.people.membership import rebuild_scopes
from workflows.people.tables import FOREVER, BodyRow, HolderRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A role and who is to have it: a person or a body, one of the two."""

    role: str
    person: PersonId | None = None
    body: BodyId | None = None


def appoint(
    session: Session,
    tenant: str,
    *,
    scope: str,
    appointments: Sequence[Appointment],
    valid_from: date,
    valid_to: date | None = None,
    reason: str = "",
) -> tuple[str, ...]:
    """Begin holders in `scope` and return their ids, inside the caller's transaction.

    Raises PersonUnusable, BodyUnusable, AlreadyHolds, DaysReversed.
    """
    if not appointments:
        return ()
    in_order(valid_from, valid_to)
    ids = []
    for wanted in appointments:
        name = _appointee(session, tenant, wanted)
        _refuse_overlap(session, tenant, scope, wanted, name, valid_from, valid_to)
        row = HolderRow(
            tenant=tenant, id=new_id(), scope=scope, role=wanted.role, person=wanted.person, body=wanted.body,
            valid_from=valid_from, valid_to=valid_to, reason=reason, replaced_by=None,
        )  # fmt: skip
        session.add(row)
        ids.append(row.id)
    rebuild_scopes(session, tenant, {scope})
    return tuple(ids)


def succeed(
    session: Session, tenant: str, *, holder: str, successor: Appointment, valid_from: date, reason: str
) -> str:
    """Let `successor` follow a holder in the same role from a day on; return the new holder's id.

    The old one's last day is the day before. When the successor already has the role then, the old one just ends.
    Inside the caller's transaction. Raises NotFound, PersonUnusable, BodyUnusable, SamePerson, ReasonMissing.
    """
    old = load_holder(session, tenant, holder)
    why = reason_of(reason)
    name = _appointee(session, tenant, successor)
    still_on(old.valid_from, old.valid_to, valid_from, field="valid_from")
    if (successor.person, successor.body) == (old.person, old.body):
        raise SamePerson(name=name)
    new = replace_row(session, old, successor, valid_from, why)
    rebuild_scopes(session, tenant, {old.scope})
    return new


def replace_row(session: Session, old: HolderRow, successor: Appointment, valid_from: date, reason: str) -> str:
    """End `old` and begin its successor without rebuilding the projection; return the id of who holds it then."""
    first = max(valid_from, old.valid_from)
    last, old.valid_to = old.valid_to, first - DAY
    wanted = Appointment(role=old.role, person=successor.person, body=successor.body)
    session.flush()
    there = _overlapping(session, old.tenant, old.scope, wanted, first, last)
    if there is not None:
        old.replaced_by = there.id
        if there.valid_to is not None and there.valid_to < (last or FOREVER):
            there.valid_to = last
        there.valid_from = min(there.valid_from, first)
        return there.id
    new = HolderRow(
        tenant=old.tenant, id=new_id(), scope=old.scope, role=old.role, person=wanted.person, body=wanted.body,
        valid_from=first, valid_to=last, reason=reason, replaced_by=None,
    )  # fmt: skip
    session.add(new)
    old.replaced_by = new.id
    return new.id


def assign_role(
    session: Session,
    *,
    tenant: str,
    scope: str,
    role: str,
    person: PersonId | None = None,
    body: BodyId | None = None,
    valid_from: date,
    reason: str,
    actor: PersonId | None,
    at: datetime,
    sole: bool = True,
) -> str:
    """Give a role in a scope from a day on, inside the caller's transaction, and record it; return the holder's id.

    A `sole` role passes from whoever has it, whose last day is the day before; otherwise it is held beside others.
    Nothing happens when the person or body has it already.
    """
    wanted = Appointment(role=role, person=person, body=body)
    _appointee(session, tenant, wanted)
    there = _overlapping(session, tenant, scope, wanted, valid_from, None)
    if there is not None and there.valid_from <= valid_from and there.valid_to is None:
        return there.id
    before = [
        load_holder(session, tenant, one) for one in holders_of(session, tenant, scope=scope, role=role, day=valid_from)
    ]
    ended = before if sole else []
    for row in ended:
        row.valid_to = max(valid_from, row.valid_from) - DAY
    session.flush()
    (holder,) = appoint(session, tenant, scope=scope, appointments=[wanted], valid_from=valid_from, reason=reason)
    for row in ended:
        row.replaced_by = holder
    record(
        session, tenant=tenant, actor=actor, verb="assign_role", at=at, subject=holder, scope=scope, role=role,
        person=person, body=body, valid_from=valid_from.isoformat(), reason=reason, replaced=[row.id for row in ended],
    )  # fmt: skip
    return holder


def holders_of(session: Session, tenant: str, *, scope: str, role: str, day: date) -> tuple[str, ...]:
    """Return the ids of who holds `role` in `scope` on `day` or later, so that a verb can replace them."""
    rows = session.scalars(
        select(HolderRow.id).where(
            HolderRow.tenant == tenant,
            HolderRow.scope == scope,
            HolderRow.role == role,
            or_(HolderRow.valid_to.is_(None), HolderRow.valid_to >= day),
        )
    )
    return tuple(rows)


def load_holder(session: Session, tenant: str, holder: str) -> HolderRow:
    """Return a holder's row. Raises NotFound."""
    if row := session.get(HolderRow, {"tenant": tenant, "id": holder}):
        return row
    raise NotFound


def _appointee(session: Session, tenant: str, wanted: Appointment) -> str:
    """Return the name of who is to be appointed."""
    if wanted.person is not None:
        return active_person(session, tenant, wanted.person).name
    body = session.get(BodyRow, {"tenant": tenant, "id": wanted.body}) if wanted.body else None
    if body is None or body.kind != BodyKind.STEERING_GROUP:
        raise BodyUnusable
    return body.name


def _overlapping(
    session: Session, tenant: str, scope: str, wanted: Appointment, first: date, last: date | None
) -> HolderRow | None:
    who = HolderRow.person == wanted.person if wanted.person else HolderRow.body == wanted.body
    return session.scalars(
        select(HolderRow)
        .where(
            HolderRow.tenant == tenant,
            HolderRow.scope == scope,
            HolderRow.role == wanted.role,
            who,
            or_(HolderRow.valid_to.is_(None), HolderRow.valid_to >= first),
            or_(HolderRow.valid_to.is_(None), HolderRow.valid_to >= HolderRow.valid_from),
            HolderRow.valid_from <= (last or FOREVER),
        )
        .limit(1)
    ).one_or_none()


def _refuse_overlap(
    session: Session, tenant: str, scope: str, wanted: Appointment, name: str, first: date, last: date | None
) -> None:
    if _overlapping(session, tenant, scope, wanted, first, last) is not None:
        raise AlreadyHolds(name=name)
