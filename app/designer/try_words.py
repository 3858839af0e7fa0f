"""What the things of a trial are called: days, roles, gates, steps, outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from app.designer.scenario_names import Names
from app.designer.scenario_told import Told, told_failure
from app.shell.dates import long_day, short_day
from app.shell.filters import say
from workflows.engine import OpenTask
from workflows.governance.outcomes import OUTCOME_LABELS, Outcome
from workflows.kernel.clock import local_date
from workflows.models.playing import Failure
from workflows.models.trying import OpenStep, TrialStand, innermost


def day_words(now: TrialStand, at: datetime) -> str:
    """Return a day of the trial, with its year where it is not the year the trial stands in."""
    return short_day(local_date(at), local_date(now.now))


def step_words(now: TrialStand, step: OpenStep) -> str:
    """Return whose step it is and what it belongs to."""
    who = f"{role_name(now, step.role)}: {step.who}" if step.who else role_name(now, step.role)
    gate = gate_name(now, step.task.gate) if step.task.gate else ""
    item = item_name(now, step.item) if step.item else ""
    return " · ".join(part for part in (who, gate, item) if part)


def task_name(now: TrialStand, task: OpenTask) -> str:
    """Return what an open step is called, with its item."""
    item = item_name(now, innermost(task))
    gate = f", {gate_name(now, task.gate)}" if task.gate else ""
    return task.definition.name + (f" ({item})" if item else "") + gate


def holder(now: TrialStand, task: OpenTask) -> str:
    """Return who would get a task."""
    role = task.definition.role or now.bundle.model.duties.manager
    return now.roles.get(role) or role_name(now, role)


def role_name(now: TrialStand, role: str) -> str:
    """Return what a role is called; its key when the model does not have it."""
    return next((say(one.label) for one in now.bundle.model.roles if one.key == role), role)


def gate_name(now: TrialStand, key: str | None) -> str:
    """Return what a gate is called; its key when the model does not have it."""
    return next((say(gate.label) for gate in now.bundle.model.gates if gate.key == key), key or "")


def item_name(now: TrialStand, item: str) -> str:
    """Return the first answer of an item's row, its key when no form has said one."""
    row = now.memory.row(item)
    return str(next(iter(row.values()), item))


def node_name(now: TrialStand, node: str) -> str:
    """Return what an element is called."""
    drawn = now.executable.diagram.nodes.get(node)
    return drawn.label if drawn is not None else node


def target_name(now: TrialStand, target: str) -> str:
    """Return what a step or a gate is called."""
    named = gate_name(now, target)
    return named if named != target else node_name(now, target)


def outcome_words(now: TrialStand, answers: Mapping[str, Any]) -> str:
    """Return an outcome with where a rework goes."""
    outcome, target = str(answers.get("outcome", "")), answers.get("target")
    words = gettext(OUTCOME_LABELS[Outcome(outcome)]) if outcome in list(Outcome) else outcome
    phase = next((say(phase.label) for phase in now.bundle.model.phases if phase.key == target), target)
    return f"{words} → {phase}" if phase else words


def failure_words(now: TrialStand, failure: Failure) -> tuple[Told, ...]:
    """Return why a turn does not go as it was made."""
    return told_failure(Names(bundle=now.bundle, people=now.roles), failure).differences


class Words:
    """Names of the trial's things, for the template."""

    def __init__(self, now: TrialStand) -> None:
        self.now = now

    def gate(self, key: str) -> str:
        """Return what a gate is called."""
        return gate_name(self.now, key)

    def day(self, moment: datetime) -> str:
        """Return a day of the trial."""
        return day_words(self.now, moment)

    @property
    def today(self) -> str:
        """The day in the trial, written out."""
        return f"{long_day(local_date(self.now.now), local_date(self.now.now))} {local_date(self.now.now).year}"

    @property
    def began(self) -> str:
        """The day it began on."""
        return day_words(self.now, self.now.stand.played.scenario.start)
