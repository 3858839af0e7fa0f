"""Work items: tasks that come from a register (a condition, a hold to resume) and not from the diagram."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workflows.flow.folding import fold
from workflows.flow.running import Origin, TaskStatus
from workflows.flow.tables import TaskPrincipalRow, TaskRow
from workflows.flow.task_rows import add_principals
from workflows.kernel.ids import Principal, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """What a work item asks: `kind` tells the page that does it, `name` is a verb and its object."""

    kind: str
    name: str
    gate: str | None
    round: int
    role: str | None
    due_at: datetime | None
    remind_at: datetime | None = None
    escalate_at: datetime | None = None


def open_item(
    session: Session,
    *,
    tenant: str,
    instance_id: str,
    title: str,
    item: WorkItem,
    principals: Sequence[Principal],
    at: datetime,
    sender: str | None,
) -> str:
    """Add a work item to the inboxes of `principals` and return its task id."""
    task_id = new_id()
    marks = [moment for moment in (item.remind_at, item.due_at, item.escalate_at) if moment]
    session.add(
        TaskRow(
            tenant=tenant,
            id=task_id,
            instance=instance_id,
            origin=Origin.ITEM,
            node=item.kind,
            place="",
            items={},
            gate=item.gate,
            round=item.round,
            kind=item.kind,
            form=None,
            role=item.role,
            name=item.name[:200],
            search=fold(f"{item.name} {title}")[:420],
            sender=sender,
            status=TaskStatus.OPEN,
            opened_at=at,
            due_at=item.due_at,
            remind_at=item.remind_at,
            escalate_at=item.escalate_at,
            next_mark_at=min(marks, default=None),
        )
    )
    session.flush()
    add_principals(
        session, tenant=tenant, rows=[(principal, item.due_at, task_id) for principal in dict.fromkeys(principals)]
    )
    return task_id


def close_item(
    session: Session,
    *,
    tenant: str,
    task_id: str,
    at: datetime,
    actor: str | None,
    request_id: str | None,
    status: TaskStatus = TaskStatus.DONE,
) -> None:
    """Close a work item: it leaves every inbox and stays in the history."""
    session.execute(
        update(TaskRow)
        .where(TaskRow.tenant == tenant, TaskRow.id == task_id, TaskRow.status == TaskStatus.OPEN)
        .values(status=status, closed_at=at, closed_by=actor, request_id=request_id, next_mark_at=None)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(TaskPrincipalRow)
        .where(TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.task == task_id)
        .execution_options(synchronize_session=False)
    )


def principals_of_tasks(
    session: Session, *, tenant: str, tasks: Collection[str]
) -> Mapping[str, tuple[Principal, ...]]:
    """Return who each of some tasks waits for; closed and hidden ones are left out."""
    query = select(TaskPrincipalRow.task, TaskPrincipalRow.principal).where(
        TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.task.in_(tasks)
    )
    found: dict[str, tuple[Principal, ...]] = {}
    for task, principal in session.execute(query):
        found[task] = (*found.get(task, ()), Principal(principal))
    return found


def principals_of_item(session: Session, *, tenant: str, task_id: str) -> tuple[Principal, ...]:
    """Return who a work item waits for; nobody once it is closed or hidden."""
    query = select(TaskPrincipalRow.principal).where(
        TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.task == task_id
    )
    return tuple(Principal(principal) for principal in session.scalars(query))
