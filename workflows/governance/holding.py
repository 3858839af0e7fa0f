"""On hold and back: a status beside the diagram, and a reminder that a person answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.flow import (
    Entry,
    InstanceStatus,
    NotHeld,
    Origin,
    Running,
    Task,
    WorkItem,
    close_item,
    hold,
    open_item,
    record_entry,
    require_active,
    resume,
    show_again,
)
from workflows.governance.duties import require_duty
from workflows.governance.errors import NotNow, ReasonNeeded
from workflows.governance.loaded import Opened, open_project
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.repeats import refuse_repeat
from workflows.governance.roles import principals_of_role, principals_of_task
from workflows.governance.tables import ConditionRow
from workflows.governance.told import told
from workflows.governance.write import write_project
from workflows.kernel.context import Context
from workflows.kernel.ids import Principal, person_principal
from workflows.kernel.retry import retry_on_conflict
from workflows.models.deadlines import end_of_day, moment_after
from workflows.models.model import Model

RESUME = "resume"
"""Kind of the work item that asks to resume a project on hold."""

_REMIND, _ESCALATE = "-P14D", "P14D"
"""Reminded 14 working days before the day, escalated 14 after (domain model §1.8)."""


@retry_on_conflict
def hold_project(ctx: Context, *, project_id: str, resume_on: date, reason: str, request_id: str) -> None:
    """Put a project on hold until a person resumes it; `resume_on` reminds the sponsor and the project manager.

    Raises ReasonNeeded, NotNow (a day that has passed, a project in its short closure), Forbidden, InstanceHeld,
    InstanceEnded, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        behalf = require_duty(opened, "sponsor", "group", "office")
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=project_id)
        require_active(opened.running)
    if not reason.strip():
        raise ReasonNeeded
    if resume_on <= opened.today or opened.project.status is ProjectStatus.TERMINATING:
        raise NotNow
    with ctx.write() as session:
        put_on_hold(
            session,
            ctx,
            project=opened.project,
            model=opened.bundle.model,
            running=opened.running,
            resume_on=resume_on,
            reason=reason,
            at=now,
            request_id=request_id,
            behalf=behalf,
        )


def put_on_hold(
    session: Session,
    ctx: Context,
    *,
    project: Project,
    model: Model,
    running: Running,
    resume_on: date,
    reason: str,
    at: datetime,
    request_id: str | None,
    behalf: str | None = None,
) -> None:
    """Hold the instance, note it in the project, and ask for the answer that resumes it."""
    resting_now = {"status": ProjectStatus.ON_HOLD, "resume_on": resume_on}
    entry = Entry(
        verb="hold",
        at=at,
        body={"resume_on": resume_on.isoformat(), "reason": reason.strip(), **told(resting_now)},
        actor=ctx.actor,
        on_behalf_of=behalf,
        request_id=request_id,
    )
    hold(session, tenant=ctx.tenant, running=running, entry=entry)
    task_id = _ask_to_resume(session, ctx, project, model, resume_on, at)
    values = {**resting_now, "resume_task": task_id}
    write_project(session, tenant=ctx.tenant, project_id=project.id, values=values)


@retry_on_conflict
def resume_project(ctx: Context, *, project_id: str, note: str, request_id: str) -> None:
    """Resume a project: open work shows again, and every due moment has moved by the time it was held.

    Raises NotHeld, Forbidden, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        opened, behalf = _open_held(session, ctx, project_id=project_id, request_id=request_id)
        held = resting(session, ctx, opened, now)
    values = {**RESTED, "status": _status_before(opened)}
    entry = Entry(
        verb="resume",
        at=now,
        body={"note": note.strip(), **told(values)},
        actor=ctx.actor,
        on_behalf_of=behalf,
        request_id=request_id,
    )
    with ctx.write() as session:
        _close_question(session, ctx, opened.project, now, request_id)
        resume(
            session,
            tenant=ctx.tenant,
            running=opened.running,
            entry=entry,
            principals=held.principals,
            state=held.state,
        )
        write_project(session, tenant=ctx.tenant, project_id=opened.project.id, values=values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A project on hold: since when, its state with the timers moved by that time, and whom its tasks wait for."""

    since: datetime
    state: bytes
    principals: Callable[[Task], Sequence[Principal]]


RESTED: Mapping[str, Any] = {"resume_on": None, "resume_task": None}
"""The project's columns once it rests no more."""


def resting(session: Session, ctx: Context, opened: Opened, at: datetime) -> Resting:
    """Return what it takes to end a project's hold at a moment."""
    project, model = opened.project, opened.bundle.model
    owners = _condition_owners(session, ctx.tenant, project.id)

    def principals(task: Task) -> Sequence[Principal]:
        if task.origin is Origin.ITEM:
            return (person_principal(owners[task.id]),) if task.id in owners else ()
        return principals_of_task(project, model, task)

    since = opened.running.held_at or at
    state = engine.postpone(opened.bundle.executable, opened.running.state, at - since)
    return Resting(since=since, state=state, principals=principals)


def end_rest(session: Session, ctx: Context, opened: Opened, held: Resting, *, at: datetime) -> None:
    """End a project's hold inside a step that leads it elsewhere; the step's own event tells of it."""
    _close_question(session, ctx, opened.project, at, None)
    show_again(
        session, tenant=ctx.tenant, instance_id=opened.running.id, held=at - held.since, principals=held.principals
    )


@retry_on_conflict
def extend_hold(ctx: Context, *, project_id: str, resume_on: date, reason: str, request_id: str) -> None:
    """Let a project rest longer: the question whether to resume it is answered, and comes again by another day.

    Raises ReasonNeeded, NotNow (a day that has passed), NotHeld, Forbidden, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        opened, behalf = _open_held(session, ctx, project_id=project_id, request_id=request_id)
    if not reason.strip():
        raise ReasonNeeded
    if resume_on <= opened.today:
        raise NotNow
    project = opened.project
    entry = Entry(
        verb="extend_hold",
        at=now,
        body={"resume_on": resume_on.isoformat(), "reason": reason.strip(), **told({"resume_on": resume_on})},
        actor=ctx.actor,
        on_behalf_of=behalf,
        request_id=request_id,
    )
    with ctx.write() as session:
        record_entry(session, tenant=ctx.tenant, running=opened.running, entry=entry)
        _close_question(session, ctx, project, now, request_id)
        task_id = _ask_to_resume(session, ctx, project, opened.bundle.model, resume_on, now)
        values = {"resume_on": resume_on, "resume_task": task_id}
        write_project(session, tenant=ctx.tenant, project_id=project.id, values=values)


def _open_held(session: Session, ctx: Context, *, project_id: str, request_id: str) -> tuple[Opened, Principal | None]:
    """Read a project on hold for somebody who may resume it, and for whom they do."""
    opened = open_project(session, ctx, project_id=project_id)
    behalf = require_duty(opened, "sponsor", "group", "manager", "office")
    refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=project_id)
    if opened.running.status is not InstanceStatus.HELD:
        raise NotHeld
    return opened, behalf


def _close_question(session: Session, ctx: Context, project: Project, at: datetime, request_id: str | None) -> None:
    if project.resume_task is not None:
        close_item(
            session, tenant=ctx.tenant, task_id=project.resume_task, at=at, actor=ctx.actor, request_id=request_id
        )


def _status_before(opened: Opened) -> ProjectStatus:
    """A project on hold was an idea in the model's first phase, else an active project."""
    first = opened.bundle.model.phases[0].key
    return ProjectStatus.IDEA if opened.project.phase == first else ProjectStatus.ACTIVE


def _ask_to_resume(
    session: Session, ctx: Context, project: Project, model: Model, resume_on: date, at: datetime
) -> str:
    due_at = end_of_day(resume_on)
    duties = (model.duties.sponsor, model.duties.manager)
    return open_item(
        session,
        tenant=ctx.tenant,
        instance_id=project.instance,
        title=project.title,
        item=WorkItem(
            kind=RESUME,
            name="Ta ställning till om projektet ska återupptas",
            gate=None,
            round=0,
            role=model.duties.sponsor,
            due_at=due_at,
            remind_at=max(at + timedelta(minutes=1), moment_after(due_at, _REMIND)),
            escalate_at=moment_after(due_at, _ESCALATE),
        ),
        principals=[one for role in duties for one in principals_of_role(project, model, role, {})],
        at=at,
        sender=ctx.actor,
    )


def _condition_owners(session: Session, tenant: str, project_id: str) -> dict[str, str]:
    query = select(ConditionRow.task, ConditionRow.owner).where(
        ConditionRow.tenant == tenant, ConditionRow.project == project_id
    )
    return {row.task: row.owner for row in session.execute(query)}
