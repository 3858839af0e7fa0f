"""The decision pack: what the decider sees, frozen with digests when the gate is requested."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workflows.engine import Effect
from workflows.flow import Latest, innermost, latest_submissions
from workflows.governance.project import Project
from workflows.governance.project_answers import field_of
from workflows.governance.readiness import ChecklistState, Readiness
from workflows.governance.tables import PackRow
from workflows.kernel.database import canonical
from workflows.kernel.ids import new_id
from workflows.models import Bundle
from workflows.models.model import Model

RISKS_SHOWN = 5
"""So many risks stand in a pack, the worst first (domain model §1.4)."""


class PackStatus(StrEnum):
    """The life of a pack."""

    WAITING = "waiting"
    WITHDRAWN = "withdrawn"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A frozen decision pack. `content` is JSON as `content_of` builds it; `authority` what the table answered."""

    id: str
    project: str
    gate: str
    item: str | None
    round: int
    status: PackStatus
    with_deviation: bool
    authority: Mapping[str, Any]
    content: Mapping[str, Any]
    digest: str
    requested_at: datetime
    requested_by: str


def content_of(
    project: Project,
    bundle: Bundle,
    readiness: Readiness,
    latest: Latest,
    *,
    request: Mapping[str, Any],
) -> dict[str, Any]:
    """Build a pack's content: everything the decision rests on, each with its version and digest."""
    gate = readiness.gate
    return {
        "gate": {"key": gate.key, "short": dict(gate.short), "label": dict(gate.label)},
        "statement": dict(gate.statement),
        "project": {
            "title": project.title,
            "number": project.number,
            "summary": project.summary,
            "size_class": str(project.size_class),
            "total_cost": float(project.total_cost),
        },
        "request": dict(request),
        "checklists": [_checklist(state) for state in readiness.checklists],
        "documents": [
            {
                "key": state.type.key,
                "label": dict(state.type.label),
                "missing": list(state.missing_items) if state.type.register else int(not state.versions),
                "versions": [
                    {"item": v.item, "version": v.version, "digest": v.digest, "registry_number": v.registry_number}
                    for v in state.versions
                ],
            }
            for state in readiness.documents
        ],
        "conditions": [
            {
                "id": c.id,
                "number": c.number,
                "gate": c.gate,
                "text": c.text,
                "owner": c.owner,
                "due_on": c.due_on.isoformat(),
                "status": str(c.status),
            }
            for c in readiness.conditions
        ],
        "money": money_of(bundle.model, latest),
        "risks": risks_of(bundle.model, latest),
    }


def money_of(model: Model, latest: Latest) -> list[dict[str, Any]]:
    """Return the figures that the model shows at its gates, those that have been given."""
    rows = []
    for row in model.money:
        form, _, path = row.field.partition(".")
        submission = latest.get((form, None))
        value = field_of(submission.answers, path) if submission else None
        if value is not None:
            rows.append({"label": dict(row.label), "value": float(value)})
    return rows


def risks_of(model: Model, latest: Latest) -> list[dict[str, Any]]:
    """Return the worst risks of the newest risk list: text, value (probability × consequence), action, owner."""
    for source in model.risks:
        form, _, path = source.partition(".")
        submission = latest.get((form, None))
        rows = field_of(submission.answers, path) if submission else None
        if rows:
            return sorted((_risk(row) for row in rows), key=lambda risk: -risk["value"])[:RISKS_SHOWN]
    return []


def digest_of_pack(content: Mapping[str, Any]) -> str:
    """Return the digest that a pack is known by."""
    return hashlib.sha256(canonical(content)).hexdigest()


def asked_for(effect: Effect) -> dict[str, Any]:
    """Return what was asked for beside the content, and of whom: the pack's row keeps it, the event names it."""
    request = effect.scope.get("request") or {}
    return {
        "gate": effect.gate,
        "item": innermost(effect.items),
        "round": effect.round,
        "with_deviation": request.get("with_deviation") is True,
        "authority": dict(effect.scope.get("authority") or {}),
    }


def freeze(
    session: Session,
    *,
    tenant: str,
    project: Project,
    effect: Effect,
    content: Mapping[str, Any],
    at: datetime,
    actor: str,
) -> str:
    """Store the pack that a gate's request froze, and return its id."""
    pack_id = new_id()
    session.add(
        PackRow(
            tenant=tenant,
            id=pack_id,
            project=project.id,
            status=PackStatus.WAITING,
            content=dict(content),
            digest=digest_of_pack(content),
            requested_at=at,
            requested_by=actor,
            **asked_for(effect),
        )
    )
    session.flush()
    return pack_id


def current_pack(session: Session, *, tenant: str, project_id: str, gate: str, item: str | None) -> Pack | None:
    """Return the newest pack of a gate, whatever became of it."""
    query = (
        select(PackRow)
        .where(PackRow.tenant == tenant, PackRow.project == project_id, PackRow.gate == gate, PackRow.item == item)
        .order_by(PackRow.id.desc())
        .limit(1)
    )
    row = session.scalar(query)
    return pack_of(row) if row else None


def packs_of(session: Session, *, tenant: str, project_id: str) -> tuple[Pack, ...]:
    """Return every pack of a project, oldest first."""
    query = select(PackRow).where(PackRow.tenant == tenant, PackRow.project == project_id).order_by(PackRow.id)
    return tuple(pack_of(row) for row in session.scalars(query))


def set_status(session: Session, *, tenant: str, pack_id: str, status: PackStatus) -> None:
    """Note what became of a pack; its content stays as it was."""
    session.execute(
        update(PackRow)
        .where(PackRow.tenant == tenant, PackRow.id == pack_id)
        .values(status=status)
        .execution_options(synchronize_session=False)
    )


def pack_of(row: PackRow) -> Pack:
    """Freeze a pack row."""
    return Pack(
        id=row.id,
        project=row.project,
        gate=row.gate,
        item=row.item,
        round=row.round,
        status=PackStatus(row.status),
        with_deviation=row.with_deviation,
        authority=row.authority,
        content=row.content,
        digest=row.digest,
        requested_at=row.requested_at,
        requested_by=row.requested_by,
    )


def everything_handed_in(session: Session, *, tenant: str, project: Project) -> Latest:
    """Return the newest submission of every form of a project."""
    return latest_submissions(session, tenant=tenant, instance_id=project.instance)


def _checklist(state: ChecklistState) -> dict[str, Any]:
    return {
        "key": state.checklist.key,
        "title": state.checklist.title.in_language("sv"),
        "submission": state.submission.id if state.submission else None,
        "digest": state.submission.digest if state.submission else None,
        "missing": state.result.missing,
        "deviations": state.result.deviations,
        "total": state.result.total,
        "items": [
            {
                "id": result.item.id,
                "area": result.item.area.in_language("sv"),
                "question": result.item.question.in_language("sv"),
                "requirement": str(result.requirement),
                "state": str(result.state),
                "answer": dict(result.answer) if result.answer else None,
            }
            for result in state.result.items
        ],
    }


def _risk(row: Mapping[str, Any]) -> dict[str, Any]:
    probability, consequence = (_number(row.get(name)) for name in ("probability", "consequence"))
    return {
        "risk": str(row.get("risk", "")),
        "value": probability * consequence,
        "action": str(row.get("action", "")),
        "owner": str(row.get("owner", "")),
    }


def _number(value: Any) -> int:
    return int(value) if str(value).isdigit() else 0
