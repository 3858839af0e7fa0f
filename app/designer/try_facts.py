"""The facts of a trial as fields of a form: what they are called, and what was typed as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext

from workflows.governance.project import SizeClass
from workflows.kernel.errors import Text, _l
from workflows.models import Model
from workflows.models.facts import DEFAULT_FACTS

PREFIX = "fact-"
MOST_KEYS = 50

LABELS: Mapping[str, Text] = {
    "size_class": _l("Storlek"),
    "has_steering_group": _l("Projektet har en styrgrupp"),
    "total_cost": _l("Total kostnad"),
    "board_cost_limit": _l("Beloppsgräns för nämnden"),
    "external_funding": _l("Extern finansiering"),
    "cross_board": _l("Rör flera nämnder"),
    "principle_matter": _l("Fråga av principiell vikt"),
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


def fact_fields(model: Model, facts: Mapping[str, Any]) -> tuple[FactField, ...]:
    """Return a field for each fact of a model: those every model has, then its registers."""
    known = {**DEFAULT_FACTS, **{name: [] for name in model.registers}}
    return tuple(_field(key, facts.get(key, default)) for key, default in known.items())


def _field(key: str, value: Any) -> FactField:
    kind = "list" if isinstance(value, list | tuple) else "check" if isinstance(value, bool) else "number"
    return FactField(
        name=PREFIX + key,
        key=key,
        label=in_unit(gettext(LABELS[key]) if key in LABELS else key, key),
        kind="choice" if key in CHOICES else kind,
        value=", ".join(map(str, value)) if kind == "list" else str(value),
        checked=value is True,
        options=tuple((value, gettext(words)) for value, words in CHOICES.get(key, ())),
    )


def in_unit(label: str, key: str) -> str:
    """Return the label of a fact's field, with the unit of its number: "Total kostnad, kr"."""
    return f"{label}, {UNITS[key]}" if key in UNITS else label


def posted_facts(model: Model, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts that a post makes other than `before`; what cannot be read stays as it was."""
    found: dict[str, Any] = {}
    for field in fact_fields(model, before):
        old = before.get(field.key, DEFAULT_FACTS.get(field.key, []))
        typed = request.form.get(field.name, "").strip()
        new = _value(field, typed, old)
        if new != old:
            found[field.key] = new
    return found


def _value(field: FactField, typed: str, old: Any) -> Any:
    match field.kind:
        case "check":
            return bool(typed)
        case "choice":
            return typed if typed in {value for value, _ in field.options} else old
        case "list":
            keys = [key for key in typed.replace(",", " ").split() if key.isidentifier()]
            return list(dict.fromkeys(keys))[:MOST_KEYS]
        case _:
            digits = typed.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
            return int(digits) if digits.isdecimal() and len(digits) <= 12 else old
