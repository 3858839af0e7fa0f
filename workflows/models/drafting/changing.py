"""Change a draft's files, each change kept, and take changes back one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound, Text, _l
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.models.bundle import refused_files
from workflows.models.drafting.errors import BundleFileRefused, DraftChanged, DraftClosed, NothingToUndo
from workflows.models.drafting.history import changes_of
from workflows.models.drafting.model_draft import (
    DESIGN,
    SEE_MODELS,
    ModelDraft,
    ModelDraftStatus,
    files_before,
    load_model_draft,
    pack_file,
)
from workflows.models.tables import ModelDraftFileRow, ModelDraftRow
from workflows.people import authorize, names_of

_SOMEBODY = _l("Någon")


def change_model_draft(
    ctx: Context,
    *,
    draft_id: str,
    changes: Mapping[str, bytes | None],
    seen: int,
    what: str,
    request_id: str | None = None,
    whole: bool = False,
) -> int:
    """Write files of a draft (None removes one) and return its revision after that.

    `seen` is the revision that was read; `what` says in words what is done. Files that are as they were are not
    written. A draft may be saved in any state of disrepair: the check tells what is wrong with it.

    Raises NotFound, DraftClosed, BundleFileRefused, and DraftChanged when one of these paths was changed after `seen`
    to something else (a page that is left and comes back may save the same twice); with `whole`, when any path was: the
    changes were worked out from all of the draft.
    """
    with ctx.write() as session:
        draft = open_draft(session, ctx, draft_id)
        if (
            request_id is not None
            and (known := revision_made_by(session, ctx.tenant, draft_id, request_id)) is not None
        ):
            return known
        real = {path: new for path, new in changes.items() if draft.files.get(path) != new}
        _refuse_overtaken(session, ctx, draft, draft.revisions if whole and real else real, seen)
        if not real:
            return draft.revision
        kept = {path: data for path, data in draft.files.items() if path not in real}
        for finding in refused_files({**kept, **{path: data for path, data in real.items() if data is not None}}):
            raise BundleFileRefused(reason=finding.sentence)
        return _write(session, ctx, draft, real, what=what, at=ctx.now(), request_id=request_id)


def undo_model_draft(ctx: Context, *, draft_id: str, seen: int, request_id: str | None = None) -> int:
    """Take back the newest change that has not been taken back, and return the revision after that.

    Raises NotFound, DraftClosed, NothingToUndo, and DraftChanged when the draft is not as it was seen.
    """
    with ctx.write() as session:
        draft = open_draft(session, ctx, draft_id)
        if (
            request_id is not None
            and (known := revision_made_by(session, ctx.tenant, draft_id, request_id)) is not None
        ):
            return known
        if draft.revision != seen:
            raise DraftChanged(by=_name(session, ctx, draft.changed_by), at=draft.changed_at)
        told = changes_of(session, tenant=ctx.tenant, draft_id=draft_id)
        last = next((one for one in told if one.undoes is None and not one.undone and one.revision > 1), None)
        if last is None:
            raise NothingToUndo
        before = files_before(session, tenant=ctx.tenant, draft_id=draft_id, revision=last.revision)
        what = _l("Ångrade: {what}").format(what=last.what)
        return _write(session, ctx, draft, before, what=what, at=ctx.now(), request_id=request_id, undoes=last.revision)


def open_draft(session: Session, ctx: Context, draft_id: str) -> ModelDraft:
    """Return a draft that the actor may change. Raises NotFound, Forbidden, DraftClosed."""
    authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
    draft = load_model_draft(session, tenant=ctx.tenant, draft_id=draft_id)
    if draft.status is not ModelDraftStatus.OPEN:
        raise DraftClosed
    return draft


def revision_made_by(session: Session, tenant: str, draft_id: str, request_id: str) -> int | None:
    """Return the revision that the same request made before."""
    file = ModelDraftFileRow
    same = (file.tenant == tenant, file.draft == draft_id, file.request_id == request_id)
    return session.scalar(select(func.max(file.revision)).where(*same))


def _refuse_overtaken(session: Session, ctx: Context, draft: ModelDraft, paths: Iterable[str], seen: int) -> None:
    overtaken = [path for path in paths if draft.revisions.get(path, 0) > seen]
    if seen > draft.revision or not overtaken:
        if seen > draft.revision:
            raise NotFound
        return
    newest = max(overtaken, key=lambda path: draft.revisions[path])
    file = ModelDraftFileRow
    row = session.get_one(file, (ctx.tenant, draft.id, newest, draft.revisions[newest]))
    raise DraftChanged(by=_name(session, ctx, row.by), at=row.at, path=newest, revision=draft.revision)


def _name(session: Session, ctx: Context, person: str | None) -> str | Text:
    return names_of(session, tenant=ctx.tenant, people=[person] if person else []).get(
        PersonId(person or ""), _SOMEBODY
    )


def _write(
    session: Session,
    ctx: Context,
    draft: ModelDraft,
    changes: Mapping[str, bytes | None],
    *,
    what: str,
    at: datetime,
    request_id: str | None,
    undoes: int | None = None,
) -> int:
    revision = draft.revision + 1
    row = session.get_one(ModelDraftRow, (ctx.tenant, draft.id))
    row.revision, row.changed_at, row.changed_by = revision, at, ctx.actor
    session.add_all(
        ModelDraftFileRow(
            tenant=ctx.tenant,
            draft=draft.id,
            path=path,
            revision=revision,
            content=pack_file(content),
            what=what[:300],
            undoes=undoes,
            at=at,
            by=ctx.actor,
            request_id=request_id,
        )
        for path, content in changes.items()
    )
    return revision
