"""What a move changes for a project, in sentences that its people understand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.feel import Environment
from workflows.engine import Moved, OpenTask, TaskDefinition, TaskKind
from workflows.flow import TaskStatus
from workflows.flow.tables import DraftRow, TaskRow
from workflows.governance.moving.afterwards import asked_afterwards
from workflows.governance.moving.ahead import role_name, to_come
from workflows.governance.moving.deciders import decided_otherwise
from workflows.governance.moving.hindrances import phase_after
from workflows.governance.moving.questions import asked_in, is_same_form
from workflows.governance.project import Project
from workflows.kernel.clock import local_date
from workflows.models import Bundle
from workflows.models.deadlines import drawn_periods
from workflows.models.model import Model
from workflows.models.tables import BundleRow
from workflows.people.access import is_held


def effects_of(
    session: Session,
    tenant: str,
    project: Project,
    origin: Bundle,
    target: Bundle,
    moved: Moved,
    *,
    facts: Mapping[str, Any],
    env: Environment,
) -> Iterator[str]:
    """Yield what becomes different for a project: in what is open, at the gates ahead, and in what is to come."""
    yield from _out_of_use(session, tenant, target)
    yield from moved.changes
    yield from _kept_of_fallen(session, tenant, project, origin, moved)
    drafted = _drafted(session, tenant, moved.step.open_tasks)
    old = {after: before for before, after in moved.renamed.items()}
    for task in moved.step.open_tasks:
        before = origin.executable.tasks.get(old.get(task.node, task.node))
        if before is None:
            continue
        if before != task.definition:
            yield from _redrawn(before, task.definition, origin, target)
        yield from _asked_otherwise(before, task, origin, target, typed=drafted.get(task.id, ()))
    yield from asked_afterwards(session, tenant, project, origin, target, moved, facts=facts, env=env)
    yield from decided_otherwise(origin, target, moved, facts, env)
    yield from to_come(origin, target, moved, phase_after(project, target, moved))
    yield from _without_role(session, tenant, project, origin.model, target.model, env)


def _out_of_use(session: Session, tenant: str, target: Bundle) -> Iterator[str]:
    """Yield that no new project begins on the target; who ordered a move before that is asked once more."""
    retired = select(BundleRow.version).where(
        BundleRow.tenant == tenant, BundleRow.digest == target.digest, BundleRow.retired_at.is_not(None)
    )
    for version in session.scalars(retired):
        yield f"Version {version} är tagen ur bruk: nya projekt börjar inte på den."


def _kept_of_fallen(session: Session, tenant: str, project: Project, origin: Bundle, moved: Moved) -> Iterator[str]:
    """Yield that what is typed in a step whose work ends is still there to be read."""
    if not moved.fallen:
        return
    drafted = (
        select(TaskRow.node)
        .join(DraftRow, (DraftRow.tenant == TaskRow.tenant) & (DraftRow.task == TaskRow.id))
        .where(
            TaskRow.tenant == tenant,
            TaskRow.instance == project.instance,
            TaskRow.status == TaskStatus.OPEN,
            TaskRow.node.in_(sorted(moved.fallen)),
        )
    )
    for step in session.scalars(drafted.distinct()):
        yield f"Det som är skrivet i ”{origin.executable.tasks[step].name}” finns kvar att läsa för den som har steget."


def _redrawn(before: TaskDefinition, after: TaskDefinition, origin: Bundle, target: Bundle) -> Iterator[str]:
    """Yield what is drawn otherwise of an open step."""
    if before.node != after.node:
        yield f"Arbetet i ”{before.name}” fortsätter i ”{after.name}”."
    elif before.name != after.name:
        yield f"Steget ”{before.name}” heter nu ”{after.name}”."
    if before.role != after.role:
        was, becomes = role_name(origin.model, before.role), role_name(target.model, after.role)
        yield f"”{after.name}” väntar på {becomes} i stället för {was}."
    if drawn_periods(before) != drawn_periods(after):
        yield f"Tiden för ”{after.name}” är ändrad i modellen. Den dag som gäller i projektet står kvar."


def _asked_otherwise(
    before: TaskDefinition, task: OpenTask, origin: Bundle, target: Bundle, *, typed: Collection[str]
) -> Iterator[str]:
    """Yield that an open step's form or checklist is another than it was, and what becomes of what was typed in it."""
    drawn = task.definition
    if drawn.kind is TaskKind.DECISION:
        return
    if not is_same_form(origin, target, before.form, drawn.form):
        kept = ""
        if typed:
            kept = " Det som är ifyllt finns kvar."
        if not asked_in(target, drawn.form).issuperset(typed):
            kept = " Det som är ifyllt finns kvar, utom svar på frågor som tas bort."
        yield f"Frågorna i ”{drawn.name}” är ändrade.{kept}"


def _without_role(
    session: Session, tenant: str, project: Project, before: Model, after: Model, env: Environment
) -> Iterator[str]:
    """Yield the roles that somebody has in the project and that the target does not know."""
    known, today = {role.key for role in after.roles}, local_date(env.now)
    for role in before.roles:
        if role.key not in known and is_held(session, tenant=tenant, scope=project.id, role=role.key, on=today):
            yield f"Rollen {role.label.get('sv', role.key)} finns inte i versionen. Den som har den får inget att göra."


def _drafted(session: Session, tenant: str, tasks: Sequence[OpenTask]) -> Mapping[str, Collection[str]]:
    """Return which open steps somebody has begun to fill in, and what in them."""
    ids = [task.id for task in tasks]
    query = select(DraftRow.task, DraftRow.answers).where(DraftRow.tenant == tenant, DraftRow.task.in_(ids))
    return {row.task: frozenset(row.answers) for row in session.execute(query)}
