"""What was handed in earlier: submissions by form, newest last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from workflows.flow.running import Origin, TaskStatus
from workflows.flow.tables import SubmissionRow, TaskRow
from workflows.kernel.chain import EventRow
from workflows.kernel.database import columns_for, table_of
from workflows.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The full answers of one completed step."""

    id: str
    task: str
    node: str
    item: str | None
    form: str
    bundle: str
    answers: Mapping[str, Any]
    digest: str
    at: datetime
    actor: str
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event of an instance, without its state."""

    seq: int
    at: datetime
    verb: str
    actor: str | None
    on_behalf_of: str | None
    body: Mapping[str, Any]
    digest: str


Latest = Mapping[tuple[str, str | None], Submission]
"""The newest submission by form and item."""


_SUBMISSIONS = table_of(SubmissionRow)
_COLUMNS = columns_for(_SUBMISSIONS, Submission)


def _of_instance(rows: FromClause, *, some: bool) -> ColumnElement[bool]:
    """Return the condition that submissions are of an instance, and of some forms where only those are wanted."""
    forms = [rows.c.form.in_(bindparam("forms", expanding=True))] if some else []
    return and_(rows.c.tenant == bindparam("tenant"), rows.c.instance == bindparam("instance"), *forms)


def _latest(*, some: bool) -> Select[*tuple[Any, ...]]:
    """Return the statement of the newest submissions. An inner one finds them in the index, without their answers."""
    key = (_SUBMISSIONS.c.form, _SUBMISSIONS.c.item)
    newest = select(*key, func.max(_SUBMISSIONS.c.at).label("at")).where(_of_instance(_SUBMISSIONS, some=some))
    found = newest.group_by(*key).subquery()
    same = and_(
        _SUBMISSIONS.c.form == found.c.form,
        _SUBMISSIONS.c.item.is_not_distinct_from(found.c.item),
        _SUBMISSIONS.c.at == found.c.at,
    )
    wanted = _of_instance(_SUBMISSIONS, some=False)
    return select(*_COLUMNS).join_from(found, _SUBMISSIONS, same).where(wanted).order_by(_SUBMISSIONS.c.id)


_LATEST, _LATEST_OF_FORMS = _latest(some=False), _latest(some=True)
_TASKS = table_of(TaskRow)
_OF_FORM = (
    select(*_COLUMNS)
    .join(_TASKS, and_(_TASKS.c.tenant == _SUBMISSIONS.c.tenant, _TASKS.c.id == _SUBMISSIONS.c.task))
    .where(
        _of_instance(_SUBMISSIONS, some=True),
        _SUBMISSIONS.c.item.is_not_distinct_from(bindparam("item")),
        _TASKS.c.gate.is_not_distinct_from(bindparam("gate")),
    )
    .order_by(_SUBMISSIONS.c.at.desc(), _SUBMISSIONS.c.id.desc())
    .limit(bindparam("most"))
)
_ONE = select(*_COLUMNS).where(
    _SUBMISSIONS.c.tenant == bindparam("tenant"), _SUBMISSIONS.c.id == bindparam("submission")
)
_OF_TASK = (
    select(*_COLUMNS)
    .where(_SUBMISSIONS.c.tenant == bindparam("tenant"), _SUBMISSIONS.c.task == bindparam("task"))
    .order_by(_SUBMISSIONS.c.at, _SUBMISSIONS.c.id)
)


def latest_submissions(
    session: Session, *, tenant: str, instance_id: str, forms: Collection[str] | None = None
) -> Latest:
    """Return the newest submission of each form and item of an instance (of some forms only, when given)."""
    query = _LATEST if forms is None else _LATEST_OF_FORMS
    rows = session.execute(query, {"tenant": tenant, "instance": instance_id, "forms": list(forms or ())})
    return {(row.form, row.item): Submission(**row._mapping) for row in rows}


def submissions_of(
    session: Session, *, tenant: str, instance_id: str, form: str, item: str | None, gate: str | None, most: int
) -> tuple[Submission, ...]:
    """Return the last submissions of one form for one item and gate (None: those for none), newest first."""
    asked = {"tenant": tenant, "instance": instance_id, "forms": [form], "item": item, "gate": gate, "most": most}
    return tuple(Submission(**row._mapping) for row in session.execute(_OF_FORM, asked))


def load_submission(session: Session, *, tenant: str, submission_id: str) -> Submission:
    """Return one submission. Raises NotFound."""
    row = session.execute(_ONE, {"tenant": tenant, "submission": submission_id}).first()
    if row is None:
        raise NotFound
    return Submission(**row._mapping)


def submission_for_task(session: Session, *, tenant: str, task_id: str) -> Submission | None:
    """Return what completed a task, if answers did."""
    return next(iter(submissions_for_task(session, tenant=tenant, task_id=task_id)), None)


def submissions_for_task(session: Session, *, tenant: str, task_id: str) -> tuple[Submission, ...]:
    """Return what completed a task, if answers did, and then all its answers each time some were given afterwards."""
    rows = session.execute(_OF_TASK, {"tenant": tenant, "task": task_id})
    return tuple(Submission(**row._mapping) for row in rows)


def done_steps(session: Session, *, tenant: str, instance_id: str) -> frozenset[tuple[str, str]]:
    """Return the steps of the diagram that were done in an instance, each with the activities it lay in then."""
    query = select(TaskRow.node, TaskRow.place).where(
        TaskRow.tenant == tenant,
        TaskRow.instance == instance_id,
        TaskRow.status == TaskStatus.DONE,
        TaskRow.origin == Origin.ENGINE,
    )
    return frozenset((row.node, row.place) for row in session.execute(query.distinct()))


def first_bundle(session: Session, *, tenant: str, instance_id: str) -> str | None:
    """Return the bundle that an instance began on."""
    query = select(EventRow.bundle).where(EventRow.tenant == tenant, EventRow.stream == instance_id)
    return session.scalar(query.order_by(EventRow.seq).limit(1))


def events_of(session: Session, *, tenant: str, instance_id: str, limit: int | None = None) -> tuple[Event, ...]:
    """Return an instance's events, newest first, without their states."""
    columns = (
        EventRow.seq,
        EventRow.at,
        EventRow.verb,
        EventRow.actor,
        EventRow.on_behalf_of,
        EventRow.body,
        EventRow.digest,
    )
    query = (
        select(*columns)
        .where(EventRow.tenant == tenant, EventRow.stream == instance_id)
        .order_by(EventRow.seq.desc())
        .limit(limit)
    )
    return tuple(Event(**row._mapping) for row in session.execute(query))
