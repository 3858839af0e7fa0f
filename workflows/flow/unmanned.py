"""Open tasks that nobody can do: no active person acts today as anybody they wait for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from workflows.flow.items import principals_of_tasks
from workflows.flow.running import InstanceStatus, TaskStatus
from workflows.flow.tables import InstanceRow, TaskPrincipalRow, TaskRow
from workflows.kernel.ids import Principal

MOST = 200
"""Tasks that are listed; more than that is one cause, which shows in the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmannedTask:
    """An open task and the principals it waits for in vain; none where its role was lost altogether."""

    task: str
    subject: str
    kind: str
    name: str
    role: str | None
    opened_at: datetime
    due_at: datetime | None
    principals: tuple[Principal, ...]


def unmanned_tasks(session: Session, *, tenant: str, manned: Select[str]) -> tuple[UnmannedTask, ...]:
    """Return such tasks, the longest waiting first. `manned` selects every principal that somebody acts as today."""
    columns: list[Any] = [TaskRow.id.label("task"), InstanceRow.subject]
    columns += [TaskRow.kind, TaskRow.name, TaskRow.role, TaskRow.opened_at, TaskRow.due_at]
    query = select(*columns).join(InstanceRow, _SAME).where(_nobody(tenant, manned))
    rows = session.execute(query.order_by(TaskRow.opened_at, TaskRow.id).limit(MOST)).all()
    wanted = principals_of_tasks(session, tenant=tenant, tasks=[row.task for row in rows])
    return tuple(UnmannedTask(**row._mapping, principals=wanted.get(row.task, ())) for row in rows)


def count_unmanned(session: Session, *, tenant: str, manned: Select[str]) -> int:
    """Return how many such tasks there are."""
    query = select(func.count()).select_from(TaskRow).join(InstanceRow, _SAME)
    return session.scalar(query.where(_nobody(tenant, manned))) or 0


_SAME = and_(InstanceRow.tenant == TaskRow.tenant, InstanceRow.id == TaskRow.instance)


def _nobody(tenant: str, manned: Select[str]) -> ColumnElement[bool]:
    """Return the condition on a task and its instance; what a hold hides waits for nobody on purpose."""
    asked = and_(TaskPrincipalRow.tenant == TaskRow.tenant, TaskPrincipalRow.task == TaskRow.id)
    return and_(
        TaskRow.tenant == tenant,
        TaskRow.status == TaskStatus.OPEN,
        or_(InstanceRow.status != InstanceStatus.HELD, exists().where(asked)),
        ~exists().where(asked, TaskPrincipalRow.principal.in_(manned)),
    )
