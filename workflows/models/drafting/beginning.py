"""Begin a draft from files, and give one up."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from forms.values import clean
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, new_id
from workflows.models.bundle import refused_files
from workflows.models.drafting.errors import BundleFileRefused, DraftClosed
from workflows.models.drafting.model_draft import DESIGN, SEE_MODELS, ModelDraftStatus, pack_file
from workflows.models.tables import ModelDraftFileRow, ModelDraftRow
from workflows.people import authorize

LONGEST_NAME = 120


def begin_model_draft(
    ctx: Context,
    *,
    model: str,
    name: str,
    files: Mapping[str, bytes],
    base: str | None = None,
    what: str,
    request_id: str | None = None,
) -> str:
    """Begin a draft of `model` with these files and return its id; the same request begins one draft.

    `base` is the digest of the published version that the files are, `what` says where they come from. Raises
    BundleFileRefused for files that no model can hold, and what `authorize` raises.
    """
    for finding in refused_files(files):
        raise BundleFileRefused(reason=finding.sentence)
    now = ctx.now()
    title = clean(name, lines=False)[:LONGEST_NAME] or model
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        if request_id is not None:
            mine = (ModelDraftRow.tenant == ctx.tenant, ModelDraftRow.created_by == ctx.actor)
            query = select(ModelDraftRow.id).where(*mine, ModelDraftRow.request_id == request_id)
            if (known := session.scalar(query)) is not None:
                return known
        draft = ModelDraftRow(
            tenant=ctx.tenant,
            id=new_id(),
            model=model,
            name=title,
            base=base,
            status=ModelDraftStatus.OPEN,
            revision=1,
            created_at=now,
            created_by=ctx.actor,
            changed_at=now,
            changed_by=ctx.actor,
            note="",
            returned="",
            request_id=request_id,
        )
        session.add(draft)
        session.flush()
        session.add_all(
            ModelDraftFileRow(
                tenant=ctx.tenant,
                draft=draft.id,
                path=path,
                revision=1,
                content=pack_file(content),
                what=what[:300],
                at=now,
                by=ctx.actor,
            )
            for path, content in files.items()
        )
        return draft.id


def discard_model_draft(ctx: Context, *, draft_id: str) -> None:
    """Give a draft up: it can no longer be changed or published. Raises NotFound, DraftClosed once it is published."""
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        row = session.get(ModelDraftRow, (ctx.tenant, draft_id))
        if row is None:
            raise NotFound
        if row.status == ModelDraftStatus.PUBLISHED:
            raise DraftClosed
        row.status, row.changed_at, row.changed_by = ModelDraftStatus.DISCARDED, ctx.now(), ctx.actor
