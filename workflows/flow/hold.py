"""On hold: a status outside the token game. Open work is hidden, no step is accepted, due moments move on resume."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from workflows.flow.record import record_entry
from workflows.flow.running import InstanceStatus, Running, Task, TaskStatus, require_active, task_of
from workflows.flow.tables import InstanceRow, TaskPrincipalRow, TaskRow, TimerRow
from workflows.flow.task_rows import Entry, add_principals
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.ids import Principal


class NotHeld(StyrError):
    """Only what is on hold can be resumed."""

    status = 409
    code = "not_held"
    message = _l("Projektet är inte vilande.")


def hold(session: Session, *, tenant: str, running: Running, entry: Entry) -> None:
    """Put an instance on hold: its open tasks leave the inboxes until it is resumed.

    Raises InstanceHeld, InstanceEnded, VersionConflict.
    """
    require_active(running)
    record_entry(
        session,
        tenant=tenant,
        running=running,
        entry=entry,
        values={"status": InstanceStatus.HELD, "held_at": entry.at},
    )
    hidden = select(TaskRow.id).where(TaskRow.tenant == tenant, TaskRow.instance == running.id)
    session.execute(
        delete(TaskPrincipalRow)
        .where(TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.task.in_(hidden))
        .execution_options(synchronize_session=False)
    )


def resume(
    session: Session,
    *,
    tenant: str,
    running: Running,
    entry: Entry,
    principals: Callable[[Task], Sequence[Principal]],
    state: bytes,
) -> timedelta:
    """Resume an instance and return how long it was held; every due moment moves by that time.

    `state` is the instance's with its own timers moved (engine.postpone). Raises NotHeld, VersionConflict.
    """
    if running.status is not InstanceStatus.HELD or running.held_at is None:
        raise NotHeld
    held = entry.at - running.held_at
    record_entry(
        session,
        tenant=tenant,
        running=replace(running, state=state),
        entry=entry,
        values={"status": InstanceStatus.ACTIVE, "state": state},
    )
    show_again(session, tenant=tenant, instance_id=running.id, held=held, principals=principals)
    return held


def show_again(
    session: Session,
    *,
    tenant: str,
    instance_id: str,
    held: timedelta,
    principals: Callable[[Task], Sequence[Principal]],
) -> None:
    """Put what a hold hid back in the inboxes, every due moment moved by `held`; part of a verb that ends the hold."""
    for row in session.scalars(_open_tasks(tenant, instance_id)):
        _move(row, held)
        add_principals(
            session,
            tenant=tenant,
            rows=[(principal, row.due_at, row.id) for principal in dict.fromkeys(principals(task_of(row)))],
        )
    for timer in session.scalars(select(TimerRow).where(TimerRow.tenant == tenant, TimerRow.instance == instance_id)):
        timer.at += held
    ended = update(InstanceRow).where(InstanceRow.tenant == tenant, InstanceRow.id == instance_id)
    session.execute(ended.values(held_at=None).execution_options(synchronize_session=False))
    session.flush()


def open_tasks(session: Session, *, tenant: str, instance_id: str) -> tuple[Task, ...]:
    """Return the open tasks of an instance, hidden or not, oldest first."""
    return tuple(task_of(row) for row in session.scalars(_open_tasks(tenant, instance_id)))


def reassign(
    session: Session,
    *,
    tenant: str,
    instance_id: str,
    principals: Callable[[Task], Sequence[Principal]],
    only: Callable[[Task], bool] = lambda _task: True,
) -> tuple[str, ...]:
    """Work out anew who open tasks wait for (a holder changed); returns the ids of the tasks."""
    tasks = [task for task in open_tasks(session, tenant=tenant, instance_id=instance_id) if only(task)]
    ids = [task.id for task in tasks]
    session.execute(
        delete(TaskPrincipalRow)
        .where(TaskPrincipalRow.tenant == tenant, TaskPrincipalRow.task.in_(ids))
        .execution_options(synchronize_session=False)
    )
    rows: list[tuple[Principal, datetime | None, str]] = [
        (principal, task.due_at, task.id) for task in tasks for principal in dict.fromkeys(principals(task))
    ]
    add_principals(session, tenant=tenant, rows=rows)
    return tuple(ids)


def _open_tasks(tenant: str, instance_id: str) -> Select[TaskRow]:
    return (
        select(TaskRow)
        .where(
            TaskRow.tenant == tenant,
            TaskRow.instance == instance_id,
            TaskRow.status == TaskStatus.OPEN,
        )
        .order_by(TaskRow.opened_at, TaskRow.id)
    )


def _move(row: TaskRow, held: timedelta) -> None:
    """Move the moments that have not been marked yet."""
    for name in ("remind_at", "due_at", "escalate_at", "next_mark_at"):
        moment = getattr(row, name)
        if moment is not None:
            setattr(row, name, moment + held)
