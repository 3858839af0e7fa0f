"""What the form of a decision asks and offers, for a real gate and for one that is only tried."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from app.shell.filters import say
from forms.tree import Label as FormLabel
from workflows.governance.gate_choices import Choice
from workflows.governance.gate_ways import Way, Ways
from workflows.governance.outcomes import Mode, Outcome
from workflows.models.model import Label, Phase

Option = tuple[str, str]
"""Value and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An item of a checklist that rework can reopen; `deviates`: the decider has to look at it."""

    id: str
    topic: Label | FormLabel
    deviates: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A member's place in the group that decides. `recusal` is the reason of a conflict declared before, else ""."""

    person: str
    name: str
    chairs: bool = False
    manages: bool = False
    recusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A decision to be entered. `open_conditions` counts what forbids plain approval, `only_open` numbers a single one.

    `phases` names the last phase in which each point can be mended, where one can go back to several; `manager` is
    whom rework goes back to, `closing` tells that the gate is the project's last. `boards` are names to choose among.
    """

    mode: Mode
    choices: Sequence[Choice]
    closing: bool
    manager: str = ""
    open_conditions: int = 0
    only_open: int | None = None
    points: Sequence[Point] = ()
    owners: list[Option] = field(default_factory=list)
    targets: list[Option] = field(default_factory=list)
    plans: list[Option] = field(default_factory=list)
    phases: Mapping[str, str] = field(default_factory=dict)
    seats: Sequence[Seat] = ()
    substitutes: list[Option] = field(default_factory=list)
    adjusters: list[Option] = field(default_factory=list)
    boards: Sequence[str] = ()
    proposal: str = ""


def targets_of(ways: Ways) -> list[Option]:
    """Return where rework may go."""
    return [(way.target, say(way.label)) for way in _back(ways) if way.target]


def phases_of(ways: Ways, phases: Sequence[Phase], reopenable: Mapping[str, Collection[str]]) -> Mapping[str, str]:
    """Return the last phase in which each point can be mended; nothing where there is but one to go back to."""
    order = [phase.key for phase in phases]
    back = sorted(_back(ways), key=lambda way: order.index(way.target) if way.target in order else len(order))
    found = {point: say(way.label) for way in back for point in reopenable.get(way.target or "", ())}
    return found if len(set(found.values())) > 1 else {}


def _back(ways: Ways) -> list[Way]:
    return [way for way in ways.values() if way.outcome is Outcome.REWORK and way.target]
