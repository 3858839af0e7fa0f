"""Who watches over the projects, what they may look for, and every open step of the projects that go on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workflows.flow.watching import open_everywhere
from workflows.governance.conditions import without_contents
from workflows.governance.project import ProjectStatus
from workflows.governance.tables import ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.database import table_of
from workflows.people.access import Rule
from workflows.people.roles import ADMINISTRATOR, AUDITOR, PROJECT_OFFICE

WATCH = Rule(organisation=frozenset({ADMINISTRATOR, PROJECT_OFFICE, AUDITOR}))
"""Everybody's steps and how long they take: where projects stand, never what stands in them."""

GOING_ON = (ProjectStatus.IDEA, ProjectStatus.ACTIVE, ProjectStatus.TERMINATING)

_PROJECTS = table_of(ProjectRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Which projects to look at; empty texts leave nothing out. `on_hold` asks for those that rest instead."""

    model: str = ""
    department: str = ""
    phase: str = ""
    step: str = ""
    late: bool = False
    on_hold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingStep:
    """An open step of a project: which, for whom, since and until when. `step` names it in its model."""

    project: str
    number: str
    title: str
    department: str
    model: str
    bundle: str
    phase: str | None
    instance: str
    task: str
    step: str
    node: str
    place: str
    gate: str | None
    kind: str
    role: str | None
    name: str
    opened_at: datetime
    due_at: datetime | None

    def late_at(self, now: datetime) -> bool:
        """Tell whether it should have been done by a moment."""
        return self.due_at is not None and self.due_at < now


def waiting_steps(session: Session, ctx: Context, watched: Watched) -> Sequence[WaitingStep]:
    """Return every open step of the projects looked at, the longest waiting first."""
    return _waiting(session, ctx, lambda tasks: _conditions(watched, tasks, ctx.now()))


def steps_of(session: Session, ctx: Context, project: str) -> Sequence[WaitingStep]:
    """Return the open steps of a project, whatever its state, the longest waiting first."""
    return _waiting(session, ctx, lambda _tasks: [_PROJECTS.c.id == project])


def _waiting(
    session: Session, ctx: Context, conditions: Callable[[Any], list[ColumnElement[bool]]]
) -> Sequence[WaitingStep]:
    tasks = open_everywhere(ctx.tenant).subquery()
    named = {"id": "project", "number": "number", "title": "title", "department": "department", "model": "model"}
    columns: list[ColumnElement[Any]] = [_PROJECTS.c[name].label(label) for name, label in named.items()]
    columns += [_PROJECTS.c.bundle, _PROJECTS.c.phase, tasks.c.id.label("task")]
    own = ("instance", "step", "node", "place", "gate", "kind", "role", "name", "opened_at", "due_at")
    joined = (_PROJECTS.c.tenant == ctx.tenant) & (_PROJECTS.c.instance == tasks.c.instance)
    query = select(*columns, *(tasks.c[name] for name in own)).join_from(tasks, _PROJECTS, joined)
    query = query.where(*conditions(tasks)).order_by(tasks.c.opened_at, tasks.c.id)
    rows = session.execute(query).mappings()
    return [WaitingStep(**{**row, "name": without_contents(row["kind"], row["name"])}) for row in rows]


def count_projects(session: Session, ctx: Context, statuses: Collection[ProjectStatus]) -> int:
    """Return how many projects have one of some statuses."""
    own = (ProjectRow.tenant == ctx.tenant, ProjectRow.status.in_(statuses))
    return len(session.scalars(select(ProjectRow.id).where(*own)).all())


def departments(session: Session, ctx: Context) -> tuple[str, ...]:
    """Return the departments of the projects that go on or rest."""
    own = (ProjectRow.tenant == ctx.tenant, ProjectRow.status.in_((*GOING_ON, ProjectStatus.ON_HOLD)))
    return tuple(sorted(name for name in session.scalars(select(ProjectRow.department).where(*own).distinct()) if name))


def _conditions(watched: Watched, tasks: Any, now: datetime) -> list[ColumnElement[bool]]:
    statuses = (ProjectStatus.ON_HOLD,) if watched.on_hold else GOING_ON
    found: list[ColumnElement[bool]] = [_PROJECTS.c.status.in_(statuses)]
    for name in ("model", "department", "phase"):
        if value := getattr(watched, name):
            found.append(_PROJECTS.c[name] == value)
    if watched.late:
        found.append(tasks.c.due_at < now)
    return found
