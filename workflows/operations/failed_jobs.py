"""Jobs that were given up: what each was for, why it failed, and letting it be tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.flow.tables import InstanceRow, TaskRow
from workflows.governance.conditions import without_contents
from workflows.governance.tables import ProjectRow
from workflows.kernel import chain
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import ORGANISATION
from workflows.kernel.jobs import FailedJob
from workflows.operations.watching import WATCH
from workflows.people import names_of
from workflows.people.access import Rule, authorize
from workflows.people.roles import ADMINISTRATOR

REPAIR = Rule(organisation=frozenset({ADMINISTRATOR}))
"""Mending what does not go by itself."""

STREAM = "operations"
"""The events of what was mended that belongs to no project."""

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A job that was given up, with the project, the step and the person that it was about ("" for none)."""

    job: FailedJob
    project: str
    title: str
    step: str
    person: str


def failed_jobs(ctx: Context) -> tuple[Failure, ...]:
    """Return the jobs that were given up, newest first. Raises Forbidden."""
    with ctx.read() as session:
        authorize(session, ctx, WATCH, scope=ORGANISATION)
        return tuple(_about(session, ctx, job) for job in ctx.jobs.failed(limit=MOST))


def retry_jobs(ctx: Context, *, keys: Sequence[str]) -> int:
    """Let failed jobs be tried again and note it; return how many still had failed. Raises Forbidden."""
    with ctx.read() as session:
        authorize(session, ctx, REPAIR, scope=ORGANISATION)
    done = [key for key in dict.fromkeys(keys) if _retried(ctx, key)]
    with ctx.write() as session:
        for key in done:
            happening = chain.Happening(verb="retry_job", at=ctx.now(), body={"job": key}, actor=ctx.actor)
            chain.append(session, tenant=ctx.tenant, stream=STREAM, happening=happening)
    return len(done)


def _retried(ctx: Context, key: str) -> bool:
    """Let a job be tried again; one that somebody else has let be tried already is left alone."""
    try:
        ctx.jobs.retry(key)
    except NotFound:
        return False
    return True


def _about(session: Session, ctx: Context, job: FailedJob) -> Failure:
    """Find out what a job was about: its arguments are ids of tasks, projects and people."""
    task = session.execute(
        select(TaskRow.kind, TaskRow.name, InstanceRow.subject, InstanceRow.title)
        .join(InstanceRow, (InstanceRow.tenant == TaskRow.tenant) & (InstanceRow.id == TaskRow.instance))
        .where(TaskRow.tenant == ctx.tenant, TaskRow.id.in_(job.arguments))
    ).first()
    project = session.execute(
        select(ProjectRow.id, ProjectRow.title).where(ProjectRow.tenant == ctx.tenant, ProjectRow.id.in_(job.arguments))
    ).first()
    people = names_of(session, tenant=ctx.tenant, people=job.arguments)
    return Failure(
        job=job,
        project=task.subject if task else project.id if project else "",
        title=task.title if task else project.title if project else "",
        step=without_contents(task.kind, task.name) if task else "",
        person=next(iter(people.values()), ""),
    )
