"""Moves as their pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workflows.governance.moving.runs import MOVE_PROJECTS
from workflows.governance.moving.statuses import BUSY, MOVABLE, RETRIABLE, MoveStatus
from workflows.governance.tables import ModelMoveProjectRow, ModelMoveRow, ProjectRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.models import SEE_MODELS
from workflows.models.tables import BundleRow
from workflows.people import authorize, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMove:
    """A project of a move; `notes` are sentences on what changes for it, or why it must stay."""

    project: str
    number: str
    title: str
    status: MoveStatus
    notes: tuple[str, ...]
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelMove:
    """A move with the numbers of its versions, who prepared it and, once it was carried out, why."""

    id: str
    model: str
    from_version: int
    to_version: int
    reason: str
    created_at: datetime
    by: str
    counts: Mapping[MoveStatus, int]

    @property
    def total(self) -> int:
        """How many projects it is about."""
        return sum(self.counts.values())

    @property
    def busy(self) -> int:
        """How many the job still has something to do with."""
        return sum(self.counts.get(status, 0) for status in BUSY)

    @property
    def movable(self) -> int:
        """How many can be moved."""
        return sum(self.counts.get(status, 0) for status in MOVABLE)

    @property
    def retriable(self) -> int:
        """How many could not be moved and can be tried once more."""
        return sum(self.counts.get(status, 0) for status in RETRIABLE)

    def count(self, status: str) -> int:
        """Return how many projects have a status."""
        return self.counts.get(MoveStatus(status), 0)


def find_move(ctx: Context, *, move: str, done: bool = False) -> tuple[ModelMove, tuple[ProjectMove, ...]]:
    """Return a move and its projects by their numbers; with `done` these only once the job has nothing left to do.

    Raises NotFound, Forbidden.
    """
    with ctx.read() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        found = _moves(session, ctx.tenant, ModelMoveRow.id == move)
        if not found:
            raise NotFound
        if done and found[0].busy:
            return found[0], ()
        query = (
            select(ModelMoveProjectRow, ProjectRow.number, ProjectRow.title)
            .join(ProjectRow, _same_project())
            .where(ModelMoveProjectRow.tenant == ctx.tenant, ModelMoveProjectRow.move == move)
            .order_by(ProjectRow.number)
        )
        rows = tuple(_project(row, number, title) for row, number, title in session.execute(query))
    return found[0], rows


def moves_of(ctx: Context, *, model: str) -> tuple[ModelMove, ...]:
    """Return a model's moves, the newest first. Raises NotFound, Forbidden."""
    with ctx.read() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        return _moves(session, ctx.tenant, ModelMoveRow.model == model)


def _same_project() -> ColumnElement[bool]:
    return (ProjectRow.tenant == ModelMoveProjectRow.tenant) & (ProjectRow.id == ModelMoveProjectRow.project)


def _project(row: ModelMoveProjectRow, number: str, title: str) -> ProjectMove:
    return ProjectMove(
        project=row.project,
        number=number,
        title=title,
        status=MoveStatus(row.status),
        notes=tuple(row.notes),
        at=row.at,
    )


def _moves(session: Session, tenant: str, which: ColumnElement[bool]) -> tuple[ModelMove, ...]:
    query = select(ModelMoveRow).where(ModelMoveRow.tenant == tenant, which)
    rows = session.scalars(query.order_by(ModelMoveRow.created_at.desc(), ModelMoveRow.id.desc())).all()
    counts = _counts(session, tenant, [row.id for row in rows])
    versions = _versions(session, tenant, {digest for row in rows for digest in (row.origin, row.target)})
    people = [row.created_by for row in rows]
    names = names_of(session, tenant=tenant, people=[one for one in people if one])
    return tuple(
        ModelMove(
            id=row.id,
            model=row.model,
            from_version=versions[row.origin],
            to_version=versions[row.target],
            reason=row.reason,
            created_at=row.created_at,
            by=names.get(by or "", ""),
            counts=counts.get(row.id, {}),
        )
        for row, by in zip(rows, people, strict=True)
    )


def _counts(session: Session, tenant: str, moves: Sequence[str]) -> Mapping[str, Mapping[MoveStatus, int]]:
    query = (
        select(ModelMoveProjectRow.move, ModelMoveProjectRow.status, func.count())
        .where(ModelMoveProjectRow.tenant == tenant, ModelMoveProjectRow.move.in_(moves))
        .group_by(ModelMoveProjectRow.move, ModelMoveProjectRow.status)
    )
    found: dict[str, Counter[MoveStatus]] = {}
    for move, status, count in session.execute(query):
        found.setdefault(move, Counter())[MoveStatus(status)] = count
    return found


def _versions(session: Session, tenant: str, digests: set[str]) -> Mapping[str, int]:
    query = select(BundleRow.digest, BundleRow.version).where(
        BundleRow.tenant == tenant, BundleRow.digest.in_(sorted(digests))
    )
    return {row.digest: row.version for row in session.execute(query)}
