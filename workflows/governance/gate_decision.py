"""A recorded decision as it is read: in words, with the pack it was taken on and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.governance.behalf import behalf_of, holdings_behind
from workflows.governance.decision_record import Decision, load_decision
from workflows.governance.facts import environment
from workflows.governance.files import file_names
from workflows.governance.gate_pack import PackView
from workflows.governance.gate_reading import pack_view
from workflows.governance.gate_ways import Way, ways_of
from workflows.governance.loaded import may_open, open_project, require_actor, see_task
from workflows.governance.packs import pack_of
from workflows.governance.papers import Source, is_printed
from workflows.governance.project import Project, load_project
from workflows.governance.readiness import Condition, conditions_of
from workflows.governance.record_page import item_name
from workflows.governance.registers import people_named
from workflows.governance.tables import DecisionRow, PackRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models import Bundle, load_bundle
from workflows.models.model import Gate, Label
from workflows.people import Acting, acting, names_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision with names. `as_role` is what who decided alone decided as, `behalf` whom they stood in for, by name.

    `in_group_place`: the sponsor of a project without a steering group decided in its place (domain model §1.4).
    `printed` tells whether its PDF has been made.
    """

    decision: Decision
    project: Project
    gate: Gate
    about: str
    view: PackView
    way: Way | None
    target: Label
    as_role: Label
    behalf: Label
    in_group_place: bool
    reopened: tuple[Label, ...]
    conditions: tuple[Condition, ...]
    names: Mapping[str, str]
    files: Mapping[str, str]
    printed: bool

    @property
    def wording(self) -> str:
        """Return the decision as it stands in the minutes of a meeting or a board, else ""."""
        return str((self.meeting or self.board).get("minutes") or "")

    @property
    def group(self) -> str:
        """The group that met."""
        return str(self.meeting.get("group") or "")

    @property
    def meeting(self) -> Mapping[str, Any]:
        """The meeting's record, empty for other modes."""
        return self.decision.detail.get("meeting") or {}

    @property
    def board(self) -> Mapping[str, Any]:
        """The board's record, empty for other modes."""
        return self.decision.detail.get("board") or {}


def decision_view(ctx: Context, *, decision_id: str) -> DecisionView:
    """Return a decision for whoever may see its task or read its project. Raises NotFound."""
    with ctx.read() as session:
        decision = load_decision(session, tenant=ctx.tenant, decision_id=decision_id)
        if decision.task is not None:
            see_task(session, ctx, task_id=decision.task)
        else:
            open_project(session, ctx, project_id=decision.project)
        return view_of(session, ctx, decision)


def pack_of_gate(ctx: Context, *, pack_id: str) -> tuple[Project, PackView, Mapping[str, str]]:
    """Return a frozen pack for whoever may read its project, or decided on it. Raises NotFound."""
    with ctx.read() as session:
        row = session.get(PackRow, (ctx.tenant, pack_id))
        if row is None:
            raise NotFound
        pack = pack_of(row)
        project, bundle = _project(session, ctx, pack.project)
        if not may_open(session, _acting(session, ctx), project, tenant=ctx.tenant):
            _see_decision_on(session, ctx, pack_id)
        view = pack_view(session, tenant=ctx.tenant, project=project, bundle=bundle, pack=pack)
        return project, view, file_names(session, tenant=ctx.tenant, project_id=project.id)


def _see_decision_on(session: Session, ctx: Context, pack_id: str) -> None:
    """Let whoever recorded a decision on a pack read it again. Raises NotFound."""
    query = select(DecisionRow.recorded_by).where(DecisionRow.tenant == ctx.tenant, DecisionRow.pack == pack_id)
    if require_actor(ctx) not in session.scalars(query).all():
        raise NotFound


def _project(session: Session, ctx: Context, project_id: str) -> tuple[Project, Bundle]:
    project = load_project(session, tenant=ctx.tenant, project_id=project_id)
    return project, load_bundle(session, tenant=ctx.tenant, digest=project.bundle)


def _acting(session: Session, ctx: Context) -> Acting:
    return acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=local_date(ctx.now()))


def view_of(session: Session, ctx: Context, decision: Decision) -> DecisionView:
    """Return a decision that the actor may see."""
    project, bundle = _project(session, ctx, decision.project)
    model = bundle.model
    gate = model.gate(decision.gate or "")
    row = session.scalar(select(PackRow).where(PackRow.tenant == ctx.tenant, PackRow.id == decision.pack))
    if row is None:
        raise NotFound
    view = pack_view(session, tenant=ctx.tenant, project=project, bundle=bundle, pack=pack_of(row))
    conditions = [
        one for one in conditions_of(session, tenant=ctx.tenant, project_id=project.id) if one.decision == decision.id
    ]
    names = names_of(session, tenant=ctx.tenant, people=_people(decision, conditions, project))
    ways = ways_of(bundle, gate, environment(ctx.now()))
    way = ways.get((decision.outcome, decision.target))
    labels = {role.key: role.label for role in model.roles}
    alone = decision.decider in labels and decision.decider != model.duties.group
    return DecisionView(
        decision=decision,
        project=project,
        gate=gate,
        about=item_name(project, decision.item or "", names),
        view=view,
        way=way,
        target=way.label if way else {},
        as_role=labels.get(decision.decider, {}),
        behalf=behalf_of(
            decision.on_behalf_of,
            day=local_date(decision.recorded_on),
            model=model,
            holdings=holdings_behind(session, tenant=ctx.tenant, principals=[decision.on_behalf_of]),
        ),
        in_group_place=alone and gate.box > model.boxes[0].number and model.duties.group in labels,
        reopened=_reopened(bundle, decision),
        conditions=tuple(conditions),
        names=names,
        files=file_names(session, tenant=ctx.tenant, project_id=project.id),
        printed=is_printed(session, tenant=ctx.tenant, project_id=project.id, source=Source(decision=decision.id)),
    )


def _people(decision: Decision, conditions: list[Condition], project: Project) -> set[str]:
    meeting = decision.detail.get("meeting") or {}
    seats = meeting.get("attendance") or ()
    attending = {str(seat[part]) for seat in seats for part in ("person", "substitute") if seat.get(part)}
    owners = {condition.owner for condition in conditions}
    return {decision.recorded_by, str(meeting.get("adjusted_by") or ""), *attending, *people_named(project), *owners}


def _reopened(bundle: Bundle, decision: Decision) -> tuple[Label, ...]:
    """Return the topics of the checklist items that a rework sent back."""
    wanted = decision.detail.get("reopen") or ()
    return tuple(
        {"sv": item.topic.sv, "en": item.topic.in_language("en"), "id": item.id}
        for checklist in bundle.checklists.values()
        for item in checklist.items
        if item.id in wanted
    )
