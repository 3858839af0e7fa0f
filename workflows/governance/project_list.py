"""The list of projects: filtered, searched, a page at a time by key. Rows are projections; no workflow is loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select, tuple_
from sqlalchemy.orm import Session

from workflows.engine import TaskKind
from workflows.flow import fold, open_work
from workflows.flow.task_rows import NO_DUE
from workflows.governance.loaded import require_actor
from workflows.governance.project import ProjectStatus
from workflows.governance.project_track import Part, Place, parts_of
from workflows.governance.reading import readable, takes_part
from workflows.governance.tables import DecisionRow, ProjectRow
from workflows.kernel.clock import STOCKHOLM, local_date
from workflows.kernel.context import Context
from workflows.kernel.database import Moment
from workflows.kernel.ids import role_principal
from workflows.models import load_bundle, published
from workflows.models.model import Label
from workflows.people import Acting, acting, people_behind

PAGE = 25
"""Projects on a page of the list."""

MOST = 10_000
"""Projects in one download."""

_LOT = 500
"""Projects whose holders are asked for in one statement."""


class StatusGroup(StrEnum):
    """What people filter by: what goes on (held or not), what rests, what is over, everything."""

    ONGOING = "ongoing"
    ON_HOLD = "on_hold"
    OVER = "over"
    ALL = "all"


class Whose(StrEnum):
    """All that the reader may see, those they take part in, those where something waits for them."""

    ALL = "all"
    MINE = "mine"
    WAITING = "waiting"


ONGOING = (ProjectStatus.IDEA, ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD, ProjectStatus.TERMINATING)
OVER = (ProjectStatus.CLOSED, ProjectStatus.REJECTED, ProjectStatus.TERMINATED, ProjectStatus.NOT_PROJECT)

After = tuple[datetime, str]
"""Where the next page begins: the last row's next due moment and its project."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The filters of the list; empty texts filter nothing."""

    search: str = ""
    status: StatusGroup = StatusGroup.ONGOING
    phase: str = ""
    department: str = ""
    light: str = ""
    model: str = ""
    whose: Whose = Whose.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project in the list. `next_due` and `next_step` are of the open task that is due first."""

    id: str
    number: str
    registry_number: str | None
    title: str
    department: str
    status: ProjectStatus
    phase: Label
    gate: Label
    light: str | None
    total_cost: Any
    model: Label
    parts: tuple[Part, ...]
    created_on: date
    resume_on: date | None
    next_due: datetime | None
    next_step: str | None
    late: bool
    manager: str
    sponsor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Numbers of everything the reader may see, whatever is filtered (`hits` are what the filters let through).

    `phases` and `models` are labels by key, of the models that these projects follow.
    """

    ongoing: int
    late_decisions: int
    red: int
    hits: int
    departments: tuple[str, ...]
    phases: Mapping[str, Label]
    models: Mapping[str, Label]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectList:
    """A page of projects; `after` continues it (None = this is the last)."""

    lines: tuple[ProjectLine, ...]
    after: After | None
    overview: Overview
    wanted: Wanted


def project_list(ctx: Context, *, wanted: Wanted, after: After | None = None) -> ProjectList:
    """Return a page of the projects that the actor may open, what is due first at the top."""
    with ctx.read() as session:
        who = acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=local_date(ctx.now()))
        hits = _hits(ctx, who, wanted)
        rows = _rows(session, ctx, hits, after=after, limit=PAGE + 1)
        lines = _lines(session, ctx, rows[:PAGE])
        last = lines[-1] if len(rows) > PAGE else None
        return ProjectList(
            lines=lines,
            after=(last.next_due or NO_DUE, last.id) if last else None,
            overview=_overview(session, ctx, who, hits),
            wanted=wanted,
        )


def every_project(ctx: Context, *, wanted: Wanted) -> tuple[ProjectLine, ...]:
    """Return all projects that the filters let through, for a download."""
    with ctx.read() as session:
        who = acting(session, tenant=ctx.tenant, person=require_actor(ctx), on=local_date(ctx.now()))
        rows = _rows(session, ctx, _hits(ctx, who, wanted), after=None, limit=MOST)
        lots = [rows[first : first + _LOT] for first in range(0, len(rows), _LOT)]
        return tuple(line for lot in lots for line in _lines(session, ctx, lot))


def departments(ctx: Context) -> tuple[str, ...]:
    """Return the departments that projects name, for a list to choose from."""
    with ctx.read() as session:
        query = select(ProjectRow.department).where(ProjectRow.tenant == ctx.tenant).distinct()
        return tuple(sorted(name for name in session.scalars(query) if name))


def published_models(ctx: Context) -> tuple[tuple[str, Label], ...]:
    """Return the models that a project can follow: key and name."""
    with ctx.read() as session:
        found = published(session, tenant=ctx.tenant)
        return tuple(
            (one.model, load_bundle(session, tenant=ctx.tenant, digest=one.digest).model.name) for one in found
        )


def _hits(ctx: Context, who: Acting, wanted: Wanted) -> ColumnElement[bool]:
    conditions = [ProjectRow.tenant == ctx.tenant, readable(who.person, who.principals)]
    conditions += [ProjectRow.search.contains(word, autoescape=True) for word in fold(wanted.search).split()]
    groups = {
        StatusGroup.ONGOING: ONGOING,
        StatusGroup.ON_HOLD: (ProjectStatus.ON_HOLD,),
        StatusGroup.OVER: OVER,
    }
    if wanted.status in groups:
        conditions.append(ProjectRow.status.in_(groups[wanted.status]))
    for name in ("phase", "department", "light", "model"):
        if value := getattr(wanted, name):
            conditions.append(getattr(ProjectRow, name) == value)
    if wanted.whose is Whose.MINE:
        conditions.append(takes_part(who.person, who.principals))
    elif wanted.whose is Whose.WAITING:
        conditions.append(open_work.waits_for(ctx.tenant, ProjectRow.instance, who.principals))
    return and_(*conditions)


def _rows(
    session: Session, ctx: Context, hits: ColumnElement[bool], *, after: After | None, limit: int
) -> Sequence[Any]:
    """Return the hits with the open task that is due first, ordered by it; what is on hold has none."""
    first = open_work.first_due(ctx.tenant, ProjectRow.instance)
    moves = ProjectRow.status != ProjectStatus.ON_HOLD
    due = func.coalesce(case((moves, first)), literal(NO_DUE, Moment), type_=Moment).label("due")
    inner = select(ProjectRow, due).where(hits).subquery()
    key = (inner.c.due, inner.c.id)
    name = open_work.first_name(ctx.tenant, inner.c.instance)
    query = select(inner, name.label("step"), _late_decision(ctx, inner.c.instance).label("late"))
    if after is not None:
        query = query.where(tuple_(*key) > tuple_(literal(after[0], Moment), after[1]))
    return session.execute(query.order_by(*key).limit(limit)).all()


def _late_decision(ctx: Context, instance: Any) -> ColumnElement[bool]:
    """Tell whether a decision should have been taken before today."""
    begins = datetime.combine(local_date(ctx.now()), time(), STOCKHOLM).astimezone(UTC)
    return open_work.was_due(ctx.tenant, instance, kind=TaskKind.DECISION, before=begins)


def _lines(session: Session, ctx: Context, rows: Sequence[Any]) -> tuple[ProjectLine, ...]:
    holders, decided = _holders(session, ctx, rows), _decided(session, ctx, rows)
    return tuple(_line(session, ctx, row, holders, decided.get(row.id, frozenset())) for row in rows)


def _decided(session: Session, ctx: Context, rows: Sequence[Any]) -> Mapping[str, Collection[str | None]]:
    """Return the gates that were decided in each project, all in one statement."""
    own = (DecisionRow.tenant == ctx.tenant, DecisionRow.project.in_([row.id for row in rows]))
    found: dict[str, set[str | None]] = {}
    for project, gate in session.execute(select(DecisionRow.project, DecisionRow.gate).where(*own).distinct()):
        found.setdefault(project, set()).add(gate)
    return found


def _line(
    session: Session, ctx: Context, row: Any, holders: Mapping[str, str], decided: Collection[str | None]
) -> ProjectLine:
    model = load_bundle(session, tenant=ctx.tenant, digest=row.bundle).model
    status = ProjectStatus(row.status)
    late = bool(row.late) and status is not ProjectStatus.ON_HOLD
    place = Place(status=status, phase=row.phase, gate=row.gate, late=late)
    return ProjectLine(
        id=row.id,
        number=row.number,
        registry_number=row.registry_number,
        title=row.title,
        department=row.department,
        status=status,
        phase=next((phase.label for phase in model.phases if phase.key == row.phase), {}),
        gate=next((gate.short for gate in model.gates if gate.key == row.gate), {}),
        light=row.light,
        total_cost=row.total_cost,
        model=model.name,
        parts=parts_of(model, place, decided),
        created_on=local_date(row.created_at),
        resume_on=row.resume_on,
        next_due=row.due if row.due != NO_DUE else None,
        next_step=row.step,
        late=late,
        manager=holders.get(role_principal(row.id, model.duties.manager), ""),
        sponsor=holders.get(role_principal(row.id, model.duties.sponsor), ""),
    )


def _holders(session: Session, ctx: Context, rows: Sequence[Any]) -> Mapping[str, str]:
    """Return the name of who manages and who orders each project, by principal."""
    wanted = set()
    for row in rows:
        duties = load_bundle(session, tenant=ctx.tenant, digest=row.bundle).model.duties
        wanted |= {role_principal(row.id, duties.manager), role_principal(row.id, duties.sponsor)}
    if not wanted:
        return {}
    behind = people_behind(session, tenant=ctx.tenant, principals=wanted, day=local_date(ctx.now()))
    return {principal: people[0].name for principal, people in behind.items() if people}


def _overview(session: Session, ctx: Context, who: Acting, hits: ColumnElement[bool]) -> Overview:
    """Count everything in one statement, by department and model."""
    moves = and_(ProjectRow.status.in_(ONGOING), ProjectRow.status != ProjectStatus.ON_HOLD)
    counted = (
        ProjectRow.status.in_(ONGOING),
        and_(moves, _late_decision(ctx, ProjectRow.instance)),
        and_(moves, ProjectRow.light == "red"),
        hits,
    )
    rows = session.execute(
        select(ProjectRow.department, ProjectRow.bundle, *(func.sum(case((one, 1), else_=0)) for one in counted))
        .where(ProjectRow.tenant == ctx.tenant, readable(who.person, who.principals))
        .group_by(ProjectRow.department, ProjectRow.bundle)
    ).all()
    bundles = dict.fromkeys(row[1] for row in rows)
    models = [load_bundle(session, tenant=ctx.tenant, digest=digest).model for digest in bundles]
    ongoing, late, red, found = (sum(row[number] for row in rows) for number in range(2, 6))
    return Overview(
        ongoing=ongoing,
        late_decisions=late,
        red=red,
        hits=found,
        departments=tuple(sorted({row[0] for row in rows if row[0]})),
        phases={phase.key: phase.label for model in models for phase in model.phases},
        models={model.key: model.name for model in models},
    )
