"""What the job of a move does: looks at projects, moves them, undoes; each is on its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflows.governance.moving.carrying import carry_move, carry_undo, find_undoable
from workflows.governance.moving.errors import MovedOn
from workflows.governance.moving.failing import in_words
from workflows.governance.moving.rows import held_row, load_move, set_status, with_status
from workflows.governance.moving.statuses import BUSY, UNSEEN, MoveStatus
from workflows.governance.moving.trial import Trial, Verdict, try_move
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow
from workflows.kernel.context import Context
from workflows.kernel.errors import VersionConflict
from workflows.kernel.ids import PersonId
from workflows.kernel.retry import TRIES, retry_on_conflict

BATCH = 25
"""Projects that are previewed in one transaction."""

_TAKEN = "Någon arbetade i projektet hela tiden. Försök igen om en stund."


def work_move(ctx: Context, *, move: str) -> None:
    """Preview, move and undo everything of a move that waits for it: what the job does. It may run any number of times.

    Raises NotFound.
    """
    while _preview_batch(ctx, move):
        pass
    taken: set[str] = set()
    for _ in range(TRIES):
        with ctx.read() as session:
            by = load_move(session, ctx, move).acted_by
            left = with_status(session, ctx, move, BUSY)
        acting = replace(ctx, actor=PersonId(by) if by else None)
        taken = {project_id for project_id in left if not _work_one(acting, move, project_id)}
        if not taken:
            return
    for project_id in taken:
        _fail(ctx, move, project_id, _TAKEN)


@retry_on_conflict
def _preview_batch(ctx: Context, move: str) -> int:
    """Try the next projects that wait, and note what was found; return how many there were."""
    now, found = ctx.now(), dict[str, tuple[MoveStatus, MoveStatus, tuple[str, ...]]]()
    with ctx.read() as session:
        row = load_move(session, ctx, move)
        for was in sorted(UNSEEN):
            for project_id in with_status(session, ctx, move, {was}, BATCH):
                found[project_id] = (
                    was,
                    *_previewed(session, ctx, row, project_id, now, again=was is MoveStatus.RETRYING),
                )
    with ctx.write() as session:
        for project_id, (was, status, notes) in found.items():
            set_status(session, ctx, move, project_id, was, status=status, notes=list(notes), at=now)
    return len(found)


def _previewed(
    session: Session, ctx: Context, row: ModelMoveRow, project_id: str, at: datetime, *, again: bool
) -> tuple[MoveStatus, tuple[str, ...]]:
    """Return what a project's trial says. `again`: in a move that was ordered it goes over if nobody notices."""
    try:
        trial = try_move(session, ctx, project_id=project_id, target=row.target, at=at, replaced=row.replaced)
    except Exception as error:  # noqa: BLE001  # one project's fault is told on its row and logged; the others go on
        return MoveStatus.FAILED, (in_words(error, move=row.id, project=project_id),)
    if trial.project.closed_at is not None or trial.running.bundle != row.origin:
        return MoveStatus.GONE, ()
    if again and row.reason and trial.verdict is Verdict.PLAIN:
        return MoveStatus.MOVING, ()
    return MoveStatus(trial.verdict), trial.notes


def _work_one(ctx: Context, move: str, project_id: str) -> bool:
    """Move or undo one project; whatever goes wrong with it is its own, and the next one's turn comes.

    Returns False where somebody works in it just now; it still waits then, and its turn comes again.
    """
    try:
        _carry_one(ctx, move, project_id)
    except VersionConflict:
        return False
    except Exception as error:  # noqa: BLE001  # one project's fault is told on its row and logged; the others go on
        _fail(ctx, move, project_id, in_words(error, move=move, project=project_id))
    return True


def _fail(ctx: Context, move: str, project_id: str, sentence: str) -> None:
    """Note that nothing was done with a project; one whose move could not be undone is still moved."""
    with ctx.write() as session:
        for was, becomes in ((MoveStatus.MOVING, MoveStatus.FAILED), (MoveStatus.UNDOING, MoveStatus.MOVED)):
            set_status(session, ctx, move, project_id, was, status=becomes, notes=[sentence], at=ctx.now())


@retry_on_conflict
def _carry_one(ctx: Context, move: str, project_id: str) -> None:
    now = ctx.now()
    with ctx.read() as session:
        row = session.get_one(ModelMoveProjectRow, (ctx.tenant, move, project_id))
        trial = None
        if row.status == MoveStatus.MOVING:
            run = load_move(session, ctx, move)
            trial = try_move(session, ctx, project_id=project_id, target=run.target, at=now, replaced=run.replaced)
    with ctx.write() as session:
        run = load_move(session, ctx, move)
        row = held_row(session, ctx, move, project_id)
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
        undo_one(session, ctx, row, row.notes[0], at)
    except MovedOn:
        row.status, row.at = MoveStatus.MOVED_ON, at


def undo_one(session: Session, ctx: Context, row: ModelMoveProjectRow, reason: str, at: datetime) -> None:
    """Undo one project's move. Raises MovedOn when a step has followed."""
    undoable = find_undoable(session, ctx, project_id=row.project, event=row.event or 0)
    carry_undo(session, ctx, undoable, reason=reason, at=at)
    row.status, row.notes, row.at = MoveStatus.UNDONE, [reason], at
