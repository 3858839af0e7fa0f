"""`styr verify`: does the record still add up? Names the first broken link of each project and of each register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.flow import InstanceStatus, load_running
from workflows.governance import verify_files, verify_rows
from workflows.governance.tables import DecisionRow, DocumentRow, ProjectRow
from workflows.governance.told import WRITTEN, as_told
from workflows.governance.verify_record import Broken, Record, Rule, judged, read_record
from workflows.kernel.chain import UNREADABLE, EventRow, StreamRow, verify_stream
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.models import broken_bundle
from workflows.models.publish import STREAM as MODELS

__all__ = ["Broken", "Verified", "VerifiedStream", "verify", "verify_streams"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """The result for one project: `broken` is None when everything adds up."""

    project: str
    number: str
    title: str
    events: int
    broken: Broken | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedStream:
    """The result for the events of a register (people, models, settings)."""

    stream: str
    events: int
    broken: Broken | None


def verify(ctx: Context, *, number: str | None = None) -> Iterator[Verified]:
    """Check one project (by its number) or all of them, a project at a time."""
    with ctx.read() as session:
        query = select(ProjectRow.id).where(ProjectRow.tenant == ctx.tenant)
        if number is not None:
            query = query.where(ProjectRow.number == number)
        ids = tuple(session.scalars(query.order_by(ProjectRow.number)))
    for project_id in ids:
        with ctx.read() as session:
            yield _verify(session, ctx, project_id)


def verify_streams(ctx: Context) -> Iterator[VerifiedStream]:
    """Check every register's own events, and that published models are what they were."""
    with ctx.read() as session:
        heads = session.execute(
            select(StreamRow.id, StreamRow.seq).where(StreamRow.tenant == ctx.tenant).order_by(StreamRow.id)
        ).all()
        for head in heads:
            link = verify_stream(session, tenant=ctx.tenant, stream=head.id)
            broken = Broken(where=f"event {link.seq}", problem=link.problem) if link else None
            if broken is None and head.id == MODELS:
                broken = _broken_bundle(session, ctx)
            yield VerifiedStream(stream=head.id, events=head.seq, broken=broken)
        for stream, events in _ownerless(session, ctx.tenant, [head.id for head in heads]):
            yield VerifiedStream(stream=stream, events=events, broken=Broken(where=stream, problem="gone"))


def _broken_bundle(session: Session, ctx: Context) -> Broken | None:
    try:
        bundle = broken_bundle(session, tenant=ctx.tenant)
    except UNREADABLE:
        return Broken(where="bundle", problem="bundle")
    return Broken(where=f"bundle {bundle}", problem="bundle") if bundle else None


def _ownerless(session: Session, tenant: str, registers: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield streams whose project or register is gone, with the number of their events."""
    owned = select(ProjectRow.instance).where(ProjectRow.tenant == tenant)
    query = (
        select(EventRow.stream, func.count())
        .where(EventRow.tenant == tenant, EventRow.stream.not_in(owned), EventRow.stream.not_in(registers))
        .group_by(EventRow.stream)
    )
    return ((stream, count) for stream, count in session.execute(query))


def _verify(session: Session, ctx: Context, project_id: str) -> Verified:
    number, title, events, broken = "", "", 0, None
    try:
        project = session.get_one(ProjectRow, (ctx.tenant, project_id))
        number, title = project.number, project.title
        events = load_running(session, tenant=ctx.tenant, instance_id=project.instance).seq
        broken = _first_broken(session, ctx, project)
    except (NotFound, *UNREADABLE):
        broken = Broken(where=f"project {number}".strip(), problem="project")
    return Verified(project=project_id, number=number, title=title, events=events, broken=broken)


def _first_broken(session: Session, ctx: Context, project: ProjectRow) -> Broken | None:
    running = load_running(session, tenant=ctx.tenant, instance_id=project.instance)
    link = verify_stream(session, tenant=ctx.tenant, stream=running.id, head=(running.seq, running.head))
    if link is not None:
        return Broken(where=f"event {link.seq}", problem=link.problem)
    last = session.get(EventRow, (ctx.tenant, running.id, running.seq))
    if last is None or last.state != running.state:
        return Broken(where=f"event {running.seq}", problem="state")
    record = read_record(session, ctx, project)
    return next((broken for kind, rule in _RULES.items() for broken in judged(kind, rule, record)), None)


def _standing(record: Record) -> Iterator[Broken]:
    """A project is the one that was started, on the model it was started with, and stands where its last step ended.

    Its tasks are read off the state again at each step.
    """
    project, started = record.project, record.events[0]
    running = load_running(record.session, tenant=record.ctx.tenant, instance_id=project.instance)
    stepped = next(event for event in reversed(record.events) if "open" in event.body)
    count = len(record.rows(DocumentRow)) + len(record.rows(DecisionRow))
    is_open = running.status is not InstanceStatus.ENDED
    found = (project.id, project.number, project.created_at, project.created_by, project.bundle, running.bundle)
    said = (started.body["project"], started.body["number"], started.at, started.actor, *[stepped.bundle] * 2)
    stands = (running.subject, list(running.open_tasks), is_open, project.closed_at is None, project.records)
    goes_on = bool(stepped.body["open"])
    if found != said or stands != (project.id, stepped.body["open"], goes_on, goes_on, count):
        yield Broken(where=f"project {project.number}", problem="project")


def _written(record: Record) -> Iterator[Broken]:
    """What a project is and costs, where it stands and whom it names is what the events wrote, the last one last."""
    wrote: dict[str, Any] = {}
    for event in record.events:
        wrote |= event.body.get(WRITTEN, {})
    now = as_told({name: getattr(record.project, name) for name in wrote})
    for name in sorted(name for name in wrote if wrote[name] != now[name]):
        yield Broken(where=f"project {record.project.number} {name}", problem="project")


_RULES: Mapping[str, Rule] = {
    "pack": verify_rows.packs,
    "decision": verify_rows.decisions,
    "submission": verify_rows.submissions,
    "document": verify_rows.documents,
    "condition": verify_rows.conditions,
    "recusal": verify_rows.recusals,
    "file": verify_files.uploads,
    "paper": verify_files.papers,
    "project": lambda record: chain(_standing(record), _written(record)),
}
"""What is compared, by the kind that a finding is called; a rule rests on rows that those before it have judged."""
