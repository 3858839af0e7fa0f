"""The inbox: open tasks of a person's principals, by due moment, a page at a time; no workflow is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, func, literal, select, tuple_
from sqlalchemy.orm import Session

from workflows.flow.folding import fold
from workflows.flow.running import TaskStatus
from workflows.flow.tables import DraftRow, InstanceRow, TaskPrincipalRow, TaskRow
from workflows.flow.task_rows import NO_DUE
from workflows.kernel.database import Moment
from workflows.kernel.ids import Principal

PAGE = 50
"""Tasks on a page of the inbox."""

COUNT_CAP = 1000
"""The badge counts no further; it shows 999+."""

WORDS = 12
"""Words of a search that are looked for; each is a condition of its own, and the database takes only so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One thing to do, as the inbox shows it. `sender` is the id of whoever made it wait."""

    task_id: str
    node: str
    kind: str
    name: str
    subject: str
    title: str
    gate: str | None
    round: int
    role: str | None
    sender: str | None
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    drafted_at: datetime | None
    reminded_at: datetime | None
    escalated_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of tasks; `after` continues it (None = this is the last)."""

    rows: tuple[InboxRow, ...]
    after: tuple[datetime, str] | None


def inbox(
    session: Session,
    *,
    tenant: str,
    principals: Sequence[Principal],
    after: tuple[datetime, str] | None = None,
    search: str = "",
) -> InboxPage:
    """Return the tasks waiting for any of `principals`, the earliest due first."""
    key = (TaskPrincipalRow.due_at, TaskPrincipalRow.task)
    query = select(*key).where(TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.principal.in_(principals))
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(literal(after[0], Moment), literal(after[1])))
    if search:
        query = query.join(
            TaskRow, and_(TaskRow.tenant == TaskPrincipalRow.tenant, TaskRow.id == TaskPrincipalRow.task)
        ).where(*(TaskRow.search.contains(word, autoescape=True) for word in fold(search).split()[:WORDS]))
    top = query.distinct().order_by(*key).limit(PAGE + 1).subquery()
    found = session.execute(_details(tenant).join(top, top.c.task == TaskRow.id).order_by(top.c.due_at, top.c.task))
    rows = [_row(*row) for row in found]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return InboxPage(
        rows=tuple(rows[:PAGE]),
        after=(last.due_at or NO_DUE, last.task_id) if last else None,
    )


def count_open(session: Session, *, tenant: str, principals: Sequence[Principal]) -> int:
    """Return how many tasks wait for any of `principals`, counted to COUNT_CAP at most."""
    tasks = (
        select(TaskPrincipalRow.task)
        .where(TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.principal.in_(principals))
        .distinct()
        .limit(COUNT_CAP)
        .subquery()
    )
    return session.scalar(select(func.count()).select_from(tasks)) or 0


def done_by(session: Session, *, tenant: str, person: str, limit: int = PAGE) -> tuple[InboxRow, ...]:
    """Return what `person` did last, newest first."""
    query = (
        _details(tenant)
        .where(TaskRow.closed_by == person, TaskRow.status == TaskStatus.DONE)
        .order_by(TaskRow.closed_at.desc())
        .limit(limit)
    )
    return tuple(_row(*row) for row in session.execute(query))


def tasks_of(session: Session, *, tenant: str, instance_ids: Sequence[str]) -> tuple[InboxRow, ...]:
    """Return the open tasks of some instances, the earliest due first."""
    query = (
        _details(tenant)
        .where(TaskRow.instance.in_(instance_ids), TaskRow.status == TaskStatus.OPEN)
        .order_by(func.coalesce(TaskRow.due_at, NO_DUE), TaskRow.id)
    )
    return tuple(_row(*row) for row in session.execute(query))


def _details(tenant: str) -> Select[TaskRow, str, str, datetime]:
    return (
        select(TaskRow, InstanceRow.subject, InstanceRow.title, DraftRow.saved_at)
        .join(InstanceRow, and_(InstanceRow.tenant == TaskRow.tenant, InstanceRow.id == TaskRow.instance))
        .outerjoin(DraftRow, and_(DraftRow.tenant == TaskRow.tenant, DraftRow.task == TaskRow.id))
        .where(TaskRow.tenant == tenant)
    )


def _row(task: TaskRow, subject: str, title: str, drafted_at: datetime | None) -> InboxRow:
    return InboxRow(
        task_id=task.id,
        node=task.node,
        kind=task.kind,
        name=task.name,
        subject=subject,
        title=title,
        gate=task.gate,
        round=task.round,
        role=task.role,
        sender=task.sender,
        due_at=task.due_at,
        opened_at=task.opened_at,
        closed_at=task.closed_at,
        drafted_at=drafted_at,
        reminded_at=task.reminded_at,
        escalated_at=task.escalated_at,
    )
