"""What changed in a field, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from forms.swedish import format_number
from workflows.models.comparing.change import Weight
from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.field_settings import SETTINGS, Told, in_sentence
from workflows.models.comparing.field_terms import FORMULAS, LIMITS, LOOKS, MOMENTS, TYPES, WORDINGS
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.swedish import quoted, shown


def tell(one: Told) -> tuple[str, Weight]:
    """Return the sentence, and how much it weighs."""
    if one.path.startswith("values."):
        return _option(one)
    if teller := _TELLERS.get(one.path) or SETTINGS.get(one.path):
        return teller(one)
    if one.path in LIMITS:
        value = _limit(one.path, one.after) or "inte längre satt"
        return f"{LIMITS[one.path]} {in_sentence(one.name)} är nu {value}.", Weight.DUTY
    if one.path in {"label", "dateLabel", "timeLabel"}:
        noun, old, new = one.name.partition(" ")[0], shown(one.before), shown(one.after)
        return f"{noun} {quoted(old)} heter nu {quoted(new)}.", Weight.WORDING
    if one.path in WORDINGS:
        return f"{one.name} har {WORDINGS[one.path]}.", Weight.WORDING
    if one.path == "id" or one.path.startswith(LOOKS):
        return f"{one.name} har ändrat utseende.", Weight.LAYOUT
    if "_en" in one.path:
        return f"{one.name} har ändrad engelsk text.", Weight.WORDING
    if one.path.startswith(("properties.option_help.", "properties.option_tone.")):
        return f"Ett alternativ i {in_sentence(one.name)} har ny hjälptext eller ton.", Weight.WORDING
    return setting_changed(one.name, one.path, one.before, one.after), Weight.DUTY


def seen(path: str, value: Any, names: Lexicon, form: str) -> str:
    """A value as people read it."""
    if path in LIMITS:
        return _limit(path, value)
    if path in FORMULAS and isinstance(value, str):
        return condition_words(value, names, form=form)
    if path == "type":
        return TYPES.get(shown(value), shown(value))
    if path == "subtype":
        return MOMENTS.get(shown(value), shown(value))
    return shown(value)


def _limit(path: str, value: Any) -> str:
    """A bound with its thousands apart, and what a length counts."""
    said = format_number(value) if isinstance(value, int | float | Decimal) and value is not True else shown(value)
    return f"{said} tecken" if said and path.endswith("Length") else said


def _required(one: Told) -> tuple[str, Weight]:
    if one.after is True:
        return f"{one.name} blev {_agree(one.name, 'obligatorisk')}.", Weight.DUTY
    return f"{one.name} är inte längre {_agree(one.name, 'obligatorisk')}.", Weight.DUTY


def _required_if(one: Told) -> tuple[str, Weight]:
    must = _agree(one.name, "obligatorisk")
    if not one.after:
        return f"{one.name} är inte längre {must} när {_when(one, one.before)}.", Weight.DUTY
    turned = "blev" if not one.before else "är nu"
    return f"{one.name} {turned} {must} när {_when(one, one.after)}.", Weight.DUTY


def _hide(one: Told) -> tuple[str, Weight]:
    if not one.after:
        return f"{one.name} visas nu alltid.", Weight.DUTY
    return f"{one.name} döljs nu när {_when(one, one.after)}.", Weight.DUTY


def _type(one: Told) -> tuple[str, Weight]:
    return f"{one.name} är nu {TYPES.get(shown(one.after), shown(one.after))}.", Weight.DUTY


def _subtype(one: Told) -> tuple[str, Weight]:
    return f"{one.name} frågar nu efter {MOMENTS.get(shown(one.after), shown(one.after))}.", Weight.DUTY


def _closed(one: Told) -> tuple[str, Weight]:
    if isinstance(one.after, str):
        return f"{one.name} går inte att ändra när {_when(one, one.after)}.", Weight.DUTY
    return f"{one.name} går {'inte längre' if one.after else 'nu'} att ändra.", Weight.DUTY


def _expression(one: Told) -> tuple[str, Weight]:
    return f"{one.name} räknas nu ut på ett annat sätt.", Weight.DUTY


def _valid(one: Told) -> tuple[str, Weight]:
    if not one.after:
        return f"{one.name} har inte längre något villkor för svaret.", Weight.DUTY
    return f"Svaret i {in_sentence(one.name)} godtas nu bara när {_when(one, one.after)}.", Weight.DUTY


def _rows(one: Told) -> tuple[str, Weight]:
    return (
        f"I {in_sentence(one.name)} går det {'nu' if one.after else 'inte längre'} att lägga till rader.",
        Weight.DUTY,
    )


_TELLERS: Mapping[str, Callable[[Told], tuple[str, Weight]]] = {
    "validate.required": _required,
    "properties.required_if": _required_if,
    "conditional.hide": _hide,
    "type": _type,
    "subtype": _subtype,
    "readonly": _closed,
    "disabled": _closed,
    "expression": _expression,
    "properties.valid_if": _valid,
    "allowAddRemove": _rows,
    "appearance.suffixAdorner": lambda one: (
        f"{one.name} besvaras nu i {shown(one.after) or 'tal utan enhet'}.",
        Weight.DUTY,
    ),
    "defaultValue": lambda one: (
        f"{one.name} är nu ifyllt med {quoted(shown(one.after))} från början."
        if one.after is not None
        else f"{one.name} är tomt från början.",
        Weight.DUTY,
    ),
    "properties.fresh": lambda one: (
        f"{one.name} {_fresh(one) if one.after == 'true' else 'behåller nu sitt förra svar'}.",
        Weight.DUTY,
    ),
    "order": lambda one: (f"Alternativen i {in_sentence(one.name)} står i en annan ordning.", Weight.LAYOUT),
}


def _option(one: Told) -> tuple[str, Weight]:
    """A choice of the field: `values.<value>.label`."""
    value, _, what = one.path.removeprefix("values.").rpartition(".")
    inside = in_sentence(one.name)
    if what != "label":
        return f"Alternativet {quoted(value)} i {inside} är ändrat ({what}).", Weight.DUTY
    if one.before is None:
        return f"{one.name} har det nya alternativet {quoted(shown(one.after))}.", Weight.DUTY
    if one.after is None:
        return f"{one.name} har inte längre alternativet {quoted(shown(one.before))}.", Weight.DUTY
    old, new = quoted(shown(one.before)), quoted(shown(one.after))
    return f"Alternativet {old} i {inside} heter nu {new}.", Weight.WORDING


def _fresh(one: Told) -> str:
    return f"börjar nu {_agree(one.name, 'tom')} varje gång"


def _when(one: Told, source: Any) -> str:
    return condition_words(shown(source), one.names, form=one.form)


def _agree(name: str, word: str) -> str:
    """The adjective in the gender of the noun that begins `name`."""
    return f"{word}t" if name.startswith(("Fältet", "Avsnittet")) else word
