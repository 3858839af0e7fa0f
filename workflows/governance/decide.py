"""Decide a gate: check what the outcome demands, step, and write the immutable decision with all that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.values import clean
from workflows import engine
from workflows.engine import Effect, EffectKind, Step
from workflows.flow import Entry, Handed, Running, load_running
from workflows.governance.bank_texts import TextKind, keep_text
from workflows.governance.conditions import add_conditions
from workflows.governance.decision import DecisionInput
from workflows.governance.decision_record import detail_of, digest_of_decision
from workflows.governance.errors import DecisionRefused
from workflows.governance.facts import environment
from workflows.governance.gate_problems import problems_of
from workflows.governance.gate_task import GateTask, load_gate_task, refuse_conflicted
from workflows.governance.gate_task import recused_people as recused_people
from workflows.governance.holding import put_on_hold
from workflows.governance.loaded import require_actor
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import PackStatus, set_status
from workflows.governance.papers import Source, order_paper
from workflows.governance.project import Project
from workflows.governance.settled import settle
from workflows.governance.tables import DecisionRow
from workflows.governance.write import write_step
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import new_id
from workflows.kernel.retry import retry_on_conflict
from workflows.models.deadlines import end_of_day


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionReceipt:
    """A recorded decision and the tasks that opened after it."""

    decision_id: str
    task_id: str
    project_id: str
    opened: tuple[str, ...]


@retry_on_conflict
def decide(ctx: Context, *, task_id: str, decision: DecisionInput, request_id: str) -> DecisionReceipt:
    """Record a decision at a gate and let the project go where it leads.

    Raises DecisionRefused (what is missing, by field), NotYourGate (manages the project, or is recused), and what
    hold_task raises.
    """
    now = ctx.now()
    with ctx.read() as session:
        gate = load_gate_task(session, ctx, task_id=task_id, request_id=request_id)
        refuse_conflicted(ctx, gate)
    problems = problems_of(decision, gate.setting)
    if problems or decision.outcome is None:
        raise DecisionRefused(errors=problems)
    step = engine.complete(
        gate.held.bundle.executable,
        gate.held.waiting.running.state,
        task_id,
        {"outcome": str(decision.outcome), "target": _target(decision)},
        facts=gate.facts,
        env=environment(now),
    )
    with ctx.write() as session:
        return _write(session, ctx, gate, decision, step, request_id, now)


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
    row = _decision_row(ctx, gate, decision, step, project=project, at=now, actor=actor)

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
        values={"records": project.records, **_settled(gate, decision)},
    )
    if decision.outcome is not Outcome.DEFER:
        set_status(session, tenant=ctx.tenant, pack_id=gate.pack.id, status=PackStatus.DECIDED)
    _follow(session, ctx, gate, decision, row, written.project, now)
    order_paper(session, ctx, project_id=project.id, source=Source(decision=row.id))
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
    """Carry out what it means beyond the diagram: conditions as work, a hold as a status, a reason in the bank."""
    if row.secrecy is None:
        keep_text(
            session,
            tenant=ctx.tenant,
            project_id=project.id,
            source=row.id,
            kind=TextKind.DECISION,
            text=row.motivation,
            at=now,
        )
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


def _settled(gate: GateTask, decision: DecisionInput) -> dict[str, Any]:
    """A gate held once per item settles the item's row when it lets it through."""
    if gate.gate.item is None or decision.outcome is None or not decision.outcome.goes_on:
        return {}
    return {"registers": settle(gate.held.project.registers, gate.item)}


def _due_at(decision: DecisionInput) -> datetime | None:
    """A rework's date, or the day a deferred case is taken up, is when what opens next is due."""
    day: date | None = None
    if decision.outcome is Outcome.REWORK:
        day = decision.due_on
    elif decision.outcome is Outcome.DEFER:
        day = decision.defer_to
    return end_of_day(day) if day else None


def _target(decision: DecisionInput) -> str | None:
    return decision.target if decision.outcome is Outcome.REWORK else None


def _authority(gate: GateTask, step: Step) -> Mapping[str, Any]:
    """Return what the table says now: a deferred case may have got another decider since its pack was frozen."""
    recorded = (effect.scope.get("authority") for effect in step.effects if effect.kind is EffectKind.RECORD)
    return next(recorded, None) or gate.pack.authority


def _decision_row(
    ctx: Context, gate: GateTask, decision: DecisionInput, step: Step, *, project: Project, at: datetime, actor: str
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
        decider=str(_authority(gate, step).get("decider", "")),
        outcome=decision.outcome,
        target=_target(decision),
        motivation=decision.motivation.strip(),
        legal_basis=decision.legal_basis,
        delegation_point=clean(decision.delegation_point, lines=False) or None,
        detail=detail_of(decision, group=gate.group.name if gate.group else "", chair=gate.setting.chair),
        registry_number=clean(decision.registry_number, lines=False) or project.numbered(project.records),
        publicity=decision.publicity,
        secrecy=clean(decision.secrecy, lines=False) or None,
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
