"""A model draft as pages see it, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import zstandard
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION, PersonId
from workflows.models.drafting.naming import name_now
from workflows.models.publish import newest_version
from workflows.models.tables import BundleRow, ModelDraftFileRow, ModelDraftRow
from workflows.people import ADMINISTRATOR, PROJECT_OFFICE, Rule, authorize

PROCESS_DESIGNER, AUDITOR = "process_designer", "auditor"

DESIGN = Rule(organisation=frozenset({PROCESS_DESIGNER, PROJECT_OFFICE}))
"""Change drafts, and publish those of others."""

SEE_MODELS = Rule(organisation=frozenset({PROCESS_DESIGNER, PROJECT_OFFICE, ADMINISTRATOR, AUDITOR}))
"""Read models, versions and drafts."""


class ModelDraftStatus(StrEnum):
    """Where a draft stands."""

    OPEN = "open"
    REQUESTED = "requested"
    PUBLISHED = "published"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDraftSummary:
    """A draft without its files. `base_version` is the number of the version it began on, `newest_version` of the
    model's newest; None where there is none.
    """

    id: str
    model: str
    name: str
    base: str | None
    base_version: int | None
    newest_version: int | None
    status: ModelDraftStatus
    revision: int
    created_at: datetime
    created_by: PersonId | None
    changed_at: datetime
    changed_by: PersonId | None
    note: str
    asked_at: datetime | None
    asked_by: PersonId | None
    returned: str
    published: str | None

    @property
    def is_open(self) -> bool:
        """Whether it can be changed."""
        return self.status is ModelDraftStatus.OPEN

    @property
    def is_over(self) -> bool:
        """Whether it is published or given up."""
        return self.status in (ModelDraftStatus.PUBLISHED, ModelDraftStatus.DISCARDED)

    @property
    def is_behind(self) -> bool:
        """Whether a version was published that it does not build on."""
        return not self.is_over and self.newest_version is not None and self.newest_version != self.base_version


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDraft(ModelDraftSummary):
    """A draft with its files as they are now.

    `revisions` tells by path in which revision it was last changed (removed files too), `authors` who has written
    anything in it.
    """

    files: Mapping[str, bytes]
    revisions: Mapping[str, int]
    authors: frozenset[PersonId]


def find_model_draft(ctx: Context, *, draft_id: str) -> ModelDraft:
    """Return a draft. Raises NotFound, also for those who may not see models."""
    with ctx.read() as session:
        authorize(session, ctx, SEE_MODELS, scope=ORGANISATION, sees=SEE_MODELS)
        return load_model_draft(session, tenant=ctx.tenant, draft_id=draft_id)


def load_model_draft(session: Session, *, tenant: str, draft_id: str) -> ModelDraft:
    """Return a draft in the caller's transaction. Raises NotFound."""
    row = session.get(ModelDraftRow, (tenant, draft_id))
    if row is None:
        raise NotFound
    newest = _newest_files(session, tenant, draft_id)
    authors = session.scalars(
        select(ModelDraftFileRow.by)
        .where(ModelDraftFileRow.tenant == tenant, ModelDraftFileRow.draft == draft_id)
        .distinct()
    )
    return ModelDraft(
        **_fields(session, row),
        files={file.path: unpack_file(file.content) for file in newest if file.content is not None},
        revisions={file.path: file.revision for file in newest},
        authors=frozenset(PersonId(by) for by in authors if by is not None),
    )


def open_model_drafts(session: Session, *, tenant: str, model: str | None = None) -> tuple[ModelDraftSummary, ...]:
    """Return the drafts that are neither published nor discarded, the last changed first."""
    query = select(ModelDraftRow).where(
        ModelDraftRow.tenant == tenant,
        ModelDraftRow.status.in_([ModelDraftStatus.OPEN, ModelDraftStatus.REQUESTED]),
    )
    if model is not None:
        query = query.where(ModelDraftRow.model == model)
    rows = session.scalars(query.order_by(ModelDraftRow.changed_at.desc(), ModelDraftRow.id))
    return tuple(ModelDraftSummary(**_fields(session, row)) for row in rows)


def files_before(session: Session, *, tenant: str, draft_id: str, revision: int) -> Mapping[str, bytes | None]:
    """Return what the paths that `revision` changed held before it; None where there was no file."""
    file = ModelDraftFileRow
    mine = (file.tenant == tenant, file.draft == draft_id)
    paths = list(session.scalars(select(file.path).where(*mine, file.revision == revision)))
    found: dict[str, bytes | None] = dict.fromkeys(paths)
    query = select(file).where(*mine, file.path.in_(paths), file.revision < revision).order_by(file.revision)
    for row in session.scalars(query):
        found[row.path] = None if row.content is None else unpack_file(row.content)
    return found


def file_at(session: Session, *, tenant: str, draft_id: str, path: str, revision: int) -> bytes | None:
    """Return what a path held at a revision; None where there was no file then."""
    file = ModelDraftFileRow
    mine = (file.tenant == tenant, file.draft == draft_id, file.path == path, file.revision <= revision)
    row = session.scalar(select(file).where(*mine).order_by(file.revision.desc()).limit(1))
    return None if row is None or row.content is None else unpack_file(row.content)


def pack_file(content: bytes | None) -> bytes | None:
    """Return a file as it is stored."""
    return None if content is None else zstandard.compress(content, 3)


def unpack_file(content: bytes) -> bytes:
    """Return a stored file."""
    return zstandard.decompress(content)


def _newest_files(session: Session, tenant: str, draft_id: str) -> list[ModelDraftFileRow]:
    file = ModelDraftFileRow
    newest = (
        select(file.path, func.max(file.revision).label("revision"))
        .where(file.tenant == tenant, file.draft == draft_id)
        .group_by(file.path)
        .subquery()
    )
    joined = and_(file.path == newest.c.path, file.revision == newest.c.revision)
    query = select(file).join(newest, joined).where(file.tenant == tenant, file.draft == draft_id).order_by(file.path)
    return list(session.scalars(query))


def _version(session: Session, tenant: str, digest: str | None) -> int | None:
    if digest is None:
        return None
    return session.scalar(select(BundleRow.version).where(BundleRow.tenant == tenant, BundleRow.digest == digest))


def _fields(session: Session, row: ModelDraftRow) -> dict[str, Any]:
    status, newest = ModelDraftStatus(row.status), newest_version(session, tenant=row.tenant, model=row.model)
    found = {"status": status, "base_version": _version(session, row.tenant, row.base), "newest_version": newest}
    known = {name: getattr(row, name) for name in ModelDraftSummary.__dataclass_fields__ if name not in found}
    if status in (ModelDraftStatus.OPEN, ModelDraftStatus.REQUESTED):
        known["name"] = name_now(row.name, newest)
    return known | found
