"""When each step of a trial opened, is reminded of, is due and is lifted, as it would be in a project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from workflows.engine import OpenTask
from workflows.models.deadlines import Deadlines, Mark, deadlines, drawn_periods, end_of_day
from workflows.models.playing import Landing, Stand

_UNTIL = {"rework": "due_on", "defer": "defer_to"}
"""The decisions that say a day, and where: what opens by them is due then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """When a task opened, and the moments counted from there."""

    task: OpenTask
    at: datetime
    deadlines: Deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMark:
    """What comes, or came, for a step: a reminder, its due moment, that it is lifted."""

    mark: Mark
    task: OpenTask
    at: datetime


def opened_in(stand: Stand) -> Mapping[str, Opened]:
    """Return every task that a scenario opened, by its id."""
    found: dict[str, Opened] = {}
    for task in stand.begun:
        found[task.id] = _opened(task, stand.played.scenario.start, None)
    for landing in stand.landings:
        for task in landing.open_tasks:
            if task.id not in found:
                found[task.id] = _opened(task, landing.now, _day_set(landing))
    return found


def marks_between(
    opened: Mapping[str, Opened], tasks: tuple[OpenTask, ...], after: datetime, until: datetime
) -> Iterator[TrialMark]:
    """Yield what came for tasks that were open, in a span of time that passed."""
    for task in tasks:
        for mark, at in opened[task.id].deadlines.marks():
            if after < at <= until:
                yield TrialMark(mark=mark, task=task, at=at)


def _opened(task: OpenTask, at: datetime, due_at: datetime | None) -> Opened:
    """A draft may still hold a period that is none, which the check tells of; then no moment is known."""
    try:
        moments = deadlines(at, drawn_periods(task.definition), due_at=due_at)
    except (ValueError, OverflowError):
        moments = Deadlines(remind_at=None, due_at=due_at, escalate_at=None)
    return Opened(task=task, at=at, deadlines=moments)


def _day_set(landing: Landing) -> datetime | None:
    """Return when what a decision opened is due, where it said a day."""
    if landing.move.verb != "decide":
        return None
    said: Mapping[str, Any] = landing.move.answers
    try:
        return end_of_day(date.fromisoformat(str(said[_UNTIL[str(said["outcome"])]])))
    except (KeyError, ValueError):
        return None
