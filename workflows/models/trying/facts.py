"""What answers and decisions of a trial make of the project's facts, as they do in a real project."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models.facts import ANSWERED
from workflows.models.model import DocumentType, Model
from workflows.models.trying.memory import Answers, Memory, registers_after, value_at

Facts = Mapping[str, Any]


def facts_before(model: Model, memory: Memory, facts: Facts, *, form: str, answers: Answers) -> dict[str, Any]:
    """Return the facts that answers change and that the step itself already sees."""
    found: dict[str, Any] = {}
    for name, sources in model.facts.items():
        for source in sources:
            value = _named(source, form, answers)
            if name in ANSWERED and value is not None:
                found[name] = value
    for source in model.holders.get(model.duties.group, ()):
        if _named(source, form, answers):
            found["has_steering_group"] = True
    for name, rows in registers_after(model, memory.rows, form, answers).items():
        found[name] = list(rows)
    return {name: value for name, value in found.items() if facts.get(name) != value}


def facts_after(model: Model, facts: Facts, *, form: str, item: str, answers: Answers) -> dict[str, Any]:
    """Return the facts that answers change for the steps that come after."""
    found: dict[str, Any] = {}
    light = _named(model.subject.get("light", ""), form, answers)
    if light and facts.get("light_before") != light:
        found["light_before"] = light
    document = model.document_of(form)
    if item and document is not None and _settles(model, document):
        found |= settled(model, facts, item)
    return found


def settled(model: Model, facts: Facts, item: str) -> dict[str, Any]:
    """Return the registers without a row that is done with."""
    return {
        name: [key for key in facts[name] if key != item] for name in model.registers if item in (facts.get(name) or ())
    }


def _settles(model: Model, document: DocumentType) -> bool:
    """Tell whether making this document settles its row: no gate of the row's own follows."""
    if document.register is None:
        return False
    return not any(gate.item is not None and document.key in gate.documents for gate in model.gates)


def _named(source: str, form: str, answers: Answers) -> Any:
    where, _, path = source.partition(".")
    return value_at(answers, path) if where == form else None
