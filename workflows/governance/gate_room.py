"""What the room of a gate shows: the frozen pack, who decides, what each outcome leads to, and what was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from workflows.flow import Draft, InstanceStatus, TaskStatus
from workflows.governance.decision_record import Decision, decisions_of
from workflows.governance.facts import environment
from workflows.governance.files import file_names
from workflows.governance.gate_choices import Choice, choices_of
from workflows.governance.gate_conflict import may_declare
from workflows.governance.gate_deciders import Deciders, deciders_of
from workflows.governance.gate_pack import PackItem, PackView
from workflows.governance.gate_reading import pack_view
from workflows.governance.gate_rounds import History, history_of
from workflows.governance.gate_task import GateTask, barred, gate_task_of, plan_versions
from workflows.governance.gate_ways import Way, Ways, ways_of
from workflows.governance.loaded import Held, require_actor, see_task
from workflows.governance.outcomes import Mode
from workflows.governance.packs import Pack, packs_of
from workflows.governance.project_track import Part, dated_parts
from workflows.governance.roles import principals_of_role
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION, role_principal
from workflows.models.model import Label
from workflows.people import PROJECT_OFFICE, BodyKind, SeatRole, all_bodies, names_of


class Stand(StrEnum):
    """How the deciding task stands for the person who looks."""

    YOURS = "yours"
    """The person decides, or records what was decided."""
    RECUSED = "recused"
    """The person has declared a conflict of interest."""
    MANAGES = "manages"
    """The person has the role but manages the project."""
    OTHERS = "others"
    """Somebody else decides."""
    ON_HOLD = "on_hold"
    DECIDED = "decided"
    CANCELLED = "cancelled"
    """The request was withdrawn, or the project terminated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRoom:
    """The room as one person sees it. `draft` is what was typed before.

    `boards` are the names of the organisation's boards where one of them decides.
    """

    task: GateTask
    stand: Stand
    view: PackView
    deciders: Deciders
    choices: tuple[Choice, ...]
    ways: Ways
    history: History
    track: tuple[Part, ...]
    manager: str
    plans: Mapping[int, str | None]
    files: Mapping[str, str]
    draft: Draft | None
    drafted_by: str
    may_declare: bool
    may_withdraw: bool
    leaves: Label
    decision: Decision | None
    closed_by: str
    boards: tuple[str, ...]

    @property
    def held(self) -> Held:
        """The task with its project and bundle."""
        return self.task.held

    @property
    def mode(self) -> Mode:
        """How the decision is taken."""
        return self.task.mode

    @property
    def due_on(self) -> date | None:
        """The day by which the decision is wanted."""
        due_at = self.held.task.due_at
        return local_date(due_at) if due_at else None

    @property
    def closed_at(self) -> datetime | None:
        """When the task was closed."""
        return self.held.task.closed_at

    @property
    def may_decide(self) -> bool:
        """Whether the panel is this person's to fill in."""
        return self.stand is Stand.YOURS

    @property
    def substitutes(self) -> list[tuple[str, str]]:
        """Who may serve in a member's place, by id and name."""
        return list(self.task.setting.substitutes.items())

    @property
    def adjusters(self) -> list[tuple[str, str]]:
        """Who may verify the minutes, by id and name."""
        return [
            (one.person, one.name) for one in self.deciders.people if one.able and one.seat is not SeatRole.SECRETARY
        ]

    @property
    def in_group_place(self) -> bool:
        """Whether one person decides what a steering group decides where there is one (domain model §1.4)."""
        model = self.held.bundle.model
        groups = any(role.key == model.duties.group for role in model.roles)
        return self.mode is Mode.SINGLE and groups and self.task.gate.box > model.boxes[0].number

    @property
    def items(self) -> tuple[PackItem, ...]:
        """Every checklist item that rework can reopen, the deviating ones first."""
        every = [item for checklist in self.view.checklists for item in checklist.items]
        return tuple(sorted(every, key=lambda item: not item.deviates))

    @property
    def onward(self) -> Way | None:
        """Return where the project goes when it passes the gate."""
        return next((way for way in self.ways.values() if way.outcome.goes_on), None)


def gate_room(ctx: Context, *, task_id: str) -> GateRoom:
    """Return everything the room of a deciding task shows. Raises NotFound for what the actor may not see,
    NotADecision for another kind of step.
    """
    with ctx.read() as session:
        held, mine = see_task(session, ctx, task_id=task_id)
        task = gate_task_of(session, ctx, held)
        return _room(session, ctx, task, mine)


def _room(session: Session, ctx: Context, task: GateTask, mine: bool) -> GateRoom:
    held, actor, tenant = task.held, require_actor(ctx), ctx.tenant
    project, bundle = held.project, held.bundle
    view = pack_view(session, tenant=tenant, project=project, bundle=bundle, pack=task.pack, conditions=task.conditions)
    packs = packs_of(session, tenant=tenant, project_id=project.id)
    decisions = decisions_of(session, tenant=tenant, project_id=project.id)
    ways = ways_of(bundle, task.gate, environment(ctx.now()))
    names = names_of(session, tenant=tenant, people=_involved(task))
    stand = _stand(task, mine=mine, actor=actor)
    draft = _own_draft(task, actor) if stand is Stand.YOURS else None
    return GateRoom(
        task=task,
        stand=stand,
        view=view,
        deciders=deciders_of(session, tenant=tenant, gate=task),
        choices=choices_of(ways, open_conditions=task.setting.open_conditions),
        ways=ways,
        history=history_of(
            session, tenant=tenant, gate=task, view=view, project_packs=packs, project_decisions=decisions
        ),
        track=track_of(held, packs, decisions, now=ctx.now()),
        manager=next((names[one] for one in sorted(task.setting.managers) if one in names), ""),
        plans=plan_versions(session, tenant=tenant, project=project, model=bundle.model, gate=task.gate),
        files=file_names(session, tenant=tenant, project_id=project.id),
        draft=draft,
        drafted_by=names.get(draft.saved_by, "") if draft else "",
        may_declare=_is_open(task) and may_declare(task, mine=mine, person=actor),
        may_withdraw=_is_open(task) and _manages(task),
        leaves=next((box.label for box in bundle.model.boxes if box.number == task.gate.box), {}),
        decision=next((one for one in decisions if one.task == held.task.id), None),
        closed_by=names.get(held.task.closed_by or "", ""),
        boards=_boards(session, tenant) if task.mode is Mode.BOARD else (),
    )


def _boards(session: Session, tenant: str) -> tuple[str, ...]:
    return tuple(body.name for body in all_bodies(session, tenant=tenant) if body.kind == BodyKind.BOARD)


def track_of(held: Held, packs: Sequence[Pack], decisions: Sequence[Decision], *, now: datetime) -> tuple[Part, ...]:
    """Return the project's way through its model, as it stands today."""
    task = held.task
    waits = task.status is TaskStatus.OPEN and task.item is None
    return dated_parts(
        held.bundle.model,
        held.project,
        decisions=decisions,
        packs=packs,
        due_at=task.due_at if waits else None,
        late=waits and task.due_at is not None and task.due_at < now,
    )


def _involved(task: GateTask) -> set[str]:
    draft, closed_by = task.held.waiting.draft, task.held.task.closed_by
    return {*task.setting.managers, *([draft.saved_by] if draft else []), *([closed_by] if closed_by else [])}


def _is_open(task: GateTask) -> bool:
    waiting = task.held.waiting
    return waiting.task.status is TaskStatus.OPEN and waiting.running.status is InstanceStatus.ACTIVE


def _manages(task: GateTask) -> bool:
    """Tell whether the actor may take the request back: the project manager or the project office."""
    held = task.held
    model = held.bundle.model
    duties = principals_of_role(held.project, model, model.duties.manager, {})
    return not held.acting.principals.isdisjoint({*duties, role_principal(ORGANISATION, PROJECT_OFFICE)})


def _stand(task: GateTask, *, mine: bool, actor: str) -> Stand:
    waiting = task.held.waiting
    if waiting.task.status is not TaskStatus.OPEN:
        return Stand.DECIDED if waiting.task.status is TaskStatus.DONE else Stand.CANCELLED
    if waiting.running.status is not InstanceStatus.ACTIVE:
        return Stand.ON_HOLD
    if actor in task.recusals:
        return Stand.RECUSED
    if not mine:
        return Stand.OTHERS
    return Stand.MANAGES if barred(task, actor) else Stand.YOURS


def _own_draft(task: GateTask, actor: str) -> Draft | None:
    """Who decides alone begins with an empty panel, or their own draft; chair and secretary share one."""
    draft = task.held.waiting.draft
    if draft is None or (task.mode is Mode.SINGLE and draft.saved_by != actor):
        return None
    return draft
