"""Write that an instance goes over to another bundle: its state, its timers, its open tasks as that bundle has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.engine import OpenTask, Step
from workflows.flow.folding import fold
from workflows.flow.record import record_entry
from workflows.flow.running import InstanceStatus, Origin, Running, TaskStatus
from workflows.flow.tables import TaskRow
from workflows.flow.task_rows import Assign, Entry, add_principals, drop_principals, write_timers
from workflows.kernel import chain


def record_move(
    session: Session, *, tenant: str, running: Running, bundle: str, step: Step, entry: Entry, assign: Assign
) -> tuple[chain.EventRow, tuple[str, ...]]:
    """Let an instance follow another bundle from `step`, which opens and closes nothing; due moments stay.

    Return the event, and the ids of the tasks that wait for somebody else now. Raises VersionConflict, RequestReused.
    """
    told = {**entry.body, "open": list(running.open_tasks), "opened": [], "submission": None, "ends": []}
    event = record_entry(
        session,
        tenant=tenant,
        running=replace(running, bundle=bundle, state=step.state),
        entry=replace(entry, body=told),
        values={"bundle": bundle, "state": step.state, "has_timers": bool(step.due)},
    )
    write_timers(session, tenant, running.id, step, had_any=running.has_timers)
    return event, _redraw(session, tenant, running, step.open_tasks, assign)


def _redraw(
    session: Session, tenant: str, running: Running, tasks: Sequence[OpenTask], assign: Assign
) -> tuple[str, ...]:
    """Let the rows of open tasks say what the other bundle says of them."""
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
        if (row.role, row.form) != (drawn.role, drawn.form):
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
