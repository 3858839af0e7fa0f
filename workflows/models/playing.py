"""Plays a scenario on the engine alone: no database, the state dumped and restored at every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms.feel import Environment
from workflows import engine
from workflows.engine import Executable, OpenTask, Step, TaskKind, Trail
from workflows.kernel.errors import StyrError
from workflows.kernel.workdays import add_workdays
from workflows.models.bundle import Bundle
from workflows.models.coverage import Coverage
from workflows.models.differing import Difference, Differs
from workflows.models.expecting import Standing, differences, fits, is_held_by, shown_task
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.periods import later
from workflows.models.scenario import Move, Scenario, Verb, moment_of

MOST_TASKS = 500
"""`until` gives up after so many: the process goes round."""

MOST_STEPS = 1_000
"""Steps of the engine in one scenario; our longest has 90."""

MOST_REQUESTS = 20
"""Steps of a gate before its decision; a request that is not let through comes back for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Where a scenario went another way than it says: `move` is None when its closing expectations failed.

    `tasks` were open then.
    """

    move: Move | None
    differences: tuple[Difference, ...]
    tasks: tuple[OpenTask, ...] = ()

    @property
    def open(self) -> tuple[str, ...]:
        """What was open then, as scenarios write it."""
        return tuple(map(shown_task, self.tasks))

    @property
    def where(self) -> str:
        """Return the step as people find it in the file: `steg 3: do idea_sheet, delivery_ready`."""
        if self.move is None:
            return "efter sista steget: expect"
        subject = self.move.subject
        said = ", ".join(subject) if isinstance(subject, tuple) else subject if isinstance(subject, str) else ""
        return f"steg {self.move.number}: {self.move.verb} {said}".rstrip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What came of a scenario. `steps` counts the engine's steps, `coverage` is what of the diagrams it passed."""

    scenario: Scenario
    steps: int
    failure: Failure | None
    coverage: Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where a move led: the tasks that were open after it, what the application would have done, what ends it passed.

    `now` is the scenario's time then.
    """

    move: Move
    now: datetime
    open_tasks: tuple[OpenTask, ...]
    effects: tuple[engine.Effect, ...]
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where a scenario stands after the last move that went as it says. `step` is None when it could not begin.

    `landings` are the moves so far, `facts` what holds now, `passed` the ends since the start; `begun` was open before
    any move.
    """

    played: Played
    step: Step | None
    now: datetime
    facts: Mapping[str, Any]
    passed: tuple[str, ...]
    landings: tuple[Landing, ...]
    begun: tuple[OpenTask, ...] = ()


def play(bundle: Bundle, scenario: Scenario) -> Played:
    """Play a scenario through and tell what differed first. Raises EngineRefused when its process cannot be run."""
    return stand_after(bundle, scenario).played


def stand_after(bundle: Bundle, scenario: Scenario) -> Stand:
    """Play a scenario as far as it goes and tell where it stands then. Raises EngineRefused as `play`."""
    executable = bundle.executable
    if scenario.process is not None:
        executable = engine.compile(bundle.files, process=scenario.process)
    return _Game(bundle=bundle, executable=executable, scenario=scenario).stand()


class _Otherwise(Exception):
    """A verb met something else than it says."""

    def __init__(self, *found: Difference) -> None:
        self.differences = found
        super().__init__()


@dataclass(slots=True)
class _Game:
    """A scenario while it is played. `seen` remembers every deciding or doable task, for steps that must be refused."""

    bundle: Bundle
    executable: Executable
    scenario: Scenario
    facts: dict[str, Any] = field(default_factory=dict)
    now: datetime = field(init=False)
    step: Step = field(init=False)
    count: int = 0
    trail: Trail = field(default_factory=Trail)
    effects: list[engine.Effect] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    landings: list[Landing] = field(default_factory=list)
    seen: dict[str, OpenTask] = field(default_factory=dict)
    begun: tuple[OpenTask, ...] = ()

    def stand(self) -> Stand:
        """Play to the end, or to the first failure."""
        self.now = self.scenario.start
        failure = self._failure()
        coverage = Coverage.of(self.trail)
        return Stand(
            played=Played(scenario=self.scenario, steps=self.count, failure=failure, coverage=coverage),
            step=self.step if self.count else None,
            now=self.now,
            facts=self.facts,
            passed=tuple(self.passed),
            landings=tuple(self.landings),
            begun=self.begun,
        )

    def _failure(self) -> Failure | None:
        move: Move | None = None
        try:
            self._begin()
            self.begun = self.step.open_tasks
            for move in self.scenario.moves:
                ended = len(self.passed)
                _VERBS[move.verb](self, move)
                self._landed(move, self.passed[ended:])
            move = None
            self._expect(self.scenario.expect or {})
        except _Otherwise as error:
            return self._failed(move, *error.differences)
        except StyrError as error:
            found = Difference(about="motorn", expected="ett steg", got=str(error), kind=Differs.ENGINE, found=error)
            return self._failed(move, found)
        return None

    def _landed(self, move: Move, ends: Sequence[str]) -> None:
        self.landings.append(
            Landing(
                move=move,
                now=self.now,
                open_tasks=self.step.open_tasks,
                effects=tuple(self.effects),
                ends=tuple(ends),
            )
        )

    def _failed(self, move: Move | None, *found: Difference) -> Failure:
        return Failure(move=move, differences=found, tasks=self.step.open_tasks if self.count else ())

    def _begin(self) -> None:
        registers: dict[str, Any] = {name: [] for name in self.bundle.model.registers}
        self.facts = {**DEFAULT_FACTS, **registers, **self.scenario.facts}
        self._took(engine.start(self.executable, facts=self.facts, env=self._env(), trail=self.trail))

    def _complete(self, task: OpenTask, answers: Mapping[str, Any]) -> None:
        fields = {**self.scenario.usual.get(task.node, {}), **answers}
        self._took(
            engine.complete(
                self.executable,
                self.step.state,
                task.id,
                fields,
                facts=self.facts,
                env=self._env(),
                trail=self.trail,
            )
        )

    def _took(self, step: Step) -> None:
        self.step = step
        self.count += 1
        if self.count > MOST_STEPS:
            raise _otherwise(Differs.TOO_LONG, f"högst {MOST_STEPS} steg", "fler")
        self.effects += step.effects
        self.passed += step.ends
        self.seen |= {task.id: task for task in step.open_tasks}

    def _env(self) -> Environment:
        return Environment(now=self.now, workdays=add_workdays)

    def do(self, move: Move) -> None:
        """Complete the open tasks of some nodes, in that order."""
        if move.refused:
            self._refused(move, [task for task in self.seen.values() if task.node in move.subject])
            return
        self.effects.clear()
        for node in move.subject:
            for task in self._chosen(move, node):
                self._complete(task, move.answers)

    def until(self, move: Move) -> None:
        """Complete what is open with its usual answers until the target is open."""
        self.effects.clear()
        for _ in range(MOST_TASKS):
            if any(move.subject in (task.node, task.gate) for task in self.step.open_tasks):
                return
            self._complete(*self._next_usual(move))
        raise _otherwise(
            Differs.NEVER_CAME, f"{move.subject} öppen", f"{MOST_TASKS} steg utan att komma dit", move.subject
        )

    def decide(self, move: Move) -> None:
        """Complete what comes before a gate's decision, then take it."""
        if move.refused:
            self._refused(move, [task for task in self.seen.values() if task.gate == move.subject])
            return
        self.effects.clear()
        for _ in range(MOST_REQUESTS):
            before = [task for task in self._in_gate(move) if task.definition.kind is not TaskKind.DECISION]
            if not before:
                break
            self._complete(before[0], {})
        task = _one(self._deciding(move), move, str(move.subject), Differs.GATE_NOT_OPEN)
        self._require_holder(move, task)
        if move.mode is not None and task.definition.form != move.mode:
            said = f"formen {move.mode}", f"formen {task.definition.form}"
            raise _otherwise(Differs.OTHER_MODE, *said, move.mode, task)
        self._complete(task, move.answers)

    def wait(self, move: Move) -> None:
        """Let time pass, then let every timer fire whose moment has come."""
        try:
            then = later(self.now, move.subject) if move.subject.startswith("P") else moment_of(move.subject)
            moment_of(f"{then.date()}")
        except (ValueError, OverflowError) as error:
            raise _otherwise(Differs.NO_DAY, "en dag som finns", move.subject, move.subject) from error
        if then < self.now:
            said = f"tidigast {self.now:%Y-%m-%d}", move.subject
            raise _otherwise(Differs.DAY_PASSED, *said, move.subject, self.now)
        self.now = then
        self.effects.clear()
        self._took(engine.tick(self.executable, self.step.state, facts=self.facts, env=self._env(), trail=self.trail))

    def send(self, move: Move) -> None:
        """Send a message to an activity."""
        try:
            step = engine.send(
                self.executable,
                self.step.state,
                place=move.at,
                message=move.subject,
                facts=self.facts,
                env=self._env(),
                trail=self.trail,
            )
        except engine.NothingWaits as error:
            if not move.refused:
                said = f"{move.at} väntar på {move.subject}", "inget väntar på det"
                raise _otherwise(Differs.NOBODY_LISTENS, *said, (move.subject, move.at)) from error
            return
        if move.refused:
            said = "nej", f"{move.subject} togs emot vid {move.at}"
            raise _otherwise(Differs.MESSAGE_TAKEN, *said, (move.subject, move.at))
        self.effects.clear()
        self._took(step)

    def change_facts(self, move: Move) -> None:
        """Change facts from now on; nothing is stepped."""
        self.facts = {**self.facts, **move.subject}

    def cancel(self, _move: Move) -> None:
        """End the instance where it stands."""
        self.effects.clear()
        self._took(engine.cancel(self.executable, self.step.state, facts=self.facts, env=self._env(), trail=self.trail))

    def expect(self, move: Move) -> None:
        """Check what holds now."""
        self._expect(move.subject)

    def _expect(self, wanted: Mapping[str, Any]) -> None:
        found = differences(
            wanted,
            Standing(
                step=self.step,
                effects=self.effects,
                passed=self.passed,
                roles=self.scenario.roles,
                ends=self.bundle.model.ends,
            ),
        )
        if found:
            raise _Otherwise(*found)

    def _chosen(self, move: Move, node: str) -> Sequence[OpenTask]:
        tasks = [task for task in self._fitting(move) if task.node == node]
        chosen = tasks if move.every and tasks else [_one(tasks, move, node, Differs.STEP_NOT_OPEN)]
        for task in chosen:
            self._require_holder(move, task)
        return chosen

    def _fitting(self, move: Move) -> Iterator[OpenTask]:
        return (task for task in self.step.open_tasks if fits(task, item=move.item, at=move.at))

    def _in_gate(self, move: Move) -> list[OpenTask]:
        return [task for task in self._fitting(move) if task.gate == move.subject]

    def _deciding(self, move: Move) -> list[OpenTask]:
        return [task for task in self._in_gate(move) if task.definition.kind is TaskKind.DECISION]

    def _next_usual(self, move: Move) -> tuple[OpenTask, Mapping[str, Any]]:
        """Return the first open task that usual answers complete, with what the move adds for its node."""
        for task in self.step.open_tasks:
            own = move.answers.get(task.node, {})
            answers = {**self.scenario.usual.get(task.node, {}), **own}
            if task.definition.kind is not TaskKind.DECISION or "outcome" in answers:
                return task, own
        left = ", ".join(map(shown_task, self.step.open_tasks)) or "inget öppet"
        said = f"{move.subject} öppen", f"bara beslut kvar: {left}"
        raise _otherwise(Differs.ONLY_DECISIONS, *said, move.subject, self.step.open_tasks)

    def _require_holder(self, move: Move, task: OpenTask) -> None:
        if move.by is not None and not is_held_by(task, move.by, self.scenario.roles):
            role = task.definition.role or ""
            who = self.scenario.roles.get(role)
            said = f"{task.node} för {move.by}", f"rollen {role}" + (f" ({who})" if who else "")
            raise _otherwise(Differs.OTHER_HOLDER, *said, move.by, task)

    def _refused(self, move: Move, tasks: Sequence[OpenTask]) -> None:
        """See that no such task is open, and that the engine refuses those that once were."""
        alike = [task for task in tasks if fits(task, item=move.item, at=move.at)]
        is_open = {task.id for task in self.step.open_tasks}
        for task in alike:
            if task.id in is_open:
                raise _otherwise(Differs.STILL_OPEN, "nej", f"{shown_task(task)} är öppen", found=task)
            try:
                engine.complete(
                    self.executable, self.step.state, task.id, move.answers, facts=self.facts, env=self._env()
                )
            except engine.TaskNotOpen:
                continue
            said = "nej", f"{shown_task(task)} togs emot fast den är stängd"
            raise _otherwise(Differs.STEP_TAKEN, *said, found=task)


_VERBS = {
    Verb.DO: _Game.do,
    Verb.UNTIL: _Game.until,
    Verb.DECIDE: _Game.decide,
    Verb.WAIT: _Game.wait,
    Verb.SEND: _Game.send,
    Verb.FACTS: _Game.change_facts,
    Verb.CANCEL: _Game.cancel,
    Verb.EXPECT: _Game.expect,
}


def _one(tasks: Sequence[OpenTask], move: Move, what: str, kind: Differs) -> OpenTask:
    """Return the only one of `tasks`; which of several is meant has to be said."""
    if not tasks:
        raise _otherwise(
            kind, f"{what} öppen" + (f" för {move.item}" if move.item else ""), "inte öppen", what, item=move.item or ""
        )
    if len(tasks) > 1:
        said = f"en {what}", f"{len(tasks)} öppna: säg vilken med item"
        raise _otherwise(Differs.SEVERAL_OPEN, *said, what, tuple(tasks))
    return tasks[0]


def _otherwise(
    kind: Differs, expected: str, got: str, wanted: Any = None, found: Any = None, *, item: str = ""
) -> _Otherwise:
    return _Otherwise(
        Difference(about="steget", expected=expected, got=got, kind=kind, wanted=wanted, found=found, item=item)
    )
