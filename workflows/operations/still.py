"""Which projects stand still, why, and on whose desk: past due, longer than usual, or nobody there to do it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from sqlalchemy.orm import Session

from workflows.engine import TaskKind
from workflows.flow import principals_of_tasks
from workflows.flow.unmanned import unmanned_tasks
from workflows.flow.watching import last_moved
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.operations.usual import Step, Usual
from workflows.operations.watching import WaitingStep
from workflows.people import manned_select, people_behind
from workflows.people.queries import PersonName

LEAST = timedelta(days=7)
"""Whoever has had a step for less keeps nobody waiting, however quickly others did it."""

_LOT = 500
"""Instances or tasks that are asked for in one statement."""


class Cause(IntEnum):
    """Why a project stands still, the most harmful last: longer than usual, past due, nobody there to do it."""

    LONG = 1
    LATE = 2
    NOBODY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """A project that stands still at a step. `since` is when the step should have been done, or else when it opened.

    `usual` is how long the step usually takes, where enough of them were done; `people` are those it waits for.
    """

    waiting: WaitingStep
    cause: Cause
    since: datetime
    usual: Usual | None
    people: tuple[PersonName, ...]


def standing_still(
    session: Session, ctx: Context, waiting: Sequence[WaitingStep], usual: Mapping[Step, Usual]
) -> tuple[Standstill, ...]:
    """Return a row for each project that stands still, what does most harm first."""
    now = ctx.now()
    nobody = _unmanned(session, ctx)
    found = [(cause, step) for step in waiting if (cause := _cause(step, usual, nobody, now)) is not None]
    moved = _moved(session, ctx, [step.instance for cause, step in found if cause is Cause.LONG])
    kept = [(cause, step) for cause, step in found if not _goes_on(cause, step, usual, moved, now)]
    worst: dict[str, tuple[Cause, WaitingStep]] = {}
    for cause, step in sorted(kept, key=lambda one: _harm(one[0], one[1], now), reverse=True):
        worst.setdefault(step.project, (cause, step))
    people = people_of(session, ctx, [step.task for _, step in worst.values()])
    return tuple(
        Standstill(
            waiting=step,
            cause=cause,
            since=_since(cause, step),
            usual=usual.get((step.model, step.step)),
            people=people.get(step.task, ()),
        )
        for cause, step in worst.values()
    )


def _cause(step: WaitingStep, usual: Mapping[Step, Usual], nobody: frozenset[str], now: datetime) -> Cause | None:
    if step.task in nobody:
        return Cause.NOBODY
    if step.late_at(now):
        return Cause.LATE
    known = usual.get((step.model, step.step))
    return Cause.LONG if known is not None and step.opened_at < now - _long(known) else None


def _long(usual: Usual) -> timedelta:
    """Return how long a step may take before it is told of; a week at least, since many are done at once."""
    return max(usual.long, LEAST)


def _goes_on(
    cause: Cause, step: WaitingStep, usual: Mapping[Step, Usual], moved: Mapping[str, datetime], now: datetime
) -> bool:
    """Tell whether a project moves elsewhere while one of its steps takes longer than usual."""
    if cause is not Cause.LONG:
        return False
    return moved[step.instance] >= now - _long(usual[step.model, step.step])


def _since(cause: Cause, step: WaitingStep) -> datetime:
    return step.due_at if cause is Cause.LATE and step.due_at is not None else step.opened_at


def _harm(cause: Cause, step: WaitingStep, now: datetime) -> tuple[bool, int, timedelta]:
    """A decision holds everybody up; then comes what cannot go on by itself; then what has waited longest."""
    return step.kind == TaskKind.DECISION, cause, now - _since(cause, step)


def _unmanned(session: Session, ctx: Context) -> frozenset[str]:
    manned = manned_select(ctx.tenant, local_date(ctx.now()))
    return frozenset(one.task for one in unmanned_tasks(session, tenant=ctx.tenant, manned=manned))


def _moved(session: Session, ctx: Context, instances: Sequence[str]) -> Mapping[str, datetime]:
    found: dict[str, datetime] = {}
    for lot in _lots(sorted(set(instances))):
        for row in session.execute(last_moved(ctx.tenant, lot)):
            found[row.instance] = max(moment for moment in (row.opened, row.closed) if moment is not None)
    return found


def people_of(session: Session, ctx: Context, tasks: Sequence[str]) -> Mapping[str, tuple[PersonName, ...]]:
    """Return who each task waits for, everybody once."""
    found: dict[str, tuple[PersonName, ...]] = {}
    for lot in _lots(tasks):
        principals = principals_of_tasks(session, tenant=ctx.tenant, tasks=lot)
        wanted = {principal for several in principals.values() for principal in several}
        behind = people_behind(session, tenant=ctx.tenant, principals=wanted, day=local_date(ctx.now()))
        for task, several in principals.items():
            people = {person.id: person for principal in several for person in behind.get(principal, ())}
            found[task] = tuple(people.values())
    return found


def _lots(items: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (items[start : start + _LOT] for start in range(0, len(items), _LOT))
