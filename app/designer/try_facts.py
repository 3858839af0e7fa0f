"""The facts of a trial as fields of a form: what they are called, and what was typed as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import request
from flask_babel import gettext

from app.shell.numbers import number
from forms.swedish import parse_number
from workflows.governance.project import SizeClass
from workflows.kernel.errors import Text, _l
from workflows.models import Model
from workflows.models.facts import DEFAULT_FACTS

PREFIX = "fact-"
MOST_ROWS = 50
MOST_NUMBER = 999_999_999_999

LABELS: Mapping[str, Text] = {
    "size_class": _l("Storlek"),
    "has_steering_group": _l("Styrgrupp finns"),
    "total_cost": _l("Total kostnad"),
    "board_cost_limit": _l("Beloppsgräns för nämnden"),
    "external_funding": _l("Extern finansiering"),
    "cross_board": _l("Rör flera nämnder"),
    "principle_matter": _l("Fråga av principiell art"),
    "missing": _l("Saker som saknas inför beslutet"),
    "light_before": _l("Förra lägesrapportens färg"),
}

UNITS: Mapping[str, str] = {"total_cost": "kr", "board_cost_limit": "kr"}
"""The units of facts that are numbers of something."""

CHOICES: Mapping[str, tuple[tuple[str, Text], ...]] = {
    "size_class": ((SizeClass.SMALL, _l("Litet")), (SizeClass.LARGE, _l("Stort"))),
    "light_before": (
        ("none", _l("Ingen rapport än")),
        ("green", _l("Grön")),
        ("yellow", _l("Gul")),
        ("red", _l("Röd")),
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactField:
    """A fact as a field: `kind` is check, choice, number or list; `value` as it stands in the field."""

    name: str
    key: str
    label: str
    kind: str
    value: str
    checked: bool
    options: tuple[tuple[str, str], ...]


class WrongFacts(Exception):
    """Facts were typed that cannot be read; `errors` says why, by field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = errors
        super().__init__()


def fact_fields(model: Model, facts: Mapping[str, Any]) -> tuple[FactField, ...]:
    """Return a field for each fact of a model: those every model has, then its registers (how many rows they have)."""
    known = {**DEFAULT_FACTS, **{name: [] for name in model.registers}}
    return tuple(_field(key, facts.get(key, default)) for key, default in known.items())


def _field(key: str, value: Any) -> FactField:
    kind = "list" if isinstance(value, list | tuple) else "check" if isinstance(value, bool) else "number"
    return FactField(
        name=PREFIX + key,
        key=key,
        label=in_unit(gettext(LABELS[key]) if key in LABELS else key, key),
        kind="choice" if key in CHOICES else kind,
        value=_shown(value),
        checked=value is True,
        options=tuple((value, gettext(words)) for value, words in CHOICES.get(key, ())),
    )


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return str(len(value))
    return number(value) if type(value) in (int, float) else str(value)


def as_typed(fields: tuple[FactField, ...]) -> tuple[FactField, ...]:
    """Return the fields as they were posted, to be shown again beside what is wrong."""
    posted = [(field, request.form.get(field.name, "").strip()) for field in fields]
    return tuple(replace(field, value=typed[:40], checked=bool(typed)) for field, typed in posted)


def in_unit(label: str, key: str) -> str:
    """Return the label of a fact's field, with the unit of its number: "Total kostnad, kr"."""
    return f"{label}, {UNITS[key]}" if key in UNITS else label


def posted_facts(model: Model, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a post makes other than `before`. Raises WrongFacts for what cannot be read."""
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field in fact_fields(model, before):
        old = before.get(field.key, DEFAULT_FACTS.get(field.key, []))
        try:
            new = _value(field, request.form.get(field.name, "").strip(), old)
        except ValueError:
            wrong[field.name] = gettext("Skriv ett helt tal från 0 till %(most)s", most=number(_most(field)))
        else:
            found |= {field.key: new} if new != old else {}
    if wrong:
        raise WrongFacts(wrong)
    return found


def _value(field: FactField, typed: str, old: Any) -> Any:
    match field.kind:
        case "check":
            return bool(typed)
        case "choice":
            return typed if typed in {value for value, _ in field.options} else old
        case "list":
            return _rows(field.key, list(old), _whole(typed, MOST_ROWS) if typed else 0)
        case _:
            return _whole(typed, MOST_NUMBER) if typed else old


def _most(field: FactField) -> int:
    return MOST_ROWS if field.kind == "list" else MOST_NUMBER


def _whole(typed: str, most: int) -> int:
    """Return a whole number that was typed, its thousands apart or not. Raises ValueError."""
    value = parse_number(typed)
    if value is None or value != int(value) or not 0 <= value <= most:
        raise ValueError(typed)
    return int(value)


def _rows(register: str, old: list[Any], count: int) -> list[Any]:
    """Return the keys of so many rows of a register: those that are there first, then new ones as forms name them."""
    fresh = (f"{register[0]}{number}" for number in range(1, count + len(old) + 1))
    return [*old, *(key for key in fresh if key not in old)][:count]
