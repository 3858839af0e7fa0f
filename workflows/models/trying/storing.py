"""Begins, moves, takes back and gives up trials. No event tells of it: a trial is nobody's record and changes nothing.

A person has one trial of a draft; where its turns lead is never stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import ORGANISATION, PersonId, new_id
from workflows.models.drafting import DESIGN, SEE_MODELS
from workflows.models.tables import ModelDraftRow, TrialRow
from workflows.models.trying.errors import NothingTried, TrialChanged, TrialFull
from workflows.models.trying.trial import MOST_TURNS, Beginning, Trial, Turn, packed, unpacked
from workflows.people import authorize


def find_trial(ctx: Context, *, draft_id: str) -> Trial | None:
    """Return the actor's trial of a draft, None before one is begun. Raises NotFound for who may not see drafts."""
    with ctx.read() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        row = _row(session, ctx, draft_id)
        return _trial(row) if row is not None else None


def begin_trial(ctx: Context, *, draft_id: str, begun: Beginning) -> None:
    """Begin a trial of a draft; the actor's older one of the same draft is given up. Raises NotFound."""
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        if session.get(ModelDraftRow, (ctx.tenant, draft_id)) is None:
            raise NotFound
        row = _row(session, ctx, draft_id)
        if row is None:
            row = TrialRow(tenant=ctx.tenant, id=new_id(), draft=draft_id, person=_actor(ctx), version=0)
            session.add(row)
        _write(ctx, row, begun, ())


def move_trial(ctx: Context, *, draft_id: str, seen: int, turn: Turn) -> None:
    """Add a turn to a trial that stands as it was `seen`. Raises NotFound, TrialChanged, TrialFull."""

    def longer(turns: Sequence[Turn]) -> Sequence[Turn]:
        if len(turns) >= MOST_TURNS:
            raise TrialFull
        return (*turns, turn)

    _change(ctx, draft_id, seen, longer)


def restart_trial(ctx: Context, *, draft_id: str, seen: int, turn: Turn) -> None:
    """Begin a trial that stands as it was `seen` anew with one turn. Raises NotFound, TrialChanged."""
    _change(ctx, draft_id, seen, lambda _: (turn,))


def undo_trial(ctx: Context, *, draft_id: str, seen: int) -> None:
    """Take the last turn back. Raises NotFound, TrialChanged, NothingTried."""

    def shorter(turns: Sequence[Turn]) -> Sequence[Turn]:
        if not turns:
            raise NothingTried
        return turns[:-1]

    _change(ctx, draft_id, seen, shorter)


def cut_trial(ctx: Context, *, draft_id: str, seen: int, at: int) -> None:
    """Take back the turn with number `at` (from 1) and all that followed. Raises NotFound, TrialChanged."""
    _change(ctx, draft_id, seen, lambda turns: turns[: max(at, 1) - 1])


def discard_trial(ctx: Context, *, draft_id: str) -> None:
    """Give the actor's trial of a draft up; without one nothing happens. Raises NotFound for an unknown draft."""
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        if session.get(ModelDraftRow, (ctx.tenant, draft_id)) is None:
            raise NotFound
        row = _row(session, ctx, draft_id)
        if row is not None:
            session.delete(row)


def _change(ctx: Context, draft_id: str, seen: int, change: Callable[[Sequence[Turn]], Sequence[Turn]]) -> None:
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        row = _row(session, ctx, draft_id)
        if row is None:
            raise NotFound
        if row.version != seen:
            raise TrialChanged
        begun, turns = unpacked(row.content)
        _write(ctx, row, begun, change(turns))


def _write(ctx: Context, row: TrialRow, begun: Beginning, turns: Sequence[Turn]) -> None:
    row.content = packed(begun, turns)
    row.version += 1
    row.changed_at = ctx.now()


def _row(session: Session, ctx: Context, draft_id: str) -> TrialRow | None:
    own = (TrialRow.tenant == ctx.tenant, TrialRow.draft == draft_id, TrialRow.person == _actor(ctx))
    return session.scalar(select(TrialRow).where(*own))


def _actor(ctx: Context) -> PersonId:
    if ctx.actor is None:
        raise Forbidden
    return ctx.actor


def _trial(row: TrialRow) -> Trial:
    begun, turns = unpacked(row.content)
    return Trial(
        id=row.id,
        draft=row.draft,
        person=PersonId(row.person),
        version=row.version,
        changed_at=row.changed_at,
        begun=begun,
        turns=turns,
    )
