"""`styr verify`: does the record still add up? Names the first broken link of each project and of each register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.flow import load_running
from workflows.governance.project import load_project
from workflows.governance.tables import ProjectRow
from workflows.governance.verify_rows import Broken, broken_rows
from workflows.kernel.chain import EventRow, StreamRow, verify_stream
from workflows.kernel.context import Context
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
                bundle = broken_bundle(session, tenant=ctx.tenant)
                broken = Broken(where=f"bundle {bundle}", problem="bundle") if bundle else None
            yield VerifiedStream(stream=head.id, events=head.seq, broken=broken)
        for stream, events in _ownerless(session, ctx.tenant, [head.id for head in heads]):
            yield VerifiedStream(stream=stream, events=events, broken=Broken(where=stream, problem="gone"))


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
    project = load_project(session, tenant=ctx.tenant, project_id=project_id)
    running = load_running(session, tenant=ctx.tenant, instance_id=project.instance)
    return Verified(
        project=project.id,
        number=project.number,
        title=project.title,
        events=running.seq,
        broken=_first_broken(session, ctx, project_id, project.instance),
    )


def _first_broken(session: Session, ctx: Context, project_id: str, instance: str) -> Broken | None:
    running = load_running(session, tenant=ctx.tenant, instance_id=instance)
    link = verify_stream(session, tenant=ctx.tenant, stream=instance, head=(running.seq, running.head))
    if link is not None:
        return Broken(where=f"event {link.seq}", problem=link.problem)
    last = session.get(EventRow, (ctx.tenant, instance, running.seq))
    if last is None or last.state != running.state:
        return Broken(where=f"event {running.seq}", problem="state")
    return next(broken_rows(session, ctx, project_id=project_id, instance=instance), None)
