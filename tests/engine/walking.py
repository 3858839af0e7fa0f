"""Seeded random walks: the engine and the oracle take the same steps, and must never differ."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from forms import feel
from tests.engine.comparing import engine_view, oracle_view, rows
from tests.engine.harvesting import harvest
from tests.engine.oracle import World
from tests.engine.oracle_files import Model
from tests.engine.playing import path
from workflows import engine
from workflows.kernel.workdays import add_workdays

LARGEST = 4_096
"""Bytes a state may take."""


class Differs(AssertionError):
    """The engine and the oracle do not agree."""


@dataclass
class Walk:
    """One walk. `run` takes up to `length` steps and returns how many it took."""

    executable: engine.Executable
    model: Model
    seed: int
    length: int
    log: list[str] = field(default_factory=list)
    largest: int = 0
    most_rows: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.values = harvest(self.executable)
        self.now = datetime(2026, 1, 12, 8, tzinfo=UTC)
        self.facts = self.some_facts({})

    @property
    def env(self) -> feel.Environment:
        """The present."""
        return feel.Environment(now=self.now, workdays=add_workdays)

    def run(self) -> int:
        """Walk until the end, a difference, or the last step."""
        step = engine.start(self.executable, facts=self.facts, env=self.env)
        world = World(self.model, self.facts, self.env, self.executable.named)
        self.compare(step, world)
        for number in range(self.length):
            if step.ended:
                return number
            if not step.open_tasks and not world.waits():
                raise Differs(f"seed {self.seed}: nothing is waited for; {self.log[-6:]}")
            step = self.one_step(step, world)
            self.compare(step, world)
        return self.length

    def one_step(self, step: engine.Step, world: World) -> engine.Step:
        """Take a random step on both sides; one that ends everything is mostly thought better of."""
        if self.random.random() < 0.1:
            self.now += timedelta(days=self.random.choice([0.2, 1, 4, 9, 30]))
        if self.random.random() < 0.1:
            self.facts = self.some_facts(self.facts)
        world.facts, world.env = self.facts, self.env
        for _ in range(5):
            note, ours, theirs = self.action(step, world)
            after = ours()
            if not after.ended or self.random.random() < 0.03:
                break
        self.log.append(note)
        theirs()
        return after

    @property
    def given(self) -> dict[str, Any]:
        """What every verb is given."""
        return {"facts": self.facts, "env": self.env}

    def action(self, step: engine.Step, world: World) -> tuple[str, Callable[[], engine.Step], Callable[[], object]]:
        """Draw a step: what to call it, how the engine takes it, how the oracle does."""
        dice = self.random.random()
        executable, state = self.executable, step.state
        if dice < 0.1 or (not step.open_tasks and dice < 0.6):
            return "tick", partial(engine.tick, executable, state, **self.given), world.tick
        if dice < 0.15 or not step.open_tasks:
            heard = [(wait.path, wait.message or "") for wait in world.waits() if wait.message]
            inner = [pair for pair in heard if "/" in pair[0] or self.random.random() < 0.1]
            place, name = self.random.choice(inner or [("nowhere", "nothing")])
            return f"send {place} {name}", partial(self.send, state, place, name), partial(hear, world, place, name)
        task = self.random.choice(step.open_tasks)
        answers = self.answers(task)
        fields = {**answers, "unread": "x" * 500}
        ours = partial(engine.complete, executable, state, task.id, fields, **self.given)
        return f"{path(task)} {answers}", ours, partial(world.complete, path(task), fields)

    def send(self, state: bytes, place: str, name: str) -> engine.Step:
        """Send a message; time passes instead when nothing waits for it."""
        try:
            return engine.send(self.executable, state, place=place, message=name, **self.given)
        except engine.NothingWaits:
            return engine.tick(self.executable, state, **self.given)

    def answers(self, task: engine.OpenTask) -> dict[str, Any]:
        """Answer every field that an expression reads."""
        variable = task.definition.variable
        names = sorted(self.executable.named.get(variable, ()))
        return {name: self.choose(self.values.get((variable, name)) or [None]) for name in names}

    def choose(self, values: list[Any]) -> Any:
        """Return one of the values, mostly the first, which tends to lead on."""
        return values[0] if self.random.random() < 0.6 else self.random.choice(values)

    def some_facts(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts; registers only grow."""
        facts = {name: self.random.choice(values) for (root, name), values in self.values.items() if root == "facts"}
        for name, key in (("members", "m"), ("deliverables", "d"), ("items", "i")):
            count = max(len(before.get(name, ())), self.random.choice([0, 1, 2, 2, 3, 4]))
            facts[name] = [f"{key}{number}" for number in range(count)]
        facts["missing"] = self.random.choice([0, 0, 0, 2])
        return facts

    def compare(self, step: engine.Step, world: World) -> None:
        """Raise Differs at the first difference, and note sizes."""
        ours, theirs = engine_view(step), oracle_view(world)
        for name, mine in ours.items():
            if mine != theirs[name]:
                where = f"seed {self.seed}, step {len(self.log)}, {name}"
                raise Differs(f"{where}:\n engine {mine}\n oracle {theirs[name]}\n after {self.log[-6:]}")
        world.effects.clear()
        world.ends.clear()
        if engine.view(self.executable, step.state).open_tasks != step.open_tasks:
            raise Differs(f"seed {self.seed}: restored differently; {self.log[-6:]}")
        self.largest = max(self.largest, len(step.state))
        self.most_rows = max(self.most_rows, rows(step.state))


def hear(world: World, place: str, name: str) -> None:
    """Send a message on the oracle's side; time passes instead when nothing waits for it."""
    if not world.send(place, name):
        world.tick()
