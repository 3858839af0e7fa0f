"""Document versions: made by a completed step, numbered, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.feel import Environment, evaluate
from workflows.governance.outcomes import LegalBasis, Publicity
from workflows.governance.project import Project
from workflows.governance.tables import DocumentRow
from workflows.kernel.clock import local_date
from workflows.models.model import DocumentType, Model


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """How a document or decision is registered. `secrecy` names the section of the law (OSL) where it is secret."""

    publicity: Publicity = Publicity.PUBLIC_RECORD
    secrecy: str | None = None
    registry_number: str | None = None


def document_made(model: Model, *, form: str, answers: Mapping[str, Any], env: Environment) -> DocumentType | None:
    """Return the document that handing in `form` makes a version of, if it makes one with these answers."""
    kind = model.document_of(form)
    if kind is None or (kind.when is not None and evaluate(kind.when, answers, env) is not True):
        return None
    return kind


def add_version(
    session: Session,
    *,
    tenant: str,
    project: Project,
    kind: DocumentType,
    item: str | None,
    submission: str,
    digest: str,
    registration: Registration,
    at: datetime,
    actor: str,
) -> int:
    """Add the next version of a document and return its number."""
    key = (DocumentRow.tenant == tenant, DocumentRow.project == project.id, DocumentRow.key == kind.key)
    newest = session.scalar(select(func.max(DocumentRow.version)).where(*key, DocumentRow.item == (item or "")))
    version = (newest or 0) + 1
    session.add(
        DocumentRow(
            tenant=tenant,
            project=project.id,
            key=kind.key,
            item=item or "",
            version=version,
            submission=submission,
            digest=digest,
            registry_number=registration.registry_number or project.numbered(project.records),
            legal_basis=LegalBasis.INTERNAL,
            publicity=registration.publicity,
            secrecy=registration.secrecy,
            decided_on=local_date(at),
            recorded_on=at,
            recorded_by=actor,
        )
    )
    session.flush()
    return version
