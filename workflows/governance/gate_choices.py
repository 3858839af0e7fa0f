"""The outcomes of a gate as its panel offers them: in three groups, some not possible now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workflows.governance.gate_problems import blocked
from workflows.governance.gate_ways import Way, Ways
from workflows.governance.outcomes import Outcome


class Group(StrEnum):
    """Kinds of outcomes, in the order of the panel."""

    GO_ON = "go_on"
    WAIT = "wait"
    STOP = "stop"


GROUPS: Mapping[Outcome, Group] = {
    Outcome.APPROVE: Group.GO_ON,
    Outcome.APPROVE_CONDITIONAL: Group.GO_ON,
    Outcome.APPROVE_REVISED: Group.GO_ON,
    Outcome.REWORK: Group.WAIT,
    Outcome.DEFER: Group.WAIT,
    Outcome.HOLD: Group.WAIT,
    Outcome.REJECT: Group.STOP,
    Outcome.TERMINATE: Group.STOP,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An outcome as the panel offers it; rework has one way per target. `apart`: the first of another group."""

    outcome: Outcome
    ways: tuple[Way, ...]
    blocked: bool
    apart: bool


def choices_of(ways: Ways, *, open_conditions: int) -> tuple[Choice, ...]:
    """Return the outcomes that a gate allows, in the order of the panel."""
    choices: list[Choice] = []
    for outcome in dict.fromkeys(outcome for outcome, _ in ways):
        choices.append(
            Choice(
                outcome=outcome,
                ways=tuple(way for way in ways.values() if way.outcome is outcome),
                blocked=blocked(outcome, open_conditions),
                apart=bool(choices) and GROUPS[outcome] is not GROUPS[choices[-1].outcome],
            )
        )
    return tuple(choices)
