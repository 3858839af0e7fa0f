"""The sweep: reminder, due and escalation marks, each made once, also after downtime."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow.running import InstanceStatus, TaskStatus
from workflows.flow.tables import InstanceRow, TaskRow, TimerRow
from workflows.models.deadlines import Mark

BATCH = 200
"""So many tasks are marked in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A mark that was made now."""

    task_id: str
    instance_id: str
    name: str
    mark: Mark
    at: datetime


def mark_due_tasks(session: Session, *, tenant: str, now: datetime) -> tuple[Marked, ...]:
    """Make every mark that has come, for one batch of tasks; held instances wait. Empty when nothing is due."""
    rows = session.scalars(
        select(TaskRow)
        .join(InstanceRow, (InstanceRow.tenant == TaskRow.tenant) & (InstanceRow.id == TaskRow.instance))
        .where(
            TaskRow.tenant == tenant,
            TaskRow.status == TaskStatus.OPEN,
            TaskRow.next_mark_at <= now,
            InstanceRow.status != InstanceStatus.HELD,
        )
        .order_by(TaskRow.next_mark_at, TaskRow.id)
        .limit(BATCH)
    ).all()
    return tuple(marked for row in rows for marked in _mark(row, now))


def instances_with_due_timers(session: Session, *, tenant: str, now: datetime) -> tuple[str, ...]:
    """Return the active instances that have a diagram timer to fire, at most one batch."""
    query = (
        select(TimerRow.instance)
        .join(InstanceRow, (InstanceRow.tenant == TimerRow.tenant) & (InstanceRow.id == TimerRow.instance))
        .where(TimerRow.tenant == tenant, TimerRow.at <= now, InstanceRow.status == InstanceStatus.ACTIVE)
        .distinct()
        .limit(BATCH)
    )
    return tuple(session.scalars(query))


def _mark(row: TaskRow, now: datetime) -> list[Marked]:
    """Mark what has come since the last sweep and set the next moment."""
    since = row.next_mark_at
    moments = [(Mark.REMIND, row.remind_at), (Mark.DUE, row.due_at), (Mark.ESCALATE, row.escalate_at)]
    come = [(mark, at) for mark, at in moments if at is not None and since is not None and since <= at <= now]
    for mark, _ in come:
        if mark is Mark.REMIND:
            row.reminded_at = now
        elif mark is Mark.ESCALATE:
            row.escalated_at = now
    row.next_mark_at = min((at for _, at in moments if at is not None and at > now), default=None)
    return [Marked(task_id=row.id, instance_id=row.instance, name=row.name, mark=mark, at=at) for mark, at in come]
