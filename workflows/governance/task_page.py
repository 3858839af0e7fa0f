"""What the page of a task shows: its questions, why it waits for whom, what was handed in before, and what is next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from forms.verdict import given_afterwards
from workflows.engine import TaskKind
from workflows.flow import Submission, submissions_for_task, submissions_of
from workflows.governance.about import About, about, forms_about
from workflows.governance.afterwards import Afterwards, afterwards_in
from workflows.governance.answers import Questions, context_of, questions_of
from workflows.governance.came_back import CameBack, came_back
from workflows.governance.facts import environment, facts_of
from workflows.governance.files import ProjectFile, file_names, seen_files
from workflows.governance.loaded import Held, see_task
from workflows.governance.readiness import Readiness, readiness
from workflows.governance.roles import principals_of_task
from workflows.kernel.context import Context
from workflows.people import names_of, people_behind

EARLIER = 5
"""How many earlier answers of a step its page leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage:
    """A task as one person sees it. `mine` tells whether they may do it; `waits_for` names who may.

    `questions` is None for decisions, work items and closed tasks; `readiness` stands where the step requests a gate.
    `about` is what was handed in before and is to be judged or answered now, read with `about_context`. `afterwards`
    are the checklists with questions that came after they were handed in.
    """

    held: Held
    mine: bool
    questions: Questions | None
    readiness: Readiness | None
    earlier: tuple[Submission, ...]
    waits_for: tuple[str, ...]
    names: Mapping[str, str]
    files: Mapping[str, str]
    documents: Mapping[str, ProjectFile] = field(default_factory=dict)
    came_back: CameBack | None = None
    about: tuple[About, ...] = ()
    about_context: Mapping[str, Any] = field(default_factory=dict)
    afterwards: Mapping[str, Afterwards] = field(default_factory=dict)

    @property
    def begins_with(self) -> Mapping[str, Any]:
        """Return the answers that the form shows first: the draft, else what is known."""
        draft = self.held.waiting.draft
        if draft is not None:
            return draft.answers
        return self.questions.given if self.questions else {}


def task_page(ctx: Context, *, task_id: str) -> TaskPage:
    """Return everything the page of a task shows. Raises NotFound for what the actor may not see."""
    env = environment(ctx.now())
    with ctx.read() as session:
        held, mine = see_task(session, ctx, task_id=task_id)
        model = held.bundle.model
        facts = facts_of(session, tenant=ctx.tenant, project=held.project, model=model, on=held.today)
        has_form = (held.task.form or "") in {*held.bundle.forms, *held.bundle.checklists}
        asks = has_form and held.task.kind != TaskKind.DECISION
        earlier = _earlier(session, ctx.tenant, held) if held.task.form else ()
        draft = held.waiting.draft
        ready = _readiness(session, ctx, held, facts) if held.task.gate and asks else None
        if ready is not None:
            facts["missing"] = ready.missing
        questions = questions_of(session, tenant=ctx.tenant, held=held, facts=facts, env=env) if asks else None
        back = came_back(session, tenant=ctx.tenant, held=held, latest=questions.latest, env=env) if questions else None
        people = {held.task.sender, held.task.closed_by, *(one.actor for one in earlier)} - {None}
        people |= {back.by} - {None} if back else set()
        shown = about(held, questions.latest) if questions else ()
        people |= {one.submission.actor for one in shown}
        people |= _answered_by(questions, held) if questions else set()
        return TaskPage(
            held=held,
            mine=mine,
            questions=questions,
            readiness=ready,
            earlier=earlier,
            files=file_names(session, tenant=ctx.tenant, project_id=held.project.id),
            documents=seen_files(session, ctx, held=held) if questions and _shows_documents(questions) else {},
            came_back=back,
            about=shown,
            afterwards=afterwards_in(session, ctx, held, ready.checklists) if ready else {},
            about_context=_about_context(session, ctx.tenant, held, questions) if questions and shown else {},
            waits_for=_waits_for(session, ctx, held),
            names=names_of(
                session, tenant=ctx.tenant, people=[*filter(None, people), *([draft.saved_by] if draft else [])]
            ),
        )


def _answered_by(questions: Questions, held: Held) -> set[str]:
    """Return who answered questions of the task's checklist after it was handed in."""
    last = questions.latest.get((held.task.form or "", held.task.item))
    answers = last.answers.values() if last is not None and questions.checklist is not None else ()
    return {given.by for answer in answers if (given := given_afterwards(answer))}


def handed_in(ctx: Context, *, task_id: str) -> tuple[Submission, ...]:
    """Return what was handed in at a task, and then all its answers each time some were given afterwards.

    Raises NotFound for what the actor may not see.
    """
    with ctx.read() as session:
        see_task(session, ctx, task_id=task_id)
        return submissions_for_task(session, tenant=ctx.tenant, task_id=task_id)


def _earlier(session: Session, tenant: str, held: Held) -> tuple[Submission, ...]:
    """Return what was handed in at this step last, newest first, for the same item."""
    return submissions_of(
        session,
        tenant=tenant,
        instance_id=held.project.instance,
        form=held.task.form or "",
        item=held.task.item,
        gate=held.task.gate,
        most=EARLIER,
    )


def _about_context(session: Session, tenant: str, held: Held, questions: Questions) -> Mapping[str, Any]:
    return context_of(
        session,
        tenant=tenant,
        held=held,
        facts=questions.facts,
        latest=questions.latest,
        forms=forms_about(held),
    )


def _readiness(session: Session, ctx: Context, held: Held, facts: Mapping[str, Any]) -> Readiness:
    return readiness(
        session,
        tenant=ctx.tenant,
        project=held.project,
        bundle=held.bundle,
        gate=held.bundle.model.gate(held.task.gate or ""),
        item=held.task.item,
        facts=facts,
        env=environment(ctx.now()),
    )


def _shows_documents(questions: Questions) -> bool:
    return questions.form is not None and questions.form.shows_documents


def _waits_for(session: Session, ctx: Context, held: Held) -> tuple[str, ...]:
    principals = principals_of_task(held.project, held.bundle.model, held.task)
    behind = people_behind(session, tenant=ctx.tenant, principals=principals, day=held.today)
    return unique_names([person.name for principal in principals for person in behind[principal]])


def unique_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return names once each, in order."""
    return tuple(dict.fromkeys(names))
