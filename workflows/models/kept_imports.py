"""Imports between upload and draft: the report is read first, and stays with the draft that is made then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
import zstandard
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound, StyrError, _l
from workflows.kernel.ids import ORGANISATION, new_id
from workflows.models.drafting import DESIGN, SEE_MODELS, begin_model_draft
from workflows.models.importing import Imported, ImportRow, RowSeverity
from workflows.models.tables import ModelImportRow
from workflows.people import authorize

KEPT = timedelta(days=1)
"""How long an import waits for its report to be read; what no draft was made of is then forgotten."""


class ImportOver(StyrError):
    """A draft was to be made of an import of which one has been made, or that has been forgotten."""

    status = 409
    code = "import_over"
    message = _l("Importen finns inte kvar. Ladda upp filerna igen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptImport:
    """An import as its page shows it. `files` are empty once a draft has been made of it."""

    id: str
    name: str
    source: str
    rows: tuple[ImportRow, ...]
    files: Mapping[str, bytes]
    draft: str | None
    created_at: datetime
    created_by: str | None


def keep_import(ctx: Context, imported: Imported) -> str:
    """Keep an import until its report has been read, and return its id; those nobody took up are forgotten."""
    now = ctx.now()
    with ctx.write() as session:
        authorize(session, ctx, DESIGN, scope=ORGANISATION, sees=SEE_MODELS)
        mine = (ModelImportRow.tenant == ctx.tenant, ModelImportRow.draft.is_(None))
        session.execute(delete(ModelImportRow).where(*mine, ModelImportRow.created_at < now - KEPT))
        row = ModelImportRow(
            tenant=ctx.tenant,
            id=new_id(),
            name=imported.name[:120],
            source=imported.source,
            report=_pack([_told(one) for one in imported.rows]),
            files=_pack({path: data.decode() for path, data in imported.files.items()}),
            draft=None,
            created_at=now,
            created_by=ctx.actor,
        )
        session.add(row)
        return row.id


def find_import(ctx: Context, *, import_id: str) -> KeptImport:
    """Return an import. Raises NotFound, also for one that has been forgotten."""
    with ctx.read() as session:
        authorize(session, ctx, SEE_MODELS, scope=ORGANISATION, sees=SEE_MODELS)
        row = session.get(ModelImportRow, (ctx.tenant, import_id))
        if row is None:
            raise NotFound
        files = {} if row.files is None else _unpack(row.files)
        return KeptImport(
            id=row.id,
            name=row.name,
            source=row.source,
            rows=tuple(ImportRow(**{**one, "severity": RowSeverity(one["severity"])}) for one in _unpack(row.report)),
            files={path: text.encode() for path, text in files.items()},
            draft=row.draft,
            created_at=row.created_at,
            created_by=row.created_by,
        )


def begin_imported_draft(
    ctx: Context, *, import_id: str, model: str, name: str, base: str | None, what: str, request_id: str
) -> str:
    """Make a draft of an import and return its id; its files get the key of `model`.

    `base` is the version that the draft follows, when the model has one. Raises NotFound, ImportOver, and what
    `begin_model_draft` raises. The draft comes first and is the same for the same request: nothing is made twice.
    """
    kept = find_import(ctx, import_id=import_id)
    if kept.draft is not None or not kept.files:
        raise ImportOver
    draft = begin_model_draft(
        ctx, model=model, name=name, files=keyed(kept.files, model), base=base, what=what, request_id=request_id
    )
    with ctx.write() as session:
        row = session.get(ModelImportRow, (ctx.tenant, import_id))
        if row is not None:
            row.draft, row.files = draft, None
    return draft


def import_behind(session: Session, *, tenant: str, draft_id: str) -> str | None:
    """Return the id of the import that a draft was made of, if it was made of one."""
    query = select(ModelImportRow.id).where(ModelImportRow.tenant == tenant, ModelImportRow.draft == draft_id)
    return session.scalar(query)


def keyed(files: Mapping[str, bytes], key: str) -> Mapping[str, bytes]:
    """Return the files with another key in `model.json`, where that can be read."""
    try:
        said = orjson.loads(files.get("model.json", b""))
    except orjson.JSONDecodeError:
        return files
    if not isinstance(said, dict) or said.get("key") == key:
        return files
    data = orjson.dumps({**said, "key": key}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return {**files, "model.json": data}


def _told(row: ImportRow) -> dict[str, str]:
    return {name: str(getattr(row, name)) for name in row.__slots__}


def _pack(content: Any) -> bytes:
    return zstandard.compress(orjson.dumps(content), 9)


def _unpack(content: bytes) -> Any:
    return orjson.loads(zstandard.decompress(content))
