"""What a verb on a step reads first: task, project, bundle, and whether the actor may."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.engine import TaskDefinition
from workflows.flow import (
    InstanceHeld,
    InstanceStatus,
    Origin,
    Running,
    Task,
    TaskAlreadyClosed,
    Waiting,
    events_of,
    load_running,
    load_task,
    principals_of_item,
    require_open,
    require_unanswered,
    submissions_for_task,
)
from workflows.flow.open_work import has_asked
from workflows.governance.places import place_of
from workflows.governance.project import Project, load_project
from workflows.governance.reading import answers_for_condition, person_principals
from workflows.governance.roles import may_read, organisation_roles, principals_of_task
from workflows.governance.tables import ConditionRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import PersonId, Principal, person_principal
from workflows.models import Bundle, load_bundle
from workflows.models.model import Label
from workflows.people import Acting, acting, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A project with its instance and bundle, seen by somebody who may read it."""

    project: Project
    running: Running
    bundle: Bundle
    acting: Acting
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A task that the actor may do. `on_behalf_of` is the function a deputy stands in for."""

    waiting: Waiting
    project: Project
    bundle: Bundle
    acting: Acting
    today: date
    on_behalf_of: str | None

    @property
    def task(self) -> Task:
        """The task itself."""
        return self.waiting.task

    @property
    def definition(self) -> TaskDefinition:
        """The step as drawn."""
        return self.bundle.executable.tasks[self.waiting.task.node]

    @property
    def place(self) -> Label:
        """The gate or the phase that the task belongs to, else the phase that the project is in; perhaps empty."""
        model, task = self.bundle.model, self.waiting.task
        if task.gate:
            return model.gate(task.gate).label
        phase = self.project.phase
        return place_of(self.bundle, task.node) or (model.phase(phase).label if phase else {})

    @property
    def row(self) -> dict[str, Any]:
        """The register row of the item that the task concerns."""
        return dict(self.project.row(self.waiting.task.item))


def open_project(session: Session, ctx: Context, *, project_id: str) -> Opened:
    """Read a project for its page or a verb on it. Raises NotFound also for what the actor may not see."""
    today = local_date(ctx.now())
    project = load_project(session, tenant=ctx.tenant, project_id=project_id)
    who = acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=today)
    if not may_open(session, who, project, tenant=ctx.tenant):
        raise NotFound
    return Opened(
        project=project,
        running=load_running(session, tenant=ctx.tenant, instance_id=project.instance),
        bundle=load_bundle(session, tenant=ctx.tenant, digest=project.bundle),
        acting=who,
        today=today,
    )


def hold_task(session: Session, ctx: Context, *, task_id: str, request_id: str | None = None) -> Held:
    """Read an open task that the actor may do.

    Raises NotFound (also when the project may not be seen), Forbidden, AlreadyDone, TaskAlreadyClosed, InstanceHeld.
    """
    waiting = load_task(session, tenant=ctx.tenant, task_id=task_id)
    held = _held(session, ctx, waiting)
    with _naming_who(session, ctx):
        require_open(waiting, request_id=request_id)
    return held


def see_task(session: Session, ctx: Context, *, task_id: str) -> tuple[Held, bool]:
    """Read a task for its page; the second value tells whether the actor may do it. Raises NotFound.

    Unfinished answers are theirs who may finish them: nobody else is shown the draft.
    """
    held, mine = _read(session, ctx, load_task(session, tenant=ctx.tenant, task_id=task_id))
    if mine:
        return held, True
    return replace(held, waiting=replace(held.waiting, draft=None)), False


def hold_item(session: Session, ctx: Context, *, task_id: str, request_id: str | None = None) -> Held:
    """Read an open work item that the actor may do; it may outlive its instance (a condition of the last gate).

    Raises NotFound, Forbidden, AlreadyDone, TaskAlreadyClosed, InstanceHeld.
    """
    held = _held(session, ctx, load_task(session, tenant=ctx.tenant, task_id=task_id))
    with _naming_who(session, ctx):
        require_unanswered(held.waiting, request_id=request_id)
    if held.waiting.running.status is InstanceStatus.HELD:
        raise InstanceHeld
    return held


def may_open(session: Session, who: Acting, project: Project, *, tenant: str) -> bool:
    """Tell whether somebody may open a project; only who has no part in it costs a question of their own."""
    if may_read(who.principals, project):
        return True
    people = person_principals(who.person, who.principals)
    if session.scalar(select(answers_for_condition(tenant, project.id, people))):
        return True
    roles = organisation_roles(who.principals)
    return bool(roles) and has_asked(session, tenant=tenant, instance_id=project.instance, roles=roles)


def require_actor(ctx: Context) -> PersonId:
    """Return who acts; a verb for people is never run by the system itself."""
    if ctx.actor is None:
        raise Forbidden
    return ctx.actor


@contextmanager
def _naming_who(session: Session, ctx: Context) -> Iterator[None]:
    """Let the refusal of a closed task say by name who closed it."""
    try:
        yield
    except TaskAlreadyClosed as closed:
        who = str(closed.facts.get("who") or "")
        by = names_of(session, tenant=ctx.tenant, people=[who]).get(who)
        raise TaskAlreadyClosed(**closed.facts, by=by) from closed


def _held(session: Session, ctx: Context, waiting: Waiting) -> Held:
    held, mine = _read(session, ctx, waiting)
    if not mine:
        raise Forbidden
    return held


def _read(session: Session, ctx: Context, waiting: Waiting) -> tuple[Held, tuple[Principal, ...]]:
    today = local_date(ctx.now())
    project = load_project(session, tenant=ctx.tenant, project_id=waiting.running.subject)
    bundle = _bundle(session, ctx, project, waiting.task)
    who = acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=today)
    if waiting.task.origin is Origin.ITEM:
        wanted = _principals_of_item(session, ctx.tenant, waiting.task)
    else:
        wanted = principals_of_task(project, bundle.model, waiting.task)
    mine = tuple(principal for principal in wanted if principal in who.principals)
    if not mine and not may_open(session, who, project, tenant=ctx.tenant):
        raise NotFound
    return (
        Held(
            waiting=waiting,
            project=project,
            bundle=bundle,
            acting=who,
            today=today,
            on_behalf_of=_behalf(who, mine),
        ),
        mine,
    )


def _bundle(session: Session, ctx: Context, project: Project, task: Task) -> Bundle:
    """Return the project's version of its model; of a step that a move has taken away, the one it was done on."""
    bundle = load_bundle(session, tenant=ctx.tenant, digest=project.bundle)
    drawn = bundle.executable.tasks.get(task.node)
    if task.origin is Origin.ITEM or (drawn is not None and (drawn.form, drawn.role) == (task.form, task.role)):
        return bundle
    done = submissions_for_task(session, tenant=ctx.tenant, task_id=task.id)
    digest = done[-1].bundle if done else _fell_in(session, ctx.tenant, project, task)
    return load_bundle(session, tenant=ctx.tenant, digest=digest) if digest else bundle


def _fell_in(session: Session, tenant: str, project: Project, task: Task) -> str | None:
    """Return the version that a step was open in whose work ended with a move."""
    for event in events_of(session, tenant=tenant, instance_id=project.instance):
        if any(one == task.id for _, one in event.body.get("fallen", ())):
            return str(event.body["origin"])
    return None


def _principals_of_item(session: Session, tenant: str, task: Task) -> tuple[Principal, ...]:
    """Return who a work item waits for; out of the inbox (done, or on hold), a condition is still its owner's."""
    waiting = principals_of_item(session, tenant=tenant, task_id=task.id)
    if waiting:
        return waiting
    owners = session.scalars(
        select(ConditionRow.owner).where(ConditionRow.tenant == tenant, ConditionRow.task == task.id)
    )
    return tuple(person_principal(owner) for owner in owners)


def _behalf(who: Acting, mine: tuple[Principal, ...]) -> str | None:
    """A person acts in their own right where they can; else for the function they stand in for."""
    stands_for = [who.on_behalf_of(principal) for principal in mine]
    return None if None in stands_for or not stands_for else stands_for[0]
