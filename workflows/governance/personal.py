"""What is a person's by name, not by role: open conditions, and rows of a project's registers that name them.

A row may name somebody in the field of one of the model's roles (who lends a member's hours, who accepts a delivery).
In the row's first field it is about them: a member's own contract is theirs alone to answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.tree import Field, keyed
from workflows.flow import Task, open_tasks
from workflows.governance.project import SETTLED, Project, project_of
from workflows.governance.registers import rows_node
from workflows.governance.tables import ConditionRow, ProjectRow
from workflows.models import Bundle, load_bundle
from workflows.models.model import Label, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCondition:
    """An open condition that a person answers for; it may outlive its project."""

    id: str
    project: Project
    number: int
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRow:
    """A row of a register that names a person as `role` in `field`; `about` is its first answer (perhaps a person).

    `bound`: the row is about the person, so that nobody else can answer in their place. `tasks` are open and wait for
    the person in this row; without any, one may come later.
    """

    project: Project
    register: str
    row: str
    field: str
    role: str
    label: Label
    about: str
    bound: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """Everything open that is a person's by name."""

    conditions: tuple[OwnCondition, ...]
    rows: tuple[OwnRow, ...]

    @property
    def movable(self) -> tuple[OwnRow, ...]:
        """The rows that somebody else can take over."""
        return tuple(row for row in self.rows if not row.bound)

    @property
    def bound(self) -> tuple[OwnRow, ...]:
        """The rows that nobody else can take over."""
        return tuple(row for row in self.rows if row.bound)

    @property
    def tasks(self) -> tuple[str, ...]:
        """The open tasks that wait for the person by name."""
        return (*(one.task for one in self.conditions), *(task.id for row in self.rows for task in row.tasks))

    @property
    def movable_count(self) -> int:
        """How many things somebody else can take over."""
        return len(self.conditions) + len(self.movable)


def personal(session: Session, *, tenant: str, person: str) -> Personal:
    """Return what is a person's by name and still open, in the projects' order of numbers."""
    rows = session.scalars(
        select(ProjectRow)
        .where(ProjectRow.tenant == tenant, ProjectRow.closed_at.is_(None))
        .order_by(ProjectRow.number)
    )
    naming = [project for project in map(project_of, rows) if _names(project, person)]
    return Personal(
        conditions=tuple(_conditions(session, tenant, person)),
        rows=tuple(row for project in naming for row in _rows(session, tenant, project, person)),
    )


def _conditions(session: Session, tenant: str, person: str) -> Iterator[OwnCondition]:
    same = (ProjectRow.tenant == ConditionRow.tenant) & (ProjectRow.id == ConditionRow.project)
    query = (
        select(ConditionRow, ProjectRow)
        .join(ProjectRow, same)
        .where(ConditionRow.tenant == tenant, ConditionRow.owner == person, ConditionRow.done_at.is_(None))
        .order_by(ProjectRow.number, ConditionRow.number)
    )
    for row, project in session.execute(query):
        yield OwnCondition(id=row.id, project=project_of(project), number=row.number, task=row.task)


def _names(project: Project, person: str) -> bool:
    return any(person in row.values() for rows in project.registers.values() for row in rows.values())


def _rows(session: Session, tenant: str, project: Project, person: str) -> Iterator[OwnRow]:
    bundle = load_bundle(session, tenant=tenant, digest=project.bundle)
    waiting = open_tasks(session, tenant=tenant, instance_id=project.instance)
    for register, rows in project.registers.items():
        first = _first_field(bundle, register)
        for key, row in rows.items():
            for role in bundle.model.roles:
                if role.field is None or row.get(role.field) != person:
                    continue
                tasks = tuple(task for task in waiting if _waits_in(task, role, key))
                if SETTLED in row and not tasks:
                    continue
                yield OwnRow(
                    project=project,
                    register=register,
                    row=key,
                    field=role.field,
                    role=role.key,
                    label=role.label,
                    about=str(row.get(first, "")),
                    bound=role.field == first,
                    tasks=tasks,
                )


def _waits_in(task: Task, role: Role, row: str) -> bool:
    """Tell whether a task waits for a role inside a row."""
    return task.role == role.key and row in task.items.values()


def _first_field(bundle: Bundle, register: str) -> str:
    """Return the field that says whom or what a row of a register is about."""
    form, _, path = bundle.model.registers.get(register, "").partition(".")
    node = rows_node(bundle.forms[form], path) if form in bundle.forms else None
    fields: Sequence[Field] = [one for one in keyed(node.nodes) if isinstance(one, Field)] if node else ()
    return fields[0].key if fields else ""
