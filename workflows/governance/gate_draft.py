"""A decision that is being written: kept on the server from panel to check page, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.flow import Draft, StaleDraft, write_draft
from workflows.governance.gate_task import load_gate_task, refuse_conflicted
from workflows.governance.loaded import require_actor
from workflows.kernel.context import Context
from workflows.kernel.retry import retry_on_conflict


@retry_on_conflict
def keep_decision(ctx: Context, *, task_id: str, typed: Mapping[str, Any], version: int) -> Draft:
    """Keep what was typed so far as the draft that follows `version` (0: there was none).

    Raises StaleDraft when somebody else kept theirs in between, NotYourGate, and what hold_task raises.
    """
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        refuse_conflicted(ctx, load_gate_task(session, ctx, task_id=task_id))
    with ctx.write() as session:
        return write_draft(
            session, tenant=ctx.tenant, task_id=task_id, answers=typed, version=version, at=now, actor=actor
        )


def kept_decision(ctx: Context, *, task_id: str, version: int, request_id: str) -> Draft:
    """Return the draft that was reviewed. Raises StaleDraft when it is not `version` any more, and as keep_decision."""
    with ctx.read() as session:
        gate = load_gate_task(session, ctx, task_id=task_id, request_id=request_id)
        refuse_conflicted(ctx, gate)
    draft = gate.held.waiting.draft
    if draft is None or draft.version != version:
        raise StaleDraft(theirs=draft)
    return draft
