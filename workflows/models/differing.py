"""What a scenario met that was not as it says: its kind and both sides of it, for whoever puts it in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Differs(StrEnum):
    """In which way something was otherwise. What `wanted` and `found` of a difference hold then stands beside each."""

    STEP_NOT_OPEN = "step_not_open"
    """A step to be done was not open: its node; the item, or None."""
    GATE_NOT_OPEN = "gate_not_open"
    """A gate to be decided had no decision open: its key; the item, or None."""
    SEVERAL_OPEN = "several_open"
    """Several tasks fit: the node or gate; the tasks."""
    NEVER_CAME = "never_came"
    """The way to a step or gate went round and round: node or gate; None."""
    TOO_LONG = "too_long"
    """The scenario went on for more steps than one may: None; None."""
    ONLY_DECISIONS = "only_decisions"
    """On the way to a step or gate only decisions were left: node or gate; the open tasks."""
    OTHER_MODE = "other_mode"
    """A gate was decided in another form: the form; the task."""
    OTHER_HOLDER = "other_holder"
    """A step was for somebody else: role or person; the task."""
    NO_DAY = "no_day"
    """A day or period that no calendar has: the text; None."""
    DAY_PASSED = "day_passed"
    """A day before the one it was: the text; the scenario's time then."""
    NOBODY_LISTENS = "nobody_listens"
    """A message that nothing waited for: message and place; None."""
    MESSAGE_TAKEN = "message_taken"
    """A message was taken that should have been refused: message and place; None."""
    STILL_OPEN = "still_open"
    """A step that should have been refused was open: None; the task."""
    STEP_TAKEN = "step_taken"
    """A closed step was taken that should have been refused: None; the task."""
    ENGINE = "engine"
    """The model could not be run there: None; the error."""
    PROCESS = "process"
    """The scenario's process cannot be run: its id or None; the engine's finding."""

    MISSING = "missing"
    """A step was expected to be open: the entry as a mapping; the open tasks of its node."""
    UNEXPECTED = "unexpected"
    """A step was open that was not expected: None; the task."""
    NOT_CLOSED = "not_closed"
    """A step was expected not to be open: its node; None."""
    DUE = "due"
    """The waiting timers were others: pairs of node and day; pairs of node and day."""
    VARIABLE = "variable"
    """Answers or a gate's decision were others: name and fields (None: not set); the fields (None: not set)."""
    EFFECTS = "effects"
    """The application would have done something else: texts as scenarios write them; effects."""
    PASSED = "passed"
    """Ends were not reached: their ids; the ids of those that were."""
    END = "end"
    """The project's end was another: the status; the status or None."""
    PHASE = "phase"
    """Nothing was open in a phase: its key; None."""
    ENDED = "ended"
    """It was over, or was not: the truth expected; the truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that was not as said: what it is about, what was expected and what was found, as scenarios write it.

    `kind` tells what `wanted` and `found` hold; `item` is the one that the step was about, "" for none.
    """

    about: str
    expected: str
    got: str
    kind: Differs
    wanted: Any = None
    found: Any = None
    item: str = ""
