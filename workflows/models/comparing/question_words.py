"""What changed in a question, in a sentence: *Frågan F07 blev obligatorisk.*"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.models.comparing.change import Weight
from workflows.models.comparing.feel_words import condition_words
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.other_words import setting_changed
from workflows.models.comparing.swedish import joined, quoted, shown

_REQUIREMENTS = {"must": "obligatorisk", "warn": "en varning", "info": "bara för information"}

_ANSWERS = {"yes_no": "ja eller nej", "text": "text", "number": "ett tal", "date": "ett datum"} | {
    "ref": "ja eller nej, med hänvisning"
}

_EVIDENCE = {"document": "ett dokument", "link": "en länk", "note": "en anteckning", "file": "en fil"}

_KINDS = {"yes": "ja", "no": "nej", "value": "ett värde"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version of a checklist and the names around it."""

    raw: Mapping[str, Any]
    names: Lexicon
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One attribute of one question that changed."""

    id: str
    path: str
    before: Any
    after: Any
    new: Side


def _requirement(one: Told) -> tuple[str, Weight]:
    word = _REQUIREMENTS.get(shown(one.after), quoted(shown(one.after)))
    if one.after == "must":
        return f"Frågan {one.id} blev obligatorisk.", Weight.DUTY
    if one.before == "must":
        return f"Frågan {one.id} är inte längre obligatorisk utan {word}.", Weight.DUTY
    return f"Frågan {one.id} är nu {word}.", Weight.DUTY


def _condition_changed(one: Told) -> tuple[str, Weight]:
    if not one.after:
        return f"Frågan {one.id} gäller nu alltid.", Weight.DUTY
    return f"Frågan {one.id} gäller nu bara när {condition_of(one.after, one.new)}.", Weight.DUTY


def _satisfied(one: Told) -> tuple[str, Weight]:
    return f"Frågan {one.id} är nu uppfylld av svaret {_answers(one.after)}.", Weight.DUTY


def _evidence(one: Told) -> tuple[str, Weight]:
    if one.after == "none":
        return f"Frågan {one.id} ber inte längre om något belägg.", Weight.DUTY
    return f"Frågan {one.id} ber nu om {_EVIDENCE.get(shown(one.after), shown(one.after))} som belägg.", Weight.DUTY


def _answer(one: Told) -> tuple[str, Weight]:
    return f"Frågan {one.id} besvaras nu med {_ANSWERS.get(shown(one.after), shown(one.after))}.", Weight.DUTY


def _worded(what: str) -> Callable[[Told], tuple[str, Weight]]:
    return lambda one: (f"Frågan {one.id} har {what}.", Weight.WORDING)


def other(one: Told) -> tuple[str, Weight]:
    """Say what has no words of its own."""
    if one.path.endswith(".en"):
        return f"Frågan {one.id} har ändrad engelsk text.", Weight.WORDING
    return setting_changed(f"Frågan {one.id}", one.path, one.before, one.after), Weight.DUTY


TELLERS: Mapping[str, Callable[[Told], tuple[str, Weight]]] = {
    "requirement": _requirement,
    "condition": _condition_changed,
    "satisfied_by": _satisfied,
    "evidence": _evidence,
    "answer": _answer,
    "question.sv": _worded("ny lydelse"),
    "question": _worded("ny lydelse"),
    "help.sv": _worded("ny hjälptext"),
    "topic.sv": _worded("nytt ämne"),
    "area.sv": lambda one: (f"Frågan {one.id} hör nu till området {quoted(shown(one.after))}.", Weight.WORDING),
    "source": _worded("ny källa"),
    "unit": lambda one: (f"Frågan {one.id} besvaras nu i {shown(one.after) or 'tal utan enhet'}.", Weight.DUTY),
}


def seen(path: str, value: Any, side: Side) -> str:
    """A value of a question as people read it."""
    match path:
        case "requirement":
            return _REQUIREMENTS.get(shown(value), shown(value))
        case "answer":
            return _ANSWERS.get(shown(value), shown(value))
        case "evidence":
            return _EVIDENCE.get(shown(value), "inget" if value == "none" else shown(value))
        case "satisfied_by":
            return _answers(value)
        case "condition":
            return f"när {condition_of(value, side)}" if value else "alltid"
    return shown(value)


def _answers(value: Any) -> str:
    return joined([_KINDS.get(shown(one), shown(one)) for one in value] if isinstance(value, list) else [], "eller")


def condition_of(value: Any, side: Side) -> str:
    """A question's condition as it stands after "när"."""
    return condition_words(shown(value), side.names, form=side.form)
