"""Plays an instance in a test: one line a step, the state stored and given back every time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from forms import feel
from tests.engine.samples import FACTS
from workflows import engine
from workflows.kernel.workdays import add_workdays

MONDAY = datetime(2026, 1, 12, 8, tzinfo=UTC)


@dataclass
class Play:
    """A started instance. `step` is the last one; every verb returns it too."""

    files: Mapping[str, bytes]
    facts: dict[str, Any] = field(default_factory=lambda: dict(FACTS))
    now: datetime = MONDAY

    def __post_init__(self) -> None:
        self.executable = engine.compile(self.files)
        self.step = engine.start(self.executable, **self.given)

    @property
    def given(self) -> dict[str, Any]:
        """What every verb is given besides its own arguments."""
        return {"facts": self.facts, "env": feel.Environment(now=self.now, workdays=add_workdays)}

    @property
    def open(self) -> list[str]:
        """Paths of the open tasks, sorted; a multi-instance task ends with its item in brackets."""
        return sorted(path(task) for task in self.step.open_tasks)

    @property
    def due(self) -> dict[str, datetime]:
        """Due moments by event."""
        return {moment.node: moment.at for moment in self.step.due}

    def task(self, ending: str) -> engine.OpenTask:
        """Return the one open task whose path ends so."""
        [found] = [task for task in self.step.open_tasks if ("/" + path(task)).endswith("/" + ending)]
        return found

    def do(self, ending: str, **fields: Any) -> engine.Step:
        """Complete the open task whose path ends so."""
        self.step = engine.complete(self.executable, self.step.state, self.task(ending).id, fields, **self.given)
        return self.step

    def send(self, place: str, message: str) -> engine.Step:
        """Send a message to a place."""
        self.step = engine.send(self.executable, self.step.state, place=place, message=message, **self.given)
        return self.step

    def wait(self, **time: float) -> engine.Step:
        """Let time pass and tick."""
        self.now += timedelta(**time)
        self.step = engine.tick(self.executable, self.step.state, **self.given)
        return self.step

    def cancel(self) -> engine.Step:
        """End the instance."""
        self.step = engine.cancel(self.executable, self.step.state, **self.given)
        return self.step


def path(task: engine.OpenTask) -> str:
    """Return where an open task stands, itself included."""
    own = list(task.items.values())[task.place.count("[") :]
    last = task.node + "".join(f"[{item}]" for item in own)
    return f"{task.place}/{last}" if task.place else last
