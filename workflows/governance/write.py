"""Write a step of a project: flow's rows, the project's projection, and what the step's effects ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from workflows.engine import Effect, EffectKind, Step
from workflows.flow import Entry, Handed, Recorded, Running, Waiting, record_step
from workflows.governance.bank_texts import keep_handed_in
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.project_answers import Changes
from workflows.governance.roles import assigner
from workflows.governance.tables import ProjectRow
from workflows.governance.told import told
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import BodyId, PersonId
from workflows.models import Bundle
from workflows.models.model import Ending, Model
from workflows.people import assign_role

CarryOut = Callable[[Session, Effect, Project], None]
"""Does what an effect of the step asks, in the step's own transaction."""

ENDINGS: Mapping[Ending, ProjectStatus] = {
    Ending.CLOSED: ProjectStatus.CLOSED,
    Ending.REJECTED: ProjectStatus.REJECTED,
    Ending.TERMINATED: ProjectStatus.TERMINATED,
    Ending.NOT_PROJECT: ProjectStatus.NOT_PROJECT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A written step and the project as it is now."""

    recorded: Recorded
    project: Project


def write_step(
    session: Session,
    ctx: Context,
    *,
    project: Project,
    bundle: Bundle,
    running: Running,
    step: Step,
    entry: Entry,
    changes: Changes | None = None,
    completed: Waiting | None = None,
    handed: Handed | None = None,
    carry_out: CarryOut | None = None,
    due_at: datetime | None = None,
    values: Mapping[str, Any] | None = None,
) -> Written:
    """Write everything of one step in the caller's transaction. Raises VersionConflict."""
    values = {
        **(changes.values if changes else {}),
        **projection(bundle.model, project, step, entry.at),
        **(values or {}),
    }
    entry = replace(entry, body={**entry.body, **told(values)})
    after = replace(project, **{name: value for name, value in values.items() if hasattr(project, name)})
    recorded = record_step(
        session,
        tenant=ctx.tenant,
        running=replace(running, title=after.title),
        step=step,
        entry=entry,
        assign=assigner(after, bundle.model),
        completed=completed,
        handed=handed,
        due_at=due_at,
        override=project.settings.override(bundle.model.key, local_date(entry.at)),
    )
    write_project(session, tenant=ctx.tenant, project_id=project.id, values=values)
    if handed is not None:
        keep_handed_in(session, tenant=ctx.tenant, project_id=project.id, bundle=bundle, handed=handed, entry=entry)
    if changes and changes.holders:
        appoint(session, ctx, project=after, holders=changes.holders, at=entry.at, actor=entry.actor)
    if carry_out is not None:
        for effect in step.effects:
            if effect.kind is not EffectKind.NOTIFY:
                carry_out(session, effect, after)
    tell_assigned(session, ctx, recorded)
    if after.status in (ProjectStatus.REJECTED, ProjectStatus.NOT_PROJECT) and step.ended:
        ctx.jobs.later(session, "mail.answered", project.id, key=f"answered:{recorded.event_digest}")
    return Written(recorded=recorded, project=after)


def write_project(session: Session, *, tenant: str, project_id: str, values: Mapping[str, Any]) -> None:
    """Write changed columns of a project."""
    if values:
        session.execute(
            update(ProjectRow)
            .where(ProjectRow.tenant == tenant, ProjectRow.id == project_id)
            .values(**values)
            .execution_options(synchronize_session=False)
        )


def projection(model: Model, project: Project, step: Step, at: datetime) -> dict[str, Any]:
    """Return the columns of the project that a step decides: phase, gate, status; only those that change."""
    phase, gate = where(model, step)
    ending = next((ENDINGS[model.ends[end]] for end in step.ends if end in model.ends), None)
    status = project.status
    if ending is not None:
        status = ending
    elif step.ended:
        status = status if status in ENDINGS.values() else ProjectStatus.CLOSED
    elif not any(inside(model, task.place) for task in step.open_tasks):
        status = ProjectStatus.TERMINATING
    elif status is ProjectStatus.IDEA and phase is not None and phase != model.phases[0].key:
        status = ProjectStatus.ACTIVE
    values = {
        "phase": phase or project.phase,
        "gate": gate,
        "status": status,
        "closed_at": at if step.ended else None,
    }
    return {name: value for name, value in values.items() if getattr(project, name) != value}


def where(model: Model, step: Step) -> tuple[str | None, str | None]:
    """Return the phase and the gate in which a project stands, from what is open in it."""
    phases = {phase.key for phase in model.phases}
    phase = gate = None
    for task in step.open_tasks:
        parts = task.place.removeprefix(model.work).strip("/").split("/")
        if parts[0] in phases:
            phase = parts[0]
        elif task.gate is not None and inside(model, task.place):
            gate = task.gate
    return phase, gate


def inside(model: Model, place: str) -> bool:
    """Tell whether a place lies inside the frame round all phases."""
    return place == model.work or place.startswith(f"{model.work}/")


def appoint(
    session: Session,
    ctx: Context,
    *,
    project: Project,
    holders: Mapping[str, str],
    at: datetime,
    actor: str | None,
    reason: str = "",
) -> None:
    """Appoint people (or bodies, named `body:<id>`) to roles of a project from today on."""
    today: date = local_date(at)
    for role, holder in holders.items():
        body = holder.removeprefix("body:") if holder.startswith("body:") else None
        assign_role(
            session,
            tenant=ctx.tenant,
            scope=project.id,
            role=role,
            person=None if body else PersonId(holder),
            body=BodyId(body) if body else None,
            valid_from=today,
            reason=reason,
            actor=PersonId(actor) if actor else None,
            at=at,
        )


def tell_assigned(session: Session, ctx: Context, recorded: Recorded) -> None:
    """Let those who got something to do know by mail; the job finds out who they are when it runs."""
    if recorded.opened:
        ctx.jobs.later(
            session,
            "mail.assigned",
            *(task.id for task in recorded.opened),
            key=f"assigned:{recorded.event_digest}",
        )
