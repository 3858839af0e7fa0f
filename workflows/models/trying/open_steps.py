"""The open steps of a trial: for whom, since when, until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from workflows.engine import OpenTask, TaskKind
from workflows.models.bundle import Bundle
from workflows.models.deadlines import Deadlines
from workflows.models.playing import Stand
from workflows.models.trying.times import Opened


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStep:
    """A step of the trial that waits for somebody. `item` is its innermost item ("" for none), `who` an invented name.

    `deadlines` are counted from when it opened, unless a decision said a day.
    """

    task: OpenTask
    item: str
    role: str
    who: str
    opened_at: datetime
    deadlines: Deadlines

    @property
    def due_at(self) -> datetime | None:
        """When it should be done."""
        return self.deadlines.due_at

    @property
    def decides(self) -> bool:
        """Tell whether it is the decision of a gate."""
        return self.task.gate is not None and self.task.definition.kind is TaskKind.DECISION

    @property
    def requests(self) -> bool:
        """Tell whether it asks for the decision of a gate."""
        return self.task.gate is not None and not self.decides


def open_steps(
    bundle: Bundle, roles: Mapping[str, str], stand: Stand, opened: Mapping[str, Opened]
) -> Iterator[OpenStep]:
    """Yield what is open, in the engine's order; `roles` says who has which role."""
    if stand.step is None:
        return
    for task in stand.step.open_tasks:
        role = task.definition.role or bundle.model.duties.manager
        yield OpenStep(
            task=task,
            item=innermost(task),
            role=role,
            who=roles.get(role, ""),
            opened_at=opened[task.id].at,
            deadlines=opened[task.id].deadlines,
        )


def innermost(task: OpenTask) -> str:
    """Return the innermost item that a task is for, "" for none."""
    return next(iter(list(task.items.values())[-1:]), "")
