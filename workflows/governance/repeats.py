"""A request that comes twice is one effect: verbs that write an event ask here first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.chain import EventRow
from workflows.kernel.errors import AlreadyDone


def refuse_repeat(session: Session, *, tenant: str, request_id: str | None, outcome: str) -> None:
    """Raise AlreadyDone with `outcome` when an event of this request is on record."""
    if request_id is None:
        return
    query = select(EventRow.seq).where(EventRow.tenant == tenant, EventRow.request_id == request_id)
    if session.scalar(query) is not None:
        raise AlreadyDone(outcome=outcome)
