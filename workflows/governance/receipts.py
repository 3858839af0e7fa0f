"""What a receipt shows: what was recorded, its number, what opened after it, and the reader's next task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from workflows.flow import InboxRow, Submission, inbox, submission_for_task, tasks_of
from workflows.governance.loaded import Held, see_task
from workflows.governance.projects import waiting_for
from workflows.governance.readiness import DocumentVersion
from workflows.governance.tables import DocumentRow
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.kernel.database import columns_for, table_of
from workflows.people import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A task that opened with the step, and the names of those it waits for."""

    row: InboxRow
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """A closed task. `number` is the event's place in the project's record, `digest` proves it."""

    held: Held
    submission: Submission | None
    document: DocumentVersion | None
    number: int | None
    digest: str | None
    opened: tuple[Opened, ...]
    next_task: InboxRow | None
    waiting: int
    names: Mapping[str, str]


_EVENTS, _DOCUMENTS = table_of(EventRow), table_of(DocumentRow)
_EVENT = select(_EVENTS.c.seq, _EVENTS.c.digest, _EVENTS.c.body).where(
    _EVENTS.c.tenant == bindparam("tenant"), _EVENTS.c.request_id == bindparam("request")
)
_DOCUMENT = select(*columns_for(_DOCUMENTS, DocumentVersion)).where(
    _DOCUMENTS.c.tenant == bindparam("tenant"), _DOCUMENTS.c.submission == bindparam("submission")
)


def receipt_page(ctx: Context, *, task_id: str) -> ReceiptPage:
    """Return the receipt of a task. Raises NotFound for what the actor may not see."""
    with ctx.read() as session:
        held, _ = see_task(session, ctx, task_id=task_id)
        submission = submission_for_task(session, tenant=ctx.tenant, task_id=task_id)
        event = _event(session, ctx.tenant, held)
        page = inbox(session, tenant=ctx.tenant, principals=tuple(held.acting.principals))
        people = {held.task.closed_by, submission.actor if submission else None} - {None}
        return ReceiptPage(
            held=held,
            submission=submission,
            document=_document(session, ctx.tenant, submission),
            number=event.seq if event else None,
            digest=event.digest if event else None,
            opened=_opened(session, ctx, held, event),
            next_task=next(iter(page.rows), None),
            waiting=len(page.rows),
            names=names_of(session, tenant=ctx.tenant, people=[*filter(None, people)]),
        )


def _event(session: Session, tenant: str, held: Held) -> Row[int, str, Any] | None:
    if held.waiting.task.request_id is None:
        return None
    return session.execute(_EVENT, {"tenant": tenant, "request": held.waiting.task.request_id}).first()


def _document(session: Session, tenant: str, submission: Submission | None) -> DocumentVersion | None:
    if submission is None:
        return None
    row = session.execute(_DOCUMENT, {"tenant": tenant, "submission": submission.id}).first()
    return DocumentVersion(**row._mapping) if row else None


def _opened(session: Session, ctx: Context, held: Held, event: Row[int, str, Any] | None) -> tuple[Opened, ...]:
    ids = set(event.body.get("opened", [])) if event else set()
    if not ids:
        return ()
    rows = tasks_of(session, tenant=ctx.tenant, instance_ids=[held.project.instance])
    opened = [row for row in rows if row.task_id in ids]
    behind = waiting_for(session, tenant=ctx.tenant, tasks=[row.task_id for row in opened], day=held.today)
    return tuple(
        Opened(row=row, waits_for=tuple(person.name for person in behind.get(row.task_id, ()))) for row in opened
    )
