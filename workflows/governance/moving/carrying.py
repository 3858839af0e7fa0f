"""Carry a move of one project out, and undo it: one transaction and one event each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.engine import Step
from workflows.flow import Entry, InstanceStatus, Running, load_running
from workflows.flow.moving import record_move
from workflows.governance.moving.errors import MovedOn
from workflows.governance.moving.hindrances import phase_after
from workflows.governance.moving.trial import Trial
from workflows.governance.project import Project, load_project
from workflows.governance.roles import assigner
from workflows.governance.told import told
from workflows.governance.write import where, write_project
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.models import Bundle, load_bundle
from workflows.models.tables import BundleRow

MOVE = "move"
UNDO = "undo_move"
"""Verbs of the events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoable:
    """A moved project, and what it was before."""

    project: Project
    running: Running
    before: Bundle
    step: Step
    values: Mapping[str, Any]
    event: EventRow


def carry_move(session: Session, ctx: Context, trial: Trial, *, move: str, reason: str, at: datetime) -> int:
    """Let a project follow the version it was tried on; return the number of the event. Raises VersionConflict."""
    assert trial.moved is not None
    _, gate = where(trial.target.model, trial.moved.step)
    body: dict[str, Any] = {
        "move": move,
        "reason": reason,
        "effects": list(trial.notes),
        "before": {"phase": trial.project.phase, "gate": trial.project.gate},
    }
    if trial.replaced:
        body["replaced"] = [list(names) for names in trial.replaced]
    if trial.fallen:
        body["fallen"] = [list(names) for names in trial.fallen]
    return _write(
        session,
        ctx,
        project=trial.project,
        running=trial.running,
        bundle=trial.target,
        step=trial.moved.step,
        values={"phase": phase_after(trial.project, trial.target, trial.moved), "gate": gate},
        entry=Entry(verb=MOVE, at=at, body=body, actor=ctx.actor),
    )


def carry_undo(session: Session, ctx: Context, undoable: Undoable, *, reason: str, at: datetime) -> int:
    """Let a project follow the version it was moved from, as it stood; return the number of the event."""
    body = {"move": undoable.event.body["move"], "reason": reason}
    return _write(
        session,
        ctx,
        project=undoable.project,
        running=undoable.running,
        bundle=undoable.before,
        step=undoable.step,
        values=undoable.values,
        entry=Entry(verb=UNDO, at=at, body=body, actor=ctx.actor),
    )


def find_undoable(session: Session, ctx: Context, *, project_id: str, event: int) -> Undoable:
    """Return a moved project as it was before event number `event`. Raises MovedOn when a step has followed."""
    tenant = ctx.tenant
    project = load_project(session, tenant=tenant, project_id=project_id)
    running = load_running(session, tenant=tenant, instance_id=project.instance)
    moved = session.get(EventRow, (tenant, running.id, event))
    before = session.get(EventRow, (tenant, running.id, event - 1))
    ended = running.status is InstanceStatus.ENDED
    if moved is None or before is None or moved.verb != MOVE or ended or _went_on(session, tenant, running, moved):
        raise MovedOn
    assert before.bundle is not None and before.state is not None
    bundle = load_bundle(session, tenant=tenant, digest=before.bundle)
    return Undoable(
        project=project,
        running=running,
        before=bundle,
        step=engine.view(bundle.executable, before.state),
        values=moved.body["before"],
        event=moved,
    )


def _went_on(session: Session, tenant: str, running: Running, moved: EventRow) -> bool:
    """Tell whether a step was taken since; what is no step (a file, a reminder, a hold) leaves the state as it was."""
    later = select(EventRow.body).where(
        EventRow.tenant == tenant, EventRow.stream == running.id, EventRow.seq > moved.seq
    )
    bodies: Iterable[Mapping[str, Any]] = session.scalars(later)
    stepped = any("open" in body for body in bodies)
    return stepped or running.state != moved.state or running.bundle != moved.bundle


def _write(
    session: Session,
    ctx: Context,
    *,
    project: Project,
    running: Running,
    bundle: Bundle,
    step: Step,
    values: Mapping[str, Any],
    entry: Entry,
) -> int:
    changed = {name: value for name, value in values.items() if getattr(project, name) != value}
    versions = {
        "origin": running.bundle,
        "target": bundle.digest,
        "from_version": _version(session, ctx.tenant, running.bundle),
        "to_version": _version(session, ctx.tenant, bundle.digest),
    }
    event, reassigned = record_move(
        session,
        tenant=ctx.tenant,
        running=running,
        bundle=bundle.digest,
        step=step,
        entry=replace(entry, body={**entry.body, **versions, **told(changed)}),
        assign=assigner(project, bundle.model),
    )
    columns = {**changed, "bundle": bundle.digest}
    write_project(session, tenant=ctx.tenant, project_id=project.id, values=columns)
    if reassigned:
        ctx.jobs.later(session, "mail.assigned", *reassigned, key=f"assigned:{event.digest}")
    return event.seq


def _version(session: Session, tenant: str, digest: str) -> int:
    return session.scalar(select(BundleRow.version).where(BundleRow.tenant == tenant, BundleRow.digest == digest)) or 0
