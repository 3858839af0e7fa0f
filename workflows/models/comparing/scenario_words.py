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
    return f"{said}{who}{_answers(step.get('with'))}{', ska nekas' if step.get('refused') else ''}"


def _answers(given: Any) -> str:
    if not isinstance(given, Mapping) or not given:
        return ""
    outcome = OUTCOMES.get(shown(given.get("outcome")))
    rest = [f"{quoted(key)} {shown(value)}" for key, value in given.items() if not (outcome and key == "outcome")]
    return f": {joined([outcome or '', *rest])}"
