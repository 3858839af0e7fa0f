"""What stands open in all instances, and how long finished steps took, as SELECTs for whoever watches over them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, func, select, type_coerce

from workflows.flow.running import Origin, TaskStatus
from workflows.flow.tables import TaskRow
from workflows.kernel.database import table_of

_TASKS = table_of(TaskRow)


def step_key() -> ColumnElement[str]:
    """Return what names the step of a task in its model: its node, with the gate that it is done for."""
    return func.coalesce(_TASKS.c.gate + "/" + _TASKS.c.node, _TASKS.c.node)


def open_everywhere(tenant: str) -> Select[Any]:
    """Return every open task: what it is, where, for which role, since when and until when."""
    columns = ("id", "instance", "origin", "node", "place", "gate", "kind", "role", "name", "opened_at", "due_at")
    own = (_TASKS.c.tenant == tenant, _TASKS.c.status == TaskStatus.OPEN)
    return select(*(_TASKS.c[name] for name in columns), step_key().label("step")).where(*own)


def finished_tasks(tenant: str, *, since: datetime) -> Select[Any]:
    """Return the steps that were done since a moment, with `took`: microseconds from opened to done."""
    took = type_coerce(_TASKS.c.closed_at, BigInteger) - type_coerce(_TASKS.c.opened_at, BigInteger)
    own = (_TASKS.c.tenant == tenant, _TASKS.c.status == TaskStatus.DONE, _TASKS.c.origin == Origin.ENGINE)
    return select(_TASKS.c.instance, step_key().label("step"), took.label("took")).where(
        *own, _TASKS.c.closed_at >= since
    )


def last_moved(tenant: str, instances: Any) -> Select[Any]:
    """Return when something was last opened or done in each of `instances`."""
    moments = func.max(_TASKS.c.opened_at), func.max(_TASKS.c.closed_at)
    own = (_TASKS.c.tenant == tenant, _TASKS.c.instance.in_(instances))
    return (
        select(_TASKS.c.instance, moments[0].label("opened"), moments[1].label("closed"))
        .where(*own)
        .group_by(_TASKS.c.instance)
    )
