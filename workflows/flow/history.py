"""What was handed in earlier: submissions by form, newest last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflows.flow.tables import SubmissionRow
from workflows.kernel.chain import EventRow
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


_OF_INSTANCE = (
    select(SubmissionRow)
    .where(SubmissionRow.tenant == bindparam("tenant"), SubmissionRow.instance == bindparam("instance"))
    .order_by(SubmissionRow.at, SubmissionRow.id)
)
_OF_FORMS = _OF_INSTANCE.where(SubmissionRow.form.in_(bindparam("forms", expanding=True)))


def latest_submissions(
    session: Session, *, tenant: str, instance_id: str, forms: Collection[str] | None = None
) -> Latest:
    """Return the newest submission of each form and item of an instance (of some forms only, when given)."""
    query = _OF_INSTANCE if forms is None else _OF_FORMS
    rows = session.scalars(query, {"tenant": tenant, "instance": instance_id, "forms": list(forms or ())})
    return {(row.form, row.item): submission_of(row) for row in rows}


def submissions_of(session: Session, *, tenant: str, instance_id: str, form: str) -> tuple[Submission, ...]:
    """Return every submission of one form, oldest first."""
    rows = session.scalars(_OF_FORMS, {"tenant": tenant, "instance": instance_id, "forms": [form]})
    return tuple(submission_of(row) for row in rows)


def load_submission(session: Session, *, tenant: str, submission_id: str) -> Submission:
    """Return one submission. Raises NotFound."""
    row = session.get(SubmissionRow, (tenant, submission_id))
    if row is None:
        raise NotFound
    return submission_of(row)


def submission_for_task(session: Session, *, tenant: str, task_id: str) -> Submission | None:
    """Return what completed a task, if answers did."""
    row = session.scalar(select(SubmissionRow).where(SubmissionRow.tenant == tenant, SubmissionRow.task == task_id))
    return submission_of(row) if row else None


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


def submission_of(row: SubmissionRow) -> Submission:
    """Freeze a submission row."""
    return Submission(
        id=row.id,
        task=row.task,
        node=row.node,
        item=row.item,
        form=row.form,
        bundle=row.bundle,
        answers=row.answers,
        digest=row.digest,
        at=row.at,
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
    )
