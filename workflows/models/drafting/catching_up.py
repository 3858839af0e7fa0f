"""Bring a draft up to the version that was published meanwhile: diagrams part by part, the rest file by file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound, _l
from workflows.kernel.ids import ORGANISATION
from workflows.models.drafting.changing import change_model_draft
from workflows.models.drafting.errors import DraftChanged
from workflows.models.drafting.model_draft import DESIGN, SEE_MODELS, ModelDraft, load_model_draft
from workflows.models.merging import CannotMerge, merge_diagrams
from workflows.models.publish import Published, latest, load_bundle
from workflows.models.tables import ModelDraftRow
from workflows.people import authorize

_WHAT = _l("Hämtade in version {version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What a newer version means for a draft.

    `taken` are the paths that only the version changed, `merged` the diagrams that both changed in different places, as
    they become; `both` what else both changed, where one has to be chosen.
    """

    version: Published
    taken: tuple[str, ...]
    merged: Mapping[str, bytes]
    both: tuple[str, ...]


def newer_version(session: Session, *, tenant: str, draft: ModelDraft) -> CaughtUp | None:
    """Tell what has been published since the draft began; None when it stands on the newest version."""
    try:
        newest = latest(session, tenant=tenant, model=draft.model, retired=True)
    except NotFound:
        return None
    if newest.digest == draft.base:
        return None
    base, theirs = _files(session, tenant, draft.base), _files(session, tenant, newest.digest)
    changed = [path for path in sorted(base.keys() | theirs.keys()) if base.get(path) != theirs.get(path)]
    differing = [path for path in changed if draft.files.get(path) != theirs.get(path)]
    both = tuple(path for path in differing if draft.files.get(path) != base.get(path))
    merged = {path: data for path in both if (data := _merged(path, draft.files, base, theirs)) is not None}
    return CaughtUp(
        version=newest,
        taken=tuple(path for path in differing if path not in both),
        merged=merged,
        both=tuple(path for path in both if path not in merged),
    )


def _merged(
    path: str, mine: Mapping[str, bytes], base: Mapping[str, bytes], theirs: Mapping[str, bytes]
) -> bytes | None:
    """Return a diagram with the changes of both; None when they touch the same, or it is no diagram."""
    if not path.endswith(".bpmn") or any(path not in files for files in (mine, base, theirs)):
        return None
    try:
        done = merge_diagrams(path, mine, base=base[path], mine=mine[path], theirs=theirs[path], choices={})
    except CannotMerge:
        return None
    return done.data


def catch_up(ctx: Context, *, draft_id: str, seen: int, keep: Collection[str], request_id: str | None = None) -> int:
    """Take over what the newest version changed; of what both changed in one place, the draft's own in `keep` stay.

    Returns the draft's revision. Raises what `change_model_draft` raises.
    """
    with ctx.read() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        draft = load_model_draft(session, tenant=ctx.tenant, draft_id=draft_id)
        news = newer_version(session, tenant=ctx.tenant, draft=draft)
        if news is None:
            return draft.revision
        theirs = _files(session, ctx.tenant, news.version.digest)
    wanted = [*news.taken, *(path for path in news.both if path not in keep)]
    revision = change_model_draft(
        ctx,
        draft_id=draft_id,
        changes={**news.merged, **{path: theirs.get(path) for path in wanted}},
        seen=seen,
        what=_WHAT.format(version=news.version.version),
        request_id=request_id,
    )
    with ctx.write() as session:
        row = session.get_one(ModelDraftRow, (ctx.tenant, draft_id))
        if row.base != draft.base:
            raise DraftChanged(by="", at=row.changed_at)
        row.base = news.version.digest
    return revision


def _files(session: Session, tenant: str, digest: str | None) -> Mapping[str, bytes]:
    return load_bundle(session, tenant=tenant, digest=digest).files if digest else {}
