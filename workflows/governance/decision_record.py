"""A decision as it is kept: its detail as JSON, its digest, and the frozen row that pages read."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.governance.decision import DecisionInput
from workflows.governance.outcomes import LegalBasis, Mode, Outcome
from workflows.governance.tables import DecisionRow
from workflows.kernel.database import canonical
from workflows.kernel.errors import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A recorded decision. `detail`: the outcome's compulsory input, and the meeting or the board's record."""

    id: str
    project: str
    pack: str | None
    gate: str | None
    item: str | None
    round: int
    task: str | None
    mode: Mode
    decider: str
    outcome: Outcome
    target: str | None
    motivation: str
    legal_basis: LegalBasis
    delegation_point: str | None
    detail: Mapping[str, Any]
    registry_number: str
    publicity: str
    secrecy: str | None
    decided_on: date
    recorded_on: datetime
    recorded_by: str
    on_behalf_of: str | None
    digest: str


def outcomes_of(session: Session, *, tenant: str, tasks: Collection[str]) -> Mapping[str, Outcome]:
    """Return what was decided in some tasks, by task."""
    if not tasks:
        return {}
    rows = session.execute(
        select(DecisionRow.task, DecisionRow.outcome).where(DecisionRow.tenant == tenant, DecisionRow.task.in_(tasks))
    )
    return {row.task: Outcome(row.outcome) for row in rows}


def detail_of(decision: DecisionInput, *, group: str, chair: str | None) -> dict[str, Any]:
    """Return the outcome's compulsory input and the meeting's or board's record, as JSON.

    `group` is the name of the body that met, `chair` the person in its chair: both may change later.
    """
    detail: dict[str, Any] = {}
    match decision.outcome:
        case Outcome.REWORK:
            detail = {"reopen": list(decision.reopen), "due_on": _day(decision.due_on)}
        case Outcome.DEFER:
            detail = {"defer_to": _day(decision.defer_to)}
        case Outcome.HOLD:
            detail = {"resume_on": _day(decision.resume_on)}
        case Outcome.APPROVE_REVISED:
            detail = {"plan_version": decision.plan_version}
        case Outcome.APPROVE_CONDITIONAL:
            detail = {"conditions": [_plain(asdict(condition)) for condition in decision.conditions]}
        case _:
            pass
    if decision.meeting is not None:
        detail["meeting"] = {**_plain(asdict(decision.meeting)), "group": group, "chair": chair}
    if decision.board is not None:
        detail["board"] = _plain(asdict(decision.board))
    return detail


def digest_of_decision(row: DecisionRow, pack_digest: str | None) -> str:
    """Return the digest over everything in the decision and the pack it was taken on."""
    fields = [
        row.id, row.project, row.gate, row.item, row.round, row.task, row.mode, row.decider, row.outcome,
        row.target, row.motivation, row.legal_basis, row.delegation_point, row.detail, row.registry_number,
        row.publicity, row.secrecy, row.decided_on.isoformat(), row.recorded_on.isoformat(), row.recorded_by,
        row.on_behalf_of, row.pack, pack_digest,
    ]  # fmt: skip
    return hashlib.sha256(canonical(fields)).hexdigest()


def decisions_of(session: Session, *, tenant: str, project_id: str) -> tuple[Decision, ...]:
    """Return a project's decisions, newest first."""
    query = (
        select(DecisionRow)
        .where(DecisionRow.tenant == tenant, DecisionRow.project == project_id)
        .order_by(DecisionRow.recorded_on.desc(), DecisionRow.id.desc())
    )
    return tuple(decision_of(row) for row in session.scalars(query))


def load_decision(session: Session, *, tenant: str, decision_id: str) -> Decision:
    """Return one decision. Raises NotFound."""
    row = session.get(DecisionRow, (tenant, decision_id))
    if row is None:
        raise NotFound
    return decision_of(row)


def decision_for_task(session: Session, *, tenant: str, task_id: str) -> Decision | None:
    """Return the decision that closed a task, if one did."""
    row = session.scalar(select(DecisionRow).where(DecisionRow.tenant == tenant, DecisionRow.task == task_id))
    return decision_of(row) if row else None


def decision_of(row: DecisionRow) -> Decision:
    """Freeze a decision row."""
    return Decision(
        id=row.id,
        project=row.project,
        pack=row.pack,
        gate=row.gate,
        item=row.item,
        round=row.round,
        task=row.task,
        mode=Mode(row.mode),
        decider=row.decider,
        outcome=Outcome(row.outcome),
        target=row.target,
        motivation=row.motivation,
        legal_basis=LegalBasis(row.legal_basis),
        delegation_point=row.delegation_point,
        detail=row.detail,
        registry_number=row.registry_number,
        publicity=row.publicity,
        secrecy=row.secrecy,
        decided_on=row.decided_on,
        recorded_on=row.recorded_on,
        recorded_by=row.recorded_by,
        on_behalf_of=row.on_behalf_of,
        digest=row.digest,
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """Return a value as JSON: days as ISO text, tuples as lists."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
