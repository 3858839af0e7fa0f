"""What waits for nobody, for those who can give somebody the role: an administrator sees no more of the project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow.unmanned import UnmannedTask, count_unmanned, unmanned_tasks
from workflows.governance.conditions import CONDITION
from workflows.governance.projects import project_titles
from workflows.governance.tables import ConditionRow
from workflows.kernel.ids import ORGANISATION, role_principal
from workflows.people import manned_select, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmanned:
    """A task that nobody can do today. It waits for `person` by name, or for whoever has `role`.

    `condition` is the number where it is one: what it asks stays in the project. `everywhere`: the role is held for
    the whole municipality.
    """

    task: str
    name: str
    condition: int | None
    project: str
    person: str | None
    person_name: str
    role: str
    everywhere: bool
    opened_at: datetime
    due_at: datetime | None


def unmanned(session: Session, *, tenant: str, day: date) -> tuple[Unmanned, ...]:
    """Return what nobody can do on a day, the longest waiting first."""
    tasks = unmanned_tasks(session, tenant=tenant, manned=manned_select(tenant, day))
    titles = project_titles(session, tenant=tenant, projects={task.subject for task in tasks})
    names = names_of(session, tenant=tenant, people={one for task in tasks if (one := _person(task))})
    numbers = _numbers(session, tenant, tasks)
    return tuple(_shown(task, titles, names, numbers) for task in tasks)


def count_unmanned_on(session: Session, *, tenant: str, day: date) -> int:
    """Return how much nobody can do on a day."""
    return count_unmanned(session, tenant=tenant, manned=manned_select(tenant, day))


def _shown(
    task: UnmannedTask, titles: Mapping[str, str], names: Mapping[str, str], numbers: Mapping[str, int]
) -> Unmanned:
    person, role = _person(task), task.role or ""
    return Unmanned(
        task=task.task,
        name=task.name,
        condition=numbers.get(task.task),
        project=titles.get(task.subject, ""),
        person=person,
        person_name=names.get(person or "", ""),
        role=role,
        everywhere=role_principal(ORGANISATION, role) in task.principals,
        opened_at=task.opened_at,
        due_at=task.due_at,
    )


def _person(task: UnmannedTask) -> str | None:
    """Return who a task waits for by name, where it waits for one person."""
    named = [one.partition(":")[2] for one in task.principals if one.startswith("person:")]
    return named[0] if named else None


def _numbers(session: Session, tenant: str, tasks: tuple[UnmannedTask, ...]) -> Mapping[str, int]:
    ids = [task.task for task in tasks if task.kind == CONDITION]
    rows = session.execute(
        select(ConditionRow.task, ConditionRow.number).where(ConditionRow.tenant == tenant, ConditionRow.task.in_(ids))
    )
    return {row.task: row.number for row in rows}
