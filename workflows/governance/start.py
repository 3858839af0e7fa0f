"""A new idea: the project, its instance and its first task, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.values import clean
from workflows import engine
from workflows.flow import Entry, Recorded, fold, record_start
from workflows.governance.errors import TitleNeeded
from workflows.governance.facts import environment, first_facts
from workflows.governance.loaded import require_actor
from workflows.governance.project import ProjectStatus, SizeClass, next_number, project_of
from workflows.governance.roles import assigner
from workflows.governance.settings import load_settings
from workflows.governance.tables import ProjectRow
from workflows.governance.told import COLUMNS, told
from workflows.governance.write import appoint, where
from workflows.kernel.chain import EventRow
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, RequestReused
from workflows.kernel.ids import new_id
from workflows.models import Bundle, latest, load_bundle
from workflows.models.deadlines import Override

_VERB = "start"
_SUMMARY, _DEPARTMENT = 10_000, 120
"""The most characters that a project keeps of the short words about it, and of its department's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Idea:
    """What a new idea begins with: a title of at most 200 characters, and which model it follows (or the newest)."""

    title: str
    summary: str = ""
    department: str = ""
    model: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """A started project and the task that waits first."""

    project_id: str
    number: str
    task_id: str


def start_project(ctx: Context, *, idea: Idea, request_id: str) -> Started:
    """Start a project with the newest version of its model; whoever hands in the idea holds its first role.

    Raises TitleNeeded, NotFound (no such model), AlreadyDone (the same request was carried out before), RequestReused.
    """
    actor, now = require_actor(ctx), ctx.now()
    title = clean(idea.title, lines=False)
    if not 0 < len(title) <= 200:
        raise TitleNeeded
    with ctx.read() as session:
        published = latest(session, tenant=ctx.tenant, model=idea.model)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=published.digest)
        settings = load_settings(session, tenant=ctx.tenant)
    facts = first_facts(settings, on=local_date(now), registers=bundle.model.registers)
    step = engine.start(bundle.executable, facts=facts, env=environment(now))
    with ctx.write() as session:
        _refuse_repeat(session, ctx, request_id)
        number = next_number(session, tenant=ctx.tenant, year=local_date(now).year)
        project = _project(ctx, idea, title=title, number=number, bundle=bundle, actor=actor)
        phase, gate = where(bundle.model, step)
        body: dict[str, Any] = {"project": project.id, "number": number, "title": title}
        override = settings.override(bundle.model.key, local_date(now))
        project.phase, project.gate = phase, gate
        body |= told({name: getattr(project, name) for name in COLUMNS})
        recorded = _record(session, ctx, project, bundle, step, body, request_id, override)
        session.add(project)
        session.flush()
        appoint(
            session,
            ctx,
            project=project_of(project),
            holders={bundle.model.duties.initiator: actor},
            at=now,
            actor=actor,
        )
    return Started(project_id=project.id, number=number, task_id=recorded.opened[0].id)


def _record(
    session: Session,
    ctx: Context,
    project: ProjectRow,
    bundle: Bundle,
    step: engine.Step,
    body: dict[str, Any],
    request_id: str,
    override: Override,
) -> Recorded:
    return record_start(
        session,
        tenant=ctx.tenant,
        instance_id=project.instance,
        subject=project.id,
        title=project.title,
        bundle=bundle.digest,
        step=step,
        entry=Entry(verb=_VERB, at=project.created_at, body=body, actor=ctx.actor, request_id=request_id),
        assign=assigner(project_of(project), bundle.model),
        override=override,
    )


def _project(ctx: Context, idea: Idea, *, title: str, number: str, bundle: Bundle, actor: str) -> ProjectRow:
    summary = clean(idea.summary, lines=True)[:_SUMMARY]
    return ProjectRow(
        tenant=ctx.tenant,
        id=new_id(),
        number=number,
        instance=new_id(),
        bundle=bundle.digest,
        model=bundle.model.key,
        title=title,
        summary=summary,
        search=fold(f"{number} {title} {summary}"),
        department=clean(idea.department, lines=False)[:_DEPARTMENT],
        status=ProjectStatus.IDEA,
        size_class=SizeClass.SMALL,
        total_cost=Decimal(0),
        external_funding=False,
        cross_board=False,
        principle_matter=False,
        records=0,
        registers={name: {} for name in bundle.model.registers},
        created_at=ctx.now(),
        created_by=actor,
    )


def _refuse_repeat(session: Session, ctx: Context, request_id: str) -> None:
    """Lead the second of two clicks to what the first one made; asked where no other write can come between."""
    query = select(EventRow).where(EventRow.tenant == ctx.tenant, EventRow.request_id == request_id)
    event = session.scalar(query)
    if event is None:
        return
    if (event.verb, event.actor) != (_VERB, ctx.actor):
        raise RequestReused
    raise AlreadyDone(outcome=event.body["project"])
