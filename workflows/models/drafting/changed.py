"""What a draft changes in the version it began on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.comparing import Comparison, compare
from workflows.models.drafting.model_draft import ModelDraft, files_before, unpack_file
from workflows.models.publish import load_bundle
from workflows.models.tables import ModelDraftFileRow


def changes_of_draft(session: Session, *, tenant: str, draft: ModelDraft) -> Comparison | None:
    """Return what differs between a draft and the version it began on; None for the draft of a new model."""
    if draft.base is None:
        return None
    base = load_bundle(session, tenant=tenant, digest=draft.base)
    return compare(base.files, draft.files)


def files_before_last(session: Session, *, tenant: str, draft: ModelDraft) -> Mapping[str, bytes]:
    """Return the files of a draft as they were before its newest change."""
    before = files_before(session, tenant=tenant, draft_id=draft.id, revision=draft.revision)
    return {path: data for path, data in {**draft.files, **before}.items() if data is not None}


def files_begun_on(session: Session, *, tenant: str, draft: ModelDraft) -> Mapping[str, bytes]:
    """Return the files of the version that a draft began on; of the draft of a new model, those it began with."""
    if draft.base is not None:
        return load_bundle(session, tenant=tenant, digest=draft.base).files
    file = ModelDraftFileRow
    first = select(file.path, file.content).where(file.tenant == tenant, file.draft == draft.id, file.revision == 1)
    return {path: unpack_file(content) for path, content in session.execute(first) if content is not None}
