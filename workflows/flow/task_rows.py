"""The rows beside a step: tasks as they open and close, whose inboxes they are in, and the diagram's timers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.orm import Session

from workflows.engine import OpenTask, Step
from workflows.flow.folding import fold
from workflows.flow.running import Origin, TaskStatus
from workflows.flow.tables import TaskPrincipalRow, TaskRow, TimerRow
from workflows.kernel.database import table_of
from workflows.kernel.ids import Principal
from workflows.models.deadlines import Override, as_drawn, deadlines, drawn_periods

Assign = Callable[[OpenTask], Sequence[Principal]]
"""Says who an open task waits for; given by the room above, which knows roles and holders."""

NO_DUE = datetime(9999, 12, 31, tzinfo=UTC)
"""Sorts tasks without a due date last in the inbox."""


_TASKS, _PRINCIPALS, _TIMERS = table_of(TaskRow), table_of(TaskPrincipalRow), table_of(TimerRow)

_ADD_TASKS = insert(_TASKS)
_CLOSE_TASKS = update(_TASKS).where(
    _TASKS.c.tenant == bindparam("of_tenant"), _TASKS.c.id.in_(bindparam("tasks", expanding=True))
)
_ADD_PRINCIPALS = insert(_PRINCIPALS)
_DROP_PRINCIPALS = delete(_PRINCIPALS).where(
    _PRINCIPALS.c.tenant == bindparam("tenant"), _PRINCIPALS.c.task.in_(bindparam("tasks", expanding=True))
)
_ADD_TIMERS = insert(_TIMERS)
_DROP_TIMERS = delete(_TIMERS).where(
    _TIMERS.c.tenant == bindparam("tenant"), _TIMERS.c.instance == bindparam("instance")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what, for the event: `body` is JSON that later views need."""

    verb: str
    at: datetime
    body: Mapping[str, Any]
    actor: str | None = None
    on_behalf_of: str | None = None
    request_id: str | None = None


def task_values(
    *,
    tenant: str,
    instance_id: str,
    title: str,
    task: OpenTask,
    entry: Entry,
    override: Override,
    due_at: datetime | None,
) -> dict[str, Any]:
    """Return the row of an open task as column values."""
    definition = task.definition
    moments = deadlines(entry.at, override(definition).before(drawn_periods(definition)), due_at=due_at)
    return {
        "tenant": tenant,
        "id": task.id,
        "instance": instance_id,
        "origin": Origin.ENGINE,
        "node": task.node,
        "place": task.place,
        "items": dict(task.items),
        "gate": task.gate,
        "round": task.round,
        "kind": definition.kind,
        "form": definition.form,
        "role": definition.role,
        "name": definition.name,
        "search": fold(f"{definition.name} {title}"),
        "sender": entry.actor,
        "status": TaskStatus.OPEN,
        "opened_at": entry.at,
        "due_at": moments.due_at,
        "remind_at": moments.remind_at,
        "escalate_at": moments.escalate_at,
        "next_mark_at": moments.first(),
    }


def add_principals(session: Session, *, tenant: str, rows: Sequence[tuple[Principal, datetime | None, str]]) -> None:
    """Let tasks show in inboxes: (principal, due moment, task id)."""
    if rows:
        session.execute(
            _ADD_PRINCIPALS,
            [
                {"tenant": tenant, "principal": principal, "due_at": due or NO_DUE, "task": task}
                for principal, due, task in rows
            ],
        )


def open_tasks_of(
    session: Session,
    tenant: str,
    instance_id: str,
    title: str,
    tasks: Sequence[OpenTask],
    entry: Entry,
    assign: Assign,
    due_at: datetime | None = None,
    override: Override = as_drawn,
) -> None:
    """Add the rows of tasks that open, and put them in the inboxes of those they wait for."""
    if not tasks:
        return
    rows = [
        task_values(
            tenant=tenant,
            instance_id=instance_id,
            title=title,
            task=task,
            entry=entry,
            override=override,
            due_at=due_at,
        )
        for task in tasks
    ]
    session.execute(_ADD_TASKS, rows)
    add_principals(
        session,
        tenant=tenant,
        rows=[
            (principal, row["due_at"], task.id)
            for task, row in zip(tasks, rows, strict=True)
            for principal in dict.fromkeys(assign(task))
        ],
    )


def close_tasks(session: Session, tenant: str, tasks: Sequence[str], status: TaskStatus, entry: Entry) -> None:
    """Close tasks: done by the entry's actor, or cancelled with the step."""
    session.execute(
        _CLOSE_TASKS,
        {
            "of_tenant": tenant,
            "tasks": list(tasks),
            "status": status,
            "closed_at": entry.at,
            "closed_by": entry.actor,
            "request_id": entry.request_id,
            "next_mark_at": None,
        },
    )


def drop_principals(session: Session, tenant: str, tasks: Sequence[str]) -> None:
    """Take tasks out of every inbox."""
    if tasks:
        session.execute(_DROP_PRINCIPALS, {"tenant": tenant, "tasks": list(tasks)})


def write_timers(session: Session, tenant: str, instance_id: str, step: Step, *, had_any: bool) -> None:
    """Mirror the timers that wait in the state; nothing is written while there are none."""
    if had_any:
        session.execute(_DROP_TIMERS, {"tenant": tenant, "instance": instance_id})
    if step.due:
        session.execute(
            _ADD_TIMERS,
            [
                {"tenant": tenant, "instance": instance_id, "place": due.place, "node": due.node, "at": due.at}
                for due in step.due
            ],
        )
