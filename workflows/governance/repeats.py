"""A request that comes twice is one effect: verbs that write an event ask here first."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workflows.governance.tables import ProjectRow
from workflows.kernel.chain import EventRow
from workflows.kernel.errors import AlreadyDone


def refuse_repeat(session: Session, *, tenant: str, request_id: str | None, outcome: str) -> None:
    """Raise AlreadyDone with `outcome`, a project's id, when an event of this request is on that project's record.

    On another's record it proves nothing here: the write then refuses the id (RequestReused).
    """
    if request_id is None:
        return
    query = (
        select(EventRow.seq)
        .join(ProjectRow, and_(ProjectRow.tenant == EventRow.tenant, ProjectRow.instance == EventRow.stream))
        .where(EventRow.tenant == tenant, EventRow.request_id == request_id, ProjectRow.id == outcome)
    )
    if session.scalar(query) is not None:
        raise AlreadyDone(outcome=outcome)
