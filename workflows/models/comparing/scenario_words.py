"""One step of a scenario in a few words: *beslut vid BP1 av Maria Lindqvist: Godkänn*."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.scenario_values import answers_words, day_words, expected_words, fact_value
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
            said = (
                f"vänta {period(shown(subject))}"
                if shown(subject).startswith("P")
                else f"vänta till {day_words(shown(subject))}"
            )
        case "send":
            said = f"meddelandet {names.message(shown(subject))} skickas"
        case "facts" if isinstance(subject, Mapping):
            return f"nu är {joined(' '.join(_fact(name, value, names)) for name, value in subject.items())}"
        case "expect":
            return f"då väntas: {expected_words(subject, names)}"
        case _:
            return shown(step)
    who = f" av {names.holder(shown(step['by']))}" if step.get("by") else ""
    which = f" ({names.item(shown(step['item']))})" if step.get("item") else ""
    which = which or (" (alla som passar)" if step.get("every") else "")
    answers = _answers(step.get("with"), verb, shown(listed[0]) if listed else "", names)
    return f"{said}{which}{who}{answers}{', ska nekas' if step.get('refused') else ''}"


def _fact(name: str, value: Any, names: Lexicon) -> tuple[str, str]:
    label, said = fact_value(name, value, names)
    return quoted(label), said


def _answers(given: Any, verb: str, step: str, names: Lexicon) -> str:
    if not isinstance(given, Mapping) or not given:
        return ""
    if verb == "until":
        said = (f"i {names.step(one)}: {answers_words(one, answers, names)}" for one, answers in given.items())
        return "; " + "; ".join(said)
    outcome = OUTCOMES.get(shown(given.get("outcome")))
    target = f"till {names.phases.get(shown(given['target']), shown(given['target']))}" if given.get("target") else ""
    told = {"target", "outcome"} if outcome else {"target"}
    rest = answers_words(step, {key: value for key, value in given.items() if key not in told}, names)
    return f": {joined([outcome or '', target, rest])}"
