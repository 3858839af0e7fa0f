"""Bring unsaved changes of a diagram together with what somebody else saved meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workflows.kernel.context import Context
from workflows.models.drafting.changing import change_model_draft, open_draft, revision_made_by
from workflows.models.drafting.model_draft import file_at
from workflows.models.merging import ConflictInWords, Side, merge_diagrams
from workflows.models.merging.errors import CannotMerge


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtTogether:
    """The draft's revision with both in it; None while `conflicts` are left to choose. `onto` is the revision of the
    other's file that they were told for.
    """

    revision: int | None
    onto: int
    conflicts: tuple[ConflictInWords, ...] = ()


def merge_into_model_draft(
    ctx: Context,
    *,
    draft_id: str,
    path: str,
    mine: bytes,
    seen: int,
    what: str,
    onto: int | None = None,
    choices: Mapping[str, Side] | None = None,
    request_id: str | None = None,
) -> BroughtTogether:
    """Save a diagram that was begun on revision `seen`, together with what has been saved in it since.

    `choices` answer the conflicts that were told for `onto`; when the file has changed once more they are asked anew.
    Nothing is saved while one is left. Raises NotFound, DraftClosed, DraftChanged, BundleFileRefused, CannotMerge.
    """
    with ctx.read() as session:
        draft = open_draft(session, ctx, draft_id)
        newest = draft.revisions.get(path, 0)
        if request_id is not None:
            known = revision_made_by(session, ctx.tenant, draft_id, request_id)
            if known is not None:
                return BroughtTogether(revision=known, onto=newest)
        base = file_at(session, tenant=ctx.tenant, draft_id=draft_id, path=path, revision=seen)
    theirs = draft.files.get(path)
    if base is None or theirs is None or not path.endswith(".bpmn"):
        raise CannotMerge
    answers = choices if choices and onto == newest else {}
    merged = merge_diagrams(path, draft.files, base=base, mine=mine, theirs=theirs, choices=answers)
    if merged.data is None:
        return BroughtTogether(revision=None, onto=newest, conflicts=merged.conflicts)
    revision = change_model_draft(
        ctx,
        draft_id=draft_id,
        changes={path: merged.data},
        seen=draft.revision,
        what=what,
        request_id=request_id,
    )
    return BroughtTogether(revision=revision, onto=newest)
