"""Where work goes on whose step another version does not have: chosen by hand, then tried like everything else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy.orm import Session

from workflows import engine
from workflows.engine import Executable, Moved, Node, TaskKind
from workflows.governance.moving.errors import NoStandIn
from workflows.governance.moving.rows import load_move, set_status
from workflows.governance.moving.runs import JOB, MOVE_PROJECTS
from workflows.governance.moving.standing import Places, places_of, waiting_on
from workflows.governance.moving.statuses import MOVABLE, RETRIABLE, MoveStatus
from workflows.governance.moving.trial import copy_of
from workflows.governance.tables import ModelMoveRow
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.models import SEE_MODELS, load_bundle
from workflows.people import authorize

TRIED = 12
"""Places where projects stand that each choice is tried at."""


class NoChoice(StrEnum):
    """Why no step can take over the work of one that is gone."""

    DECISION = "decision"
    EACH = "each"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A step of the target in which work can go on, or FALL where it ends; `works` counts the projects it works for."""

    id: str
    name: str
    works: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneStep:
    """A step that the target of a move does not have and that projects wait on.

    `choices` are those that at least one of its projects can be moved with, `why_not` why there are none; `chosen` is
    the id of one, or empty.
    """

    id: str
    name: str
    projects: int
    choices: tuple[Choice, ...]
    why_not: NoChoice | None
    chosen: str


def gone_steps(ctx: Context, *, move: str) -> tuple[GoneStep, ...]:
    """Return the steps of a move that are gone and that projects wait on, in the order of the diagram.

    Each choice is tried before it is offered, on a copy of one project for each place where projects stand. A step that
    waits there already everywhere is none: the work would fall away.
    Raises NotFound, Forbidden.
    """
    with ctx.read() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        origin, target = _executables(session, ctx, row)
        found = engine.replaceable(origin, target)
        places = places_of(session, ctx, move, found)
        return tuple(
            _gone(session, ctx, row, origin, step, candidates, places[step])
            for step, candidates in found.items()
            if step in places
        )


def _gone(
    session: Session,
    ctx: Context,
    row: ModelMoveRow,
    origin: Executable,
    step: str,
    candidates: Sequence[Node],
    places: Places,
) -> GoneStep:
    drawn = origin.diagram.nodes[step]
    names = {node.id: node.label for node in candidates}
    if engine.can_end(drawn, origin):
        names[engine.FALL] = ""
    works, goes_on = Counter[str](), {engine.FALL}
    for projects in list(places.values())[:TRIED]:
        copy = copy_of(session, ctx, project_id=projects[0], target=row.target, at=ctx.now())
        _, before = copy.tried(session, ctx, {})
        for other in names:
            there, after = copy.tried(session, ctx, {step: other})
            if set(after) < set(before):
                works[other] += len(projects)
                falls = isinstance(there, Moved) and step in there.fallen
                goes_on |= set() if falls else {other}
    untried = sum(map(len, list(places.values())[TRIED:]))
    choices = tuple(
        Choice(id=key, name=name, works=works[key] + untried)
        for key, name in names.items()
        if works[key] and key in goes_on
    )
    return GoneStep(
        id=step,
        name=origin.tasks[step].name,
        projects=sum(map(len, places.values())),
        choices=choices,
        why_not=None if choices else _why_not(origin, drawn),
        chosen=(row.replaced or {}).get(step, ""),
    )


def _why_not(origin: Executable, step: Node) -> NoChoice:
    if origin.tasks[step.id].kind is TaskKind.DECISION:
        return NoChoice.DECISION
    return NoChoice.NOWHERE if step.each is None else NoChoice.EACH


def replace_steps(ctx: Context, *, move: str, steps: Mapping[str, str], request_id: str) -> int:
    """Let work that waits on steps that are gone go on in others, and let a job try it; return how many projects wait.

    `steps` are the target's steps by those of the origin; empty is none, and then those projects stay; with FALL the
    work ends. Nothing is moved. Raises NotFound, Forbidden, NoStandIn.
    """
    with ctx.write() as session:
        authorize(session, ctx, MOVE_PROJECTS, scope=ORGANISATION, sees=SEE_MODELS)
        row = load_move(session, ctx, move)
        origin, target = _executables(session, ctx, row)
        found = engine.replaceable(origin, target)
        chosen = {step: other for step, other in steps.items() if other}
        for step, other in chosen.items():
            if not _may_stand_in(origin, found, step, other):
                raise NoStandIn
        row.replaced = chosen
        projects = {row.id for row in session.execute(waiting_on(ctx, move, found))}
        for project in projects:
            for was in RETRIABLE | MOVABLE:
                set_status(session, ctx, move, project, was, status=MoveStatus.WAITING)
        ctx.jobs.later(session, JOB, move, key=f"{JOB}:{move}:{request_id}")
    return len(projects)


def _may_stand_in(origin: Executable, found: Mapping[str, Sequence[Node]], step: str, other: str) -> bool:
    if other == engine.FALL:
        return step in found and engine.can_end(origin.diagram.nodes[step], origin)
    return other in {node.id for node in found.get(step, ())}


def _executables(session: Session, ctx: Context, row: ModelMoveRow) -> tuple[Executable, Executable]:
    origin, target = (load_bundle(session, tenant=ctx.tenant, digest=digest) for digest in (row.origin, row.target))
    return origin.executable, target.executable
