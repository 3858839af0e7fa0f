"""A project's diagram: the drawing itself, and the same as an ordered list with what is done and what is open."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from workflows.engine import DrawnStep, NodeKind
from workflows.engine.diagram import Diagram
from workflows.flow import Latest, Origin, Task, done_steps, first_bundle, latest_submissions, open_tasks
from workflows.governance.decision_record import Decision, decisions_of
from workflows.governance.loaded import Opened, open_project
from workflows.governance.outcomes import Outcome
from workflows.governance.project import Project
from workflows.governance.project_track import PartState, Place, parts_of
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models.model import Label


class StepState(StrEnum):
    """Where a step stands: behind the project, open, open and late, or ahead (also what may come again).

    `passed` lies behind the project and never happened: it came with a version that the project was moved to.
    """

    DONE = "done"
    PASSED = "passed"
    NOW = "now"
    LATE = "late"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way out of a step, with where it leads ("" = on, or out of the part); `usual` is the way when no other fits."""

    name: str
    leads_to: str
    usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStep:
    """A step of the list: `ways` where it parts, `steps` inside it, `each` when it is done for each of a list."""

    node: str
    name: str
    kind: NodeKind
    state: StepState
    role: Label
    ways: tuple[Way, ...]
    steps: tuple[ListedStep, ...]
    events: tuple[ListedStep, ...]
    each: bool
    is_gate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramPage:
    """The list of the outermost process, those of the processes it calls by name, and marks for the drawing."""

    opened: Opened
    steps: tuple[ListedStep, ...]
    called: tuple[tuple[str, tuple[ListedStep, ...]], ...]
    marks: Mapping[str, tuple[str, ...]]

    @property
    def project(self) -> Project:
        """The project itself."""
        return self.opened.project

    @property
    def passed(self) -> tuple[str, ...]:
        """The ids of what never happened in the project, since a move took it past."""
        return self.marks[f"is-{StepState.PASSED}"]

    @property
    def open_now(self) -> tuple[str, ...]:
        """The names of the innermost steps of the project that are open."""
        return tuple(_open_in(self.steps))


def _open_in(steps: Sequence[ListedStep]) -> Iterator[str]:
    for step in steps:
        if step.state in (StepState.NOW, StepState.LATE):
            yield from tuple(_open_in(step.steps)) or ([step.name] if step.name else [])


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A BPMN file and the digest of its bytes."""

    content: bytes
    digest: str


def diagram_page(ctx: Context, *, project_id: str) -> DiagramPage:
    """Return the list of a project's model with where it stands. Raises NotFound."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
        project = opened.project
        tasks = open_tasks(session, tenant=ctx.tenant, instance_id=project.instance)
        decisions = decisions_of(session, tenant=ctx.tenant, project_id=project_id)
        latest = latest_submissions(session, tenant=ctx.tenant, instance_id=project.instance)
        lived_through = _lived_through(session, ctx, opened)
    sent_back = next((one.recorded_on for one in decisions if one.outcome is Outcome.REWORK), None)
    behind = _behind(opened, decisions, lived_through)
    states = {**behind, **_handed_in(opened, latest, behind, sent_back), **_open(opened, tasks)}
    lister = _Lister(opened=opened, states=states)
    executable = opened.bundle.executable
    called = [process for process in executable.diagram.processes() if process.id != executable.process]
    return DiagramPage(
        opened=opened,
        steps=lister.listed(executable.steps()),
        called=tuple((process.name, lister.listed(executable.steps(process.id))) for process in called),
        marks={
            f"is-{state}": tuple(node for node, one in states.items() if one is state)
            for state in (StepState.DONE, StepState.PASSED, StepState.NOW, StepState.LATE)
        },
    )


def diagram_source(ctx: Context, *, project_id: str) -> Drawing:
    """Return the drawing of the version that a project follows. Raises NotFound."""
    with ctx.read() as session:
        opened = open_project(session, ctx, project_id=project_id)
    bundle = opened.bundle
    file = bundle.executable.diagram.scopes[bundle.model.process].file
    content = bundle.files.get(file)
    if content is None:
        raise NotFound
    return Drawing(content=content, digest=hashlib.sha256(content).hexdigest()[:32])


def _handed_in(
    opened: Opened, latest: Latest, behind: Mapping[str, StepState], sent_back: datetime | None
) -> dict[str, StepState]:
    """Return the steps of the model's own process that were done and that no rework opened again.

    Processes that are called again and again have no one state to show.
    """
    executable = opened.bundle.executable
    return {
        one.node: StepState.DONE
        for one in latest.values()
        if one.node in executable.tasks
        and executable.tasks[one.node].process == executable.process
        and (sent_back is None or one.at > sent_back or not _around(executable.diagram, one.node).isdisjoint(behind))
    }


def _around(diagram: Diagram, node: str) -> set[str]:
    """Return the sub-processes that a step lies in."""
    found: set[str] = set()
    owner = diagram.scopes[diagram.nodes[node].scope].owner
    while owner is not None:
        found.add(owner)
        owner = diagram.scopes[diagram.nodes[owner].scope].owner
    return found


def _open(opened: Opened, tasks: Sequence[Task]) -> dict[str, StepState]:
    """Return what is open: the steps themselves, and the phases and calls round them."""
    states: dict[str, StepState] = {}
    for task in tasks:
        if task.origin is not Origin.ENGINE:
            continue
        around = [part.partition("[")[0] for part in task.place.split("/") if part]
        states |= {node: StepState.NOW for node in (*around, task.node) if states.get(node) is not StepState.LATE}
        if task.due_at and local_date(task.due_at) < opened.today:
            states[task.node] = StepState.LATE
    return states


def _lived_through(session: Session, ctx: Context, opened: Opened) -> frozenset[str] | None:
    """Return the phases and parts of a moved project in which something was done; None if it was never moved.

    They are named as they are drawn now and as they were drawn when it was done.
    """
    instance, diagram = opened.project.instance, opened.bundle.executable.diagram
    if first_bundle(session, tenant=ctx.tenant, instance_id=instance) == opened.running.bundle:
        return None
    done = done_steps(session, tenant=ctx.tenant, instance_id=instance)
    then = {part.partition("[")[0] for _, place in done for part in place.split("/")}
    now = {around for node, _ in done if node in diagram.nodes for around in _around(diagram, node)}
    return frozenset(then | now)


def _behind(
    opened: Opened, decisions: Sequence[Decision], lived_through: Collection[str] | None
) -> dict[str, StepState]:
    """Return the phases and gates that the project has behind it; of a moved one also those that never happened."""
    project, model = opened.project, opened.bundle.model
    place = Place(status=project.status, phase=project.phase, gate=project.gate)
    done = {part.key for part in parts_of(model, place) if part.state is PartState.DONE}
    keys = [phase.key for phase in model.phases]
    here = keys.index(project.phase) if project.phase in keys else 0
    phases = [phase.key for phase in model.phases[:here]]
    phases += [phase.key for phase in model.phases if str(phase.box) in done]
    states = {
        phase: StepState.DONE if lived_through is None or phase in lived_through else StepState.PASSED
        for phase in phases
    }
    decided = {one.gate for one in decisions}
    went_on = {one.gate for one in decisions if one.outcome.goes_on}
    for node in opened.bundle.executable.diagram.nodes.values():
        key = node.styr.get("gate", {}).get("key")
        if key in done and key in went_on:
            states[node.id] = StepState.DONE
        elif key in done and key not in decided and lived_through is not None:
            states[node.id] = StepState.PASSED
    return states


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lister:
    """Turns drawn steps into listed ones."""

    opened: Opened
    states: Mapping[str, StepState]

    def listed(self, steps: Sequence[DrawnStep]) -> tuple[ListedStep, ...]:
        """Return the steps in flow order; unnamed starts, ends and meetings of ways are left out."""
        spoken = (step for step in steps if step.name or (step.kind is NodeKind.PARALLEL and len(step.flows) > 1))
        return tuple(self._step(step) for step in spoken)

    def _step(self, step: DrawnStep) -> ListedStep:
        return ListedStep(
            node=step.node,
            name=step.name,
            kind=step.kind,
            state=self.states.get(step.node, StepState.LATER),
            role=self._role(step.node),
            ways=tuple(
                Way(name=flow.name, leads_to=flow.leads_to_name, usual=flow.default)
                for flow in step.flows
                if len(step.flows) > 1
            ),
            steps=self.listed(step.steps),
            events=self.listed(step.events),
            each=step.each is not None,
            is_gate=step.gate is not None,
        )

    def _role(self, node: str) -> Label:
        definition = self.opened.bundle.executable.tasks.get(node)
        roles = self.opened.bundle.model.roles
        return next((role.label for role in roles if definition and role.key == definition.role), {})
