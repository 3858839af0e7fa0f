"""Where the projects of a move stand that wait on some steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.flow import Origin, TaskStatus
from workflows.flow.tables import TaskRow
from workflows.governance.moving.statuses import MOVABLE, RETRIABLE
from workflows.governance.tables import ModelMoveProjectRow, ProjectRow
from workflows.kernel.context import Context

Places = Mapping[frozenset[str], Sequence[str]]
"""Projects by everything that they wait on."""


def places_of(session: Session, ctx: Context, move: str, steps: Collection[str]) -> Mapping[str, Places]:
    """Return the projects that wait on each of some steps, by everything that they wait on."""
    waiting = [(row.id, row.node) for row in session.execute(waiting_on(ctx, move, steps))]
    projects = sorted({project for project, _ in waiting})
    its = (TaskRow.tenant == ProjectRow.tenant) & (TaskRow.instance == ProjectRow.instance)
    query = (
        select(ProjectRow.id, TaskRow.node)
        .join(TaskRow, its)
        .where(
            ProjectRow.tenant == ctx.tenant,
            ProjectRow.id.in_(projects),
            TaskRow.status == TaskStatus.OPEN,
            TaskRow.origin == Origin.ENGINE,
        )
    )
    standing: dict[str, set[str]] = {}
    for row in session.execute(query):
        standing.setdefault(row.id, set()).add(row.node)
    found: dict[str, dict[frozenset[str], list[str]]] = {}
    for project, step in sorted(waiting):
        found.setdefault(step, {}).setdefault(frozenset(standing[project]), []).append(project)
    return found


def waiting_on(ctx: Context, move: str, steps: Collection[str]) -> Select[str, str]:
    """Return the SELECT of the projects of a move that are not moved and wait on one of some steps, with the step."""
    mine = (ModelMoveProjectRow.tenant == ProjectRow.tenant) & (ModelMoveProjectRow.project == ProjectRow.id)
    its = (TaskRow.tenant == ProjectRow.tenant) & (TaskRow.instance == ProjectRow.instance)
    return (
        select(ProjectRow.id, TaskRow.node)
        .join(ModelMoveProjectRow, mine)
        .join(TaskRow, its)
        .where(
            ProjectRow.tenant == ctx.tenant,
            ModelMoveProjectRow.move == move,
            ModelMoveProjectRow.status.in_(sorted(RETRIABLE | MOVABLE)),
            TaskRow.status == TaskStatus.OPEN,
            TaskRow.origin == Origin.ENGINE,
            TaskRow.node.in_(sorted(steps)),
        )
        .distinct()
    )
