"""What was done to a draft, change by change."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.models.comparing import compare
from workflows.models.drafting.model_draft import SEE_MODELS, file_at
from workflows.models.tables import ModelDraftFileRow
from workflows.people import authorize

MOST_COMPARED = 20
"""So many pairs of changes are compared for a page."""

_NAMED = re.compile(r"”([^”]*)”")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChange:
    """One line of a draft's history; `undone` when it was taken back, `undoes` when it took another back."""

    revision: int
    what: str
    at: datetime
    by: PersonId | None
    paths: tuple[str, ...]
    undoes: int | None
    undone: bool


def model_draft_history(ctx: Context, *, draft_id: str) -> tuple[DraftChange, ...]:
    """Return what was done to a draft, newest first. Raises NotFound."""
    with ctx.read() as session:
        authorize(session, ctx, SEE_MODELS, scope=ORGANISATION, sees=SEE_MODELS)
        return changes_of(session, tenant=ctx.tenant, draft_id=draft_id)


def changes_of(session: Session, *, tenant: str, draft_id: str) -> tuple[DraftChange, ...]:
    """Return the changes of a draft, newest first; the first of all is how it began."""
    file = ModelDraftFileRow
    query = (
        select(file.revision, file.what, file.at, file.by, file.undoes, file.path)
        .where(file.tenant == tenant, file.draft == draft_id)
        .order_by(file.revision.desc(), file.path)
    )
    by_revision: dict[int, DraftChange] = {}
    rows = session.execute(query).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    for row in rows:
        before = by_revision.get(row.revision)
        by_revision[row.revision] = DraftChange(
            revision=row.revision,
            what=row.what,
            at=row.at,
            by=row.by,
            paths=(*(before.paths if before else ()), row.path),
            undoes=row.undoes,
            undone=row.revision in undone,
        )
    return tuple(by_revision.values())


def taken_back_by_hand(ctx: Context, *, draft_id: str) -> frozenset[int]:
    """Return the changes that left the draft as it was before the change before them, as a rename and its reverse do.

    Looks at changes of the same files that name the same things, the newest `MOST_COMPARED` pairs of them, and compares
    what the files say, however they are written. Raises NotFound.
    """
    with ctx.read() as session:
        authorize(session, ctx, SEE_MODELS, scope=ORGANISATION, sees=SEE_MODELS)
        changes = changes_of(session, tenant=ctx.tenant, draft_id=draft_id)
        pairs = [pair for pair in pairwise(changes) if _may_be_reverse(*pair)]
        found = set[int]()
        for now, before in pairs[:MOST_COMPARED]:
            if now.revision + 1 not in found:
                was, came = (
                    _files(session, ctx, draft_id, now.paths, at) for at in (before.revision - 1, now.revision)
                )
                found |= {now.revision} if was == came or not compare(was, came).changes else set()
        return frozenset(found)


def _may_be_reverse(now: DraftChange, before: DraftChange) -> bool:
    """Tell whether two changes that follow one another name the same things of the same files."""
    touched = now.undone or before.undone or now.undoes is not None or before.undoes is not None
    same_files = now.paths == before.paths and before.revision > 1
    return same_files and not touched and sorted(_NAMED.findall(now.what)) == sorted(_NAMED.findall(before.what))


def _files(session: Session, ctx: Context, draft_id: str, paths: tuple[str, ...], revision: int) -> dict[str, bytes]:
    """Return what some paths held at a revision; without those where there was no file."""
    held = {
        path: file_at(session, tenant=ctx.tenant, draft_id=draft_id, path=path, revision=revision) for path in paths
    }
    return {path: data for path, data in held.items() if data is not None}
