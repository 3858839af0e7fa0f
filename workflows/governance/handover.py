"""Handing over everything somebody has when they leave: roles, seats, and what is theirs by name in projects.

Roles and seats move from a day on. What is somebody's by name has no days of its own and moves at once. Each project
that is touched has it in its own record, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.flow import Entry, InstanceStatus, Running, load_running, reassign, record_entry
from workflows.governance.anytime import tasks_of_role
from workflows.governance.personal import OwnCondition, OwnRow, Personal, personal
from workflows.governance.project import Project, load_project
from workflows.governance.roles import principals_of_task
from workflows.governance.tables import ConditionRow, ProjectRow
from workflows.governance.told import told
from workflows.governance.write import write_project
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId, RequestId, person_principal
from workflows.kernel.retry import retry_on_conflict
from workflows.models import load_bundle
from workflows.people import Handover, hand_over_roles, preview_roles
from workflows.people.errors import NothingToHandOver
from workflows.people.handover import MovingRole


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeHandover:
    """What a handing over would do, or did: roles and seats from the day, what is theirs `by_name` at once."""

    held: Handover
    by_name: Personal

    @property
    def count(self) -> int:
        """How many things change hands or end."""
        return self.held.count + self.by_name.movable_count


def preview_handover(ctx: Context, *, leaver: PersonId, successor: PersonId, valid_from: date) -> WholeHandover:
    """Return what would move, and what cannot; changes nothing. Raises the same refusals as `hand_over`."""
    with ctx.read() as session:
        held = preview_roles(session, ctx, leaver=leaver, successor=successor, valid_from=valid_from)
        return _something(WholeHandover(held=held, by_name=personal(session, tenant=ctx.tenant, person=leaver)))


@retry_on_conflict
def hand_over(
    ctx: Context,
    *,
    leaver: PersonId,
    successor: PersonId,
    valid_from: date,
    reason: str,
    request_id: RequestId | None = None,
) -> WholeHandover:
    """Move everything that `leaver` has and somebody else can have to `successor`; return what was moved.

    Raises NotFound, Forbidden, AlreadyDone, and Refused with the entry to correct: NothingToHandOver, SamePerson,
    PersonUnusable, DayPassed, ReasonMissing.
    """
    at = ctx.now()
    with ctx.write() as session:
        mine = personal(session, tenant=ctx.tenant, person=leaver)
        held = hand_over_roles(
            session,
            ctx,
            leaver=leaver,
            successor=successor,
            valid_from=valid_from,
            reason=reason,
            at=at,
            request_id=request_id,
            also={"by_name": [*(one.id for one in mine.conditions), *(_place(one) for one in mine.movable)]},
        )
        done = _something(WholeHandover(held=held, by_name=mine))
        terms = _Terms(leaver=leaver, successor=successor, reason=" ".join(reason.split()), at=at)
        for number, project in enumerate(_touched(session, ctx.tenant, done)):
            _Change(session=session, ctx=ctx, project=project, terms=terms).carry_out(done, number)
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Terms:
    """From whom to whom, why and when it is done."""

    leaver: str
    successor: str
    reason: str
    at: datetime

    @property
    def body(self) -> dict[str, Any]:
        """What every event of it says."""
        return {"from": self.leaver, "to": self.successor, "reason": self.reason}


@dataclass(slots=True, kw_only=True)
class _Change:
    """The handing over inside one project; `told` are the tasks that are news to the successor."""

    session: Session
    ctx: Context
    project: Project
    terms: _Terms
    told: list[str] = field(default_factory=list)

    def carry_out(self, done: WholeHandover, number: int) -> None:
        """Move what lies in the project, tell it in its record, and let the successor know."""
        running = load_running(self.session, tenant=self.ctx.tenant, instance_id=self.project.instance)
        own = self.project.id
        for role in done.held.roles:
            if role.scope == own:
                running = self._record(running, self._role(role))
        for condition in done.by_name.conditions:
            if condition.project.id == own:
                running = self._record(running, self._condition(condition))
        rows = [row for row in done.by_name.movable if row.project.id == own]
        for row in rows:
            self._rename(row)
            running = self._record(running, self._row(row))
        if rows:
            values = {"registers": self.project.registers}
            write_project(self.session, tenant=self.ctx.tenant, project_id=own, values=values)
        if running.status is not InstanceStatus.HELD:
            self._reassign(done, rows)
        if self.told:
            ids = tuple(dict.fromkeys(self.told))
            self.ctx.jobs.later(self.session, "mail.assigned", *ids, key=f"assigned:{running.head}:{number}")

    def _role(self, role: MovingRole) -> Entry:
        if role.first <= local_date(self.terms.at):
            self.told += [task.id for task in tasks_of_role(self.session, self.ctx, self.project, role.role)]
        body = {"role": role.role, "valid_from": role.first.isoformat(), **self.terms.body}
        return Entry(verb="hand_over_role", at=self.terms.at, body=body, actor=self.ctx.actor)

    def _condition(self, condition: OwnCondition) -> Entry:
        self.session.execute(
            update(ConditionRow)
            .where(ConditionRow.tenant == self.ctx.tenant, ConditionRow.id == condition.id)
            .values(owner=self.terms.successor)
            .execution_options(synchronize_session=False)
        )
        self.told.append(condition.task)
        body = {"condition": condition.id, "number": condition.number, **self.terms.body}
        return Entry(verb="hand_over_condition", at=self.terms.at, body=body, actor=self.ctx.actor)

    def _row(self, row: OwnRow) -> Entry:
        self.told += [task.id for task in row.tasks]
        about = {"register": row.register, "row": row.row, "field": row.field, "role": row.role, "about": row.about}
        body = {**about, **self.terms.body, **told({"registers": self.project.registers})}
        return Entry(verb="hand_over_row", at=self.terms.at, body=body, actor=self.ctx.actor)

    def _record(self, running: Running, entry: Entry) -> Running:
        """Write an event and return the instance as the next one finds it."""
        event = record_entry(self.session, tenant=self.ctx.tenant, running=running, entry=entry)
        return replace(running, version=running.version + 1, seq=event.seq, head=event.digest)

    def _rename(self, row: OwnRow) -> None:
        """Name the successor in a row that moves."""
        known = self.project.registers
        changed = {**known[row.register][row.row], row.field: self.terms.successor}
        register = {**known[row.register], row.row: changed}
        self.project = replace(self.project, registers={**known, row.register: register})

    def _reassign(self, done: WholeHandover, rows: Sequence[OwnRow]) -> None:
        """Let the open tasks wait for the successor; on hold they are hidden, and who they wait for follows then."""
        model = load_bundle(self.session, tenant=self.ctx.tenant, digest=self.project.bundle).model
        conditions = {one.task for one in done.by_name.conditions if one.project.id == self.project.id}
        moved = {task.id for row in rows for task in row.tasks}
        reassign(
            self.session,
            tenant=self.ctx.tenant,
            instance_id=self.project.instance,
            principals=lambda task: (
                (person_principal(self.terms.successor),)
                if task.id in conditions
                else principals_of_task(self.project, model, task)
            ),
            only=lambda task: task.id in conditions | moved,
        )


def _something(found: WholeHandover) -> WholeHandover:
    """Refuse a handing over by which nothing would change."""
    if not found.count:
        raise NothingToHandOver(name=found.held.leaver)
    return found


def _touched(session: Session, tenant: str, done: WholeHandover) -> tuple[Project, ...]:
    """Return the projects where something moves, as they stand now."""
    scopes = {role.scope for role in done.held.roles}
    named = {one.project.id for one in done.by_name.conditions} | {one.project.id for one in done.by_name.movable}
    known = session.scalars(
        select(ProjectRow.id)
        .where(ProjectRow.tenant == tenant, ProjectRow.id.in_(scopes | named))
        .order_by(ProjectRow.number)
    )
    return tuple(load_project(session, tenant=tenant, project_id=one) for one in known.all())


def _place(row: OwnRow) -> str:
    """Name a row in the record of people."""
    return f"{row.project.id}:{row.register}:{row.row}:{row.field}"
