"""What changed in a phase, role, document or figure of `model.json`, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workflows.models.comparing.change import Weight
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import quoted, shown

_SCOPES = {"project": "i projektet", "organisation": "i organisationen", "item": "på en rad"}


_Teller = Callable[[str, Any, Any, Lexicon], tuple[str, Weight]]


def _relabelled(name: str, old: Any, new: Any, _names: Lexicon) -> tuple[str, Weight]:
    noun = name.partition(" ")[0]
    return f"{noun} {quoted(shown(old))} heter nu {quoted(shown(new))}.", Weight.WORDING


def _scope(name: str, _old: Any, new: Any, _names: Lexicon) -> tuple[str, Weight]:
    return f"{name} utses nu {_SCOPES.get(shown(new), shown(new))}.", Weight.DECIDES


TELLERS: Mapping[tuple[str, str], _Teller] = {
    ("boxes", "label.sv"): _relabelled,
    ("phases", "label.sv"): _relabelled,
    ("roles", "label.sv"): _relabelled,
    ("documents", "label.sv"): _relabelled,
    ("money", "label.sv"): _relabelled,
    ("roles", "scope"): _scope,
    ("roles", "field"): lambda name, _old, new, _names: (
        f"{name} hämtas nu ur fältet {quoted(shown(new))} på raden."
        if new
        else f"{name} hämtas inte längre ur en rad.",
        Weight.DECIDES,
    ),
    ("phases", "question.sv"): lambda name, *_: (f"{name} har en ny fråga.", Weight.WORDING),
    ("phases", "box"): lambda name, _old, new, names: (f"{name} hör nu till {names.box(new)}.", Weight.DUTY),
    ("boxes", "number"): lambda name, old, new, _names: (
        f"{name} har nummer {shown(new)} i stället för {shown(old)}.",
        Weight.LAYOUT,
    ),
    ("phases", "checklist"): lambda name, _old, new, names: (
        f"{name} avslutas nu med {names.form(shown(new)) if new else 'ingen checklista'}.",
        Weight.DUTY,
    ),
    ("documents", "form"): lambda name, _old, new, names: (
        f"{name} skrivs nu i {names.form(shown(new))}.",
        Weight.DUTY,
    ),
    ("documents", "register"): lambda name, _old, new, _names: (
        f"{name} finns nu en gång för varje rad." if new else f"{name} finns nu en gång i projektet.",
        Weight.DUTY,
    ),
    ("documents", "when"): lambda name, *_: (f"{name} blir nu en ny version i andra fall.", Weight.DUTY),
}
