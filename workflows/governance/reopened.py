"""Which checklist items a rework decision reopened and nobody has answered since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import Latest
from workflows.governance.outcomes import Outcome
from workflows.governance.tables import DecisionRow


def reopened_items(session: Session, *, tenant: str, project_id: str, latest: Latest, checklist: str) -> frozenset[str]:
    """Return the ids that the newest rework decisions named, later than the checklist was last handed in."""
    last = latest.get((checklist, None))
    if last is None:
        return frozenset()
    query = select(DecisionRow.detail).where(
        DecisionRow.tenant == tenant,
        DecisionRow.project == project_id,
        DecisionRow.outcome == Outcome.REWORK,
        DecisionRow.recorded_on > last.at,
    )
    details: Iterable[Mapping[str, Any]] = session.scalars(query)
    return frozenset(item for detail in details for item in detail.get("reopen", []))
