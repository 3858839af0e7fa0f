"""What a project waits for, and for whom; also when that is nobody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflows.engine import TaskKind
from workflows.flow import Origin, Task, open_tasks
from workflows.flow.task_rows import NO_DUE
from workflows.governance.conditions import CONDITION
from workflows.governance.gate_task import recused_people
from workflows.governance.holding import RESUME
from workflows.governance.loaded import Opened
from workflows.governance.outcomes import Mode
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.roles import principals_of_role, principals_of_task
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import Principal
from workflows.models import Bundle
from workflows.models.model import Label
from workflows.people import PersonName, people_behind


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """Who may do a step as a deputy: for whom (nobody where no one has the role), and their last day."""

    name: str
    instead_of: tuple[str, ...]
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """An open task of a project as its page shows it.

    `waits_for` are the names of who may do it, `standing_in` those of them who do it for others, `barred` of who has
    the role but may not decide (a conflict of interest, or manages the project). `item` is the key of the member or
    delivery that it is about.
    """

    task: Task
    role: Label
    waits_for: tuple[str, ...]
    standing_in: tuple[StandIn, ...]
    barred: tuple[str, ...]
    mine: bool
    late: bool

    @property
    def id(self) -> str:
        """The task's id."""
        return self.task.id

    @property
    def is_decision(self) -> bool:
        """Whether it is the decision at a gate."""
        return self.task.kind == TaskKind.DECISION

    @property
    def waits_for_nobody(self) -> bool:
        """Whether nobody can do it today."""
        return not self.waits_for


def open_steps(session: Session, ctx: Context, opened: Opened) -> tuple[OpenStep, ...]:
    """Return what is open in a project: decisions first, then what is due first. Conditions are a register apart."""
    project, bundle = opened.project, opened.bundle
    tasks = [
        task
        for task in open_tasks(session, tenant=ctx.tenant, instance_id=project.instance)
        if task.kind != CONDITION and (project.status is not ProjectStatus.ON_HOLD or task.kind == RESUME)
    ]
    wanted = {task.id: _principals(project, bundle, task) for task in tasks}
    asked = {one for principals in wanted.values() for one in principals} | set(_managers(project, bundle))
    behind = people_behind(session, tenant=ctx.tenant, principals=asked, day=opened.today)
    managers = {str(person.id) for one in _managers(project, bundle) for person in behind.get(one, ())}
    steps = [_step(session, ctx, opened, task, wanted[task.id], behind=behind, managers=managers) for task in tasks]
    return tuple(sorted(steps, key=lambda step: (not step.is_decision, step.task.due_at or NO_DUE, step.task.id)))


def _step(
    session: Session,
    ctx: Context,
    opened: Opened,
    task: Task,
    principals: Sequence[Principal],
    *,
    behind: Mapping[Principal, tuple[PersonName, ...]],
    managers: set[str],
) -> OpenStep:
    people = {person.id: person.name for one in principals for person in behind[one]}
    barred: set[str] = set()
    if task.kind == TaskKind.DECISION:
        barred = set(recused_people(session, tenant=ctx.tenant, task_id=task.id))
        barred |= managers if task.form == Mode.SINGLE else set()
    free = tuple(name for person, name in people.items() if person not in barred)
    mine = not opened.acting.principals.isdisjoint(principals) and opened.acting.person not in barred
    return OpenStep(
        task=task,
        role=_role(opened.bundle, task),
        waits_for=tuple(dict.fromkeys(free)),
        standing_in=tuple(one for one in _standing_in(principals, behind) if one.name in free),
        barred=tuple(name for person, name in people.items() if person in barred),
        mine=mine,
        late=_is_late(task, opened.today),
    )


def _standing_in(
    principals: Sequence[Principal], behind: Mapping[Principal, tuple[PersonName, ...]]
) -> Iterator[StandIn]:
    """Yield who acts only for others, each with those they stand in for."""
    for principal in principals:
        own = tuple(person.name for person in behind[principal] if person.until is None)
        for person in behind[principal]:
            if person.until is not None:
                yield StandIn(name=person.name, instead_of=own, until=person.until)


def _is_late(task: Task, today: date) -> bool:
    return task.due_at is not None and local_date(task.due_at) < today


def _principals(project: Project, bundle: Bundle, task: Task) -> tuple[Principal, ...]:
    if task.origin is Origin.ENGINE:
        return principals_of_task(project, bundle.model, task)
    duties = (bundle.model.duties.sponsor, bundle.model.duties.manager)
    return tuple(one for role in duties for one in principals_of_role(project, bundle.model, role, {}))


def _managers(project: Project, bundle: Bundle) -> tuple[Principal, ...]:
    return principals_of_role(project, bundle.model, bundle.model.duties.manager, {})


def _role(bundle: Bundle, task: Task) -> Label:
    key = task.role or bundle.model.duties.manager
    return next((role.label for role in bundle.model.roles if role.key == key), {"sv": key})
