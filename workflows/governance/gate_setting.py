"""What a decision at a gate is judged against."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from workflows.governance.outcomes import Mode
from workflows.kernel.errors import Text, _l
from workflows.models.model import Gate

Problems = dict[str, Text]
"""Field name → what to do about it."""

LONG_TEXT = 10_000
"""The most characters of a motivation, a condition or minutes."""

TOO_LONG = _l("Korta texten till högst 10 000 tecken")
BEFORE_REQUEST = _l("Underlaget frystes senare än så. Skriv dagen då beslutet togs på det här underlaget")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a decision is judged against.

    `members` have a vote in the group, `needed` of them (or of `substitutes`) must take part; `managers` act as
    project manager today, `recused` have declared a conflict of interest; `people` may own a condition, by id and name;
    `reopenable` are the checklist items that are asked again on the way back from each target; `proposal` is what the
    project manager asked to have decided.
    """

    gate: Gate
    mode: Mode
    today: date
    requested_on: date
    open_conditions: int
    plan_versions: Collection[int]
    people: Mapping[str, str]
    proposal: str = ""
    members: Mapping[str, str] = field(default_factory=dict)
    substitutes: Mapping[str, str] = field(default_factory=dict)
    chair: str | None = None
    needed: int = 0
    managers: Collection[str] = ()
    recused: Collection[str] = ()
    reopenable: Mapping[str, Collection[str]] = field(default_factory=dict)
