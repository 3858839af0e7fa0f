"""A trial of a decision table as a sentence says it: "för BP2 när totalkostnaden är 500 000 kr"."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from forms.swedish import lower_first
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, number, quoted
from workflows.models.linting.probing import Trial


def trial_words(trial: Trial, names: Lexicon) -> str:
    """Return for which gate and what sort of project a table was tried."""
    said = joined(_value(name, value, names) for name, value in trial.values)
    gate = f"för {names.gate(trial.gate)}" if trial.gate else ""
    return " ".join(part for part in (gate, f"när {said}" if said else "") if part)


def _value(name: tuple[str, ...], value: Any, names: Lexicon) -> str:
    subject = names.subject(name)
    label = subject.label if subject else ".".join(name[1:] or name)
    unit = subject.unit if subject else ""
    match value:
        case bool():
            return f"{quoted(label)} är {'ja' if value else 'nej'}"
        case None:
            return f"{quoted(label)} är tomt"
        case list():
            return f"{quoted(label)} är {'ifylld' if value else 'tom'}"
        case Decimal() | int():
            return f"{lower_first(label)} är {number(value, unit)}"
        case _:
            options = subject.options if subject else {}
            return f"{quoted(label)} är {lower_first(options.get(value) or str(value))}"
