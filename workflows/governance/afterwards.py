"""Questions that came after a checklist was handed in, while the gate that asks for them waits to be requested.

A move to another version, or a fact that changes, makes a question compulsory that nobody was asked. The checklist is
not opened again: whoever has its step answers what is new. That is a submission of its own, and each such answer says
by whom and when; a pack that is frozen, and a decision, stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from sqlalchemy.orm import Session

from forms.checklist import Checklist, Requirement
from forms.sentences import sentence
from forms.verdict import ItemResult, ItemState, engine_fields, without_givers
from workflows import engine
from workflows.engine import TaskKind
from workflows.flow import (
    Entry,
    InstanceStatus,
    Latest,
    Origin,
    Task,
    latest_submissions,
    load_running,
    open_tasks,
    require_active,
)
from workflows.flow.afterwards import record_afterwards
from workflows.governance.answers import Entered, Questions, file_references, read_entered
from workflows.governance.errors import AnswersRefused, NotNow
from workflows.governance.facts import environment, facts_of
from workflows.governance.files import file_names
from workflows.governance.loaded import Held, require_actor, see_task
from workflows.governance.project import Project
from workflows.governance.readiness import ChecklistState, checklist_states, earlier_answers
from workflows.governance.repeats import refuse_repeat
from workflows.governance.roles import principals_of_role
from workflows.kernel.context import Context
from workflows.kernel.errors import Forbidden, NotFound
from workflows.kernel.ids import Principal
from workflows.kernel.retry import retry_on_conflict
from workflows.models import Bundle, load_bundle
from workflows.people import Acting, people_behind

AFTERWARDS = "answer_afterwards"
"""The verb of the event."""


class Read(Protocol):
    """A project that somebody reads, by one of its steps or as a whole."""

    @property
    def project(self) -> Project:
        """The project."""

    @property
    def bundle(self) -> Bundle:
        """The version of its model."""

    @property
    def acting(self) -> Acting:
        """Who reads it."""

    @property
    def today(self) -> date:
        """The day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """A handed-in checklist with questions that came later: `checklist` holds these alone, in its order.

    `task` is the step that was done, `request` the open one that asks for the answers. `waits_for` names who may give
    them, `mine` tells whether the reader does, `on_behalf_of` for which function.
    """

    checklist: Checklist
    task: str
    request: str
    waits_for: tuple[str, ...]
    mine: bool
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterwardsPage:
    """The step as it was done, with its open questions as `questions` of a checklist of their own."""

    held: Held
    afterwards: Afterwards
    questions: Questions
    files: Mapping[str, str]


def came_later(session: Session, *, tenant: str, state: ChecklistState) -> tuple[ItemResult, ...]:
    """Return what is unanswered of a checklist since nobody was asked when it was handed in; none if nothing is asked.

    A question that is voluntary, or advice that was left empty then, is no reason to ask.
    """
    if state.submission is None:
        return ()
    bare = [one for one in state.result.items if one.state is ItemState.UNANSWERED]
    if not any(one.asked for one in bare):
        return ()
    then = load_bundle(session, tenant=tenant, digest=state.submission.bundle).checklists.get(state.checklist.key)
    known = then.names if then is not None else frozenset()
    found = tuple(one for one in bare if one.requirement is Requirement.MUST or one.item.id not in known)
    return found if any(one.asked for one in found) else ()


def afterwards_in(
    session: Session, ctx: Context, read: Read, states: Iterable[ChecklistState]
) -> Mapping[str, Afterwards]:
    """Return, by checklist, what can be answered afterwards now: its gate is open to be requested, and nobody has."""
    later = [(state, found) for state in states if (found := came_later(session, tenant=ctx.tenant, state=state))]
    if not later or load_running(session, tenant=ctx.tenant, instance_id=read.project.instance).status is not (
        InstanceStatus.ACTIVE
    ):
        return {}
    tasks = open_tasks(session, tenant=ctx.tenant, instance_id=read.project.instance)
    requests = {key: task.id for task in tasks for key in _asks_for(read.bundle, task)}
    return {
        state.checklist.key: _afterwards(session, ctx, read, state, found, requests[state.checklist.key])
        for state, found in later
        if state.checklist.key in requests and state.submission is not None
    }


def _asks_for(bundle: Bundle, task: Task) -> tuple[str, ...]:
    """Return the checklists that an open step asks for: those of the gate that it requests."""
    is_request = task.origin is Origin.ENGINE and task.gate is not None and task.kind != TaskKind.DECISION
    return bundle.model.gate(task.gate or "").checklists if is_request else ()


def _afterwards(
    session: Session,
    ctx: Context,
    read: Read,
    state: ChecklistState,
    found: tuple[ItemResult, ...],
    request: str,
) -> Afterwards:
    assert state.submission is not None
    principals = _principals(read, state.submission.node)
    behind = people_behind(session, tenant=ctx.tenant, principals=principals, day=read.today)
    mine = [one for one in principals if one in read.acting.principals]
    stands_for = [read.acting.on_behalf_of(one) for one in mine]
    return Afterwards(
        checklist=replace(state.checklist, items=tuple(one.item for one in found)),
        task=state.submission.task,
        request=request,
        waits_for=tuple(dict.fromkeys(person.name for one in principals for person in behind[one])),
        mine=bool(mine),
        on_behalf_of=None if None in stands_for or not stands_for else stands_for[0],
    )


def _principals(read: Read, node: str) -> tuple[Principal, ...]:
    """Return who answers: the role that has the step in the project's version of the model."""
    drawn = read.bundle.executable.tasks.get(node)
    role = (drawn.role if drawn else None) or read.bundle.model.duties.manager
    return principals_of_role(read.project, read.bundle.model, role, {})


def afterwards_page(ctx: Context, *, task_id: str) -> AfterwardsPage | None:
    """Return what can be answered afterwards of a finished checklist step, None when nothing can.

    Raises NotFound for what the actor may not see.
    """
    with ctx.read() as session:
        return _read(session, ctx, task_id)


@retry_on_conflict
def answer_afterwards(ctx: Context, *, task_id: str, entered: Entered, request_id: str) -> str:
    """Answer the questions that came after a checklist was handed in; return the project's id.

    Raises NotFound, Forbidden, NotNow (nothing is asked), AnswersRefused, FieldsUnknown, InstanceHeld, InstanceEnded,
    AlreadyDone.
    """
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        held, _ = see_task(session, ctx, task_id=task_id)
        refuse_repeat(session, tenant=ctx.tenant, request_id=request_id, outcome=held.project.id)
        require_active(held.waiting.running)
        page = _read(session, ctx, task_id)
    if page is None:
        raise NotNow
    if not page.afterwards.mine:
        raise Forbidden
    result = read_entered(page.questions, entered)
    errors = result.errors or ({} if result.answers else _nothing_said(page.afterwards.checklist))
    if errors:
        raise AnswersRefused(errors=errors, entered=result.entered)
    if not file_references(page.questions, result.answers) <= page.files.keys():
        raise NotFound
    given = {
        key: {**answer, "afterwards": {"by": str(actor), "at": now.isoformat()}}
        for key, answer in result.answers.items()
    }
    held, key = page.held, page.afterwards.checklist.key
    before = page.questions.latest[key, None]
    answers = {**before.answers, **given}
    bundle, running = held.bundle, held.waiting.running
    fields = engine_fields(bundle.checklists[key], answers)
    entry = Entry(
        verb=AFTERWARDS,
        at=now,
        body={"name": held.task.name, "kind": held.task.kind, "answered": sorted(given)},
        actor=actor,
        on_behalf_of=page.afterwards.on_behalf_of,
        request_id=request_id,
    )
    with ctx.write() as session:
        record_afterwards(
            session,
            tenant=ctx.tenant,
            running=running,
            state=engine.amend(bundle.executable, running.state, before.node, fields),
            before=before,
            answers=answers,
            entry=entry,
        )
    return held.project.id


def _nothing_said(checklist: Checklist) -> Mapping[str, str]:
    """Ask for the first answer where none is compulsory and none was given."""
    first = checklist.items[0]
    field = first.id if first.answer.chosen else f"{first.id}-value"
    return {field: sentence("item_unanswered", "sv", topic=first.topic.sv)}


def _read(session: Session, ctx: Context, task_id: str) -> AfterwardsPage | None:
    held, _ = see_task(session, ctx, task_id=task_id)
    held = replace(held, bundle=load_bundle(session, tenant=ctx.tenant, digest=held.project.bundle))
    key, tenant = held.task.form or "", ctx.tenant
    if key not in held.bundle.checklists:
        return None
    latest = latest_submissions(
        session, tenant=tenant, instance_id=held.project.instance, forms=tuple(held.bundle.checklists)
    )
    env = environment(ctx.now())
    facts = facts_of(session, tenant=tenant, project=held.project, model=held.bundle.model, on=held.today)
    states = checklist_states(held.bundle, (key,), latest, facts=facts, env=env)
    found = afterwards_in(session, ctx, held, states).get(key)
    if found is None or found.task != task_id:
        return None
    return AfterwardsPage(
        held=held,
        afterwards=found,
        questions=Questions(
            form=None,
            checklist=found.checklist,
            context={},
            facts=facts,
            earlier=earlier_answers(held.bundle, latest),
            given=dict(_given(found, latest)),
            barred={},
            reopened=frozenset(),
            latest=latest,
            env=env,
        ),
        files=file_names(session, tenant=tenant, project_id=held.project.id),
    )


def _given(found: Afterwards, latest: Latest) -> Iterator[tuple[str, Any]]:
    """Yield what was answered of the questions already: one that asks for evidence now may have an answer without."""
    answers = without_givers(latest[found.checklist.key, None].answers)
    yield from ((item.id, answers[item.id]) for item in found.checklist.items if item.id in answers)
