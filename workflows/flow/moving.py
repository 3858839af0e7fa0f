"""Write that an instance goes over to another bundle: its state, its timers, its open tasks as that bundle has them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.engine import OpenTask, Step
from workflows.flow.folding import fold
from workflows.flow.record import record_entry
from workflows.flow.running import InstanceStatus, Origin, Running, TaskStatus
from workflows.flow.tables import TaskRow
from workflows.flow.task_rows import Assign, Entry, add_principals, close_tasks, drop_principals, write_timers
from workflows.kernel import chain


def record_move(
    session: Session, *, tenant: str, running: Running, bundle: str, step: Step, entry: Entry, assign: Assign
) -> tuple[chain.EventRow, tuple[str, ...]]:
    """Let an instance follow another bundle from `step`, which begins nothing anew; due moments stay.

    What is not open in `step` is cancelled, with its draft kept; what was cancelled so before and is open again (the
    move is undone) waits as it did. Return the event, and the ids of the tasks that wait for somebody else now. Raises
    VersionConflict, RequestReused.
    """
    still = [task.id for task in step.open_tasks]
    fallen = [task for task in running.open_tasks if task not in still]
    again = [task for task in still if task not in running.open_tasks]
    told = {**entry.body, "open": still, "opened": again, "submission": None, "ends": []}
    event = record_entry(
        session,
        tenant=tenant,
        running=replace(running, bundle=bundle, state=step.state),
        entry=replace(entry, body=told),
        values={"bundle": bundle, "state": step.state, "has_timers": bool(step.due), "open_tasks": still},
    )
    if fallen:
        close_tasks(session, tenant, fallen, TaskStatus.CANCELLED, entry)
        drop_principals(session, tenant, fallen)
    _reopen(session, tenant, again, entry)
    write_timers(session, tenant, running.id, step, had_any=running.has_timers)
    return event, _redraw(session, tenant, running, step.open_tasks, assign, again=again)


def _reopen(session: Session, tenant: str, tasks: Sequence[str], entry: Entry) -> None:
    """Let cancelled tasks wait as they did; marks that came meanwhile are not made."""
    for row in session.scalars(select(TaskRow).where(TaskRow.tenant == tenant, TaskRow.id.in_(tasks))) if tasks else ():
        moments = [at for at in (row.remind_at, row.due_at, row.escalate_at) if at is not None and at > entry.at]
        row.status, row.closed_at, row.closed_by, row.request_id = TaskStatus.OPEN, None, None, None
        row.next_mark_at = min(moments, default=None)
    session.flush()


def _redraw(
    session: Session,
    tenant: str,
    running: Running,
    tasks: Sequence[OpenTask],
    assign: Assign,
    *,
    again: Collection[str],
) -> tuple[str, ...]:
    """Let the rows of open tasks say what the other bundle says of them; those open `again` go to their people anew."""
    query = select(TaskRow).where(
        TaskRow.tenant == tenant,
        TaskRow.instance == running.id,
        TaskRow.status == TaskStatus.OPEN,
        TaskRow.origin == Origin.ENGINE,
    )
    rows = {row.id: row for row in session.scalars(query)}
    reassigned = []
    for task in tasks:
        row, drawn = rows[task.id], task.definition
        if (row.role, row.form) != (drawn.role, drawn.form) or task.id in again:
            reassigned.append((task, row.due_at))
        values = {
            "node": task.node,
            "place": task.place,
            "items": dict(task.items),
            "kind": drawn.kind,
            "form": drawn.form,
            "role": drawn.role,
            "name": drawn.name,
            "search": fold(f"{drawn.name} {running.title}"),
        }
        if any(getattr(row, name) != value for name, value in values.items()):
            changed = update(TaskRow).where(TaskRow.tenant == tenant, TaskRow.id == task.id).values(**values)
            session.execute(changed.execution_options(synchronize_session=False))
    if running.status is InstanceStatus.HELD:
        return ()
    drop_principals(session, tenant, [task.id for task, _ in reassigned])
    add_principals(
        session,
        tenant=tenant,
        rows=[(principal, due_at, task.id) for task, due_at in reassigned for principal in dict.fromkeys(assign(task))],
    )
    return tuple(task.id for task, _ in reassigned)
