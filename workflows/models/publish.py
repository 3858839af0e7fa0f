"""Publish a bundle, and get published ones back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import zstandard
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.kernel import chain
from workflows.kernel.chain import EventRow
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models.bundle import Bundle, BundleRefused, digest_of, read_bundle
from workflows.models.finding import Severity
from workflows.models.linting import check
from workflows.models.tables import BundleRow

STREAM = "models"
"""Where publishing is recorded."""

_LOADED: dict[tuple[str, str], Bundle] = {}
"""Published bundles are immutable and few (one per published version), so they stay for the process's life."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published version: `digest` names it, `version` counts from 1 within its model."""

    digest: str
    model: str
    version: int


def publish(ctx: Context, files: Mapping[str, bytes], *, note: str | None = None) -> Published:
    """Check and store a bundle as the model's next version; publishing the same files again changes nothing.

    For what comes with Styr and for the command line: people publish drafts. Raises BundleRefused when the check finds
    an error.
    """
    errors = tuple(finding for finding in check(files) if finding.severity is Severity.ERROR)
    if errors:
        raise BundleRefused(errors)
    bundle = read_bundle(files)
    now = ctx.now()
    with ctx.write() as session:
        return store_version(session, ctx, bundle, at=now, note=note, told={"note": note} if note else {})


def store_version(
    session: Session,
    ctx: Context,
    bundle: Bundle,
    *,
    at: datetime,
    note: str | None,
    told: Mapping[str, Any],
    request_id: str | None = None,
) -> Published:
    """Store a checked bundle and its event in the caller's transaction; one that is there already is returned.

    `told` is what else the event tells: who asked for it, why an administrator published it.
    """
    known = session.get(BundleRow, (ctx.tenant, bundle.digest))
    if known is not None:
        return Published(digest=known.digest, model=known.model, version=known.version)
    version = 1 + (newest_version(session, tenant=ctx.tenant, model=bundle.model.key) or 0)
    session.add(
        BundleRow(
            tenant=ctx.tenant,
            digest=bundle.digest,
            model=bundle.model.key,
            version=version,
            content=_pack(bundle.files),
            published_at=at,
            published_by=ctx.actor,
            note=note,
        )
    )
    body = {**told, "model": bundle.model.key, "version": version, "digest": bundle.digest}
    happening = chain.Happening(
        verb="publish", at=at, body=body, actor=ctx.actor, bundle=bundle.digest, request_id=request_id
    )
    chain.append(session, tenant=ctx.tenant, stream=STREAM, happening=happening)
    return Published(digest=bundle.digest, model=bundle.model.key, version=version)


def publish_first(ctx: Context, files: Mapping[str, bytes]) -> None:
    """Publish a model that comes with Styr, unless some version of it is there: from then on it is the users' own."""
    key = read_bundle(files).model.key
    with ctx.read() as session:
        known = newest_version(session, tenant=ctx.tenant, model=key)
    if known is None:
        publish(ctx, files)


def load_bundle(session: Session, *, tenant: str, digest: str) -> Bundle:
    """Return a published bundle; the database is asked once per process. Raises NotFound."""
    known = _LOADED.get((tenant, digest))
    if known is None:
        row = session.get(BundleRow, (tenant, digest))
        if row is None:
            raise NotFound
        known = _LOADED[tenant, digest] = read_bundle(_unpack(row.content))
    return known


def bundle_files(session: Session, *, tenant: str, digest: str) -> Mapping[str, bytes]:
    """Return the files of a published bundle without reading what they say. Raises NotFound."""
    row = session.get(BundleRow, (tenant, digest))
    if row is None:
        raise NotFound
    return _unpack(row.content)


def latest(session: Session, *, tenant: str, model: str | None = None, retired: bool = False) -> Published:
    """Return the newest version of `model`, or of the model published last, that takes new projects.

    With `retired` it may be one that no longer does. Raises NotFound.
    """
    query = select(BundleRow.digest, BundleRow.model, BundleRow.version).where(BundleRow.tenant == tenant)
    if model is not None:
        query = query.where(BundleRow.model == model)
    if not retired:
        query = query.where(BundleRow.retired_at.is_(None))
    row = session.execute(query.order_by(BundleRow.published_at.desc(), BundleRow.version.desc()).limit(1)).first()
    if row is None:
        raise NotFound
    return Published(digest=row.digest, model=row.model, version=row.version)


def newest_version(session: Session, *, tenant: str, model: str) -> int | None:
    """Return the number of a model's newest version, also one that takes no new projects; None when there is none."""
    query = select(func.max(BundleRow.version)).where(BundleRow.tenant == tenant, BundleRow.model == model)
    return session.scalar(query)


def published(session: Session, *, tenant: str) -> tuple[Published, ...]:
    """Return the newest version in use of every model, in the models' alphabetical order."""
    query = (
        select(BundleRow.model, func.max(BundleRow.version))
        .where(BundleRow.tenant == tenant, BundleRow.retired_at.is_(None))
        .group_by(BundleRow.model)
        .order_by(BundleRow.model)
    )
    return tuple(latest(session, tenant=tenant, model=model) for model, _ in session.execute(query))


def broken_bundle(session: Session, *, tenant: str) -> str | None:
    """Return the digest of a published version that is not what its events told; None when all of them are."""
    query = select(EventRow).where(EventRow.tenant == tenant, EventRow.stream == STREAM).order_by(EventRow.seq)
    told: dict[str, tuple[object, ...]] = {}
    retired: dict[str, tuple[object, object]] = {}
    for event in session.scalars(query):
        if event.verb == "publish":
            named = (event.body["model"], event.body["version"], event.body["digest"], event.body.get("note"))
            told[event.body["digest"]] = (*named, event.at, event.actor)
        elif event.verb in ("retire", "reinstate"):
            retired[event.body["subject"]] = (event.at, event.actor) if event.verb == "retire" else (None, None)
    for row in session.scalars(select(BundleRow).where(BundleRow.tenant == tenant)):
        said = (row.model, row.version, _digest_of(row), row.note, row.published_at, row.published_by)
        gone = retired.get(row.digest, (None, None))
        if told.pop(row.digest, None) != said or (row.retired_at, row.retired_by) != gone:
            return row.digest
    return next(iter(told), None)


def _digest_of(row: BundleRow) -> str | None:
    """Return the digest of what a row holds; None when that cannot be read."""
    try:
        return digest_of(_unpack(row.content))
    except (zstandard.ZstdError, orjson.JSONDecodeError):
        return None


def _pack(files: Mapping[str, bytes]) -> bytes:
    return zstandard.compress(orjson.dumps({path: data.decode() for path, data in sorted(files.items())}), 9)


def _unpack(content: bytes) -> Mapping[str, bytes]:
    return {path: text.encode() for path, text in orjson.loads(zstandard.decompress(content)).items()}
