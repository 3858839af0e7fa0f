"""Settings of a field that are said as what they do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.change import Weight
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One attribute of one field that changed; `names` are those of the newer version."""

    name: str
    path: str
    before: Any
    after: Any
    names: Lexicon
    form: str


def in_sentence(name: str) -> str:
    """ "fältet Budget"."""
    return name[:1].lower() + name[1:]


_SORTS: Mapping[str, str] = {"email": "en e-postadress", "phone": "ett telefonnummer"}


SETTINGS: Mapping[str, Callable[[Told], tuple[str, Weight]]] = {
    "valuesExpression": lambda one: (
        f"Alternativen i {in_sentence(one.name)} hämtas nu från annat håll.",
        Weight.DUTY,
    ),
    "valuesKey": lambda one: (f"Alternativen i {in_sentence(one.name)} hämtas nu från annat håll.", Weight.DUTY),
    "dataSource": lambda one: (f"{one.name} visar nu något annat.", Weight.DUTY),
    "columns": lambda one: (f"{one.name} har andra kolumner.", Weight.DUTY),
    "validate.pattern": lambda one: (
        f"Svaret i {in_sentence(one.name)} "
        f"{'ska nu skrivas på ett annat sätt' if one.after else 'får nu skrivas hur som helst'}.",
        Weight.DUTY,
    ),
    "validate.validationType": lambda one: (
        f"Svaret i {in_sentence(one.name)} ska nu vara {_SORTS.get(shown(one.after), 'vilken text som helst')}.",
        Weight.DUTY,
    ),
    "multiple": lambda one: (
        f"{one.name} tar nu emot {'flera filer' if one.after is True else 'en enda fil'}.",
        Weight.DUTY,
    ),
    "accept": lambda one: (f"{one.name} tar nu emot andra slags filer.", Weight.DUTY),
    "computeOn": lambda one: (f"{one.name} räknas nu ut vid ett annat tillfälle.", Weight.LAYOUT),
    "properties.personal-data": lambda one: (
        f"{one.name} är {'nu' if one.after else 'inte längre'} märkt som personuppgift.",
        Weight.DUTY,
    ),
    "properties.only_on_paper": lambda one: (
        f"{one.name} {'står nu bara i dokumentet' if one.after == 'true' else 'visas nu även på sidan'}.",
        Weight.DUTY,
    ),
    "properties.signature": lambda one: (
        f"{one.name} är {'nu' if one.after == 'true' else 'inte längre'} en underskrift.",
        Weight.DUTY,
    ),
    "properties.returns_if": lambda one: (
        f"{one.name} säger {'nu' if one.after else 'inte längre'} varför ett steg kommer tillbaka.",
        Weight.DUTY,
    ),
}
