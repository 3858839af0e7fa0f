"""The inbox: open tasks of a person's principals, by due moment, a page at a time; no workflow is loaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, func, literal, select, tuple_
from sqlalchemy.orm import Session

from workflows.flow.folding import fold
from workflows.flow.running import TaskStatus, innermost
from workflows.flow.tables import DraftRow, InstanceRow, TaskPrincipalRow, TaskRow
from workflows.flow.task_rows import NO_DUE
from workflows.kernel.database import Moment, table_of
from workflows.kernel.ids import Principal

PAGE = 50
"""Tasks on a page of the inbox."""

COUNT_CAP = 1000
"""The badge counts no further; it shows 999+."""

WORDS = 12
"""Words of a search that are looked for; each is a condition of its own, and the database takes only so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One thing to do, as the inbox shows it. `sender` is the id of whoever made it wait.

    `items` are the keys of the multi-instance items it is for, the innermost last.
    """

    task_id: str
    node: str
    kind: str
    name: str
    subject: str
    title: str
    gate: str | None
    items: Mapping[str, str]
    round: int
    role: str | None
    sender: str | None
    due_at: datetime | None
    opened_at: datetime
    closed_at: datetime | None
    drafted_at: datetime | None
    reminded_at: datetime | None
    escalated_at: datetime | None

    @property
    def item(self) -> str | None:
        """Return the key of the innermost item."""
        return innermost(self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPage:
    """A page of tasks; `after` continues it (None = this is the last)."""

    rows: tuple[InboxRow, ...]
    after: tuple[datetime, str] | None


def inbox(
    session: Session,
    *,
    tenant: str,
    principals: Sequence[Principal],
    after: tuple[datetime, str] | None = None,
    search: str = "",
) -> InboxPage:
    """Return the tasks waiting for any of `principals`, the earliest due first."""
    words = fold(search).split()[:WORDS]
    due_at, task = after or (None, None)
    asked = {"tenant": tenant, "principals": list(principals), "after_due": due_at, "after_task": task}
    asked |= {f"word{number}": _literally(word) for number, word in enumerate(words)}
    found = session.execute(_page(onward=after is not None, words=len(words)), asked)
    rows = [InboxRow(**row._mapping) for row in found]
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return InboxPage(
        rows=tuple(rows[:PAGE]),
        after=(last.due_at or NO_DUE, last.task_id) if last else None,
    )


def count_open(
    session: Session, *, tenant: str, principals: Sequence[Principal], besides: Select[int] | None = None
) -> int:
    """Return how many tasks wait for any of `principals`, counted to COUNT_CAP at most.

    `besides` counts what waits for them that is no task; it is asked in the same statement.
    """
    count = _COUNT if besides is None else select(_COUNT.scalar_subquery() + besides.scalar_subquery())
    return min(session.scalar(count, {"tenant": tenant, "principals": list(principals)}) or 0, COUNT_CAP)


def done_by(session: Session, *, tenant: str, person: str, limit: int = PAGE) -> tuple[InboxRow, ...]:
    """Return what `person` did last, newest first."""
    found = session.execute(_DONE, {"tenant": tenant, "person": person, "most": limit})
    return tuple(InboxRow(**row._mapping) for row in found)


def tasks_of(session: Session, *, tenant: str, instance_ids: Sequence[str]) -> tuple[InboxRow, ...]:
    """Return the open tasks of some instances, the earliest due first."""
    found = session.execute(_OF_INSTANCES, {"tenant": tenant, "instances": list(instance_ids)})
    return tuple(InboxRow(**row._mapping) for row in found)


_TASKS, _INSTANCES, _DRAFTS, _WAITING = map(table_of, (TaskRow, InstanceRow, DraftRow, TaskPrincipalRow))

_DETAILS = (
    select(
        _TASKS.c.id.label("task_id"),
        _INSTANCES.c.subject,
        _INSTANCES.c.title,
        _DRAFTS.c.saved_at.label("drafted_at"),
        *(
            _TASKS.c[name]
            for name in (
                "node", "kind", "name", "gate", "items", "round", "role", "sender", "due_at", "opened_at", "closed_at",
                "reminded_at", "escalated_at",
            )
        ),
    )
    .join_from(
        _TASKS, _INSTANCES, and_(_INSTANCES.c.tenant == _TASKS.c.tenant, _INSTANCES.c.id == _TASKS.c.instance)
    )
    .outerjoin(_DRAFTS, and_(_DRAFTS.c.tenant == _TASKS.c.tenant, _DRAFTS.c.task == _TASKS.c.id))
    .where(_TASKS.c.tenant == bindparam("tenant"))
)  # fmt: skip
"""The columns of an InboxRow."""

_DONE = (
    _DETAILS.where(_TASKS.c.closed_by == bindparam("person"), _TASKS.c.status == TaskStatus.DONE)
    .order_by(_TASKS.c.closed_at.desc())
    .limit(bindparam("most"))
)

_OF_INSTANCES = _DETAILS.where(
    _TASKS.c.instance.in_(bindparam("instances", expanding=True)), _TASKS.c.status == TaskStatus.OPEN
).order_by(func.coalesce(_TASKS.c.due_at, literal(NO_DUE, Moment)), _TASKS.c.id)

_MINE = and_(
    _WAITING.c.tenant == bindparam("tenant"), _WAITING.c.principal.in_(bindparam("principals", expanding=True))
)

_SOME = select(_WAITING.c.task).where(_MINE).limit(2 * COUNT_CAP).subquery()
_COUNT = select(func.count(_SOME.c.task.distinct()))
"""A task may wait for several of the principals. Distinct rows with a limit would be read in the order of all tasks."""


_ESCAPE = "/"


def _literally(word: str) -> str:
    """Return a word in which no letter is a wildcard of LIKE."""
    return "".join(_ESCAPE + letter if letter in {"%", "_", _ESCAPE} else letter for letter in word)


@lru_cache
def _page(*, onward: bool, words: int) -> Select[*tuple[Any, ...]]:
    """Return the statement of a page: the first or a later one, with so many words to search for."""
    key = (_WAITING.c.due_at, _WAITING.c.task)
    query = select(*key).where(_MINE)
    if onward:
        query = query.where(tuple_(*key) > tuple_(bindparam("after_due", type_=Moment), bindparam("after_task")))
    if words:
        texts = (
            _TASKS.c.search.contains(bindparam(f"word{number}", type_=String), escape=_ESCAPE)
            for number in range(words)
        )
        query = query.join(_TASKS, and_(_TASKS.c.tenant == _WAITING.c.tenant, _TASKS.c.id == _WAITING.c.task, *texts))
    top = query.distinct().order_by(*key).limit(PAGE + 1).subquery()
    return _DETAILS.join(top, top.c.task == _TASKS.c.id).order_by(top.c.due_at, top.c.task)
