"""Remind those whom a step waits for, by somebody and with a reason; what the sweep reminds of goes by itself."""

from __future__ import annotations

from workflows.flow import Entry, InstanceHeld, TaskAlreadyClosed, load_task, record_entry
from workflows.flow.items import principals_of_item
from workflows.flow.running import InstanceStatus, TaskStatus
from workflows.governance.conditions import without_contents
from workflows.governance.repeats import refuse_repeat
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import StyrError, _l
from workflows.kernel.ids import ORGANISATION
from workflows.kernel.retry import retry_on_conflict
from workflows.people import people_behind
from workflows.people.access import Rule, authorize
from workflows.people.entries import reason_of
from workflows.people.roles import ADMINISTRATOR, PROJECT_OFFICE

REMIND = Rule(organisation=frozenset({ADMINISTRATOR, PROJECT_OFFICE}))
"""Telling people that something waits for them."""


class NobodyToRemind(StyrError):
    """A step was to be reminded of that waits for nobody."""

    status = 409
    code = "nobody_to_remind"
    message = _l("Ingen har rollen. Utse någon först.")


@retry_on_conflict
def remind(ctx: Context, *, task_id: str, reason: str, request_id: str | None = None) -> int:
    """Mail everybody that an open step waits for, and note in the project who asked for it and why; return how many.

    Raises Forbidden, NotFound, ReasonMissing, TaskAlreadyClosed, InstanceHeld, NobodyToRemind, AlreadyDone.
    """
    now = ctx.now()
    with ctx.read() as session:
        authorize(session, ctx, REMIND, scope=ORGANISATION)
        waiting = load_task(session, tenant=ctx.tenant, task_id=task_id)
        running, task = waiting.running, waiting.task
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=running.subject)
        principals = principals_of_item(session, tenant=ctx.tenant, task_id=task_id)
        behind = people_behind(session, tenant=ctx.tenant, principals=principals, day=local_date(now))
    why = reason_of(reason)
    if task.status is not TaskStatus.OPEN:
        raise TaskAlreadyClosed
    if running.status is InstanceStatus.HELD:
        raise InstanceHeld
    people = list(dict.fromkeys(person.id for several in behind.values() for person in several))
    if not people:
        raise NobodyToRemind
    body = {"task": task_id, "name": without_contents(task.kind, task.name), "reason": why}
    with ctx.write() as session:
        entry = Entry(verb="remind", at=now, body=body, actor=ctx.actor, request_id=request_id)
        event = record_entry(session, tenant=ctx.tenant, running=running, entry=entry)
        for person in people:
            key = f"mail.remind:{task_id}:{person}:{event.seq}"
            ctx.jobs.later(session, "mail.remind", task_id, person, ctx.actor or "", str(event.seq), key=key)
    return len(people)
