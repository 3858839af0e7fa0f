"""Words that no model has of its own: outcomes, facts, deciders; and what an expression speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.reading import objects, text

OUTCOMES: Mapping[str, str] = {
    "approve": "Godkänn",
    "approve_conditional": "Godkänn med villkor",
    "approve_revised": "Fortsätt enligt reviderad plan",
    "rework": "Komplettera",
    "defer": "Skjut upp",
    "hold": "Gör vilande",
    "reject": "Avslå",
    "terminate": "Avbryt projektet",
}
"""The eight outcomes as buttons and pages call them."""

FACTS: Mapping[str, str] = {
    "size_class": "Projektets storlek",
    "has_steering_group": "Styrgrupp finns",
    "total_cost": "Projektets kostnad",
    "board_cost_limit": "Nämndens beloppsgräns",
    "external_funding": "Extern finansiering",
    "cross_board": "Flera nämnder berörs",
    "principle_matter": "Fråga av principiell art",
    "missing": "Antal saker som saknas",
    "light_before": "Förra statusen",
}
"""What the application itself knows of a project (`workflows.models.facts`), where no form says it better."""

FACT_UNITS: Mapping[str, str] = {"total_cost": "kr", "board_cost_limit": "kr"}

FACT_OPTIONS: Mapping[str, Mapping[str, str]] = {
    "light_before": {"green": "Grönt", "yellow": "Gult", "red": "Rött", "none": "ingen rapport än"}
}

DECIDERS: Mapping[str, str] = {"board": "nämnden", "council": "fullmäktige"}
"""Who may decide and is no role of any model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What an expression speaks of: its name, the unit of its number, and the names of its values.

    `question` is the question of a checklist in full.
    """

    label: str
    unit: str = ""
    question: str = ""
    options: Mapping[str, str]


def subjects(raw: Mapping[str, Any]) -> Iterator[tuple[str, Subject]]:
    """Yield the fields of a form or the questions of a checklist, by key."""
    for item in objects(raw.get("items")):
        key = text(item.get("id"))
        question, unit = text(item.get("question")), text(item.get("unit"))
        yield key, Subject(label=f"Svaret på fråga {key}", unit=unit, question=question, options=_ANSWERS)
    for part in objects(raw.get("components")):
        yield from subjects(part)
        key = text(part.get("key")) or text(part.get("path"))
        looks = part.get("appearance")
        unit = text(looks.get("suffixAdorner")) if isinstance(looks, Mapping) else ""
        options = {str(option.get("value")): text(option.get("label")) for option in objects(part.get("values"))}
        if key:
            yield (
                key,
                Subject(
                    label=text(part.get("label")) or text(part.get("dateLabel")) or key, unit=unit, options=options
                ),
            )


_ANSWERS: Mapping[str, str] = {"yes": "ja", "no": "nej", "not_applicable": "gäller inte"}
