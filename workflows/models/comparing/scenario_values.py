"""What a scenario says beside its steps, by the names of the model: facts, roles, usual answers, what is expected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from forms.swedish import MONTHS
from workflows.models.comparing.lexicon import Lexicon
from workflows.models.comparing.swedish import joined, number, period, quoted, shown
from workflows.models.comparing.vocabulary import OUTCOMES, Subject

ENDINGS: Mapping[str, str] = {
    "closed": "projektet är avslutat",
    "rejected": "projektet är avslaget",
    "terminated": "projektet är avbrutet",
    "not_project": "det blev inget projekt",
}
_ANSWERED = {"yes": "Ja", "no": "Nej", "not_applicable": "Gäller inte", "na": "Gäller inte"}
_EFFECTS = {"freeze": "underlaget till {} fryses", "record": "beslutet vid {} bokförs"}


def fact_value(name: str, value: Any, names: Lexicon) -> tuple[str, str]:
    """What a fact is called and what it is: ("Projektets kostnad", "900 000 kr"); of a list, how many it has."""
    subject = names.subject(("facts", name))
    if isinstance(value, list):
        return f"Antal i listan {names.register(name)}", str(len(value))
    return (subject.label if subject else names.register(name)), value_words(value, subject)


def answers_words(step: str, given: Any, names: Lexicon) -> str:
    """The answers given in a step: "”Har förvaltningen …?” är Nej"."""
    if not isinstance(given, Mapping):
        return shown(given)
    return joined(
        f"{quoted(names.asked(step, key))} är {_answer(step, key, value, names)}" for key, value in given.items()
    )


def _answer(step: str, key: str, value: Any, names: Lexicon) -> str:
    if key == "target":
        return names.phases.get(shown(value), shown(value))
    subject = names.subject((step, key))
    return value_words(value, subject, OUTCOMES if key == "outcome" and subject is None else _ANSWERED)


def value_words(value: Any, subject: Subject | None, options: Mapping[str, str] | None = None) -> str:
    """A value by its option's name and with its unit, numbers in groups of three."""
    if isinstance(value, bool) or value is None:
        return {True: "ja", False: "nej", None: "inget svar"}[value]
    if isinstance(value, int | float):
        return number(value, subject.unit if subject else "")
    if isinstance(value, list):
        return joined(value_words(one, subject, options) for one in value)
    named = (options or {}).get(shown(value)) or (subject.options.get(shown(value)) if subject else "")
    return named or day_words(shown(value))


def day_words(text: str) -> str:
    """A day as people write it, "2 mars 2026"; other texts as they are."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def expected_words(expect: Any, names: Lexicon) -> str:
    """What a scenario expects at a step or at its end, as one sentence after "väntas"."""
    if not isinstance(expect, Mapping):
        return shown(expect)
    return "; ".join(said for key, value in expect.items() for said in _expected(key, value, names))


def _expected(key: str, value: Any, names: Lexicon) -> Iterator[str]:
    listed = value if isinstance(value, list) else [value]
    match key:
        case "open" | "open_has":
            yield f"öppet är {joined(_open(one, names) for one in listed)}" if listed else "inget är öppet"
        case "closed":
            yield f"stängt är {joined(names.place(shown(one)) for one in listed)}"
        case "passed":
            yield f"nått är {joined(names.place(shown(one)) for one in listed)}"
        case "effects":
            yield joined(_effect(shown(one), names) for one in listed) or "inget fryses eller bokförs"
        case "gates" if isinstance(value, Mapping):
            yield from (_gate(gate, how, names) for gate, how in value.items())
        case "due" if isinstance(value, Mapping):
            yield from (
                f"tiden för {names.place(node)} löper till {day_words(shown(day))}" for node, day in value.items()
            )
        case "end":
            yield ENDINGS.get(shown(value), shown(value))
        case "ended":
            yield "inget är kvar att göra" if value else "något är kvar att göra"
        case _ if isinstance(value, Mapping):
            yield f"i {names.step(key)} står {answers_words(key, value, names)}"
        case _:
            yield f"{quoted(key)} är {value_words(value, None)}"


def _open(one: Any, names: Lexicon) -> str:
    if not isinstance(one, Mapping):
        return names.place(shown(one))
    who = "".join(f" för {names.holder(shown(one[key]))}" for key in ("by", "role") if one.get(key))
    due = f", inom {period(shown(one['due']))}" if one.get("due") else ""
    gate = f" inför {names.gate(shown(one['gate']))}" if one.get("gate") else ""
    item = f" {names.item(shown(one['item']))}" if one.get("item") else ""
    return f"{names.place(shown(one.get('node')))}{item}{gate}{who}{due}"


def _gate(gate: str, how: Any, names: Lexicon) -> str:
    if not isinstance(how, Mapping):
        return f"{names.gate(gate)} är inte beslutad"
    outcome = OUTCOMES.get(shown(how.get("outcome")), "beslutad")
    target = f" till {names.phases.get(shown(how['target']), shown(how['target']))}" if how.get("target") else ""
    turn = f", omgång {how['round']}" if how.get("round") else ""
    return f"{names.gate(gate)} är {outcome}{target}{turn}"


def _effect(text: str, names: Lexicon) -> str:
    kind, _, rest = text.partition(" ")
    return _EFFECTS[kind].format(names.gate(rest.partition("[")[0])) if kind in _EFFECTS else "ett meddelande går ut"
