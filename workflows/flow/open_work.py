"""What is open in an instance, as conditions and columns of other rooms' queries: a list asks in one statement.

`tenant` and `instance` are columns of the query that these stand in, or plain values.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, select
from sqlalchemy.orm import Session

from workflows.flow.running import TaskStatus
from workflows.flow.tables import SubmissionRow, TaskPrincipalRow, TaskRow
from workflows.flow.task_rows import NO_DUE
from workflows.kernel.database import Moment
from workflows.kernel.ids import Principal


def waits_for(tenant: Any, instance: Any, principals: Collection[Principal]) -> ColumnElement[bool]:
    """Return whether something waits for any of `principals`."""
    waiting = and_(TaskPrincipalRow.tenant == TaskRow.tenant, TaskPrincipalRow.task == TaskRow.id)
    return exists(
        select(TaskRow.id)
        .join(TaskPrincipalRow, waiting)
        .where(
            TaskRow.tenant == tenant, TaskRow.instance == instance, TaskPrincipalRow.principal.in_(sorted(principals))
        )
    )


def asked_roles(tenant: Any, instance: Any, roles: Collection[str]) -> ColumnElement[bool]:
    """Return whether a step waits, or once waited, for any of `roles`."""
    own = and_(TaskRow.tenant == tenant, TaskRow.instance == instance)
    return exists(select(TaskRow.id).where(own, TaskRow.role.in_(sorted(roles))))


def has_asked(session: Session, *, tenant: str, instance_id: str, roles: Collection[str]) -> bool:
    """Tell whether a step of an instance waits, or once waited, for any of `roles`."""
    return bool(session.scalar(select(asked_roles(tenant, instance_id, roles))))


def first_due(tenant: Any, instance: Any) -> ColumnElement[datetime | None]:
    """Return when the first open task is due; NULL where none has a day."""
    return _open(tenant, instance).with_only_columns(func.min(TaskRow.due_at)).scalar_subquery()


def first_name(tenant: Any, instance: Any) -> ColumnElement[str]:
    """Return what the open task is called that is due first."""
    order = (func.coalesce(TaskRow.due_at, literal(NO_DUE, Moment)), TaskRow.id)
    return _open(tenant, instance).with_only_columns(TaskRow.name).order_by(*order).limit(1).scalar_subquery()


def was_due(tenant: Any, instance: Any, *, kind: str, before: datetime) -> ColumnElement[bool]:
    """Return whether an open task of a kind was due before a moment."""
    return exists(_open(tenant, instance).where(TaskRow.kind == kind, TaskRow.due_at < before))


def answers_of(tenant: Any, submission: Any) -> ColumnElement[Any]:
    """Return the answers of a submission."""
    one = and_(SubmissionRow.tenant == tenant, SubmissionRow.id == submission)
    return select(SubmissionRow.answers).where(one).scalar_subquery()


def _open(tenant: Any, instance: Any) -> Select[str]:
    own = and_(TaskRow.tenant == tenant, TaskRow.instance == instance)
    return select(TaskRow.id).where(own, TaskRow.status == TaskStatus.OPEN)
