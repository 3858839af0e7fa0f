"""Drafts: what somebody typed, saved while they type; a later save must know the earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflows.flow.errors import StaleDraft
from workflows.flow.running import Draft, draft_of
from workflows.flow.tables import DraftRow


def write_draft(
    session: Session,
    *,
    tenant: str,
    task_id: str,
    answers: Mapping[str, Any],
    version: int,
    at: datetime,
    actor: str,
) -> Draft:
    """Save raw answers as the draft that follows `version` (0 = there was none).

    Raises StaleDraft (with `theirs`, the saved one) when somebody else saved in between; nothing is overwritten.
    """
    draft = Draft(answers=answers, version=version + 1, saved_at=at, saved_by=actor)
    if version == 0:
        _insert(session, tenant, task_id, draft)
        return draft
    result = session.execute(
        update(DraftRow)
        .where(DraftRow.tenant == tenant, DraftRow.task == task_id, DraftRow.version == version)
        .values(answers=dict(answers), version=draft.version, saved_at=at, saved_by=actor)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise _stale(session, tenant, task_id)
    return draft


def _insert(session: Session, tenant: str, task_id: str, draft: Draft) -> None:
    row = DraftRow(
        tenant=tenant,
        task=task_id,
        answers=dict(draft.answers),
        version=draft.version,
        saved_at=draft.saved_at,
        saved_by=draft.saved_by,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise _stale(session, tenant, task_id) from error


def _stale(session: Session, tenant: str, task_id: str) -> StaleDraft:
    return StaleDraft(theirs=draft_of(session.get(DraftRow, (tenant, task_id))))
