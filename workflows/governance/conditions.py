"""Conditions of an approval: a register of work items that the next gate's readiness counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflows.flow import Entry, WorkItem, close_item, open_item, record_entry
from workflows.governance.decision import NewCondition
from workflows.governance.errors import ReasonNeeded
from workflows.governance.loaded import hold_item, require_actor
from workflows.governance.project import Project
from workflows.governance.readiness import Condition, ConditionStatus, condition_of
from workflows.governance.tables import ConditionRow, DecisionRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import new_id, person_principal
from workflows.kernel.retry import retry_on_conflict
from workflows.models.deadlines import end_of_day, moment_after

CONDITION = "condition"
"""Kind of the work item that a condition is."""

_REMIND, _ESCALATE = "-P5D", "P5D"
"""A condition is reminded of five working days before its day and escalated five after (domain model §1.8)."""


def without_contents(kind: str, name: str) -> str:
    """Return what a step is called for whoever may not read what stands in projects: a condition by its number."""
    return name.partition(":")[0] if kind == CONDITION else name


def add_conditions(
    session: Session,
    ctx: Context,
    *,
    project: Project,
    decision: DecisionRow,
    conditions: Sequence[NewCondition],
    at: datetime,
) -> None:
    """Write the conditions of a decision and put each in its owner's inbox."""
    known = session.scalar(
        select(func.count())
        .select_from(ConditionRow)
        .where(ConditionRow.tenant == ctx.tenant, ConditionRow.project == project.id)
    )
    opened = [
        _add(session, ctx, project, decision, condition, number, at)
        for number, condition in enumerate(conditions, (known or 0) + 1)
    ]
    if opened:
        ctx.jobs.later(session, "mail.assigned", *opened, key=f"assigned:{decision.id}")


def _add(
    session: Session,
    ctx: Context,
    project: Project,
    decision: DecisionRow,
    condition: NewCondition,
    number: int,
    at: datetime,
) -> str:
    assert condition.due_on is not None
    due_at = end_of_day(condition.due_on)
    task_id = open_item(
        session,
        tenant=ctx.tenant,
        instance_id=project.instance,
        title=project.title,
        item=WorkItem(
            kind=CONDITION,
            name=f"Uppfyll villkor {number}: {condition.text}",
            gate=decision.gate,
            round=decision.round,
            role=None,
            due_at=due_at,
            remind_at=max(at, moment_after(due_at, _REMIND)),
            escalate_at=moment_after(due_at, _ESCALATE),
        ),
        principals=(person_principal(condition.owner),),
        at=at,
        sender=ctx.actor,
    )
    session.add(
        ConditionRow(
            tenant=ctx.tenant,
            id=new_id(),
            project=project.id,
            decision=decision.id,
            gate=decision.gate or "",
            number=number,
            text=condition.text.strip(),
            owner=condition.owner,
            due_on=condition.due_on,
            status=ConditionStatus.OPEN,
            task=task_id,
            note="",
        )
    )
    session.flush()
    return task_id


@retry_on_conflict
def complete_condition(ctx: Context, *, task_id: str, note: str, request_id: str) -> str:
    """Say that a condition is met and how; returns the project's id. It can be done after the project has closed.

    Raises ReasonNeeded without a note, and what hold_item raises.
    """
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        held = hold_item(session, ctx, task_id=task_id, request_id=request_id)
        condition = condition_for_task(session, tenant=ctx.tenant, task_id=task_id)
    if not note.strip():
        raise ReasonNeeded
    entry = Entry(
        verb="complete_condition",
        at=now,
        body={"task": task_id, "condition": condition.id, "number": condition.number, "note": note.strip()},
        actor=actor,
        on_behalf_of=held.on_behalf_of,
        request_id=request_id,
    )
    with ctx.write() as session:
        record_entry(session, tenant=ctx.tenant, running=held.waiting.running, entry=entry)
        close_item(session, tenant=ctx.tenant, task_id=task_id, at=now, actor=actor, request_id=request_id)
        session.execute(
            update(ConditionRow)
            .where(ConditionRow.tenant == ctx.tenant, ConditionRow.id == condition.id)
            .values(status=ConditionStatus.DONE, done_at=now, done_by=actor, note=note.strip())
            .execution_options(synchronize_session=False)
        )
    return held.project.id


def condition_for_task(session: Session, *, tenant: str, task_id: str) -> Condition:
    """Return the condition that a work item is for. Raises NotFound."""
    row = session.scalar(select(ConditionRow).where(ConditionRow.tenant == tenant, ConditionRow.task == task_id))
    if row is None:
        raise NotFound
    return condition_of(row)
