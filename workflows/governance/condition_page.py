"""What the page of a condition shows: what was decided, what proves that it is met, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.governance.conditions import condition_for_task
from workflows.governance.decision_record import Decision, load_decision
from workflows.governance.files import ProjectFile, files_of
from workflows.governance.loaded import Held, hold_item, see_task
from workflows.governance.readiness import Condition, ConditionStatus, conditions_of
from workflows.kernel.context import Context
from workflows.people import names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionPage:
    """A condition as one person sees it. `mine` tells whether they answer for it, `left` how many others are open.

    `files` are what was added to show that it is met; `decided_by` is the name of whoever recorded the decision.
    """

    held: Held
    mine: bool
    condition: Condition
    decision: Decision
    decided_by: str
    files: tuple[ProjectFile, ...]
    left: int


def condition_page(ctx: Context, *, task_id: str, answering: bool = False) -> ConditionPage:
    """Return the page of a condition's work item. Raises NotFound, also for what the actor may not see.

    For `answering` it must be theirs and open: raises what hold_item raises.
    """
    with ctx.read() as session:
        held, mine = (
            (hold_item(session, ctx, task_id=task_id), True) if answering else see_task(session, ctx, task_id=task_id)
        )
        condition = condition_for_task(session, tenant=ctx.tenant, task_id=task_id)
        decision = load_decision(session, tenant=ctx.tenant, decision_id=condition.decision)
        by = decision.recorded_by
        return ConditionPage(
            held=held,
            mine=mine,
            condition=condition,
            decision=decision,
            decided_by=names_of(session, tenant=ctx.tenant, people=[by]).get(by, ""),
            files=evidence_of(session, ctx, held),
            left=_left(session, ctx, held, condition),
        )


def evidence_of(session: Session, ctx: Context, held: Held) -> tuple[ProjectFile, ...]:
    """Return the files that were added to a work item, oldest first."""
    found = files_of(session, tenant=ctx.tenant, project_id=held.project.id)
    return tuple(file for file in reversed(found) if file.task == held.task.id)


def _left(session: Session, ctx: Context, held: Held, condition: Condition) -> int:
    every = conditions_of(session, tenant=ctx.tenant, project_id=held.project.id)
    return sum(one.status is ConditionStatus.OPEN and one.id != condition.id for one in every)
