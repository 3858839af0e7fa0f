"""What a verb reads before it steps: the instance, and the task somebody is about to complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, and_, bindparam, select
from sqlalchemy.orm import Session

from workflows.flow.errors import InstanceEnded, InstanceHeld, TaskAlreadyClosed
from workflows.flow.tables import DraftRow, InstanceRow, TaskRow
from workflows.kernel.database import columns_for, table_of
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


_TASKS, _INSTANCES, _DRAFTS = table_of(TaskRow), table_of(InstanceRow), table_of(DraftRow)
_OF_TASK, _OF_INSTANCE, _OF_DRAFT = (
    columns_for(_TASKS, Task),
    columns_for(_INSTANCES, Running),
    columns_for(_DRAFTS, Draft),
)
_TASK = (
    select(*_OF_TASK, *_OF_INSTANCE, *_OF_DRAFT)
    .join_from(_TASKS, _INSTANCES, and_(_INSTANCES.c.tenant == _TASKS.c.tenant, _INSTANCES.c.id == _TASKS.c.instance))
    .outerjoin(_DRAFTS, and_(_DRAFTS.c.tenant == _TASKS.c.tenant, _DRAFTS.c.task == _TASKS.c.id))
    .where(_TASKS.c.tenant == bindparam("tenant"), _TASKS.c.id == bindparam("task"))
)
_RUNNING = select(*_OF_INSTANCE).where(
    _INSTANCES.c.tenant == bindparam("tenant"), _INSTANCES.c.id == bindparam("instance")
)


def load_task(session: Session, *, tenant: str, task_id: str) -> Waiting:
    """Return a task, open or closed, with its instance and draft. Raises NotFound."""
    row = session.execute(_TASK, {"tenant": tenant, "task": task_id}).first()
    if row is None:
        raise NotFound
    ends = len(_OF_TASK), len(_OF_TASK) + len(_OF_INSTANCE)
    drafted = _named(_OF_DRAFT, row[ends[1] :])
    return Waiting(
        task=_task(_named(_OF_TASK, row[: ends[0]])),
        running=_running(_named(_OF_INSTANCE, row[ends[0] : ends[1]])),
        draft=None if drafted["version"] is None else Draft(**drafted),
    )


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
    row = session.execute(_RUNNING, {"tenant": tenant, "instance": instance_id}).first()
    if row is None:
        raise NotFound
    return _running(_named(_OF_INSTANCE, row))


def require_active(running: Running) -> None:
    """Raise InstanceHeld or InstanceEnded unless steps are accepted."""
    if running.status is InstanceStatus.HELD:
        raise InstanceHeld
    if running.status is InstanceStatus.ENDED:
        raise InstanceEnded


def task_of(row: TaskRow) -> Task:
    """Freeze a task row."""
    return _task({column.key: getattr(row, column.key) for column in _OF_TASK})


def draft_of(row: DraftRow | None) -> Draft | None:
    """Freeze a draft row."""
    return None if row is None else Draft(**{column.key: getattr(row, column.key) for column in _OF_DRAFT})


def _named(columns: Sequence[Column[Any]], values: Iterable[Any]) -> dict[str, Any]:
    return {column.key: value for column, value in zip(columns, values, strict=True)}


def _task(values: Mapping[str, Any]) -> Task:
    return Task(**{**values, "origin": Origin(values["origin"]), "status": TaskStatus(values["status"])})


def _running(values: Mapping[str, Any]) -> Running:
    standing = {"status": InstanceStatus(values["status"]), "open_tasks": tuple(values["open_tasks"])}
    return Running(**{**values, **standing})
