"""The stream `people`: what was done to people, bodies and roles, by whom.

Events keep ids and the names of changed fields, never contact details: those stand in the person's row, where they
can be corrected, while an event stays as it is for ever.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel import chain
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, RequestReused
from workflows.kernel.ids import RequestId

STREAM = "people"


def note(
    session: Session,
    ctx: Context,
    *,
    verb: str,
    at: datetime,
    subject: str,
    request_id: RequestId | None = None,
    **facts: Any,
) -> None:
    """Append what `verb` did to `subject` (the id it made or changed) in the name of the context's actor."""
    record(
        session,
        tenant=ctx.tenant,
        actor=ctx.actor,
        verb=verb,
        at=at,
        subject=subject,
        request_id=request_id,
        **facts,
    )


def record(
    session: Session,
    *,
    tenant: str,
    actor: str | None,
    verb: str,
    at: datetime,
    subject: str,
    request_id: RequestId | None = None,
    **facts: Any,
) -> None:
    """Append the same where there is no context."""
    body = {"subject": subject} | facts
    happening = chain.Happening(verb=verb, at=at, body=body, actor=actor, request_id=request_id)
    chain.append(session, tenant=tenant, stream=STREAM, happening=happening)


def refuse_repeat(
    session: Session, ctx: Context, verb: str, request_id: RequestId | None, *, stream: str = STREAM
) -> None:
    """Raise AlreadyDone with the subject of the first time when the actor's same request was carried out before.

    `stream` is another register whose events have a subject too. Raises RequestReused when the id belongs to something
    else, and tells nothing about it.
    """
    if request_id is None:
        return
    mine = (chain.EventRow.tenant == ctx.tenant, chain.EventRow.request_id == request_id)
    before = session.scalars(select(chain.EventRow).where(*mine)).one_or_none()
    if before is None:
        return
    if (before.stream, before.verb, before.actor) != (stream, verb, ctx.actor):
        raise RequestReused
    raise AlreadyDone(outcome=str(before.body["subject"]))
