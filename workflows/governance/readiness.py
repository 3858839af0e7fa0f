"""Is a gate ready? What its checklists, documents and earlier conditions still lack, and exactly what blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.checklist import Checklist, Requirement
from forms.feel import Environment
from forms.verdict import ChecklistResult, ItemResult, engine_fields, evaluate
from workflows.flow import Latest, Submission, latest_submissions
from workflows.governance.project import Project
from workflows.governance.tables import ConditionRow, DocumentRow
from workflows.models import Bundle
from workflows.models.model import DocumentType, Gate


class ConditionStatus(StrEnum):
    """A condition is open until its owner has done it."""

    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A condition of an earlier approval."""

    id: str
    decision: str
    gate: str
    number: int
    text: str
    owner: str
    due_on: date
    status: ConditionStatus
    task: str
    done_at: datetime | None
    done_by: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVersion:
    """One version of a document."""

    key: str
    item: str
    version: int
    submission: str
    digest: str
    registry_number: str
    legal_basis: str
    publicity: str
    secrecy: str | None
    decided_on: date
    recorded_on: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """A document that a gate asks for: its newest versions (one per item where it has items), and what is missing."""

    type: DocumentType
    versions: tuple[DocumentVersion, ...]
    missing_items: tuple[str, ...]

    @property
    def missing(self) -> int:
        """Return how many copies are missing. A register without rows asks for none."""
        if self.type.register is not None:
            return len(self.missing_items)
        return int(not self.versions)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistState:
    """A checklist as it was last handed in, judged with today's facts; `submission` is None when it never was."""

    checklist: Checklist
    result: ChecklistResult
    submission: Submission | None

    @property
    def blocking(self) -> tuple[ItemResult, ...]:
        """Return the must items that are not satisfied."""
        return tuple(item for item in self.result.items if item.requirement is Requirement.MUST and not item.satisfied)


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Everything a gate is checked against. `missing` = 0 means it can be requested without deviation."""

    gate: Gate
    checklists: tuple[ChecklistState, ...]
    documents: tuple[DocumentState, ...]
    conditions: tuple[Condition, ...]

    @property
    def open_conditions(self) -> tuple[Condition, ...]:
        """Return the earlier conditions that are not done."""
        return tuple(condition for condition in self.conditions if condition.status is ConditionStatus.OPEN)

    @property
    def missing(self) -> int:
        """Return the number of things that block the gate."""
        return (
            sum(checklist.result.missing for checklist in self.checklists)
            + sum(document.missing for document in self.documents)
            + len(self.open_conditions)
        )


def readiness(
    session: Session,
    *,
    tenant: str,
    project: Project,
    bundle: Bundle,
    gate: Gate,
    item: str | None,
    facts: Mapping[str, Any],
    env: Environment,
) -> Readiness:
    """Judge a gate of a project now; `item` for a gate held once per delivery."""
    latest = latest_submissions(session, tenant=tenant, instance_id=project.instance, forms=tuple(bundle.checklists))
    return Readiness(
        gate=gate,
        checklists=checklist_states(bundle, gate.checklists, latest, facts=facts, env=env),
        documents=tuple(
            _document(session, tenant=tenant, project=project, bundle=bundle, item=item, key=key)
            for key in gate.documents
        ),
        conditions=conditions_of(session, tenant=tenant, project_id=project.id),
    )


def checklist_states(
    bundle: Bundle, keys: Sequence[str], latest: Latest, *, facts: Mapping[str, Any], env: Environment
) -> tuple[ChecklistState, ...]:
    """Judge some checklists with their newest answers."""
    earlier = earlier_answers(bundle, latest)
    states = []
    for key in keys:
        submission = latest.get((key, None))
        answers = submission.answers if submission else {}
        result = evaluate(bundle.checklists[key], answers, facts=facts, env=env, earlier=earlier)
        states.append(ChecklistState(checklist=bundle.checklists[key], result=result, submission=submission))
    return tuple(states)


def earlier_answers(bundle: Bundle, latest: Latest) -> dict[str, Any]:
    """Return what conditions may read as `item.<id>`: every checklist's newest answers."""
    return {
        name: value
        for (form, _), submission in latest.items()
        if form in bundle.checklists
        for name, value in engine_fields(bundle.checklists[form], submission.answers).items()
    }


def conditions_of(session: Session, *, tenant: str, project_id: str) -> tuple[Condition, ...]:
    """Return a project's conditions, in the order they were made."""
    query = (
        select(ConditionRow)
        .where(ConditionRow.tenant == tenant, ConditionRow.project == project_id)
        .order_by(ConditionRow.number, ConditionRow.id)
    )
    return tuple(condition_of(row) for row in session.scalars(query))


def condition_of(row: ConditionRow) -> Condition:
    """Freeze a condition row."""
    return Condition(
        id=row.id,
        decision=row.decision,
        gate=row.gate,
        number=row.number,
        text=row.text,
        owner=row.owner,
        due_on=row.due_on,
        status=ConditionStatus(row.status),
        task=row.task,
        done_at=row.done_at,
        done_by=row.done_by,
        note=row.note,
    )


def document_versions(
    session: Session, *, tenant: str, project_id: str, key: str | None = None
) -> tuple[DocumentVersion, ...]:
    """Return a project's document versions, oldest first (of one document only, when `key` is given)."""
    query = select(DocumentRow).where(DocumentRow.tenant == tenant, DocumentRow.project == project_id)
    if key is not None:
        query = query.where(DocumentRow.key == key)
    rows = session.scalars(query.order_by(DocumentRow.key, DocumentRow.item, DocumentRow.version))
    return tuple(document_of(row) for row in rows)


def document_of(row: DocumentRow) -> DocumentVersion:
    """Freeze a document row."""
    return DocumentVersion(
        key=row.key,
        item=row.item,
        version=row.version,
        submission=row.submission,
        digest=row.digest,
        registry_number=row.registry_number,
        legal_basis=row.legal_basis,
        publicity=row.publicity,
        secrecy=row.secrecy,
        decided_on=row.decided_on,
        recorded_on=row.recorded_on,
        recorded_by=row.recorded_by,
    )


def _document(
    session: Session, *, tenant: str, project: Project, bundle: Bundle, item: str | None, key: str
) -> DocumentState:
    """Find the newest versions; a document of a register is asked for once per row, or for the gate's own row only."""
    kind = next(document for document in bundle.model.documents if document.key == key)
    versions = document_versions(session, tenant=tenant, project_id=project.id, key=key)
    newest = {version.item: version for version in versions}
    wanted: tuple[str, ...] = ()
    if kind.register is not None:
        wanted = tuple(project.registers.get(kind.register, {})) if item is None else (item,)
    return DocumentState(
        type=kind,
        versions=tuple(version for version in newest.values() if item is None or version.item in ("", item)),
        missing_items=tuple(one for one in wanted if one not in newest),
    )
