"""Models and their versions as pages list them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.kernel.errors import NotFound
from workflows.models.model import ModelRefused, read_model
from workflows.models.publish import load_bundle
from workflows.models.tables import BundleRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A published version. `name` is what the model calls itself in it, by language."""

    digest: str
    model: str
    version: int
    name: Mapping[str, str]
    note: str
    published_at: datetime
    published_by: str | None
    retired_at: datetime | None
    retired_by: str | None


def versions_of(session: Session, *, tenant: str, model: str | None = None) -> tuple[Version, ...]:
    """Return every version of a model (of all models), models in order and the newest version first."""
    columns = (
        BundleRow.digest,
        BundleRow.model,
        BundleRow.version,
        BundleRow.note,
        BundleRow.published_at,
        BundleRow.published_by,
        BundleRow.retired_at,
        BundleRow.retired_by,
    )
    query = select(*columns).where(BundleRow.tenant == tenant)
    if model is not None:
        query = query.where(BundleRow.model == model)
    rows = session.execute(query.order_by(BundleRow.model, BundleRow.version.desc())).all()
    return tuple(
        Version(
            **{**row._mapping, "note": row.note or ""},
            name=load_bundle(session, tenant=tenant, digest=row.digest).model.name,
        )
        for row in rows
    )


def name_in(files: Mapping[str, bytes], key: str) -> Mapping[str, str]:
    """Return what a model calls itself, by language; its key where model.json cannot be read."""
    try:
        return read_model(files.get("model.json", b"")).name
    except ModelRefused:
        return {"sv": key}


def find_version(session: Session, *, tenant: str, model: str, version: int) -> Version:
    """Return one version by its number. Raises NotFound."""
    found = versions_of(session, tenant=tenant, model=model)
    for one in found:
        if one.version == version:
            return one
    raise NotFound
