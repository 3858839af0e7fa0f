"""Where a trial stands: every turn played anew on the engine, and what is open, due, known and possible after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forms.feel import Environment
from workflows import engine
from workflows.engine import Awaited, DueMoment, Executable, OpenTask
from workflows.kernel.workdays import add_workdays
from workflows.models.bundle import Bundle, read_bundle
from workflows.models.coverage import Coverage
from workflows.models.deadlines import Mark
from workflows.models.model import Ending
from workflows.models.playing import Failure, Landing, Stand, stand_after
from workflows.models.scenario import Answers, ScenariosRefused, read_usual
from workflows.models.trying.memory import Memory, memory_of
from workflows.models.trying.open_steps import OpenStep, open_steps
from workflows.models.trying.times import Opened, TrialMark, marks_between, opened_in
from workflows.models.trying.trial import Beginning, Turn, scenario_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """A turn that was played, with where each of its steps led.

    `opened` are the steps that opened by it, `marks` what came for open steps while it let time pass.
    """

    number: int
    turn: Turn
    landings: tuple[Landing, ...]
    opened: tuple[OpenTask, ...]
    marks: tuple[TrialMark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Something that comes at a moment: for a step, or (`mark` None) of a timer in the diagram."""

    at: datetime
    node: str
    mark: Mark | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """The turn (from 1; 0: the beginning) that the draft as it is now does not play, and why."""

    number: int
    failure: Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStand:
    """A trial as it stands. `log` is oldest first; `open_steps` is empty once a turn could not be played (`broken`).

    `roles` says who has which role now: as it began, and as forms have appointed since.
    """

    bundle: Bundle
    executable: Executable
    roles: Mapping[str, str]
    usual: Mapping[str, Answers]
    begun: Beginning
    stand: Stand
    memory: Memory
    log: tuple[Logged, ...]
    open_steps: tuple[OpenStep, ...]
    broken: Broken | None

    @property
    def now(self) -> datetime:
        """The time in the trial."""
        return self.stand.now

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts as they are."""
        return self.stand.facts

    @property
    def env(self) -> Environment:
        """What FEEL knows of the world in the trial."""
        return Environment(now=self.now, workdays=add_workdays)

    @property
    def ended(self) -> bool:
        """Tell whether nothing is left to do."""
        return self.stand.step is not None and self.stand.step.ended

    @property
    def ending(self) -> Ending | None:
        """Return what the ends passed make of the project, if they do."""
        ends = self.bundle.model.ends
        return next((ends[end] for end in reversed(self.stand.passed) if end in ends), None)

    @property
    def timers(self) -> tuple[DueMoment, ...]:
        """Return the timers that wait, the earliest first."""
        return self.stand.step.due if self.stand.step is not None else ()

    @property
    def ahead(self) -> tuple[Ahead, ...]:
        """Return what comes when, the earliest first: timers of the diagram, reminders, due moments, liftings."""
        timers = (Ahead(at=timer.at, node=timer.node, mark=None) for timer in self.timers)
        marks = ((step, mark, at) for step in self.open_steps for mark, at in step.deadlines.marks())
        coming = [*timers, *(Ahead(at=at, node=step.task.node, mark=mark) for step, mark, at in marks)]
        return tuple(sorted((one for one in coming if one.at > self.now), key=lambda one: one.at))

    @property
    def messages(self) -> tuple[Awaited, ...]:
        """Return the messages that can be sent now."""
        if self.stand.step is None or self.broken is not None:
            return ()
        return engine.awaited(self.executable, self.stand.step.state)

    @property
    def coverage(self) -> Coverage:
        """Return what of the diagrams was passed."""
        return self.stand.played.coverage

    def find(self, node: str, *, item: str = "", at: str = "") -> OpenStep | None:
        """Return the open step of a node, with its item and its place where they are said."""
        fitting = (step for step in self.open_steps if step.task.node == node and step.item == item)
        return next((step for step in fitting if not at or step.task.place == at), None)


def stand_of(files: Mapping[str, bytes], begun: Beginning, turns: Sequence[Turn]) -> TrialStand:
    """Play a trial on a draft's files. Raises BundleRefused (also EngineRefused for its process) when they cannot run.

    Usual answers that cannot be read count as none; the scenarios' own page says what is wrong with them.
    """
    bundle = read_bundle(files)
    executable = bundle.executable
    if begun.process is not None:
        executable = engine.compile(bundle.files, process=begun.process)
    usual = _usual(files)
    stand = stand_after(bundle, scenario_of(begun, turns, usual))
    opened = opened_in(stand)
    log = tuple(_logged(turns, stand, opened))
    failure = stand.played.failure
    broken = Broken(number=_turn_of(turns, failure), failure=failure) if failure is not None else None
    memory = memory_of(bundle.model, turns[: broken.number - 1] if broken and broken.number else turns)
    roles = {**begun.roles, **memory.appointed(bundle.model)}
    return TrialStand(
        bundle=bundle,
        executable=executable,
        roles=roles,
        usual=usual,
        begun=begun,
        stand=stand,
        memory=memory,
        log=log,
        open_steps=() if broken is not None else tuple(open_steps(bundle, roles, stand, opened)),
        broken=broken,
    )


def _usual(files: Mapping[str, bytes]) -> Mapping[str, Answers]:
    try:
        return read_usual(files)
    except ScenariosRefused:
        return {}


def _logged(turns: Sequence[Turn], stand: Stand, when: Mapping[str, Opened]) -> Iterator[Logged]:
    """Yield the turns that were played whole; a turn without steps is always."""
    landings = list(stand.landings)
    known: set[str] = set()
    before, at = stand.begun, stand.played.scenario.start
    for number, turn in enumerate(turns, 1):
        own, landings = landings[: len(turn.steps)], landings[len(turn.steps) :]
        if len(own) < len(turn.steps):
            return
        opened = own[-1].open_tasks if own else ()
        yield Logged(
            number=number,
            turn=turn,
            landings=tuple(own),
            opened=tuple(task for task in opened if task.id not in known),
            marks=tuple(marks_between(when, before, at, own[-1].now)) if own else (),
        )
        before, at = (own[-1].open_tasks, own[-1].now) if own else (before, at)
        known |= {task.id for landing in own for task in landing.open_tasks}


def _turn_of(turns: Sequence[Turn], failure: Failure) -> int:
    """Return the number of the turn that a failed step belongs to."""
    if failure.move is None:
        return 0
    left = failure.move.number
    for number, turn in enumerate(turns, 1):
        left -= len(turn.steps)
        if left <= 0:
            return number
    return len(turns)
