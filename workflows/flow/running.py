"""What a verb reads before it steps: the instance, and the task somebody is about to complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from workflows.flow.errors import InstanceEnded, InstanceHeld, TaskAlreadyClosed
from workflows.flow.tables import DraftRow, InstanceRow, TaskRow
from workflows.kernel.errors import AlreadyDone, NotFound


class InstanceStatus(StrEnum):
    """The life of an instance, outside the token game."""

    ACTIVE = "active"
    HELD = "held"
    ENDED = "ended"


class TaskStatus(StrEnum):
    """The life of a task."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """Where a task comes from: the diagram, or a register of work items (conditions, reminders)."""

    ENGINE = "engine"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An instance as it was read: the version that the write must still find."""

    id: str
    subject: str
    title: str
    bundle: str
    state: bytes
    version: int
    status: InstanceStatus
    open_tasks: tuple[str, ...]
    has_timers: bool
    seq: int
    head: str
    held_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A saved draft: raw answers as typed, the version the next save must name."""

    answers: Mapping[str, Any]
    version: int
    saved_at: datetime
    saved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task as it was read."""

    id: str
    origin: Origin
    node: str
    place: str
    items: Mapping[str, str]
    gate: str | None
    round: int
    kind: str
    form: str | None
    role: str | None
    name: str
    sender: str | None
    opened_at: datetime
    due_at: datetime | None
    status: TaskStatus
    closed_at: datetime | None
    closed_by: str | None
    reminded_at: datetime | None
    escalated_at: datetime | None
    request_id: str | None

    @property
    def item(self) -> str | None:
        """Return the key of the innermost multi-instance item that the task is for."""
        return innermost(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An open task with its instance and draft, ready for a step."""

    task: Task
    running: Running
    draft: Draft | None


def innermost(items: Mapping[str, str]) -> str | None:
    """Return the key of the last of nested multi-instance items; None outside of any."""
    return [*items.values()][-1] if items else None


_TASK = (
    select(TaskRow, InstanceRow, DraftRow)
    .join(InstanceRow, and_(InstanceRow.tenant == TaskRow.tenant, InstanceRow.id == TaskRow.instance))
    .outerjoin(DraftRow, and_(DraftRow.tenant == TaskRow.tenant, DraftRow.task == TaskRow.id))
    .where(TaskRow.tenant == bindparam("tenant"), TaskRow.id == bindparam("task"))
)


def load_task(session: Session, *, tenant: str, task_id: str) -> Waiting:
    """Return a task, open or closed, with its instance and draft. Raises NotFound."""
    row = session.execute(_TASK, {"tenant": tenant, "task": task_id}).first()
    if row is None:
        raise NotFound
    task, instance, draft = row
    return Waiting(task=task_of(task), running=running_of(instance), draft=draft_of(draft))


def load_waiting(session: Session, *, tenant: str, task_id: str, request_id: str | None = None) -> Waiting:
    """Return an open task of a running instance.

    Raises NotFound, AlreadyDone (this very request closed it before), TaskAlreadyClosed, InstanceHeld, InstanceEnded.
    """
    waiting = load_task(session, tenant=tenant, task_id=task_id)
    require_open(waiting, request_id=request_id)
    return waiting


def require_open(waiting: Waiting, *, request_id: str | None = None) -> None:
    """Raise AlreadyDone, TaskAlreadyClosed, InstanceHeld or InstanceEnded unless the task can be completed."""
    require_unanswered(waiting, request_id=request_id)
    require_active(waiting.running)


def require_unanswered(waiting: Waiting, *, request_id: str | None = None) -> None:
    """Raise AlreadyDone (this very request closed it) or TaskAlreadyClosed unless the task is open."""
    if waiting.task.status is not TaskStatus.OPEN:
        if request_id is not None and waiting.task.request_id == request_id:
            raise AlreadyDone(outcome=waiting.task.id)
        raise TaskAlreadyClosed(who=waiting.task.closed_by, at=waiting.task.closed_at)


def load_running(session: Session, *, tenant: str, instance_id: str) -> Running:
    """Return an instance. Raises NotFound."""
    row = session.get(InstanceRow, (tenant, instance_id))
    if row is None:
        raise NotFound
    return running_of(row)


def require_active(running: Running) -> None:
    """Raise InstanceHeld or InstanceEnded unless steps are accepted."""
    if running.status is InstanceStatus.HELD:
        raise InstanceHeld
    if running.status is InstanceStatus.ENDED:
        raise InstanceEnded


def running_of(row: InstanceRow) -> Running:
    """Freeze an instance row."""
    return Running(
        id=row.id,
        subject=row.subject,
        title=row.title,
        bundle=row.bundle,
        state=row.state,
        version=row.version,
        status=InstanceStatus(row.status),
        open_tasks=tuple(row.open_tasks),
        has_timers=row.has_timers,
        seq=row.seq,
        head=row.head,
        held_at=row.held_at,
    )


def task_of(row: TaskRow) -> Task:
    """Freeze a task row."""
    return Task(
        id=row.id,
        origin=Origin(row.origin),
        node=row.node,
        place=row.place,
        items=row.items,
        gate=row.gate,
        round=row.round,
        kind=row.kind,
        form=row.form,
        role=row.role,
        name=row.name,
        sender=row.sender,
        opened_at=row.opened_at,
        due_at=row.due_at,
        status=TaskStatus(row.status),
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
        request_id=row.request_id,
    )


def draft_of(row: DraftRow | None) -> Draft | None:
    """Freeze a draft row."""
    if row is None:
        return None
    return Draft(answers=row.answers, version=row.version, saved_at=row.saved_at, saved_by=row.saved_by)
