"""Which checklist items a rework decision reopened and nobody has answered since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import Latest, Submission
from workflows.governance.outcomes import Outcome
from workflows.governance.tables import DecisionRow, ProjectRow
from workflows.kernel.chain import EventRow


def reopened_items(session: Session, *, tenant: str, project_id: str, latest: Latest, checklist: str) -> frozenset[str]:
    """Return the ids that the newest rework decisions named, later than the checklist was last handed in."""
    last = latest.get((checklist, None))
    if last is None:
        return frozenset()
    query = select(DecisionRow.id, DecisionRow.recorded_on, DecisionRow.detail).where(
        DecisionRow.tenant == tenant,
        DecisionRow.project == project_id,
        DecisionRow.outcome == Outcome.REWORK,
        DecisionRow.recorded_on >= last.at,
    )
    decisions = session.execute(query).all()
    later = frozenset(row.id for row in decisions)
    if any(row.recorded_on == last.at for row in decisions):
        later = _decided_after(session, tenant, project_id, last)
    return frozenset(item for row in decisions if row.id in later for item in row.detail.get("reopen", []))


def _decided_after(session: Session, tenant: str, project_id: str, last: Submission) -> frozenset[str]:
    """Return the decisions that follow a submission in the record: a clock may say the same moment of both."""
    stream = select(ProjectRow.instance).where(ProjectRow.tenant == tenant, ProjectRow.id == project_id)
    query = (
        select(EventRow.body)
        .where(EventRow.tenant == tenant, EventRow.stream == stream.scalar_subquery(), EventRow.at >= last.at)
        .order_by(EventRow.seq)
    )
    later: list[str] = []
    bodies: Iterable[Mapping[str, Any]] = session.scalars(query)
    for body in bodies:
        if body.get("submission") == last.id:
            later = []
        elif "decision" in body:
            later.append(body["decision"])
    return frozenset(later)
