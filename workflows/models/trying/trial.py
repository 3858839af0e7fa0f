"""A trial: a scenario under construction. Its turns are kept; where they lead is played anew each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import orjson
import zstandard

from workflows.kernel.ids import PersonId
from workflows.models.model import Model
from workflows.models.scenario import DEFAULT_START, Answers, Scenario, moment_of, move_of

Raw = Mapping[str, Any]
"""A step as a scenario's file writes it."""

MOST_TURNS = 300
"""A trial takes no more; a scenario may hold 500 steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a trial begins with: the process (None: the model's own), the first day, facts, and who has which role."""

    process: str | None = None
    start: str = DEFAULT_START
    facts: Mapping[str, Any] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One thing done on the page: the scenario's steps that it makes, one or more.

    `form`, `item` and `answers` are set where a form or checklist was filled in, `conditions` where a decision set
    some, `met` (the number of a condition, from 1) where one was fulfilled.
    """

    steps: tuple[Raw, ...] = ()
    form: str = ""
    item: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    met: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A person's trial of a draft. `version` counts its changes."""

    id: str
    draft: str
    person: PersonId
    version: int
    changed_at: datetime
    begun: Beginning
    turns: tuple[Turn, ...]


_INVENTED = (
    "Anna", "Bo", "Cecilia", "David", "Elin", "Farid", "Greta", "Hassan", "Ingrid", "Johan",
    "Karin", "Leila", "Mats", "Nora", "Olof", "Pia", "Quang", "Rut", "Samir", "Tove",
)  # fmt: skip
SURNAME = "Exempel"


def invented_roles(model: Model) -> dict[str, str]:
    """Return somebody who does not exist for each role of the model."""
    return {role.key: invented(number) for number, role in enumerate(model.roles)}


def invented(number: int) -> str:
    """Return the name of the person with this number who does not exist."""
    round_, first = divmod(number, len(_INVENTED))
    return f"{_INVENTED[first]} {SURNAME}" + (f" {round_ + 1}" if round_ else "")


def scenario_of(begun: Beginning, turns: Sequence[Turn], usual: Mapping[str, Answers]) -> Scenario:
    """Return a trial as what the player plays."""
    steps = [step for turn in turns for step in turn.steps]
    return Scenario(
        file="",
        title="",
        process=begun.process,
        start=moment_of(begun.start),
        facts=begun.facts,
        roles=begun.roles,
        usual=usual,
        moves=tuple(move_of(number, step) for number, step in enumerate(steps, 1)),
        expect=None,
    )


def packed(begun: Beginning, turns: Sequence[Turn]) -> bytes:
    """Return what is stored of a trial: JSON, compressed, in the order in which things were said."""
    whole = {"begun": asdict(begun), "turns": [_turn_as_json(turn) for turn in turns]}
    return zstandard.compress(orjson.dumps(whole))


def unpacked(stored: bytes) -> tuple[Beginning, tuple[Turn, ...]]:
    """Return what was stored of a trial."""
    whole = orjson.loads(zstandard.decompress(stored))
    return Beginning(**whole["begun"]), tuple(_turn(turn) for turn in whole["turns"])


def _turn_as_json(turn: Turn) -> dict[str, Any]:
    whole = {
        "steps": [dict(step) for step in turn.steps],
        "form": turn.form,
        "item": turn.item,
        "answers": dict(turn.answers),
        "conditions": list(turn.conditions),
        "met": turn.met,
    }
    return {name: value for name, value in whole.items() if value}


def _turn(stored: Mapping[str, Any]) -> Turn:
    lists = {name: tuple(stored.get(name, ())) for name in ("steps", "conditions")}
    return Turn(**{**stored, **lists})
