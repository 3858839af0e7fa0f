"""Bring a draft up to the version that was published meanwhile, file by file."""

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
from workflows.models.publish import Published, latest, load_bundle
from workflows.models.tables import ModelDraftRow
from workflows.people import authorize

_WHAT = _l("Hämtade in version {version}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaughtUp:
    """What a newer version means for a draft: `taken` are the paths that only the version changed, `both` those that
    both changed, where one has to be chosen."""

    version: Published
    taken: tuple[str, ...]
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
    return CaughtUp(version=newest, taken=tuple(path for path in differing if path not in both), both=both)


def catch_up(ctx: Context, *, draft_id: str, seen: int, keep: Collection[str], request_id: str | None = None) -> int:
    """Take over what the newest version changed; of the files that both changed, the draft's own in `keep` stay.

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
        changes={path: theirs.get(path) for path in wanted},
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
