"""Document versions: made by a completed step, numbered, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.feel import Environment, evaluate
from forms.values import clean
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVersion:
    """The next version of a document, before it is written; the event of its step names all of it."""

    key: str
    item: str
    version: int
    registry_number: str
    legal_basis: str
    publicity: str
    secrecy: str | None


def next_version(
    session: Session,
    *,
    tenant: str,
    project: Project,
    kind: DocumentType,
    item: str | None,
    registration: Registration,
) -> NewVersion:
    """Return the next version of a document; `project` already counts it."""
    own = (item if kind.register else None) or ""
    given, secrecy = (clean(text or "", lines=False) for text in (registration.registry_number, registration.secrecy))
    newest = session.scalar(
        select(func.max(DocumentRow.version)).where(
            DocumentRow.tenant == tenant,
            DocumentRow.project == project.id,
            DocumentRow.key == kind.key,
            DocumentRow.item == own,
        )
    )
    return NewVersion(
        key=kind.key,
        item=own,
        version=(newest or 0) + 1,
        registry_number=given or project.numbered(project.records),
        legal_basis=str(LegalBasis.INTERNAL),
        publicity=str(registration.publicity),
        secrecy=secrecy or None,
    )


def add_version(
    session: Session,
    *,
    tenant: str,
    project: Project,
    new: NewVersion,
    submission: str,
    digest: str,
    at: datetime,
    actor: str,
) -> None:
    """Add a version of a document."""
    session.add(
        DocumentRow(
            tenant=tenant,
            project=project.id,
            submission=submission,
            digest=digest,
            decided_on=local_date(at),
            recorded_on=at,
            recorded_by=actor,
            **asdict(new),
        )
    )
    session.flush()
