"""Where work goes on whose step another version does not have: chosen by hand, then tried like everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.engine import Executable
from workflows.flow import Origin, TaskStatus
from workflows.flow.tables import TaskRow
from workflows.governance.moving.errors import NoStandIn
from workflows.governance.moving.rows import load_move, set_status
from workflows.governance.moving.runs import JOB, MOVE_PROJECTS
from workflows.governance.moving.statuses import MOVABLE, RETRIABLE, MoveStatus
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow, ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.models import SEE_MODELS, load_bundle
from workflows.people import authorize


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneStep:
    """A step that the target of a move does not have and that projects wait on.

    `choices` are the target's steps that can stand in for it, id and name; `chosen` is the id of one, or empty.
    """

    id: str
    name: str
    projects: int
    choices: tuple[tuple[str, str], ...]
    chosen: str


def gone_steps(ctx: Context, *, move: str) -> tuple[GoneStep, ...]:
    """Return the steps of a move that are gone and that projects wait on, in the order of the diagram.

    Raises NotFound, Forbidden.
    """
    with ctx.read() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        origin, target = _executables(session, ctx, row)
        found = engine.replaceable(origin, target)
        chosen = row.replaced or {}
        projects = Counter(row.node for row in session.execute(_waiting(ctx, move, found)))
    return tuple(
        GoneStep(
            id=step,
            name=origin.tasks[step].name,
            projects=projects[step],
            choices=tuple((node.id, node.label) for node in choices),
            chosen=chosen.get(step, ""),
        )
        for step, choices in found.items()
        if step in projects
    )


def replace_steps(ctx: Context, *, move: str, steps: Mapping[str, str], request_id: str) -> int:
    """Let work that waits on steps that are gone go on in others, and let a job try it; return how many projects wait.

    `steps` are the target's steps by those of the origin; empty is none, and then those projects stay. Nothing is
    moved. Raises NotFound, Forbidden, NoStandIn.
    """
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        found = engine.replaceable(*_executables(session, ctx, row))
        chosen = {step: other for step, other in steps.items() if other}
        for step, other in chosen.items():
            if other not in {node.id for node in found.get(step, ())}:
                raise NoStandIn
        row.replaced = chosen
        projects = {row.id for row in session.execute(_waiting(ctx, move, found))}
        for project in projects:
            for was in RETRIABLE | MOVABLE:
                set_status(session, ctx, move, project, was, status=MoveStatus.WAITING)
        ctx.jobs.later(session, JOB, move, key=f"{JOB}:{move}:{request_id}")
    return len(projects)


def _waiting(ctx: Context, move: str, steps: Collection[str]) -> Select[str, str]:
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


def _executables(session: Session, ctx: Context, row: ModelMoveRow) -> tuple[Executable, Executable]:
    origin, target = (load_bundle(session, tenant=ctx.tenant, digest=digest) for digest in (row.origin, row.target))
    return origin.executable, target.executable
