"""A deciding task with everything a decision on it is judged against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from workflows.engine import TaskKind
from workflows.governance.errors import NotADecision, NotYourGate
from workflows.governance.facts import facts_of
from workflows.governance.gate_setting import Setting
from workflows.governance.gate_ways import reopenable
from workflows.governance.loaded import Held, hold_task, require_actor
from workflows.governance.outcomes import Mode
from workflows.governance.packs import Pack, pack_of
from workflows.governance.project import Project
from workflows.governance.readiness import Condition, ConditionStatus, conditions_of, document_versions
from workflows.governance.tables import DecisionRow, PackRow, RecusalRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import role_principal
from workflows.models.model import Gate, Model
from workflows.people import Body, SeatRole, active_people, find_body, holders_on, people_behind, seats_on

VOTING = (SeatRole.CHAIR, SeatRole.MEMBER)
"""Seats that count for the quorum; a substitute votes in a member's place, a secretary never."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateTask:
    """A deciding task with its round's pack; `group` is the project's steering group, `recusals` person → reason."""

    held: Held
    gate: Gate
    item: str | None
    mode: Mode
    pack: Pack
    setting: Setting
    group: Body | None
    recusals: Mapping[str, str]
    conditions: tuple[Condition, ...]
    facts: Mapping[str, Any]


def load_gate_task(session: Session, ctx: Context, *, task_id: str, request_id: str | None = None) -> GateTask:
    """Read a deciding task that the actor may do. Raises NotADecision for other steps, and what hold_task raises."""
    held = hold_task(session, ctx, task_id=task_id, request_id=request_id)
    return gate_task_of(session, ctx, held)


def gate_task_of(session: Session, ctx: Context, held: Held) -> GateTask:
    """Gather what a decision on a task is judged against. Raises NotADecision for other steps."""
    task, model, tenant = held.task, held.bundle.model, ctx.tenant
    if task.kind != TaskKind.DECISION or task.gate is None:
        raise NotADecision
    gate, item = model.gate(task.gate), task.item
    pack = pack_of_round(session, tenant=tenant, project=held.project, gate=gate.key, item=item, round=task.round)
    mode = Mode(task.form or Mode.SINGLE)
    group = group_of(session, tenant=tenant, held=held)
    conditions = conditions_of(session, tenant=tenant, project_id=held.project.id)
    recusals = recusals_of(session, tenant=tenant, pack_id=pack.id, task_id=task.id)
    return GateTask(
        held=held,
        gate=gate,
        item=item,
        mode=mode,
        pack=pack,
        setting=_setting(session, tenant, held, gate, mode, pack, group, recusals, conditions),
        group=group,
        recusals=recusals,
        conditions=conditions,
        facts=facts_of(session, tenant=tenant, project=held.project, model=model, on=held.today),
    )


def _setting(
    session: Session,
    tenant: str,
    held: Held,
    gate: Gate,
    mode: Mode,
    pack: Pack,
    group: Body | None,
    recusals: Mapping[str, str],
    conditions: Sequence[Condition],
) -> Setting:
    project, model, today = held.project, held.bundle.model, held.today
    seats = seats_on(session, tenant=tenant, body=group.id, on=today) if group and mode is Mode.MEETING else ()
    return Setting(
        gate=gate,
        mode=mode,
        today=today,
        requested_on=local_date(pack.requested_at),
        open_conditions=sum(condition.status is ConditionStatus.OPEN for condition in conditions),
        plan_versions=plan_versions(session, tenant=tenant, project=project, model=model, gate=gate),
        people={person.id: person.name for person in active_people(session, tenant=tenant, on=today)},
        proposal=str(pack.content["request"].get("proposal") or ""),
        members={seat.person: seat.name for seat in seats if seat.role in VOTING},
        substitutes={seat.person: seat.name for seat in seats if seat.role is SeatRole.SUBSTITUTE},
        chair=next((seat.person for seat in seats if seat.role is SeatRole.CHAIR), None),
        needed=group.needed if group else 0,
        managers=managers_of(session, tenant=tenant, held=held),
        recused=recusals,
        reopenable=reopenable(held.bundle, gate),
    )


def pack_of_round(session: Session, *, tenant: str, project: Project, gate: str, item: str | None, round: int) -> Pack:
    """Return the pack that a round of a gate decides on. Raises NotADecision when nothing was requested."""
    query = (
        select(PackRow)
        .where(
            PackRow.tenant == tenant,
            PackRow.project == project.id,
            PackRow.gate == gate,
            PackRow.item == item,
            PackRow.round == round,
        )
        .order_by(PackRow.id.desc())
        .limit(1)
    )
    row = session.scalar(query)
    if row is None:
        raise NotADecision
    return pack_of(row)


def group_of(session: Session, *, tenant: str, held: Held) -> Body | None:
    """Return the body that holds the group's role in the project today."""
    holders = holders_on(session, tenant=tenant, scope=held.project.id, on=held.today)
    body = next((one.body for one in holders if one.role == held.bundle.model.duties.group and one.body), None)
    return find_body(session, tenant=tenant, body=body, day=held.today) if body else None


def managers_of(session: Session, *, tenant: str, held: Held) -> frozenset[str]:
    """Return who acts as project manager today, deputies too: nobody decides a gate they manage."""
    principal = role_principal(held.project.id, held.bundle.model.duties.manager)
    behind = people_behind(session, tenant=tenant, principals=[principal], day=held.today)
    return frozenset(person.id for person in behind[principal])


def plan_versions(
    session: Session, *, tenant: str, project: Project, model: Model, gate: Gate
) -> Mapping[int, str | None]:
    """Return the versions of the plan, newest first, with their numbers on record.

    The plan is the document that the project's registers (members, deliverables) come from; a model without registers
    has none of its own, there it is any document that the gate asks for.
    """
    forms = {source.partition(".")[0] for source in model.registers.values()}
    plans = {document.key for document in model.documents if document.form in forms} or set(gate.documents)
    versions = document_versions(session, tenant=tenant, project_id=project.id)
    return {
        version.version: version.registry_number
        for version in sorted(versions, key=lambda one: -one.version)
        if version.key in plans and not version.item
    }


def refuse_conflicted(ctx: Context, gate: GateTask) -> None:
    """Raise NotYourGate when the actor manages the project or is recused; a secretary only records."""
    if barred(gate, require_actor(ctx)):
        raise NotYourGate


def barred(gate: GateTask, person: str) -> bool:
    """Tell whether a person who has the role may not decide after all."""
    manages = gate.mode is Mode.SINGLE and person in gate.setting.managers
    return manages or person in gate.setting.recused


def recusals_of(session: Session, *, tenant: str, pack_id: str, task_id: str) -> Mapping[str, str]:
    """Return who declared a conflict of interest in this round, with the reason.

    A deferred case comes back as a new task on the same pack: what was declared before still holds.
    """
    earlier = select(DecisionRow.task).where(DecisionRow.tenant == tenant, DecisionRow.pack == pack_id)
    query = (
        select(RecusalRow.person, RecusalRow.reason)
        .where(RecusalRow.tenant == tenant, or_(RecusalRow.task == task_id, RecusalRow.task.in_(earlier)))
        .order_by(RecusalRow.at)
    )
    return {row.person: row.reason for row in session.execute(query)}


def recused_people(session: Session, *, tenant: str, task_id: str) -> frozenset[str]:
    """Return who has declared a conflict of interest in a deciding task itself."""
    query = select(RecusalRow.person).where(RecusalRow.tenant == tenant, RecusalRow.task == task_id)
    return frozenset(session.scalars(query))
