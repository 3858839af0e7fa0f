"""The receipt of a decision: what was recorded, what happens now, and what waits for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.flow import InboxRow, Task, count_open, inbox, open_tasks, principals_of_item
from workflows.governance.decision_record import decision_for_task, decisions_of
from workflows.governance.gate_decision import DecisionView, view_of
from workflows.governance.gate_room import track_of
from workflows.governance.loaded import Held, see_task
from workflows.governance.packs import packs_of
from workflows.governance.project_track import Part
from workflows.governance.receipts import next_of
from workflows.governance.roles import principals_of_task
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.people import people_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """A task that is open after the decision, and who it waits for."""

    task: Task
    names: tuple[str, ...]
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A decision just recorded: what happens now, and what waits for the reader."""

    shown: DecisionView
    track: tuple[Part, ...]
    waits: tuple[Waits, ...]
    next_task: InboxRow | None
    waiting: int


def receipt_of(ctx: Context, *, task_id: str) -> Receipt:
    """Return the receipt of a decided gate. Raises NotFound when it is not decided, or not the actor's to see."""
    with ctx.read() as session:
        held, _ = see_task(session, ctx, task_id=task_id)
        decision = decision_for_task(session, tenant=ctx.tenant, task_id=task_id)
        if decision is None:
            raise NotFound
        mine = tuple(held.acting.principals)
        page = inbox(session, tenant=ctx.tenant, principals=mine)
        return Receipt(
            shown=view_of(session, ctx, decision),
            track=track_of(
                held,
                packs_of(session, tenant=ctx.tenant, project_id=held.project.id),
                decisions_of(session, tenant=ctx.tenant, project_id=held.project.id),
                now=ctx.now(),
            ),
            waits=_waits(session, ctx, held),
            next_task=next_of(page.rows, held.project.id),
            waiting=count_open(session, tenant=ctx.tenant, principals=mine),
        )


def _waits(session: Session, ctx: Context, held: Held) -> tuple[Waits, ...]:
    """Return what is open in the project now, with those it waits for."""
    tasks = open_tasks(session, tenant=ctx.tenant, instance_id=held.project.instance)
    wanted = {
        task.id: principals_of_task(held.project, held.bundle.model, task)
        or principals_of_item(session, tenant=ctx.tenant, task_id=task.id)
        for task in tasks
    }
    asked = {principal for principals in wanted.values() for principal in principals}
    behind = people_behind(session, tenant=ctx.tenant, principals=asked, day=held.today)
    return tuple(
        Waits(
            task=task,
            names=tuple(dict.fromkeys(person.name for one in wanted[task.id] for person in behind[one])),
            mine=not held.acting.principals.isdisjoint(wanted[task.id]),
        )
        for task in tasks
    )
