"""One step of a scenario in a few words: *beslut vid BP1 av Maria Lindqvist: Godkänn*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, period, quoted, shown
from workflows.models.comparing.vocabulary import OUTCOMES

_BESIDE = frozenset({"with", "by", "mode", "note", "item", "at", "every", "refused"})


def scenario_step(step: Any, names: Lexicon) -> str:
    """Return what a step does; one of an unknown kind as it is written."""
    if not isinstance(step, Mapping):
        return shown(step)
    verb = next((key for key in step if key not in _BESIDE), "")
    subject = step.get(verb)
    listed = subject if isinstance(subject, list) else [subject]
    match verb:
        case "do":
            said = f"gör {joined(names.step(shown(one)) for one in listed)}"
        case "until":
            said = f"fram till {names.step(shown(subject))}"
        case "decide":
            said = f"beslut vid {names.gate(shown(subject))}"
        case "wait":
            said = f"vänta {period(shown(subject))}"
        case _:
            return shown(step)
    who = f" av {shown(step['by'])}" if step.get("by") else ""
    answers = _answers(step.get("with"), shown(listed[0]) if listed else "", names)
    return f"{said}{who}{answers}{', ska nekas' if step.get('refused') else ''}"


def _answers(given: Any, step: str, names: Lexicon) -> str:
    if not isinstance(given, Mapping) or not given:
        return ""
    outcome = OUTCOMES.get(shown(given.get("outcome")))
    rest = [_answer(step, key, value, names) for key, value in given.items() if not (outcome and key == "outcome")]
    return f": {joined([outcome or '', *rest])}"


def _answer(step: str, key: Any, value: Any, names: Lexicon) -> str:
    """Return an answer by the label of its field, and where a decision leads by the name of the phase."""
    if key == "target":
        return f"till {names.phases.get(shown(value), shown(value))}"
    subject = names.subject((step, shown(key)))
    if subject is None:
        return f"{quoted(shown(key))} {shown(value)}"
    return f"{quoted(subject.label)} {subject.options.get(shown(value), shown(value))}"
