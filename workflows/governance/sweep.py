"""The timer sweep: marks what is due and fires the diagrams' own timers. Each fires once, also after downtime."""

from __future__ import annotations

from workflows import engine
from workflows.flow import (
    Entry,
    Marked,
    instances_with_due_timers,
    load_running,
    mark_due_tasks,
    record_entry,
)
from workflows.governance.facts import environment, facts_of
from workflows.governance.project import load_project
from workflows.governance.write import write_step
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.retry import retry_on_conflict
from workflows.models import load_bundle


def sweep(ctx: Context) -> int:
    """Do everything that has come due; returns how many marks and timers that was."""
    done = 0
    while marked := _mark_batch(ctx):
        done += len(marked)
    with ctx.read() as session:
        instances = instances_with_due_timers(session, tenant=ctx.tenant, now=ctx.now())
    for instance_id in instances:
        tick_instance(ctx, instance_id=instance_id)
    return done + len(instances)


@retry_on_conflict
def _mark_batch(ctx: Context) -> tuple[Marked, ...]:
    now = ctx.now()
    with ctx.write() as session:
        marked = mark_due_tasks(session, tenant=ctx.tenant, now=now)
        for one in marked:
            running = load_running(session, tenant=ctx.tenant, instance_id=one.instance_id)
            body = {"task": one.task_id, "name": one.name, "at": one.at.isoformat()}
            record_entry(
                session, tenant=ctx.tenant, running=running, entry=Entry(verb=f"mark_{one.mark}", at=now, body=body)
            )
            session.expire_all()
    return marked


@retry_on_conflict
def tick_instance(ctx: Context, *, instance_id: str) -> None:
    """Fire the timers of one instance that have come."""
    now = ctx.now()
    with ctx.read() as session:
        running = load_running(session, tenant=ctx.tenant, instance_id=instance_id)
        project = load_project(session, tenant=ctx.tenant, project_id=running.subject)
        bundle = load_bundle(session, tenant=ctx.tenant, digest=project.bundle)
        facts = facts_of(session, tenant=ctx.tenant, project=project, model=bundle.model, on=local_date(now))
    step = engine.tick(bundle.executable, running.state, facts=facts, env=environment(now))
    with ctx.write() as session:
        write_step(
            session,
            ctx,
            project=project,
            bundle=bundle,
            running=running,
            step=step,
            entry=Entry(verb="tick", at=now, body={}),
        )
