"""What would become of one running project on another version of its model; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.feel import Environment
from forms.verdict import engine_fields
from workflows import engine
from workflows.engine import Handed, Immovable, Moved
from workflows.flow import Origin, Running, load_running, open_tasks
from workflows.flow.tables import SubmissionRow, TaskRow
from workflows.governance.facts import environment, facts_of
from workflows.governance.moving.effects import effects_of
from workflows.governance.moving.hindrances import hindrances_of
from workflows.governance.moving.questions import asked_in
from workflows.governance.project import Project, load_project
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.models import Bundle, load_bundle


class Verdict(StrEnum):
    """Whether a project can go over to another version, and whether anybody will notice."""

    PLAIN = "plain"
    EFFECTS = "effects"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A project tried on another version. `notes` are sentences: what changes for it, or why it must stay.

    `replaced` are the names of the steps that its work leaves and goes on in, where a person chose them, `fallen` those
    of the steps whose work ends, with their tasks.
    """

    project: Project
    running: Running
    origin: Bundle
    target: Bundle
    verdict: Verdict
    notes: tuple[str, ...]
    moved: Moved | None
    replaced: tuple[tuple[str, str], ...] = ()
    fallen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A project as it stands and the version it is tried on; as often as one likes, nothing is written."""

    project: Project
    running: Running
    origin: Bundle
    target: Bundle
    facts: Mapping[str, Any]
    env: Environment

    def tried(
        self, session: Session, ctx: Context, replaced: Mapping[str, str]
    ) -> tuple[Moved | Immovable, tuple[str, ...]]:
        """Return where the project would be with these steps chosen, and the sentences why it must stay, if any."""
        found = engine.move(
            self.origin.executable,
            self.target.executable,
            self.running.state,
            facts=self.facts,
            env=self.env,
            handed=lambda: tuple(handed_in(session, ctx, self.running)),
            renamed=replaced,
        )
        hindrances = hindrances_of(session, ctx.tenant, self.project, self.origin, self.target, found)
        return found, (*(found.reasons if isinstance(found, Immovable) else ()), *hindrances)


def copy_of(session: Session, ctx: Context, *, project_id: str, target: str, at: datetime) -> Copy:
    """Read a project to try it on the version with digest `target`. Raises NotFound."""
    project = load_project(session, tenant=ctx.tenant, project_id=project_id)
    running = load_running(session, tenant=ctx.tenant, instance_id=project.instance)
    other = load_bundle(session, tenant=ctx.tenant, digest=target)
    return Copy(
        project=project,
        running=running,
        origin=load_bundle(session, tenant=ctx.tenant, digest=running.bundle),
        target=other,
        facts=facts_of(session, tenant=ctx.tenant, project=project, model=other.model, on=local_date(at)),
        env=environment(running.held_at or at),  # on hold no time passes, for a timer that begins with the move neither
    )


def try_move(
    session: Session,
    ctx: Context,
    *,
    project_id: str,
    target: str,
    at: datetime,
    replaced: Mapping[str, str] | None = None,
) -> Trial:
    """Try a project on the version with digest `target`, on a copy of its state; `replaced` are steps chosen by hand.

    Raises NotFound.
    """
    copy = copy_of(session, ctx, project_id=project_id, target=target, at=at)
    found, reasons = copy.tried(session, ctx, replaced or {})
    project, running, origin, other = copy.project, copy.running, copy.origin, copy.target
    if isinstance(found, Immovable) or reasons:
        notes, verdict, moved = reasons, Verdict.REFUSED, None
    else:
        effects = effects_of(session, ctx.tenant, project, origin, other, found, facts=copy.facts, env=copy.env)
        notes, moved = tuple(dict.fromkeys(effects)), found
        verdict = Verdict.EFFECTS if notes else Verdict.PLAIN
    return Trial(
        project=project,
        running=running,
        origin=origin,
        target=other,
        verdict=verdict,
        notes=notes,
        moved=moved,
        replaced=() if moved is None else tuple(_names(origin, other, replaced or {}, moved)),
        fallen=() if moved is None else tuple(_fallen(session, ctx, running, origin, moved)),
    )


def _names(origin: Bundle, target: Bundle, replaced: Mapping[str, str], moved: Moved) -> Iterator[tuple[str, str]]:
    going_on = {task.node for task in moved.step.open_tasks}
    for before, after in replaced.items():
        if moved.renamed.get(before) == after and after in going_on:
            yield origin.executable.tasks[before].name, target.executable.tasks[after].name


def _fallen(
    session: Session, ctx: Context, running: Running, origin: Bundle, moved: Moved
) -> Iterator[tuple[str, str]]:
    still = {task.id for task in moved.step.open_tasks}
    for task in open_tasks(session, tenant=ctx.tenant, instance_id=running.id) if moved.fallen else ():
        if task.origin is Origin.ENGINE and task.id not in still:
            yield origin.executable.tasks[task.node].name, task.id


def handed_in(session: Session, ctx: Context, running: Running) -> Iterator[Handed]:
    """Yield everything that was handed in in an instance, oldest first, as expressions may read it."""
    query = (
        select(SubmissionRow, TaskRow.place)
        .join(TaskRow, (TaskRow.tenant == SubmissionRow.tenant) & (TaskRow.id == SubmissionRow.task))
        .where(SubmissionRow.tenant == ctx.tenant, SubmissionRow.instance == running.id)
        .order_by(SubmissionRow.at, SubmissionRow.id)
    )
    for row, place in session.execute(query):
        bundle = load_bundle(session, tenant=ctx.tenant, digest=row.bundle)
        checklist = bundle.checklists.get(row.form)
        fields = row.answers if checklist is None else engine_fields(checklist, row.answers)
        asked = asked_in(bundle, row.form) or frozenset(fields)
        yield Handed(node=row.node, place=place, item=row.item, fields=fields, asked=asked)
