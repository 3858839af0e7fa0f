"""What opened some tasks that had been done before: the answers handed in at the moment they came."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, exists, select
from sqlalchemy.orm import Session

from workflows.engine import TaskKind
from workflows.flow.tables import SubmissionRow, TaskRow
from workflows.kernel.database import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """The answers that opened `task`: of a step of `kind` with `form`, handed in by `actor`."""

    task: str
    kind: str
    form: str
    bundle: str
    answers: Mapping[str, Any]
    actor: str

    @property
    def is_decision(self) -> bool:
        """Whether a decision at a gate opened the task."""
        return self.kind == TaskKind.DECISION


_TASKS, _HANDED = table_of(TaskRow), table_of(SubmissionRow)
_BY, _BEFORE = _TASKS.alias("by_task"), _HANDED.alias("before")
_OPENERS = (
    select(_TASKS.c.id.label("task"), _BY.c.kind, _HANDED.c.form, _HANDED.c.bundle, _HANDED.c.answers, _HANDED.c.actor)
    .join_from(
        _TASKS,
        _HANDED,
        and_(
            _HANDED.c.tenant == _TASKS.c.tenant,
            _HANDED.c.instance == _TASKS.c.instance,
            _HANDED.c.at == _TASKS.c.opened_at,
        ),
    )
    .join(_BY, and_(_BY.c.tenant == _TASKS.c.tenant, _BY.c.id == _HANDED.c.task))
    .where(
        _TASKS.c.tenant == bindparam("tenant"),
        _TASKS.c.id.in_(bindparam("tasks", expanding=True)),
        exists().where(
            _BEFORE.c.tenant == _TASKS.c.tenant,
            _BEFORE.c.instance == _TASKS.c.instance,
            _BEFORE.c.form == _TASKS.c.form,
            _BEFORE.c.at < _TASKS.c.opened_at,
        ),
    )
)


def openers(session: Session, *, tenant: str, tasks: Collection[str]) -> tuple[Opener, ...]:
    """Return what opened each of some tasks whose form was handed in before; nothing of those that came first."""
    found = session.execute(_OPENERS, {"tenant": tenant, "tasks": list(tasks)})
    return tuple(Opener(**row._mapping) for row in found)
