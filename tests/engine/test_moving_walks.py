"""Random projects moved at random moments to other versions: refused in words, or able to reach an end."""

from __future__ import annotations

import os
import random
from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.engine.mutating import CHANGES, add_step, changed, remove_step, rename_labels
from tests.engine.oracle_files import Model
from tests.engine.patterns import PATTERNS
from tests.engine.test_walks import shipped
from tests.engine.walking import Walk
from workflows import engine

WALKS = int(os.environ.get("STYR_WALKS", "12"))
FAR = 600
"""Steps in which every walk that is not stuck comes to an end; those that loop by chance are taken again."""

SECOND = Path(__file__).parents[1] / "models" / "second"
MODELS = {
    **shipped(),
    "second": {
        path.name: path.read_bytes()
        for path in [*SECOND.glob("*.bpmn"), *SECOND.glob("*.dmn"), SECOND.parents[2] / "bpmn" / "shared" / "gate.bpmn"]
    },
}


def compiled(files: Mapping[str, bytes]) -> engine.Executable:
    """Return what runs."""
    return engine.compile(files, process=main(files))


def main(files: Mapping[str, bytes]) -> str:
    """Return the id of the main process; the second model calls it something else."""
    return "service" if b'process id="service"' in files["project.bpmn"] else "project"


def version(files: Mapping[str, bytes], dice: random.Random, near: Collection[str] = ()) -> dict[str, bytes]:
    """Return another version of a model, with a change or two, that is as sound as it was."""
    usual = {finding.rule for finding in engine.lint(files, process=main(files))}
    while True:
        other = changed(files, dice, *dice.sample(CHANGES, dice.choice([1, 1, 2])), near=near)
        if {finding.rule for finding in engine.lint(other, process=main(files))} - {"unknown-field"} <= usual:
            return other


class Mover(Walk):
    """A walk of the engine alone, which goes over to another version on its way."""

    def some_facts(self, before: Mapping[str, Any]) -> dict[str, Any]:
        """Return facts; every register that a repeated step goes through has rows, which only grow in number."""
        facts = super().some_facts(before)
        for node in self.executable.diagram.nodes.values():
            name = node.each.collection.removeprefix("facts.") if node.each is not None else "members"
            count = max(len(before.get(name, ())), self.random.choice([0, 1, 2, 3]))
            facts[name] = [f"r{number}" for number in range(count)]
        return facts

    def begin(self, steps: int) -> engine.Step:
        """Start and take some steps."""
        self.handed: list[engine.Handed] = []
        step = engine.start(self.executable, **self.given)
        for _ in range(steps):
            if step.ended:
                break
            step = self.onward(step)
        return step

    def onward(self, step: engine.Step) -> engine.Step:
        """Take one step; an ending one is mostly thought better of."""
        for _ in range(6):
            after = self._draw(step)
            if not after.ended:
                break
        return after

    def _draw(self, step: engine.Step) -> engine.Step:
        if not step.open_tasks or self.random.random() < 0.1:
            self.now += timedelta(days=self.random.choice([1, 4, 40]))
            return engine.tick(self.executable, step.state, **self.given)
        task = self.random.choice(step.open_tasks)
        answers = self.answers(task)
        after = engine.complete(self.executable, step.state, task.id, answers, **self.given)
        item = [*task.items.values()][-1] if task.items else None
        asked = frozenset(answers)
        self.handed.append(engine.Handed(node=task.node, place=task.place, item=item, fields=answers, asked=asked))
        return after

    def move(
        self, step: engine.Step, target: engine.Executable, renamed: Mapping[str, str] | None = None
    ) -> engine.Moved | engine.Immovable:
        """Go over to another version, if that is let through."""
        moved = engine.move(
            self.executable, target, step.state, handed=lambda: self.handed, renamed=renamed, **self.given
        )
        if isinstance(moved, engine.Moved):
            self.executable = target
            self.values = Mover(target, self.model, self.seed, self.length).values
        return moved

    def ends(self) -> bool:
        """Tell whether a whole project does."""
        return self.finish(self.begin(0))

    def finish(self, step: engine.Step) -> bool:
        """Walk to an end; tell whether there was one. What is stuck is an error."""
        self.facts["missing"] = 0
        for _ in range(FAR):
            if step.ended:
                return True
            assert step.open_tasks or step.due, f"seed {self.seed}: stuck"
            step = self._draw(step)
        return False


def anew(target: engine.Executable, model: Model, seed: int) -> bool:
    """Tell whether a project that begins on a version comes to an end: a change may have closed a loop for ever."""
    return all(Mover(target, model, seed + one, FAR).ends() for one in range(3))


def ids(step: engine.Step) -> set[str]:
    return {task.id for task in step.open_tasks}


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_project_that_is_moved_keeps_what_is_open_and_can_still_reach_an_end(name: str) -> None:
    files = MODELS[name]
    origin, model = compiled(files), Model(files)
    moved = refused = ended = 0
    for seed in range(WALKS * 3):
        dice = random.Random(seed)
        walk = Mover(origin, model, seed, FAR)
        before = walk.begin(dice.randrange(60))
        if before.ended:
            continue
        target = compiled(version(files, dice, {task.node for task in before.open_tasks}))
        after = walk.move(before, target)
        if isinstance(after, engine.Immovable):
            assert after.reasons
            assert all(reason.endswith(".") for reason in after.reasons)
            refused += 1
            continue
        moved += 1
        assert ids(after.step) == ids(before)
        kept = {(due.node, due.at) for due in before.due if due.node in target.diagram.nodes}
        assert kept <= {(due.node, due.at) for due in after.step.due}
        ended += any(walk.finish(after.step) for _ in range(3)) or not anew(target, model, seed)
    assert moved > WALKS
    assert ended == moved
    assert refused


@pytest.mark.full
@pytest.mark.parametrize("name", sorted(MODELS))
def test_work_that_goes_on_in_any_step_that_can_be_chosen_keeps_its_id_and_can_still_reach_an_end(name: str) -> None:
    files = MODELS[name]
    origin, model = compiled(files), Model(files)
    usual = {finding.rule for finding in engine.lint(files, process=main(files))}
    went = 0
    for seed in range(WALKS * 5):
        dice = random.Random(seed)
        walk = Mover(origin, model, seed, FAR)
        before = walk.begin(dice.randrange(60))
        near = {task.node for task in before.open_tasks}
        other = changed(files, dice, remove_step, dice.choice([add_step, remove_step]), near=near)
        unsound = {one.rule for one in engine.lint(other, process=main(files))} - {"unknown-field"} - usual
        if before.ended or unsound:
            continue
        target = compiled(other)
        choices = {step: nodes for step, nodes in engine.replaceable(origin, target).items() if nodes}
        chosen = {step: dice.choice(nodes).id for step, nodes in choices.items()}
        after = walk.move(before, target, chosen)
        if isinstance(after, engine.Immovable):
            assert all(reason.endswith(".") for reason in after.reasons)
            continue
        assert ids(after.step) == ids(before)
        went += not near.isdisjoint(chosen)
        assert any(walk.finish(after.step) for _ in range(3)) or not anew(target, model, seed)
    assert went


@pytest.mark.full
@pytest.mark.parametrize("name", sorted({**PATTERNS, **MODELS}))
def test_a_project_moved_to_the_same_drawing_under_other_names_goes_on_as_if_nothing_had_happened(name: str) -> None:
    files = {**PATTERNS, **MODELS}[name]
    origin, model = compiled(files), Model(files)
    target = compiled(changed(files, random.Random(0), rename_labels))
    for seed in range(WALKS // 2):
        stayed, went = Mover(origin, model, seed, FAR), Mover(origin, model, seed, FAR)
        length = random.Random(seed).randrange(40)
        first, second = stayed.begin(length), went.begin(length)
        if first.ended:
            continue
        moved = went.move(second, target)
        assert isinstance(moved, engine.Moved)
        assert not moved.changes
        first, second = engine.view(origin, first.state), moved.step
        for _ in range(30):
            assert _shape(first) == _shape(second)
            if first.ended:
                break
            first, second = stayed.onward(first), went.onward(second)


def _shape(step: engine.Step) -> object:
    tasks = [(task.node, task.place, task.items, task.gate, task.round, task.scope) for task in step.open_tasks]
    return tasks, step.due, step.ended, step.ends, step.variables
