"""What can be done at any time: withdraw a request, terminate the project, change a holder."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from forms.feel import Environment
from workflows import engine
from workflows.engine import NothingWaits
from workflows.flow import (
    Entry,
    InstanceEnded,
    InstanceStatus,
    Task,
    load_task,
    open_tasks,
    record_entry,
    require_open,
)
from workflows.governance.duties import require_duty
from workflows.governance.errors import NotNow, ReasonNeeded
from workflows.governance.facts import environment, facts_of
from workflows.governance.holding import RESTED, end_rest, resting
from workflows.governance.loaded import Opened, open_project
from workflows.governance.packs import PackStatus, current_pack, packs_of, set_status
from workflows.governance.project import Project
from workflows.governance.repeats import refuse_repeat
from workflows.governance.write import appoint, write_step
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.retry import retry_on_conflict
from workflows.models.model import RoleScope

WITHDRAW = "withdraw"
TERMINATE = "terminate"
"""Names of the messages that every model's diagrams catch (`gate.bpmn`, the frame round all phases)."""


@retry_on_conflict
def withdraw_request(ctx: Context, *, task_id: str, reason: str, request_id: str) -> str:
    """Take back a requested gate before it is decided; returns the project's id. The next request is a new round.

    Raises ReasonNeeded, Forbidden, NotNow (nothing is requested), TaskAlreadyClosed, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        waiting = load_task(session, tenant=ctx.tenant, task_id=task_id)
        opened = open_project(session, ctx, project_id=waiting.running.subject)
        behalf = require_duty(opened, "manager", "office")
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=opened.project.id)
        require_open(waiting)
        task = waiting.task
        item = task.item
        pack = current_pack(session, tenant=ctx.tenant, project_id=opened.project.id, gate=task.gate or "", item=item)
        facts = facts_of(session, tenant=ctx.tenant, project=opened.project, model=opened.bundle.model, on=opened.today)
    if not reason.strip():
        raise ReasonNeeded
    if pack is None or pack.status is not PackStatus.WAITING:
        raise NotNow
    try:
        step = engine.send(
            opened.bundle.executable,
            opened.running.state,
            place=task.place,
            message=WITHDRAW,
            facts=facts,
            env=environment(now),
        )
    except NothingWaits as error:
        raise NotNow from error
    body = {"gate": task.gate, "item": item, "round": pack.round, "reason": reason.strip()}
    entry = Entry(verb="withdraw", at=now, body=body, actor=ctx.actor, on_behalf_of=behalf, request_id=request_id)
    with ctx.write() as session:
        write_step(
            session,
            ctx,
            project=opened.project,
            bundle=opened.bundle,
            running=opened.running,
            step=step,
            entry=entry,
        )
        set_status(session, tenant=ctx.tenant, pack_id=pack.id, status=PackStatus.WITHDRAWN)
    return opened.project.id


@retry_on_conflict
def terminate_project(ctx: Context, *, project_id: str, reason: str, request_id: str) -> None:
    """Stop a project wherever it stands, also on hold; the short closure follows, with final report, records and books.

    Raises ReasonNeeded, Forbidden, NotNow (it is already closing), InstanceEnded, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        behalf = require_duty(opened, "sponsor", "group")
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=project_id)
        held = resting(session, ctx, opened, now) if opened.running.status is InstanceStatus.HELD else None
        waiting = [
            pack.id
            for pack in packs_of(session, tenant=ctx.tenant, project_id=project_id)
            if pack.status is PackStatus.WAITING
        ]
        facts = facts_of(session, tenant=ctx.tenant, project=opened.project, model=opened.bundle.model, on=opened.today)
    if opened.running.status is InstanceStatus.ENDED:
        raise InstanceEnded
    if not reason.strip():
        raise ReasonNeeded
    step = _stop(opened, held.state if held else opened.running.state, facts, environment(now))
    entry = Entry(
        verb="terminate",
        at=now,
        body={"reason": reason.strip(), **({"held_since": held.since.isoformat()} if held else {})},
        actor=ctx.actor,
        on_behalf_of=behalf,
        request_id=request_id,
    )
    with ctx.write() as session:
        if held:
            end_rest(session, ctx, opened, held, at=now)
        write_step(
            session,
            ctx,
            project=opened.project,
            bundle=opened.bundle,
            running=opened.running,
            step=step,
            entry=entry,
            values=RESTED if held else None,
        )
        for pack_id in waiting:
            set_status(session, tenant=ctx.tenant, pack_id=pack_id, status=PackStatus.WITHDRAWN)


def _stop(opened: Opened, state: bytes, facts: Mapping[str, Any], env: Environment) -> engine.Step:
    """Send the message that the frame round all phases catches. Raises NotNow where it no longer stands."""
    bundle = opened.bundle
    try:
        return engine.send(bundle.executable, state, place=bundle.model.work, message=TERMINATE, facts=facts, env=env)
    except NothingWaits as error:
        raise NotNow from error


@retry_on_conflict
def replace_project_holder(
    ctx: Context, *, project_id: str, role: str, holder: str, reason: str, request_id: str
) -> tuple[str, ...]:
    """Let another person (or `body:<id>`) hold a role of a project from today; returns the tasks that move.

    Raises ReasonNeeded, Forbidden, NotFound (no role of projects in the model), InstanceEnded, AlreadyDone, and what
    the people room refuses.
    """
    now = ctx.now()
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        behalf = require_duty(opened, "sponsor", "office")
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=project_id)
        moving = tasks_of_role(session, ctx, opened.project, role)
    if opened.running.status is InstanceStatus.ENDED:
        raise InstanceEnded
    if role not in {known.key for known in opened.bundle.model.roles if known.scope is RoleScope.PROJECT}:
        raise NotFound
    if not reason.strip():
        raise ReasonNeeded
    entry = Entry(
        verb="replace_holder",
        at=now,
        body={"role": role, "holder": holder, "reason": reason.strip()},
        actor=ctx.actor,
        on_behalf_of=behalf,
        request_id=request_id,
    )
    with ctx.write() as session:
        record_entry(session, tenant=ctx.tenant, running=opened.running, entry=entry)
        appoint(
            session,
            ctx,
            project=opened.project,
            holders={role: holder},
            at=now,
            actor=ctx.actor,
            reason=reason.strip(),
        )
        if moving:
            ids = [task.id for task in moving]
            ctx.jobs.later(session, "mail.assigned", *ids, key=f"assigned:{opened.running.head}:{request_id}")
    return tuple(task.id for task in moving)


def tasks_of_role(session: Session, ctx: Context, project: Project, role: str) -> tuple[Task, ...]:
    """Return the open tasks that wait for whoever holds a role of the project; they move with it."""
    waiting = open_tasks(session, tenant=ctx.tenant, instance_id=project.instance)
    return tuple(task for task in waiting if task.role == role and task.item is None)
