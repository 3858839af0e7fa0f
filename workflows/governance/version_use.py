"""How many projects run on each version of the models."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.governance.tables import ProjectRow


def running_by_version(session: Session, *, tenant: str) -> Mapping[str, int]:
    """Return the number of projects that are not closed, by the digest of the version they follow."""
    query = (
        select(ProjectRow.bundle, func.count())
        .where(ProjectRow.tenant == tenant, ProjectRow.closed_at.is_(None))
        .group_by(ProjectRow.bundle)
    )
    return {row[0]: row[1] for row in session.execute(query)}
