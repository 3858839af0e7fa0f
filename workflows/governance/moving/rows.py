"""The rows of a move: one of its own, and one for each project."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.governance.moving.statuses import MoveStatus
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound


def load_move(session: Session, ctx: Context, move: str) -> ModelMoveRow:
    """Return a move's own row. Raises NotFound."""
    row = session.get(ModelMoveRow, (ctx.tenant, move))
    if row is None:
        raise NotFound
    return row


def held_row(session: Session, ctx: Context, move: str, project_id: str) -> ModelMoveProjectRow:
    """Return a project's row, which nobody else changes before this transaction ends. Raises NotFound."""
    row = session.get(ModelMoveProjectRow, (ctx.tenant, move, project_id), with_for_update=True)
    if row is None:
        raise NotFound
    return row


def with_status(
    session: Session, ctx: Context, move: str, statuses: Collection[MoveStatus], limit: int | None = None
) -> tuple[str, ...]:
    """Return the projects of a move that have one of some statuses."""
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


def set_status(session: Session, ctx: Context, move: str, project_id: str, was: MoveStatus, **values: object) -> None:
    """Change a project's row if it still has the status it was read with."""
    changed = update(ModelMoveProjectRow).where(
        ModelMoveProjectRow.tenant == ctx.tenant,
        ModelMoveProjectRow.move == move,
        ModelMoveProjectRow.project == project_id,
        ModelMoveProjectRow.status == was,
    )
    session.execute(changed.values(**values).execution_options(synchronize_session=False))
