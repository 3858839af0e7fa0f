"""Declare a conflict of interest (jäv) in a gate: whoever does cannot take part, and it waits for somebody else."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workflows.flow import Entry, record_entry, require_open
from workflows.governance.errors import ReasonNeeded
from workflows.governance.gate_deciders import deciders_of
from workflows.governance.gate_task import GateTask, gate_task_of
from workflows.governance.loaded import require_actor, see_task
from workflows.governance.outcomes import Mode
from workflows.governance.repeats import refuse_repeat
from workflows.governance.tables import RecusalRow
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.kernel.ids import ORGANISATION, role_principal
from workflows.kernel.retry import retry_on_conflict
from workflows.people import PROJECT_OFFICE, people_behind


@retry_on_conflict
def declare_conflict(ctx: Context, *, task_id: str, reason: str, request_id: str) -> str:
    """Declare a conflict of interest in a gate before it is decided; returns the project's id.

    Open to who decides alone, and to each member of a group that decides in a meeting. Declared twice is declared
    once. Raises ReasonNeeded, Forbidden (has no part in the decision), NotFound, NotADecision, TaskAlreadyClosed,
    AlreadyDone.
    """
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        gate = _gate(session, ctx, task_id=task_id, request_id=request_id)
        helpers = _who_can_help(session, ctx, gate, leaving=actor)
    project = gate.held.project
    if actor in gate.recusals:
        return project.id
    if not reason.strip():
        raise ReasonNeeded
    body = {"task": task_id, "gate": gate.gate.key, "round": gate.pack.round, "reason": reason.strip()}
    entry = Entry(verb="declare_conflict", at=now, body=body, actor=actor, request_id=request_id)
    with ctx.write() as session:
        record_entry(session, tenant=ctx.tenant, running=gate.held.waiting.running, entry=entry)
        session.add(
            RecusalRow(tenant=ctx.tenant, project=project.id, task=task_id, person=actor, reason=reason.strip(), at=now)
        )
        for person in helpers:
            ctx.jobs.later(session, "mail.stuck", task_id, person, key=f"stuck:{task_id}:{actor}:{person}")
    return project.id


def may_declare(gate: GateTask, *, mine: bool, person: str) -> bool:
    """Tell whether a person takes part in the decision and has not declared a conflict yet."""
    takes_part = mine if gate.mode is Mode.SINGLE else person in {**gate.setting.members, **gate.setting.substitutes}
    return takes_part and person not in gate.recusals


def _who_can_help(session: Session, ctx: Context, gate: GateTask, *, leaving: str) -> tuple[str, ...]:
    """Return the project office when too few are left to decide: it can appoint somebody, and learns of it by mail."""
    deciders = deciders_of(session, tenant=ctx.tenant, gate=gate)
    left = [one for one in deciders.members if one.able and one.person != leaving]
    if gate.mode is Mode.BOARD or len(left) >= deciders.needed:
        return ()
    office = role_principal(ORGANISATION, PROJECT_OFFICE)
    behind = people_behind(session, tenant=ctx.tenant, principals=[office], day=gate.held.today)
    return tuple(person.id for person in behind[office] if person.id != leaving)


def _gate(session: Session, ctx: Context, *, task_id: str, request_id: str) -> GateTask:
    held, mine = see_task(session, ctx, task_id=task_id)
    refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=held.project.id)
    require_open(held.waiting)
    gate = gate_task_of(session, ctx, held)
    actor = require_actor(ctx)
    if actor not in gate.recusals and not may_declare(gate, mine=mine, person=actor):
        raise Forbidden
    return gate
