"""Move the due moments of an instance: what was on hold has lost no time (engine's timers stand in its state)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from forms import feel
from workflows.engine.codec import dump, load
from workflows.engine.events import timers
from workflows.engine.executable import Executable
from workflows.engine.runs import Evaluator

_NO_TIME = feel.Environment(now=datetime.fromtimestamp(0, UTC), workdays=lambda day, _: day)
"""Nothing is evaluated here."""


def postpone(executable: Executable, state: bytes, by: timedelta) -> bytes:
    """Return the state with every waiting timer's moment moved by `by`; the same bytes when none waits."""
    run = load(state, executable.digest, executable.specs, executable.process, Evaluator(facts={}, env=_NO_TIME))
    waiting = timers(run)
    for at, _, token in waiting:
        token.internal_data["due"] = (at + by).isoformat()
    return dump(run, executable.digest) if waiting else state
