"""Whom a form offers to choose."""

from __future__ import annotations

from app.shell.context import request_context, today
from workflows.people import PersonName, active_people


def people_to_choose(*, without: str = "") -> tuple[PersonName, ...]:
    """Return every active person in Swedish order, but for one."""
    ctx = request_context()
    with ctx.read() as session:
        people = active_people(session, tenant=ctx.tenant, on=today())
    return tuple(one for one in people if one.id != without)
