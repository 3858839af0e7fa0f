"""Write answers that are added to a finished step: a submission beside the first, which stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from workflows.flow.history import Submission
from workflows.flow.record import digest_of, record_entry
from workflows.flow.running import Running
from workflows.flow.tables import SubmissionRow
from workflows.flow.task_rows import Entry
from workflows.kernel import chain
from workflows.kernel.ids import new_id


def record_afterwards(
    session: Session,
    *,
    tenant: str,
    running: Running,
    state: bytes,
    before: Submission,
    answers: Mapping[str, Any],
    entry: Entry,
) -> chain.EventRow:
    """Write all answers of a step that `before` completed, with those added now; what is open stays open.

    Raises VersionConflict, RequestReused.
    """
    submission = new_id()
    told = {
        **{name: getattr(before, name) for name in ("task", "node", "item", "form")},
        **entry.body,
        "open": list(running.open_tasks),
        "opened": [],
        "submission": submission,
        "submission_digest": digest_of(answers),
        "ends": [],
    }
    event = record_entry(
        session,
        tenant=tenant,
        running=replace(running, state=state),
        entry=replace(entry, body=told),
        values={"state": state},
    )
    session.add(
        SubmissionRow(
            tenant=tenant,
            id=submission,
            instance=running.id,
            task=before.task,
            node=before.node,
            item=before.item,
            form=before.form,
            bundle=running.bundle,
            answers=dict(answers),
            digest=told["submission_digest"],
            at=entry.at,
            actor=entry.actor or "",
            on_behalf_of=entry.on_behalf_of,
        )
    )
    session.flush()
    return event
