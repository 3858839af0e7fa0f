"""One project as whoever watches over it sees it: where it is, on whose desk, what comes by itself; no contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow import Running, load_running
from workflows.flow.tables import TimerRow
from workflows.governance.project import Project, ProjectStatus, load_project
from workflows.kernel.chain import BrokenLink, verify_stream
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.models import Bundle, load_bundle, versions_of
from workflows.models.model import Label
from workflows.operations.overview import drawn
from workflows.operations.still import Standstill, people_of, standing_still
from workflows.operations.usual import Usual, usual_times
from workflows.operations.watching import WATCH, WaitingStep, steps_of
from workflows.people.access import authorize
from workflows.people.queries import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNow:
    """An open step with who it waits for, and how long it usually takes where that is known."""

    waiting: WaitingStep
    people: tuple[PersonName, ...]
    usual: Usual | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """A moment at which the diagram goes on by itself; `name` is of the event, or of what it sits on."""

    name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Engine:
    """What of a project only the machinery knows: its instance, how large its state is, and its record's chain.

    `events` were recorded, the first break of their chain is `broken`. `bundle` is the digest of the version.
    """

    instance: str
    bundle: str
    version: int
    state_bytes: int
    events: int
    broken: BrokenLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OneProject:
    """A project in Drift. `still` is why it stands still, None when it goes on."""

    id: str
    number: str
    title: str
    department: str
    status: ProjectStatus
    phase: Label
    model: Label
    resume_on: date | None
    steps: tuple[OpenNow, ...]
    timers: tuple[Timer, ...]
    still: Standstill | None
    engine: Engine
    marks: Mapping[str, tuple[str, ...]]


def one_project(ctx: Context, *, project_id: str) -> OneProject:
    """Return where a project stands. Raises Forbidden, NotFound."""
    with ctx.read() as session:
        authorize(session, ctx, WATCH, scope=ORGANISATION)
        project = load_project(session, tenant=ctx.tenant, project_id=project_id)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=project.bundle)
        running = load_running(session, tenant=ctx.tenant, instance_id=project.instance)
        waiting = steps_of(session, ctx, project_id)
        usual = usual_times(session, tenant=ctx.tenant)
        rests = project.status is ProjectStatus.ON_HOLD
        still = () if rests else standing_still(session, ctx, waiting, usual)
        people = people_of(session, ctx, [step.task for step in waiting])
        return OneProject(
            id=project.id,
            number=project.number,
            title=project.title,
            department=project.department,
            status=project.status,
            phase=next((phase.label for phase in bundle.model.phases if phase.key == project.phase), {}),
            model=bundle.model.name,
            resume_on=project.resume_on,
            steps=tuple(
                OpenNow(waiting=step, people=people.get(step.task, ()), usual=usual.get((step.model, step.step)))
                for step in waiting
            ),
            timers=_timers(session, ctx, project, bundle),
            still=still[0] if still else None,
            engine=_engine(session, ctx, project, running),
            marks=_marks(waiting, ctx.now()),
        )


def project_drawing(ctx: Context, *, project_id: str) -> tuple[bytes, str]:
    """Return the file that a project's version is drawn in, and its digest. Raises Forbidden, NotFound."""
    with ctx.read() as session:
        authorize(session, ctx, WATCH, scope=ORGANISATION)
        project = load_project(session, tenant=ctx.tenant, project_id=project_id)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=project.bundle)
    return drawn(bundle)


def _timers(session: Session, ctx: Context, project: Project, bundle: Bundle) -> tuple[Timer, ...]:
    own = (TimerRow.tenant == ctx.tenant, TimerRow.instance == project.instance)
    nodes = bundle.executable.diagram.nodes
    found = []
    for row in session.scalars(select(TimerRow).where(*own).order_by(TimerRow.at)):
        event = nodes.get(row.node)
        host = nodes.get(event.attached_to or "") if event is not None else None
        named = next((node.name for node in (event, host) if node is not None and node.name), "")
        found.append(Timer(name=named, at=row.at))
    return tuple(found)


def _engine(session: Session, ctx: Context, project: Project, running: Running) -> Engine:
    known = versions_of(session, tenant=ctx.tenant, model=project.model)
    return Engine(
        instance=running.id,
        bundle=project.bundle,
        version=next((one.version for one in known if one.digest == project.bundle), 0),
        state_bytes=len(running.state),
        events=running.seq,
        broken=verify_stream(session, tenant=ctx.tenant, stream=running.id, head=(running.seq, running.head)),
    )


def _marks(waiting: Sequence[WaitingStep], now: datetime) -> Mapping[str, tuple[str, ...]]:
    """Return the marks of the drawing: the open steps, and the parts of the diagram that they lie in."""
    late: set[str] = set()
    open_: set[str] = set()
    for step in waiting:
        around = {part.partition("[")[0] for part in step.place.split("/") if part}
        open_ |= around | {step.node}
        late |= {step.node} if step.late_at(now) else set()
    return {"is-late": tuple(sorted(late)), "is-now": tuple(sorted(open_ - late))}
