"""Where a trial stands on the diagram: marks, and words beside them."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext

from workflows.models.trying import TrialStand


def marks_of(now: TrialStand) -> Mapping[str, tuple[str, ...]]:
    """Return the marks of the diagram: where tokens stand, what they have passed."""
    active = _active(now)
    return {
        "is-done": tuple(sorted(now.coverage.nodes - active)),
        "is-now": tuple(sorted(active)),
    }


def notes_of(now: TrialStand) -> Mapping[str, str]:
    """Return the words of the diagram: what is open says so, not by colour alone."""
    return {node: gettext("öppet nu") for node in sorted(_active(now)) if node not in now.executable.diagram.scopes}


def _active(now: TrialStand) -> frozenset[str]:
    """Return the elements in which something waits: the steps, and what they lie in."""
    found: set[str] = set()
    for step in now.open_steps:
        found.add(step.task.node)
        found |= {part.partition("[")[0] for part in step.task.place.split("/") if part}
    for timer in now.timers:
        found |= {timer.node} if now.executable.diagram.nodes[timer.node].attached_to is None else set()
    return frozenset(found)


def drawing_of(now: TrialStand) -> str:
    """Return the file that the tried process is drawn in."""
    return now.executable.diagram.scopes[now.executable.process].file
