"""What a receipt shows: what was recorded, its number, what opened after it, and the reader's next task."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from forms.tree import Field
from workflows.flow import InboxRow, Submission, inbox, submission_for_task, tasks_of
from workflows.governance.behalf import behalf_of, holdings_behind
from workflows.governance.loaded import Held, see_task
from workflows.governance.projects import waiting_for
from workflows.governance.readiness import DocumentVersion
from workflows.governance.signing import signs
from workflows.governance.tables import DocumentRow
from workflows.kernel.chain import EventRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.database import columns_for, table_of
from workflows.models.model import Label
from workflows.people import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open task, the names of those it waits for, and whether the reader is one of them.

    `returns` tells whether whoever does it can send back what the receipt is about.
    """

    row: InboxRow
    waits_for: tuple[str, ...]
    mine: bool
    returns: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """A closed task. `number` is the event's place in the project's record, `digest` proves it.

    `behalf` names for whom it was handed in, empty where in one's own right. `opened` came with the step; `left` stood
    open beside it. `next_task` is the reader's, of this project first.
    """

    held: Held
    submission: Submission | None
    behalf: Label
    document: DocumentVersion | None
    number: int | None
    digest: str | None
    opened: tuple[Opened, ...]
    left: tuple[Opened, ...]
    next_task: InboxRow | None
    waiting: int
    names: Mapping[str, str]

    @property
    def ended(self) -> bool:
        """Whether nothing waits in the project any more."""
        return self.held.project.closed_at is not None

    @property
    def told(self) -> tuple[str, ...]:
        """The names of the others whom the step gave something to do."""
        return tuple(dict.fromkeys(name for one in self.opened if not one.mine for name in one.waits_for))

    @property
    def signed(self) -> bool:
        """Whether what was handed in is a signature."""
        return self.submission is not None and signs(self.held, self.submission.answers)

    @property
    def returned_by(self) -> tuple[str, ...]:
        """The names of those who can send back what was handed in."""
        return tuple(dict.fromkeys(name for one in self.opened if one.returns for name in one.waits_for))


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
        opened, left = _open(session, ctx, held, set(event.body.get("opened", ())) if event else set())
        people = {held.task.closed_by, submission.actor if submission else None} - {None}
        return ReceiptPage(
            held=held,
            submission=submission,
            behalf=_behalf(session, ctx.tenant, held, submission),
            document=_document(session, ctx.tenant, submission),
            number=event.seq if event else None,
            digest=event.digest if event else None,
            opened=opened,
            left=left,
            next_task=next_of(page.rows, held.project.id),
            waiting=len(page.rows),
            names=names_of(session, tenant=ctx.tenant, people=[*filter(None, people)]),
        )


def _behalf(session: Session, tenant: str, held: Held, submission: Submission | None) -> Label:
    if submission is None or submission.on_behalf_of is None:
        return {}
    behalf = submission.on_behalf_of
    return behalf_of(
        behalf,
        day=local_date(submission.at),
        model=held.bundle.model,
        holdings=holdings_behind(session, tenant=tenant, principals=[behalf]),
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


def next_of(rows: Sequence[InboxRow], project: str) -> InboxRow | None:
    """Return what to do next: in the project at hand, else what is due first."""
    return next((row for row in rows if row.subject == project), next(iter(rows), None))


def _open(
    session: Session, ctx: Context, held: Held, ids: Collection[str]
) -> tuple[tuple[Opened, ...], tuple[Opened, ...]]:
    """Return the project's open tasks: those with these ids, and the others."""
    rows = tasks_of(session, tenant=ctx.tenant, instance_ids=[held.project.instance])
    asked = [row.task_id for row in rows]
    behind = waiting_for(session, tenant=ctx.tenant, tasks=asked, day=held.today) if rows else {}
    found = [
        Opened(
            row=row,
            waits_for=tuple(person.name for person in behind.get(row.task_id, ())),
            mine=any(person.id == held.acting.person for person in behind.get(row.task_id, ())),
            returns=_returns(held, row.node),
        )
        for row in rows
    ]
    came = tuple(one for one in found if one.row.task_id in ids)
    return came, tuple(one for one in found if one.row.task_id not in ids)


def _returns(held: Held, node: str) -> bool:
    """Tell whether a step's form has an answer that sends an earlier step back."""
    drawn = held.bundle.executable.tasks.get(node)
    form = held.bundle.forms.get(drawn.form or "") if drawn else None
    return form is not None and any(isinstance(one, Field) and one.returns_if is not None for one in form.walk())
