"""Hand in a step: checklist, document, review, signature or record — everything but a gate's decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from forms.feel import Environment
from forms.tree import Field, FieldType, Form, keyed
from forms.validation import Result
from workflows import engine
from workflows.engine import Effect, EffectKind, TaskKind
from workflows.flow import Draft, Entry, Handed, StaleDraft, latest_submissions, write_draft
from workflows.governance.answers import (
    Entered,
    Questions,
    fields_for_engine,
    file_references,
    questions_of,
    read_entered,
)
from workflows.governance.asked import require_asked
from workflows.governance.documents import NewVersion, Registration, add_version, document_made, next_version
from workflows.governance.errors import AnswersRefused, FieldsUnknown, NotADecision, QuestionsChanged
from workflows.governance.facts import environment, facts_after, facts_of
from workflows.governance.files import file_names
from workflows.governance.loaded import Held, hold_task, require_actor
from workflows.governance.packs import asked_for, content_of, digest_of_pack, freeze
from workflows.governance.papers import Source, order_paper
from workflows.governance.project import Project
from workflows.governance.project_answers import Changes, changes_of
from workflows.governance.readiness import Readiness, readiness
from workflows.governance.write import Written, write_step
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.retry import retry_on_conflict
from workflows.models.model import DocumentType


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What came of handing in: the number on record and what opened next."""

    task_id: str
    project_id: str
    number: str | None
    version: int | None
    opened: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """Everything read before the step."""

    held: Held
    questions: Questions
    facts: Mapping[str, Any]
    readiness: Readiness | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    """What was handed in: the answers, the document they make, and what they change in the project."""

    answers: Mapping[str, Any]
    document: DocumentType | None
    changes: Changes


@retry_on_conflict
def submit_step(
    ctx: Context,
    *,
    task_id: str,
    entered: Entered | None = None,
    draft_version: int | None = None,
    request_id: str,
    registration: Registration | None = None,
    asked: str | None = None,
) -> Receipt:
    """Check answers, step, and write everything that follows, in one transaction.

    Without `entered`, the saved draft is handed in, which must still be `draft_version`: what was reviewed is what
    is recorded. `asked` is which questions the page asked (`asked_by`), if there was one. Raises StaleDraft,
    QuestionsChanged, AnswersRefused, FieldsUnknown, NotFound, Forbidden, AlreadyDone, TaskAlreadyClosed, InstanceHeld.
    """
    now = ctx.now()
    with ctx.read() as session:
        ready = _read(session, ctx, task_id=task_id, request_id=request_id, at=now)
    require_asked(ready.held, asked)
    result = read_entered(ready.questions, entered) if entered else _reviewed(ready, draft_version)
    if not result.ok:
        raise AnswersRefused(errors=result.errors, entered=result.entered)
    held, answers = ready.held, result.answers
    _require_own_files(ctx, ready, answers)
    given = _given(held, answers, environment(now))
    step = engine.complete(
        held.bundle.executable,
        held.waiting.running.state,
        held.task.id,
        fields_for_engine(ready.questions, answers),
        facts=facts_after(ready.facts, held.project, given.changes, held.bundle.model),
        env=environment(now),
    )
    with ctx.write() as session:
        return _write(session, ctx, ready, step, given, request_id, registration or Registration(), now)


@retry_on_conflict
def review_step(ctx: Context, *, task_id: str, entered: Entered, version: int) -> Draft:
    """Check answers as if they were handed in, and keep them as the draft that submit_step then hands in.

    Raises AnswersRefused, StaleDraft, and what submit_step raises.
    """
    return _keep(ctx, task_id=task_id, entered=entered, version=version, draft=False)


@retry_on_conflict
def save_draft(ctx: Context, *, task_id: str, entered: Entered, version: int, asked: str | None = None) -> Draft:
    """Save what was typed so far. Raises StaleDraft when somebody else saved after `version`, and as submit_step."""
    return _keep(ctx, task_id=task_id, entered=entered, version=version, draft=True, asked=asked)


def _keep(
    ctx: Context, *, task_id: str, entered: Entered, version: int, draft: bool, asked: str | None = None
) -> Draft:
    now, actor = ctx.now(), require_actor(ctx)
    with ctx.read() as session:
        ready = _read(session, ctx, task_id=task_id, request_id=None, at=now)
    require_asked(ready.held, asked)
    result = read_entered(ready.questions, entered, draft=draft)
    if not result.ok or (result.unseen and not draft):
        raise AnswersRefused(errors=result.errors, entered=result.entered)
    with ctx.write() as session:
        return write_draft(
            session,
            tenant=ctx.tenant,
            task_id=task_id,
            answers=result.answers,
            version=version,
            at=now,
            actor=actor,
        )


def _reviewed(ready: _Ready, version: int | None) -> Result:
    """Check the reviewed draft. Raises QuestionsChanged when it answers what is asked no more."""
    try:
        return read_entered(ready.questions, reviewed_draft(ready.held, version))
    except FieldsUnknown as error:
        raise QuestionsChanged from error


def reviewed_draft(held: Held, version: int | None) -> Entered:
    """Return the draft as entered answers. Raises StaleDraft when it is not the version that was reviewed."""
    draft = held.waiting.draft
    if draft is None or draft.version != version:
        raise StaleDraft(theirs=draft)
    return Entered(answers=draft.answers)


def _require_own_files(ctx: Context, ready: _Ready, answers: Mapping[str, Any]) -> None:
    """Refuse references to files of other projects, typed in by hand. Raises NotFound, which tells nothing."""
    wanted = file_references(ready.questions, answers)
    if wanted:
        with ctx.read() as session:
            if not wanted <= set(file_names(session, tenant=ctx.tenant, project_id=ready.held.project.id)):
                raise NotFound


def _read(session: Session, ctx: Context, *, task_id: str, request_id: str | None, at: datetime) -> _Ready:
    held = hold_task(session, ctx, task_id=task_id, request_id=request_id)
    if held.task.kind == TaskKind.DECISION:
        raise NotADecision
    env, model = environment(at), held.bundle.model
    facts = facts_of(session, tenant=ctx.tenant, project=held.project, model=model, on=held.today)
    found = None
    if held.task.gate is not None:
        item = held.task.item
        found = readiness(
            session,
            tenant=ctx.tenant,
            project=held.project,
            bundle=held.bundle,
            gate=model.gate(held.task.gate),
            item=item,
            facts=facts,
            env=env,
        )
        facts["missing"] = found.missing
    questions = questions_of(session, tenant=ctx.tenant, held=held, facts=facts, env=env)
    return _Ready(held=held, questions=questions, facts=facts, readiness=found)


def _given(held: Held, answers: Mapping[str, Any], env: Environment) -> _Given:
    model, form = held.bundle.model, held.task.form or held.task.node
    made = document_made(model, form=form, answers=answers, env=env)
    entered = {name: value for name, value in answers.items() if name not in _computed(held.bundle.forms.get(form))}
    changes = changes_of(
        model, held.project, form=form, item=held.task.item, answers=entered, kind=held.task.kind, made=made
    )
    return _Given(answers=answers, document=made, changes=changes)


def _computed(form: Form | None) -> frozenset[str]:
    """Return the fields that only show something (a name for an id): they change nothing in the project."""
    fields = (node for node in keyed(form.nodes) if isinstance(node, Field)) if form else ()
    return frozenset(field.key for field in fields if field.type is FieldType.COMPUTED)


def _write(
    session: Session,
    ctx: Context,
    ready: _Ready,
    step: engine.Step,
    given: _Given,
    request_id: str,
    registration: Registration,
    now: datetime,
) -> Receipt:
    held, actor = ready.held, require_actor(ctx)
    form, item = held.task.form or held.task.node, held.task.item
    kind, answers = given.document, given.answers
    project = replace(held.project, records=held.project.records + 1) if kind else held.project
    new = None
    if kind is not None:
        new = next_version(session, tenant=ctx.tenant, project=project, kind=kind, item=item, registration=registration)
    content = _pack_content(session, ctx, ready, step, answers)
    entry = Entry(
        verb="submit",
        at=now,
        body=_body(held, form, item, new) | _told_of_pack(step, content),
        actor=actor,
        on_behalf_of=held.on_behalf_of,
        request_id=request_id,
    )

    def carry_out(session: Session, effect: Effect, after: Project) -> None:
        if effect.kind is EffectKind.FREEZE and content is not None:
            freeze(session, tenant=ctx.tenant, project=after, effect=effect, content=content, at=now, actor=actor)

    written = write_step(
        session,
        ctx,
        project=project,
        bundle=held.bundle,
        running=held.waiting.running,
        step=step,
        entry=entry,
        changes=given.changes,
        completed=held.waiting,
        handed=Handed(form=form, answers=answers),
        carry_out=carry_out,
        values={"records": project.records} if kind else None,
    )
    if new is not None and written.recorded.submission_id is not None:
        add_version(
            session,
            tenant=ctx.tenant,
            project=written.project,
            new=new,
            submission=written.recorded.submission_id,
            digest=written.recorded.submission_digest or "",
            at=now,
            actor=actor,
        )
        source = Source(document=new.key, item=new.item, version=new.version)
        order_paper(session, ctx, project_id=project.id, source=source)
    return _receipt(held, written, new)


def _pack_content(
    session: Session, ctx: Context, ready: _Ready, step: engine.Step, answers: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Return what a request that was let through freezes."""
    frozen = any(effect.kind is EffectKind.FREEZE for effect in step.effects)
    if not frozen or ready.readiness is None:
        return None
    project = ready.held.project
    latest = latest_submissions(session, tenant=ctx.tenant, instance_id=project.instance)
    return content_of(project, ready.held.bundle, ready.readiness, latest, request=answers)


def _told_of_pack(step: engine.Step, content: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the event tells of the pack that a request froze."""
    if content is None:
        return {}
    frozen = next(effect for effect in step.effects if effect.kind is EffectKind.FREEZE)
    return {"pack_digest": digest_of_pack(content), "pack": asked_for(frozen)}


def _body(held: Held, form: str, item: str | None, document: NewVersion | None) -> dict[str, Any]:
    """Return what the event tells: the step, and all of the document that it makes."""
    task = held.task
    made: dict[str, Any] = {"document": asdict(document)} if document else {}
    return made | {
        "task": task.id,
        "node": task.node,
        "name": task.name,
        "kind": task.kind,
        "form": form,
        "item": item,
        "gate": task.gate,
        "round": task.round,
    }


def _receipt(held: Held, written: Written, document: NewVersion | None) -> Receipt:
    return Receipt(
        task_id=held.task.id,
        project_id=held.project.id,
        number=document.registry_number if document else None,
        version=document.version if document else None,
        opened=tuple(task.id for task in written.recorded.opened),
    )
