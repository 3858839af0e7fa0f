"""The open steps of a trial: for whom, since when, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.engine import OpenTask, TaskKind
from workflows.models.bundle import Bundle
from workflows.models.periods import later
from workflows.models.playing import Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step of the trial that waits for somebody. `item` is its innermost item ("" for none), `who` an invented name.

    `due_at` is when it should be done, counted from when it opened.
    """

    task: OpenTask
    item: str
    role: str
    who: str
    opened_at: datetime
    due_at: datetime | None

    @property
    def decides(self) -> bool:
        """Tell whether it is the decision of a gate."""
        return self.task.gate is not None and self.task.definition.kind is TaskKind.DECISION

    @property
    def requests(self) -> bool:
        """Tell whether it asks for the decision of a gate."""
        return self.task.gate is not None and not self.decides


def open_steps(bundle: Bundle, roles: Mapping[str, str], stand: Stand) -> Iterator[OpenStep]:
    """Yield what is open, in the engine's order; `roles` says who has which role."""
    if stand.step is None:
        return
    for task in stand.step.open_tasks:
        opened = next(
            (one.now for one in stand.landings if any(task.id == known.id for known in one.open_tasks)),
            stand.now,
        )
        role = task.definition.role or bundle.model.duties.manager
        yield OpenStep(
            task=task,
            item=innermost(task),
            role=role,
            who=roles.get(role, ""),
            opened_at=opened,
            due_at=_due(opened, task.definition.due),
        )


def _due(opened: datetime, period: str | None) -> datetime | None:
    """Return when a step is due; a draft may still hold a period that is none, which the check tells of."""
    try:
        return later(opened, period) if period else None
    except (ValueError, OverflowError):
        return None


def innermost(task: OpenTask) -> str:
    """Return the innermost item that a task is for, "" for none."""
    return next(iter(list(task.items.values())[-1:]), "")
