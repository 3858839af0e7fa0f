"""A move of many projects: prepared, previewed and carried out in small steps that a job takes, and undone.

Each project is a row with a status, and each step of the job one transaction; so a job that died is begun again and
goes on where it was, and the page that shows the rows shows how far it has come.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms.values import clean
from workflows.governance.moving.carrying import carry_move, carry_undo, find_undoable
from workflows.governance.moving.errors import MovedOn, MoveReasonMissing, NobodyRuns, NothingToMove, SameVersion
from workflows.governance.moving.trial import Trial, Verdict, try_move
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow, ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound, StyrError, VersionConflict
from workflows.kernel.ids import ORGANISATION, PersonId, new_id
from workflows.kernel.retry import TRIES, retry_on_conflict
from workflows.models import SEE_MODELS, find_version
from workflows.people import ADMINISTRATOR, PROJECT_OFFICE, Rule, authorize

MOVE_PROJECTS = Rule(organisation=frozenset({PROJECT_OFFICE, ADMINISTRATOR}))
"""Who moves running projects, and undoes it."""

JOB = "models.move"
"""The job that previews, moves and undoes; its argument is the move's id."""

BATCH = 25
"""Projects that are previewed in one transaction."""

LONGEST = 2000


class MoveStatus(StrEnum):
    """What is to be done with a project of a move, or what became of it.

    `changed`: it stepped on, and the move would now change something that nobody has seen; `failed`: it could not be
    read or written, and nothing was.
    """

    WAITING = "waiting"
    PLAIN = "plain"
    EFFECTS = "effects"
    REFUSED = "refused"
    CHANGED = "changed"
    MOVING = "moving"
    MOVED = "moved"
    UNDOING = "undoing"
    UNDONE = "undone"
    MOVED_ON = "moved_on"
    FAILED = "failed"
    GONE = "gone"


MOVABLE = frozenset({MoveStatus.PLAIN, MoveStatus.EFFECTS, MoveStatus.CHANGED})
"""From these a project can be moved."""

MOVED = frozenset({MoveStatus.MOVED})
BUSY = frozenset({MoveStatus.WAITING, MoveStatus.MOVING, MoveStatus.UNDOING})
"""With these the job still has something to do."""


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


def undo_moves(ctx: Context, *, move: str, reason: str, request_id: str, projects: Collection[str] = ()) -> int:
    """Let a job undo a move for some of its projects (for all of them without any); return how many that is.

    Raises as `move_projects`.
    """
    return _order(ctx, move, projects, reason, request_id, MOVED, MoveStatus.UNDOING)


def undo_move(ctx: Context, *, move: str, project_id: str, reason: str) -> None:
    """Undo the move of one project at once.

    Raises NotFound, Forbidden, MoveReasonMissing, MovedOn (a step has followed).
    """
    why = _reason(reason)
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = session.get(ModelMoveProjectRow, (ctx.tenant, move, project_id))
        if row is None:
            raise NotFound
        if row.status != MoveStatus.MOVED or row.event is None:
            raise MovedOn
        _undo(session, ctx, row, why, ctx.now())


def work_move(ctx: Context, *, move: str) -> None:
    """Preview, move and undo everything of a move that waits for it: what the job does. It may run any number of times.

    Raises NotFound.
    """
    while _preview_batch(ctx, move):
        pass
    for _ in range(TRIES):
        with ctx.read() as session:
            by = _load(session, ctx, move).acted_by
            left = _with_status(session, ctx, move, BUSY)
        for project_id in left:
            _work_one(replace(ctx, actor=PersonId(by) if by else None), move, project_id)


@retry_on_conflict
def _preview_batch(ctx: Context, move: str) -> int:
    """Try the next projects that wait, and note what was found; return how many there were."""
    now, found = ctx.now(), dict[str, tuple[MoveStatus, tuple[str, ...]]]()
    with ctx.read() as session:
        row = _load(session, ctx, move)
        for project_id in _with_status(session, ctx, move, {MoveStatus.WAITING}, BATCH):
            found[project_id] = _previewed(session, ctx, row, project_id, now)
    with ctx.write() as session:
        for project_id, (status, notes) in found.items():
            _set(session, ctx, move, project_id, MoveStatus.WAITING, status=status, notes=list(notes), at=now)
    return len(found)


def _previewed(
    session: Session, ctx: Context, row: ModelMoveRow, project_id: str, at: datetime
) -> tuple[MoveStatus, tuple[str, ...]]:
    try:
        trial = try_move(session, ctx, project_id=project_id, target=row.target, at=at)
    except StyrError as error:
        return MoveStatus.FAILED, (str(error),)
    if trial.project.closed_at is not None or trial.running.bundle != row.origin:
        return MoveStatus.GONE, ()
    return MoveStatus(trial.verdict), trial.notes


def _work_one(ctx: Context, move: str, project_id: str) -> None:
    """Move or undo one project; whatever goes wrong with it is its own, and the next one's turn comes."""
    try:
        _carry_one(ctx, move, project_id)
    except VersionConflict:
        return  # somebody works in it just now; it still waits, and its turn comes again
    except StyrError as error:
        with ctx.write() as session:
            values = {"status": MoveStatus.FAILED, "notes": [str(error)], "at": ctx.now()}
            for busy in (MoveStatus.MOVING, MoveStatus.UNDOING):
                _set(session, ctx, move, project_id, busy, **values)


@retry_on_conflict
def _carry_one(ctx: Context, move: str, project_id: str) -> None:
    now = ctx.now()
    with ctx.read() as session:
        row = session.get_one(ModelMoveProjectRow, (ctx.tenant, move, project_id))
        trial = None
        if row.status == MoveStatus.MOVING:
            target = _load(session, ctx, move).target
            trial = try_move(session, ctx, project_id=project_id, target=target, at=now)
    with ctx.write() as session:
        run = _load(session, ctx, move)
        row = session.get_one(ModelMoveProjectRow, (ctx.tenant, move, project_id))
        if row.status == MoveStatus.UNDOING:
            _undo_if_still(session, ctx, row, now)
        elif row.status == MoveStatus.MOVING and trial is not None:
            _move(session, ctx, row, run, trial, now)


def _move(
    session: Session, ctx: Context, row: ModelMoveProjectRow, run: ModelMoveRow, trial: Trial, at: datetime
) -> None:
    """Move a project if what was previewed still holds; else say what holds now."""
    seen = set(row.notes)
    row.at = at
    if trial.project.closed_at is not None or trial.running.bundle != run.origin:
        row.status, row.notes = MoveStatus.GONE, []
    elif trial.verdict is Verdict.REFUSED:
        row.status, row.notes = MoveStatus.REFUSED, list(trial.notes)
    elif not seen.issuperset(trial.notes):
        row.status, row.notes = MoveStatus.CHANGED, list(trial.notes)
    else:
        row.event = carry_move(session, ctx, trial, move=run.id, reason=run.reason, at=at)
        row.status, row.notes = MoveStatus.MOVED, list(trial.notes)


def _undo_if_still(session: Session, ctx: Context, row: ModelMoveProjectRow, at: datetime) -> None:
    try:
        _undo(session, ctx, row, row.notes[0], at)
    except MovedOn:
        row.status, row.at = MoveStatus.MOVED_ON, at


def _undo(session: Session, ctx: Context, row: ModelMoveProjectRow, reason: str, at: datetime) -> None:
    undoable = find_undoable(session, ctx, project_id=row.project, event=row.event or 0)
    carry_undo(session, ctx, undoable, reason=reason, at=at)
    row.status, row.notes, row.at = MoveStatus.UNDONE, [reason], at


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
        row = _load(session, ctx, move)
        chosen = [one for one in _with_status(session, ctx, move, allowed) if not projects or one in projects]
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


def _load(session: Session, ctx: Context, move: str) -> ModelMoveRow:
    row = session.get(ModelMoveRow, (ctx.tenant, move))
    if row is None:
        raise NotFound
    return row


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


def _with_status(
    session: Session, ctx: Context, move: str, statuses: Collection[MoveStatus], limit: int | None = None
) -> tuple[str, ...]:
    query = (
        select(ModelMoveProjectRow.project)
        .where(
            ModelMoveProjectRow.tenant == ctx.tenant,
            ModelMoveProjectRow.move == move,
            ModelMoveProjectRow.status.in_(sorted(statuses)),
        )
        .order_by(ModelMoveProjectRow.project)
        .limit(limit)
    )
    return tuple(session.scalars(query))


def _set(session: Session, ctx: Context, move: str, project_id: str, was: MoveStatus, **values: object) -> None:
    """Change a project's row if it still has the status it was read with."""
    changed = update(ModelMoveProjectRow).where(
        ModelMoveProjectRow.tenant == ctx.tenant,
        ModelMoveProjectRow.move == move,
        ModelMoveProjectRow.project == project_id,
        ModelMoveProjectRow.status == was,
    )
    session.execute(changed.values(**values).execution_options(synchronize_session=False))


def _waiting(tenant: str, move: str, project: str) -> ModelMoveProjectRow:
    return ModelMoveProjectRow(tenant=tenant, move=move, project=project, status=MoveStatus.WAITING, notes=[])
