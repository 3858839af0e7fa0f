"""Write one step: state, tasks, principals, timers, submission and event, in the caller's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workflows.engine import OpenTask, Step
from workflows.flow.running import InstanceStatus, Running, TaskStatus, Waiting
from workflows.flow.tables import (
    DraftRow,
    InstanceRow,
    SubmissionRow,
)
from workflows.flow.task_rows import (
    Assign,
    Entry,
    close_tasks,
    drop_principals,
    open_tasks_of,
    write_timers,
)
from workflows.kernel import chain
from workflows.kernel.database import canonical, table_of
from workflows.kernel.errors import RequestReused, VersionConflict
from workflows.kernel.ids import new_id
from workflows.models.deadlines import Override, as_drawn

_INSTANCES, _DRAFTS = table_of(InstanceRow), table_of(DraftRow)

_ADD_INSTANCE = insert(_INSTANCES)
_CHANGE_INSTANCE = update(_INSTANCES).where(
    _INSTANCES.c.tenant == bindparam("of_tenant"),
    _INSTANCES.c.id == bindparam("of_id"),
    _INSTANCES.c.version == bindparam("of_version"),
)
_ADD_SUBMISSION = insert(table_of(SubmissionRow))
_DROP_DRAFT = delete(_DRAFTS).where(_DRAFTS.c.tenant == bindparam("tenant"), _DRAFTS.c.task == bindparam("task"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A step's full answers as handed in. `item` is the key of the innermost multi-instance item."""

    form: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What a written step left behind."""

    seq: int
    event_digest: str
    opened: tuple[OpenTask, ...]
    closed: tuple[str, ...]
    submission_id: str | None
    submission_digest: str | None


def digest_of(answers: Mapping[str, Any]) -> str:
    """Return the digest that names a submission's answers."""
    return hashlib.sha256(canonical(answers)).hexdigest()


def record_start(
    session: Session,
    *,
    tenant: str,
    instance_id: str,
    subject: str,
    title: str,
    bundle: str,
    step: Step,
    entry: Entry,
    assign: Assign,
    override: Override = as_drawn,
) -> Recorded:
    """Write a new instance and its first open tasks. Raises RequestReused."""
    event = chain.link(
        _happening(entry, step, bundle, opened=[task.id for task in step.open_tasks]),
        tenant=tenant,
        stream=instance_id,
        seq=0,
        head=chain.START,
    )
    values = {
        "tenant": tenant,
        "id": instance_id,
        "subject": subject,
        "title": title,
        "bundle": bundle,
        "version": 1,
        "started_at": entry.at,
        **_standing(step, event, entry.at),
    }
    session.execute(_ADD_INSTANCE, values)
    _add_event(session, event)
    open_tasks_of(session, tenant, instance_id, title, step.open_tasks, entry, assign, override=override)
    write_timers(session, tenant, instance_id, step, had_any=False)
    return Recorded(
        seq=event.seq,
        event_digest=event.digest,
        opened=step.open_tasks,
        closed=(),
        submission_id=None,
        submission_digest=None,
    )


def record_step(
    session: Session,
    *,
    tenant: str,
    running: Running,
    step: Step,
    entry: Entry,
    assign: Assign,
    completed: Waiting | None = None,
    handed: Handed | None = None,
    due_at: datetime | None = None,
    override: Override = as_drawn,
) -> Recorded:
    """Write a step of `running`: the completed task (if any), what closed with it, and what opened.

    `due_at` is when the opened tasks are due, where a decision set that; else `override` comes before the diagram.
    The title of `running` is what the instance is called from now on.
    Raises VersionConflict when another step was written since `running` was read, RequestReused when something else
    was done under the entry's request id; then nothing of this one is written.
    """
    now_open = {task.id for task in step.open_tasks}
    opened = tuple(task for task in step.open_tasks if task.id not in running.open_tasks)
    closed = tuple(task for task in running.open_tasks if task not in now_open)
    submission_id = new_id() if handed else None
    digest = digest_of(handed.answers) if handed else None
    event = chain.link(
        _happening(
            entry, step, running.bundle, opened=[task.id for task in opened], submission=submission_id, digest=digest
        ),
        tenant=tenant,
        stream=running.id,
        seq=running.seq,
        head=running.head,
    )
    _update(session, tenant, running, {"title": running.title, **_standing(step, event, entry.at)})
    if completed is not None:
        close_tasks(session, tenant, (completed.task.id,), TaskStatus.DONE, entry)
        if completed.draft is not None:
            session.execute(_DROP_DRAFT, {"tenant": tenant, "task": completed.task.id})
    swept = tuple(task for task in closed if completed is None or task != completed.task.id)
    if swept:
        close_tasks(session, tenant, swept, TaskStatus.CANCELLED, entry)
    drop_principals(session, tenant, closed)
    if completed is not None and handed is not None:
        own = {"tenant": tenant, "id": submission_id, "digest": digest}
        session.execute(_ADD_SUBMISSION, {**own, **_submission(running, completed, handed, entry)})
    open_tasks_of(session, tenant, running.id, running.title, opened, entry, assign, due_at, override)
    write_timers(session, tenant, running.id, step, had_any=running.has_timers)
    _add_event(session, event)
    return Recorded(
        seq=event.seq,
        event_digest=event.digest,
        opened=opened,
        closed=closed,
        submission_id=submission_id,
        submission_digest=digest,
    )


def record_entry(
    session: Session, *, tenant: str, running: Running, entry: Entry, values: Mapping[str, Any] | None = None
) -> chain.EventRow:
    """Write an event that is no step of the engine (hold, resume, a changed holder), with changed columns.

    Raises VersionConflict, RequestReused.
    """
    happening = chain.Happening(
        verb=entry.verb,
        at=entry.at,
        body=dict(entry.body),
        actor=entry.actor,
        on_behalf_of=entry.on_behalf_of,
        request_id=entry.request_id,
        bundle=running.bundle,
        state=running.state,
    )
    event = chain.link(happening, tenant=tenant, stream=running.id, seq=running.seq, head=running.head)
    _update(session, tenant, running, {"seq": event.seq, "head": event.digest, **(values or {})})
    _add_event(session, event)
    return event


def _add_event(session: Session, event: chain.EventRow) -> None:
    """Write the event; its request id must be new. That it is costs no question: the index answers when it is not."""
    try:
        chain.write(session, event)
    except IntegrityError as error:
        if "request_id" in str(error.orig):
            raise RequestReused from error
        raise


def _standing(step: Step, event: chain.EventRow, at: datetime) -> dict[str, Any]:
    """Return the instance's columns after a step."""
    return {
        "state": step.state,
        "status": _status(step),
        "open_tasks": [task.id for task in step.open_tasks],
        "has_timers": bool(step.due),
        "seq": event.seq,
        "head": event.digest,
        "ended_at": at if step.ended else None,
    }


def _update(session: Session, tenant: str, running: Running, values: Mapping[str, Any]) -> None:
    """Write the instance only if it is still as it was read."""
    read = {"of_tenant": tenant, "of_id": running.id, "of_version": running.version}
    result = session.execute(_CHANGE_INSTANCE, {**read, "version": running.version + 1, **values})
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise VersionConflict


def _submission(running: Running, completed: Waiting, handed: Handed, entry: Entry) -> dict[str, Any]:
    task = completed.task
    return {
        "instance": running.id,
        "task": task.id,
        "node": task.node,
        "item": task.item,
        "form": handed.form,
        "bundle": running.bundle,
        "answers": dict(handed.answers),
        "at": entry.at,
        "actor": entry.actor,
        "on_behalf_of": entry.on_behalf_of,
    }


def _happening(
    entry: Entry,
    step: Step,
    bundle: str,
    *,
    opened: list[str],
    submission: str | None = None,
    digest: str | None = None,
) -> chain.Happening:
    """Keep what later views of this moment need: open tasks, what was handed in, where it ended."""
    body = {
        **entry.body,
        "open": [task.id for task in step.open_tasks],
        "opened": opened,
        "submission": submission,
        "submission_digest": digest,
        "ends": list(step.ends),
    }
    return chain.Happening(
        verb=entry.verb,
        at=entry.at,
        body=body,
        actor=entry.actor,
        on_behalf_of=entry.on_behalf_of,
        request_id=entry.request_id,
        bundle=bundle,
        state=step.state,
    )


def _status(step: Step) -> InstanceStatus:
    return InstanceStatus.ENDED if step.ended else InstanceStatus.ACTIVE
