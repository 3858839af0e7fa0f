"""A hold in a trial: the engine knows none, so the page says what a project would do meanwhile."""

from __future__ import annotations

from datetime import date

from app.shell.dates import short_day
from workflows.governance.outcomes import Outcome
from workflows.kernel.clock import local_date
from workflows.models.trying import TrialStand


def rests_until(now: TrialStand) -> str:
    """Return the day until which a project would rest, "" where nothing was put on hold or something was done since."""
    steps = [step for logged in reversed(now.log) for step in reversed(logged.turn.steps)]
    for step in steps:
        said = step.get("with", {})
        if "decide" in step and said.get("outcome") == Outcome.HOLD:
            return _ahead(now, str(said.get("resume_on") or ""))
        if not {"wait", "facts"} & set(step):
            return ""
    return ""


def _ahead(now: TrialStand, day: str) -> str:
    today = local_date(now.now)
    try:
        return short_day(day, today) if today < date.fromisoformat(day) else ""
    except ValueError:
        return ""
