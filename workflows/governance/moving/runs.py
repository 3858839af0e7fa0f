"""A move of many projects: what people order, and a job carries out in small steps.

Each project is a row with a status, and each step of the job one transaction; so a job that died is begun again and
goes on where it was, and the page that shows the rows shows how far it has come.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms.values import clean
from workflows.governance.moving.errors import MovedOn, MoveReasonMissing, NobodyRuns, NothingToMove, SameVersion
from workflows.governance.moving.rows import held_row, load_move, set_status, with_status
from workflows.governance.moving.statuses import MOVABLE, MOVED, RETRIABLE, MoveStatus
from workflows.governance.moving.working import undo_one
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow, ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, new_id
from workflows.kernel.retry import retry_on_conflict
from workflows.models import SEE_MODELS, find_version
from workflows.people import ADMINISTRATOR, PROJECT_OFFICE, Rule, authorize

MOVE_PROJECTS = Rule(organisation=frozenset({PROJECT_OFFICE, ADMINISTRATOR}))
"""Who moves running projects, and undoes it."""

JOB = "models.move"
"""The job that previews, moves and undoes; its argument is the move's id."""

LONGEST = 2000


def preview_move(ctx: Context, *, model: str, from_version: int, to_version: int, request_id: str | None = None) -> str:
    """Prepare a move of every running project of a version, and let a job preview them; return the move's id.

    Raises NotFound, Forbidden, SameVersion, NobodyRuns. The same request again is the same move.
    """
    now, move = ctx.now(), new_id()
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        known = _of_request(session, ctx, request_id)
        if known is not None:
            return known
        origin = find_version(session, tenant=ctx.tenant, model=model, version=from_version).digest
        target = find_version(session, tenant=ctx.tenant, model=model, version=to_version).digest
        if origin == target:
            raise SameVersion
        running = select(ProjectRow.id).where(
            ProjectRow.tenant == ctx.tenant, ProjectRow.bundle == origin, ProjectRow.closed_at.is_(None)
        )
        projects = session.scalars(running.order_by(ProjectRow.number)).all()
        if not projects:
            raise NobodyRuns
        row = ModelMoveRow(
            tenant=ctx.tenant,
            id=move,
            model=model,
            origin=origin,
            target=target,
            reason="",
            created_at=now,
            created_by=ctx.actor,
            request_id=request_id,
        )
        session.add(row)
        session.flush()
        for project in projects:
            session.add(_waiting(ctx.tenant, move, project))
        ctx.jobs.later(session, JOB, move, key=f"{JOB}:{move}")
    return move


def move_projects(ctx: Context, *, move: str, projects: Collection[str], reason: str, request_id: str) -> int:
    """Let a job move those of the chosen projects that can be moved; return how many that is.

    Raises NotFound, Forbidden, MoveReasonMissing, NothingToMove.
    """
    return _order(ctx, move, projects, reason, request_id, MOVABLE, MoveStatus.MOVING)


def retry_move(ctx: Context, *, move: str, request_id: str) -> int:
    """Let a job look once more at the projects that could not be moved; return how many that is.

    In a move that was carried out those go over at once whose people will notice nothing; the others can be chosen.
    Raises NotFound, Forbidden.
    """
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        chosen = with_status(session, ctx, move, RETRIABLE)
        if not chosen:
            return 0  # a double click: the first one has them under way
        if row.reason:
            row.acted_by = ctx.actor
        for project in chosen:
            for was in RETRIABLE:
                set_status(session, ctx, move, project, was, status=MoveStatus.RETRYING)
        ctx.jobs.later(session, JOB, move, key=f"{JOB}:{move}:{request_id}")
    return len(chosen)


def undo_moves(ctx: Context, *, move: str, reason: str, request_id: str, projects: Collection[str] = ()) -> int:
    """Let a job undo a move for some of its projects (for all of them without any); return how many that is.

    Raises as `move_projects`.
    """
    return _order(ctx, move, projects, reason, request_id, MOVED, MoveStatus.UNDOING)


@retry_on_conflict
def undo_move(ctx: Context, *, move: str, project_id: str, reason: str) -> None:
    """Undo the move of one project at once; one that is undone, or about to be, stays as it is.

    Raises NotFound, Forbidden, MoveReasonMissing, MovedOn (a step has followed).
    """
    why = _reason(reason)
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = held_row(session, ctx, move, project_id)
        if row.status in (MoveStatus.UNDOING, MoveStatus.UNDONE):
            return  # a double click, or a colleague: there is one undoing
        if row.status != MoveStatus.MOVED or row.event is None:
            raise MovedOn
        undo_one(session, ctx, row, why, ctx.now())


def _order(
    ctx: Context,
    move: str,
    projects: Collection[str],
    reason: str,
    request_id: str,
    allowed: Collection[MoveStatus],
    becomes: MoveStatus,
) -> int:
    """Mark the projects that something is to be done with, and let the job do it."""
    why = _reason(reason)
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        chosen = [one for one in with_status(session, ctx, move, allowed) if not projects or one in projects]
        if not chosen or (becomes is MoveStatus.MOVING and not projects):
            raise NothingToMove
        values: dict[str, object] = {"status": becomes}
        row.acted_by = ctx.actor
        if becomes is MoveStatus.MOVING:
            row.reason = why
        else:
            values["notes"] = [why]  # why it is undone; what the move changed stands in the project's record
        changed = update(ModelMoveProjectRow).where(
            ModelMoveProjectRow.tenant == ctx.tenant,
            ModelMoveProjectRow.move == move,
            ModelMoveProjectRow.project.in_(chosen),
        )
        session.execute(changed.values(**values).execution_options(synchronize_session=False))
        ctx.jobs.later(session, JOB, move, key=f"{JOB}:{move}:{request_id}")
    return len(chosen)


def _reason(reason: str) -> str:
    why = clean(reason, lines=True).strip()[:LONGEST]
    if not why:
        raise MoveReasonMissing
    return why


def _of_request(session: Session, ctx: Context, request_id: str | None) -> str | None:
    if request_id is None:
        return None
    return session.scalar(
        select(ModelMoveRow.id).where(
            ModelMoveRow.tenant == ctx.tenant,
            ModelMoveRow.request_id == request_id,
            ModelMoveRow.created_by == ctx.actor,
        )
    )


def _waiting(tenant: str, move: str, project: str) -> ModelMoveProjectRow:
    return ModelMoveProjectRow(tenant=tenant, move=move, project=project, status=MoveStatus.WAITING, notes=[])
