"""Decide a gate: check what the outcome demands, step, and write the immutable decision with all that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows import engine
from workflows.engine import Effect, EffectKind, Step, TaskKind
from workflows.flow import Entry, Handed, Running, end_of_day, load_running
from workflows.governance.conditions import add_conditions
from workflows.governance.decision import DecisionInput, Setting, problems_of
from workflows.governance.decision_record import detail_of, digest_of_decision
from workflows.governance.errors import DecisionRefused, NotADecision, NotYourGate
from workflows.governance.facts import environment, facts_of
from workflows.governance.holding import put_on_hold
from workflows.governance.loaded import Held, hold_task, require_actor
from workflows.governance.outcomes import Mode, Outcome
from workflows.governance.packs import Pack, PackStatus, current_pack, set_status
from workflows.governance.project import Project
from workflows.governance.readiness import ConditionStatus, conditions_of, document_versions
from workflows.governance.tables import DecisionRow, RecusalRow
from workflows.governance.write import write_step
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import new_id
from workflows.kernel.retry import retry_on_conflict
from workflows.models.model import Gate
from workflows.people import SeatRole, holders_on, seats_on

VOTING = (SeatRole.CHAIR, SeatRole.MEMBER)
"""Seats that count for the quorum; a substitute votes in a member's place, a secretary never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReceipt:
    """A recorded decision and the tasks that opened after it."""

    decision_id: str
    task_id: str
    project_id: str
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTask:
    """A deciding task with everything the decision is judged against."""

    held: Held
    gate: Gate
    item: str | None
    mode: Mode
    pack: Pack
    setting: Setting
    group: str | None
    facts: Mapping[str, Any]


@retry_on_conflict
def decide(ctx: Context, *, task_id: str, decision: DecisionInput, request_id: str) -> DecisionReceipt:
    """Record a decision at a gate and let the project go where it leads.

    Raises DecisionRefused (what is missing, by field), NotYourGate (manages the project, or is recused), and what
    hold_task raises.
    """
    now = ctx.now()
    with ctx.read() as session:
        gate = load_gate_task(session, ctx, task_id=task_id, request_id=request_id, at=now)
        refuse_conflicted(session, ctx, gate)
    problems = problems_of(decision, gate.setting)
    if problems or decision.outcome is None:
        raise DecisionRefused(errors=problems)
    step = engine.complete(
        gate.held.bundle.executable,
        gate.held.waiting.running.state,
        task_id,
        {"outcome": str(decision.outcome), "target": decision.target},
        facts=gate.facts,
        env=environment(now),
    )
    with ctx.write() as session:
        return _write(session, ctx, gate, decision, step, request_id, now)


def load_gate_task(session: Session, ctx: Context, *, task_id: str, request_id: str | None, at: datetime) -> GateTask:
    """Read a deciding task. Raises NotADecision for other steps, and what hold_task raises."""
    held = hold_task(session, ctx, task_id=task_id, request_id=request_id)
    return gate_task_of(session, ctx, held)


def gate_task_of(session: Session, ctx: Context, held: Held) -> GateTask:
    """Gather what a decision on a task is judged against. Raises NotADecision for other steps."""
    task, model = held.task, held.bundle.model
    if task.kind != TaskKind.DECISION or task.gate is None:
        raise NotADecision
    gate, item = model.gate(task.gate), task.item
    pack = current_pack(session, tenant=ctx.tenant, project_id=held.project.id, gate=gate.key, item=item)
    if pack is None:
        raise NotADecision
    mode = Mode(task.form or Mode.SINGLE)
    holders = holders_on(session, tenant=ctx.tenant, scope=held.project.id, on=held.today)
    group = next((one.body for one in holders if one.role == model.duties.group and one.body), None)
    seats = seats_on(session, tenant=ctx.tenant, body=group, on=held.today) if group else ()
    conditions = conditions_of(session, tenant=ctx.tenant, project_id=held.project.id)
    versions = document_versions(session, tenant=ctx.tenant, project_id=held.project.id)
    setting = Setting(
        gate=gate,
        mode=mode,
        today=held.today,
        requested_on=local_date(pack.requested_at),
        open_conditions=sum(condition.status is ConditionStatus.OPEN for condition in conditions),
        plan_versions={version.version for version in versions if not version.item},
        members={seat.person: seat.name for seat in seats if seat.role in VOTING},
        manager=next((one.person for one in holders if one.role == model.duties.manager), None),
    )
    return GateTask(
        held=held,
        gate=gate,
        item=item,
        mode=mode,
        pack=pack,
        setting=setting,
        group=group,
        facts=facts_of(session, tenant=ctx.tenant, project=held.project, model=model, on=held.today),
    )


def refuse_conflicted(session: Session, ctx: Context, gate: GateTask) -> None:
    """Raise NotYourGate when the actor manages the project or is recused; a secretary only records."""
    actor = require_actor(ctx)
    if gate.mode is Mode.SINGLE and actor == gate.setting.manager:
        raise NotYourGate
    if actor in recused_people(session, tenant=ctx.tenant, task_id=gate.held.task.id):
        raise NotYourGate


def recused_people(session: Session, *, tenant: str, task_id: str) -> frozenset[str]:
    """Return who declared a conflict of interest in a deciding task."""
    query = select(RecusalRow.person).where(RecusalRow.tenant == tenant, RecusalRow.task == task_id)
    return frozenset(session.scalars(query))


def _write(
    session: Session,
    ctx: Context,
    gate: GateTask,
    decision: DecisionInput,
    step: Step,
    request_id: str,
    now: datetime,
) -> DecisionReceipt:
    held, actor = gate.held, require_actor(ctx)
    project = replace(held.project, records=held.project.records + 1)
    row = _decision_row(ctx, gate, decision, project=project, at=now, actor=actor)

    def carry_out(session: Session, effect: Effect, _after: Project) -> None:
        if effect.kind is EffectKind.RECORD:
            session.add(row)
            session.flush()

    entry = Entry(
        verb="decide",
        at=now,
        body={
            "task": held.task.id,
            "node": held.task.node,
            "gate": gate.gate.key,
            "item": gate.item,
            "round": gate.pack.round,
            "decision": row.id,
            "digest": row.digest,
            "outcome": row.outcome,
            "target": row.target,
        },
        actor=actor,
        on_behalf_of=held.on_behalf_of,
        request_id=request_id,
    )
    written = write_step(
        session,
        ctx,
        project=project,
        bundle=held.bundle,
        running=held.waiting.running,
        step=step,
        entry=entry,
        completed=held.waiting,
        handed=Handed(form=f"decision_{gate.mode}", answers=row.detail | {"outcome": row.outcome}),
        carry_out=carry_out,
        due_at=_due_at(decision),
        values={"records": project.records},
    )
    if decision.outcome is not Outcome.DEFER:
        set_status(session, tenant=ctx.tenant, pack_id=gate.pack.id, status=PackStatus.DECIDED)
    _follow(session, ctx, gate, decision, row, written.project, now)
    return DecisionReceipt(
        decision_id=row.id,
        task_id=held.task.id,
        project_id=project.id,
        opened=tuple(task.id for task in written.recorded.opened),
    )


def _follow(
    session: Session,
    ctx: Context,
    gate: GateTask,
    decision: DecisionInput,
    row: DecisionRow,
    project: Project,
    now: datetime,
) -> None:
    """Carry out what the outcome means beyond the diagram: conditions as work, a hold as a status."""
    if decision.outcome is Outcome.APPROVE_CONDITIONAL:
        add_conditions(session, ctx, project=project, decision=row, conditions=decision.conditions, at=now)
    elif decision.outcome is Outcome.HOLD and decision.resume_on is not None:
        running: Running = load_running(session, tenant=ctx.tenant, instance_id=project.instance)
        put_on_hold(
            session,
            ctx,
            project=project,
            model=gate.held.bundle.model,
            running=running,
            resume_on=decision.resume_on,
            reason=decision.motivation,
            at=now,
            request_id=None,
        )


def _due_at(decision: DecisionInput) -> datetime | None:
    """A rework's date, or the day a deferred case is taken up, is when what opens next is due."""
    day: date | None = None
    if decision.outcome is Outcome.REWORK:
        day = decision.due_on
    elif decision.outcome is Outcome.DEFER:
        day = decision.defer_to
    return end_of_day(day) if day else None


def _decision_row(
    ctx: Context, gate: GateTask, decision: DecisionInput, *, project: Project, at: datetime, actor: str
) -> DecisionRow:
    assert decision.outcome is not None
    row = DecisionRow(
        tenant=ctx.tenant,
        id=new_id(),
        project=project.id,
        pack=gate.pack.id,
        gate=gate.gate.key,
        item=gate.item,
        round=gate.pack.round,
        task=gate.held.task.id,
        mode=gate.mode,
        decider=str(gate.pack.authority.get("decider", "")),
        outcome=decision.outcome,
        target=decision.target if decision.outcome is Outcome.REWORK else None,
        motivation=decision.motivation.strip(),
        legal_basis=decision.legal_basis,
        delegation_point=decision.delegation_point.strip() or None,
        detail=detail_of(decision),
        registry_number=decision.registry_number.strip() or project.numbered(project.records),
        publicity=decision.publicity,
        secrecy=decision.secrecy.strip() or None,
        decided_on=_decided_on(decision) or local_date(at),
        recorded_on=at,
        recorded_by=actor,
        on_behalf_of=gate.held.on_behalf_of,
        digest="",
    )
    row.digest = digest_of_decision(row, gate.pack.digest)
    return row


def _decided_on(decision: DecisionInput) -> date | None:
    """A meeting or a board decides on the day it met, whenever that is recorded."""
    gathering = decision.meeting or decision.board
    return gathering.held_on if gathering else decision.decided_on
