"""What a mail needs to know, looked up when it is written: a task may be done or have changed hands by then."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.mail.addresses import Address
from app.mail.wording import Answer, Assignment, Review, Stuck, WayIn
from workflows.flow import TaskStatus, events_of, load_task, principals_of_item
from workflows.governance.came_back import returned_by
from workflows.governance.facts import environment
from workflows.governance.project import load_project
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import PersonId
from workflows.models import ModelDraftStatus, find_model_draft, name_in
from workflows.people import LinkKind, find_person, link_token, names_of, people_behind, read_link


def told_of(ctx: Context, *, task: str) -> tuple[PersonId, ...]:
    """Return whom an open task is news to: everybody it waits for, but for who made it wait."""
    with ctx.read() as session:
        sender = _sender(session, ctx, task)
        return tuple(person for person in _waited_for(session, ctx, task) if person != sender)


def assignment(ctx: Context, *, task: str, person: str, address: Address) -> Assignment | None:
    """Return what to tell `person` of a task; None when it no longer waits for them."""
    with ctx.read() as session:
        known = find_person(session, tenant=ctx.tenant, person=person)
        if known is None or not known.active or person not in _waited_for(session, ctx, task):
            return None
        waiting = load_task(session, tenant=ctx.tenant, task_id=task)
        due = waiting.task.due_at
        returned = returned_by(session, tenant=ctx.tenant, tasks=[task], env=environment(ctx.now()))
        return Assignment(
            to=known.email,
            name=known.name,
            task=waiting.task.name,
            project=waiting.running.title,
            due=local_date(due) if due else None,
            link=address("inbox.task", task_id=task),
            back_from=names_of(session, tenant=ctx.tenant, people=returned.values()).get(returned.get(task, ""), ""),
        )


def answer_to_idea(ctx: Context, *, project: str, address: Address) -> Answer | None:
    """Return what to tell whoever had an idea that ended; None when they gave the answer themselves, or have left."""
    with ctx.read() as session:
        found = load_project(session, tenant=ctx.tenant, project_id=project)
        known = find_person(session, tenant=ctx.tenant, person=PersonId(found.created_by))
        last = next(iter(events_of(session, tenant=ctx.tenant, instance_id=found.instance, limit=1)), None)
    if known is None or not known.active or (last is not None and last.actor == known.id):
        return None
    return Answer(
        to=known.email,
        name=known.name,
        project=found.title,
        link=address("projects.project", project_id=project),
    )


def stuck_decision(ctx: Context, *, task: str, person: str, address: Address) -> Stuck | None:
    """Return what to tell `person` of a decision that nobody can take; None once it is closed, or they have left."""
    with ctx.read() as session:
        known = find_person(session, tenant=ctx.tenant, person=person)
        waiting = load_task(session, tenant=ctx.tenant, task_id=task)
    if known is None or not known.active or waiting.task.status is not TaskStatus.OPEN:
        return None
    return Stuck(
        to=known.email,
        name=known.name,
        task=waiting.task.name,
        project=waiting.running.title,
        link=address("gates.room", task_id=task),
    )


def asked_review(ctx: Context, *, draft: str, person: str, address: Address) -> Review | None:
    """Return what to tell `person` of a model draft that waits for publication; None once it no longer does."""
    found = find_model_draft(ctx, draft_id=draft)
    if found.status is not ModelDraftStatus.REQUESTED:
        return None
    with ctx.read() as session:
        known = find_person(session, tenant=ctx.tenant, person=person)
        asker = names_of(session, tenant=ctx.tenant, people=[found.asked_by] if found.asked_by else [])
    if known is None or not known.active:
        return None
    return Review(
        to=known.email,
        name=known.name,
        draft=found.name,
        model=name_in(found.files, found.model)["sv"],
        asked_by=asker.get(found.asked_by or "", ""),
        link=address("designer.publish_draft", draft_id=draft),
    )


def way_in(ctx: Context, *, link: str, secret: str, address: Address) -> WayIn | None:
    """Return the link to a password with what proves it; None when it is used or too old."""
    with ctx.read() as session:
        found = read_link(session, tenant=ctx.tenant, link=link, at=ctx.now())
    if found is None:
        return None
    return WayIn(
        to=found.email,
        name=found.name,
        link=address("accounts.choose", token=link_token(secret, link)),
        expires_at=found.expires_at,
        welcome=found.kind is LinkKind.WELCOME,
    )


def _sender(session: Session, ctx: Context, task: str) -> str | None:
    try:
        return load_task(session, tenant=ctx.tenant, task_id=task).task.sender
    except NotFound:
        return None


def _waited_for(session: Session, ctx: Context, task: str) -> tuple[PersonId, ...]:
    """Return the people an open task waits for today; nobody once it is closed or its project is held."""
    principals = principals_of_item(session, tenant=ctx.tenant, task_id=task)
    behind = people_behind(session, tenant=ctx.tenant, principals=principals, day=local_date(ctx.now()))
    return tuple(dict.fromkeys(person.id for people in behind.values() for person in people))
