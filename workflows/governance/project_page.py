"""The page of one project: where it stands, what it waits for, and everything on its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import events_of, latest_submissions
from workflows.governance.afterwards import Afterwards, afterwards_in
from workflows.governance.behalf import holdings_behind
from workflows.governance.decision_record import Decision, decisions_of
from workflows.governance.duties import require_duty
from workflows.governance.facts import environment, facts_of
from workflows.governance.files import ProjectFile, files_of, may_add_files
from workflows.governance.loaded import Opened, open_project
from workflows.governance.open_steps import OpenStep, open_steps
from workflows.governance.packs import Pack, money_of, packs_of, risks_of
from workflows.governance.project import Project, ProjectStatus
from workflows.governance.project_track import Part, current_gate, dated_parts
from workflows.governance.readiness import (
    Condition,
    ConditionStatus,
    DocumentVersion,
    Readiness,
    conditions_of,
    document_versions,
    readiness,
)
from workflows.governance.registers import DocumentLine, Register, document_lines, people_named, registers_of
from workflows.governance.timeline import Happened, Records, people_in, timeline
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden
from workflows.models import Bundle
from workflows.models.model import Label, RoleScope
from workflows.models.tables import BundleRow
from workflows.people import Deputy, Holding, Seat, all_bodies, deputies_in, holdings_in, names_of, seats_on

RECENT = 6
"""Events shown on the project's page; the whole record has its own."""


class Right(StrEnum):
    """What somebody may do with a project beside its tasks."""

    HOLD = "hold"
    RESUME = "resume"
    TERMINATE = "terminate"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    ADD_FILE = "add_file"


ONGOING = frozenset({ProjectStatus.IDEA, ProjectStatus.ACTIVE})
"""A project that can be held; also one on hold can be terminated."""

_WHY = {
    ProjectStatus.ON_HOLD: ("hold", "extend_hold"),
    ProjectStatus.TERMINATED: ("terminate", "decide"),
    ProjectStatus.REJECTED: ("decide",),
}
"""The events whose reason tells why a project stands as it does."""

_DUTIES = {
    Right.HOLD: ("sponsor", "group", "office"),
    Right.RESUME: ("sponsor", "group", "manager", "office"),
    Right.TERMINATE: ("sponsor", "group"),
    Right.REPLACE: ("sponsor", "office"),
    Right.WITHDRAW: ("manager", "office"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """A role of the project: who has it now (with a body's seats), who will, who had it, who stands in.

    `waiting` counts the open tasks that wait for it; `changes` tells whether it can be given to somebody else.
    """

    key: str
    label: Label
    now: tuple[Holding, ...]
    to_come: tuple[Holding, ...]
    before: tuple[Holding, ...]
    seats: tuple[Seat, ...]
    deputies: tuple[Deputy, ...]
    waiting: int
    changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The open step that comes first; `about` names the members or deliveries where it is open for several."""

    step: OpenStep
    waits_for: tuple[str, ...]
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """Everything the page shows. `events` counts the whole record, `version` is the model's.

    `because` tells why the project rests, or was stopped; `afterwards` are the checklists with questions that came
    after they were handed in.
    """

    opened: Opened
    version: int
    parts: tuple[Part, ...]
    steps: tuple[OpenStep, ...]
    readiness: Readiness | None
    conditions: tuple[Condition, ...]
    documents: tuple[DocumentLine, ...]
    registers: tuple[Register, ...]
    files: tuple[ProjectFile, ...]
    roles: tuple[RoleLine, ...]
    decisions: tuple[Decision, ...]
    happened: tuple[Happened, ...]
    events: int
    because: str
    money: tuple[Mapping[str, Any], ...]
    risks: tuple[Mapping[str, Any], ...]
    rights: frozenset[Right]
    names: Mapping[str, str]
    afterwards: Mapping[str, Afterwards]

    @property
    def project(self) -> Project:
        """The project itself."""
        return self.opened.project

    @property
    def bundle(self) -> Bundle:
        """The model that the project runs on."""
        return self.opened.bundle

    @property
    def today(self) -> date:
        """The Swedish day of the page."""
        return self.opened.today

    @property
    def is_requested(self) -> bool:
        """Whether the gate ahead waits for its decision: nothing can be added to it then."""
        return any(step.is_decision and step.task.item is None for step in self.steps)

    @property
    def headline(self) -> Headline | None:
        """What the project waits for first of all; None when nothing is open."""
        if not self.steps:
            return None
        first = self.steps[0]
        alike = [step for step in self.steps if step.task.node == first.task.node and step.mine == first.mine]
        names = dict.fromkeys(name for step in alike for name in step.waits_for)
        rows = {row.key: row.name for register in self.registers for row in register.rows}
        about = tuple(rows.get(step.task.item or "", "") for step in alike)
        return Headline(step=first, waits_for=tuple(names), about=tuple(filter(None, about)))

    def step_for(self, form: str) -> OpenStep | None:
        """Return the open step where a form is filled in."""
        return next((step for step in self.steps if step.task.form == form), None)

    def condition_task(self, condition: Condition) -> str | None:
        """Return the task of an open condition that the reader may do."""
        own = condition.owner == self.opened.acting.person and condition.status is ConditionStatus.OPEN
        return condition.task if own else None


def project_page(ctx: Context, *, project_id: str) -> ProjectPage:
    """Return everything the page of a project shows. Raises NotFound for what the actor may not see."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        project, bundle, tenant = opened.project, opened.bundle, ctx.tenant
        decisions = decisions_of(session, tenant=tenant, project_id=project_id)
        packs = packs_of(session, tenant=tenant, project_id=project_id)
        versions = document_versions(session, tenant=tenant, project_id=project_id)
        conditions = conditions_of(session, tenant=tenant, project_id=project_id)
        files = files_of(session, tenant=tenant, project_id=project_id)
        latest = latest_submissions(session, tenant=tenant, instance_id=project.instance)
        steps = open_steps(session, ctx, opened)
        stopped = project.closed_at is not None or project.status is ProjectStatus.ON_HOLD
        happened = happened_in(session, ctx, opened, decisions, packs, versions, limit=None if stopped else RECENT)
        names = names_of(session, tenant=tenant, people=_people(project, decisions, conditions, files))
        ready = _readiness(session, ctx, opened)
        gate_step = next((step for step in steps if step.task.gate == project.gate and project.gate), None)
        return ProjectPage(
            opened=opened,
            version=_version(session, tenant, project.bundle),
            parts=dated_parts(
                bundle.model,
                project,
                decisions=decisions,
                packs=packs,
                due_at=gate_step.task.due_at if gate_step else None,
                late=bool(gate_step and gate_step.late),
            ),
            steps=steps,
            readiness=ready,
            conditions=conditions,
            documents=document_lines(
                bundle, project, versions, steps, packs, {one.pack: one.outcome for one in decisions if one.pack}
            ),
            registers=registers_of(bundle, project, versions, steps, latest, names),
            files=files,
            roles=role_lines(session, ctx, opened, steps),
            decisions=decisions,
            happened=happened[:RECENT],
            events=opened.running.seq,
            because=next((one.note for one in happened if _tells_why(project, one)), ""),
            money=tuple(money_of(bundle.model, latest)),
            risks=tuple(risks_of(bundle.model, latest)),
            rights=rights_of(opened),
            names=names,
            afterwards=afterwards_in(session, ctx, opened, ready.checklists) if ready else {},
        )


def project_timeline(ctx: Context, *, project_id: str) -> tuple[Opened, tuple[Happened, ...]]:
    """Return a project with everything that happened in it, newest first. Raises NotFound."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        decisions = decisions_of(session, tenant=ctx.tenant, project_id=project_id)
        packs = packs_of(session, tenant=ctx.tenant, project_id=project_id)
        versions = document_versions(session, tenant=ctx.tenant, project_id=project_id)
        return opened, happened_in(session, ctx, opened, decisions, packs, versions)


def happened_in(
    session: Session,
    ctx: Context,
    opened: Opened,
    decisions: tuple[Decision, ...],
    packs: tuple[Pack, ...],
    versions: tuple[DocumentVersion, ...],
    *,
    limit: int | None = None,
) -> tuple[Happened, ...]:
    """Return a project's events in words, newest first."""
    events = events_of(session, tenant=ctx.tenant, instance_id=opened.project.instance, limit=limit)
    named = people_in(events)
    names = dict(names_of(session, tenant=ctx.tenant, people=named))
    if named - names.keys():
        names |= {str(body.id): body.name for body in all_bodies(session, tenant=ctx.tenant)}
    records = Records(
        bundle=opened.bundle,
        decisions=decisions,
        packs=packs,
        documents=versions,
        names=names,
        holdings=holdings_behind(session, tenant=ctx.tenant, principals=[event.on_behalf_of for event in events]),
    )
    return timeline(events, records)


def rights_of(opened: Opened) -> frozenset[Right]:
    """Return what the actor may do with the project beside its tasks, as its status allows."""
    status = opened.project.status
    possible = {Right.REPLACE} if opened.project.closed_at is None else set()
    if status in ONGOING:
        possible |= {Right.HOLD, Right.TERMINATE, Right.WITHDRAW}
    elif status is ProjectStatus.ON_HOLD:
        possible |= {Right.RESUME, Right.TERMINATE}
    rights = {right for right in possible if _has_duty(opened, right)}
    return frozenset(rights | ({Right.ADD_FILE} if may_add_files(opened) else set()))


def role_lines(
    session: Session, ctx: Context, opened: Opened, steps: tuple[OpenStep, ...] = ()
) -> tuple[RoleLine, ...]:
    """Return the model's project roles that somebody has, had or is waited for in, in the model's order."""
    held = holdings_in(session, tenant=ctx.tenant, scope=opened.project.id)
    deputies = deputies_in(session, tenant=ctx.tenant, scope=opened.project.id, day=opened.today)
    lines = []
    for role in opened.bundle.model.roles:
        own = [one for one in held if one.role == role.key]
        waiting = sum(step.task.role == role.key and step.task.item is None for step in steps)
        if role.scope is not RoleScope.PROJECT and not own:
            continue
        now = tuple(one for one in own if one.is_on(opened.today))
        body = next((one.body for one in now if one.body), None)
        lines.append(
            RoleLine(
                key=role.key,
                label=role.label,
                now=now,
                to_come=tuple(one for one in own if one.is_to_come(opened.today)),
                before=tuple(one for one in own if one.valid_to and one.valid_from <= one.valid_to < opened.today),
                seats=seats_on(session, tenant=ctx.tenant, body=body, on=opened.today) if body else (),
                deputies=tuple(one for one in deputies if one.role == role.key),
                waiting=waiting,
                changes=role.scope is RoleScope.PROJECT and role.key != opened.bundle.model.duties.initiator,
            )
        )
    return tuple(lines)


def _has_duty(opened: Opened, right: Right) -> bool:
    try:
        require_duty(opened, *_DUTIES[right])
    except Forbidden:
        return False
    return True


def _tells_why(project: Project, one: Happened) -> bool:
    return one.verb in _WHY.get(project.status, ())


def _people(
    project: Project,
    decisions: tuple[Decision, ...],
    conditions: tuple[Condition, ...],
    files: tuple[ProjectFile, ...],
) -> set[str]:
    named = {one.recorded_by for one in decisions} | {one.uploaded_by for one in files} | {project.created_by}
    return named | {one.owner for one in conditions} | people_named(project)


def _readiness(session: Session, ctx: Context, opened: Opened) -> Readiness | None:
    """Judge the gate ahead, unless it is decided on now or the project has left its way."""
    project, model = opened.project, opened.bundle.model
    gate = current_gate(model, project)
    if gate is None or project.status not in {*ONGOING, ProjectStatus.ON_HOLD}:
        return None
    return readiness(
        session,
        tenant=ctx.tenant,
        project=project,
        bundle=opened.bundle,
        gate=gate,
        item=None,
        facts=facts_of(session, tenant=ctx.tenant, project=project, model=model, on=opened.today),
        env=environment(ctx.now()),
    )


def _version(session: Session, tenant: str, digest: str) -> int:
    query = select(BundleRow.version).where(BundleRow.tenant == tenant, BundleRow.digest == digest)
    return session.scalar(query) or 0
