"""A row of a scenario in sentences: what it does, and everything it says beside that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from app.designer.decision_words import said_words
from app.designer.row_options import decider
from app.designer.scenario_expectation_words import EXPECTATION_WORDS
from app.designer.scenario_names import Names
from app.designer.scenario_told import begun, row_words
from app.designer.scenario_values import plain, quoted
from app.designer.try_facts import CHOICES, UNITS
from workflows.models.differing import Difference, Differs
from workflows.models.expecting import as_mapping
from workflows.models.playing import Failure
from workflows.models.scenario import Move, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class RowWords:
    """A row as the table shows it: `number` from 1, what it does, and what else it says."""

    number: int
    what: str
    details: tuple[str, ...]
    note: str


def told_row(names: Names, move: Move) -> RowWords:
    """Return a row in sentences."""
    if move.verb is Verb.EXPECT:
        return RowWords(
            number=move.number,
            what=gettext("Kontrollera"),
            details=tuple(check_sentences(names, move.subject)),
            note=move.note,
        )
    words = row_words(names, move)
    return RowWords(number=move.number, what=begun(words), details=tuple(_details(names, move)), note=move.note)


def check_sentences(names: Names, expect: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is checked, a sentence each."""
    for key, wanted in expect.items():
        for kind, said in _differences(key, wanted):
            one = Difference(
                about=key, expected="", got="", kind=kind, wanted=said, found=None if kind is Differs.VARIABLE else ()
            )
            yield begun(EXPECTATION_WORDS[kind](names, one, _NOTHING)[0])
        if key == "open":
            yield gettext("Inget annat väntar.") if wanted else gettext("Inget väntar.")


_NOTHING = Failure(move=None, differences=())
_KINDS = {
    "due": Differs.DUE,
    "effects": Differs.EFFECTS,
    "passed": Differs.PASSED,
    "phase": Differs.PHASE,
    "end": Differs.END,
    "ended": Differs.ENDED,
}


def _differences(key: str, wanted: Any) -> Iterator[tuple[Differs, Any]]:
    """Yield what a check looks at, as the kind of difference that it would be."""
    match key:
        case "open" | "open_has":
            yield from ((Differs.MISSING, as_mapping(entry)) for entry in wanted)
        case "closed":
            yield from ((Differs.NOT_CLOSED, node) for node in wanted)
        case "gates" | "variables":
            yield from ((Differs.VARIABLE, (name, fields)) for name, fields in wanted.items())
        case "due":
            yield Differs.DUE, sorted(wanted.items())
        case _:
            yield _KINDS[key], wanted


def _details(names: Names, move: Move) -> Iterator[str]:
    match move.verb:
        case Verb.DO:
            task = names.bundle.executable.tasks.get(move.subject[0])
            if move.answers and task is not None:
                yield gettext("Svar: %(answers)s.", answers=names.answers(task.variable, move.answers))
            elif move.answers:
                yield gettext("Egna svar är ifyllda.")
        case Verb.UNTIL:
            for node, said in move.answers.items():
                task = names.bundle.executable.tasks.get(node)
                answers = names.answers(task.variable if task is not None else node, said)
                yield gettext("I %(step)s: %(answers)s.", step=names.element(node), answers=answers)
        case Verb.DECIDE:
            for name, value in move.answers.items():
                if name not in ("outcome", "target"):
                    yield f"{begun(said_words(names.bundle, name, value)).rstrip('.')}."
        case Verb.FACTS:
            for name, value in move.subject.items():
                yield gettext(
                    "%(fact)s är %(value)s.", fact=begun(names.fact(name)), value=fact_value(names, name, value)
                )
        case _:
            pass
    yield from _conditions(names, move)


def _conditions(names: Names, move: Move) -> Iterator[str]:
    if move.mode:
        yield gettext("Beslutas av %(who)s.", who=quoted(decider(names.bundle, move.mode)))
    if move.by:
        yield gettext("Görs av %(who)s.", who=names.role(move.by))
    if move.at and move.verb is not Verb.SEND:
        yield gettext("I %(place)s.", place=names.place(move.at))
    if move.at and move.verb is Verb.SEND:
        yield gettext("Till %(place)s.", place=names.place(move.at))
    if move.every:
        yield gettext("Alla som väntar, en efter en.")
    if move.refused:
        yield gettext("Det ska inte gå.")


def fact_value(names: Names, name: str, value: Any) -> str:
    """Return what a fact is, as people say it."""
    if isinstance(value, list):
        return ", ".join(names.item(str(one)) for one in value) or gettext("tom")
    words = dict(CHOICES.get(name, ()))
    known = isinstance(value, str) and value in words
    return gettext(words[value]).lower() if known else plain(value, UNITS.get(name, ""))
