"""What came of a scenario in sentences: which row, what was expected, what happened instead, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext

from app.designer.scenario_expectation_words import EXPECTATION_WORDS
from app.designer.scenario_names import Names
from app.designer.scenario_verb_words import VERB_WORDS
from app.shell.text import names as listed
from workflows.kernel.errors import Text, _l
from workflows.models import Played
from workflows.models.differing import Difference
from workflows.models.playing import Failure
from workflows.models.scenario import Move, Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A difference as people read it, each part a sentence."""

    expected: str
    happened: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldFailure:
    """Where a scenario went another way: `row` from 1 (0: what is checked after the last one), what the row does,
    its note, what differed, and what the project waited for then.
    """

    row: int
    where: str
    note: str
    differences: tuple[Told, ...]
    waits: str

    @property
    def short(self) -> str:
        """The first of it, for a list."""
        return f"{self.where}. {self.differences[0].happened}" if self.differences else self.where


def told(names: Names, played: Played) -> ToldFailure | None:
    """Return how a scenario went another way than it says; None when it holds."""
    failure = played.failure
    return told_failure(names, failure) if failure is not None else None


def told_failure(names: Names, failure: Failure) -> ToldFailure:
    """Return a failure in sentences."""
    move = failure.move
    return ToldFailure(
        row=move.number if move else 0,
        where=where(names, move),
        note=move.note if move else "",
        differences=tuple(told_difference(names, one, failure) for one in failure.differences),
        waits=gettext("Då väntade projektet på %(steps)s.", steps=names.tasks(failure.tasks))
        if failure.tasks
        else gettext("Då väntade projektet inte på något."),
    )


def where(names: Names, move: Move | None) -> str:
    """Return the row: its number and what it does."""
    if move is None:
        return gettext("Efter sista raden")
    return gettext("Rad %(number)s, %(what)s", number=move.number, what=row_words(names, move))


def row_words(names: Names, move: Move) -> str:
    """Return what a row does, as it goes on in a sentence."""
    words = _ROWS[move.verb](names, move)
    if move.item:
        words += f" ({names.item(move.item)})"
    return words


CHECKS: Mapping[str, Text] = {
    "open": _l("vad som är öppet"),
    "open_has": _l("att vissa steg är öppna"),
    "closed": _l("att vissa steg inte är öppna"),
    "due": _l("vilka tider som löper"),
    "gates": _l("hur besluten blev"),
    "variables": _l("vad som är svarat"),
    "effects": _l("vad raden före ledde till"),
    "passed": _l("vilka slut som är nådda"),
    "phase": _l("vilken fas projektet är i"),
    "end": _l("hur projektet slutade"),
    "ended": _l("om något är kvar att göra"),
}


def check_words(names: Names, expect: Mapping[str, Any]) -> str:
    """Return what is checked, as it goes on in a sentence."""
    return listed([gettext(CHECKS[key]) for key in CHECKS if key in expect]) or gettext("vad som gäller")


def _decides(names: Names, move: Move) -> str:
    how = names.decided({name: move.answers[name] for name in ("outcome", "target") if name in move.answers})
    return gettext("besluta %(how)s om %(gate)s", how=how, gate=names.gate(move.subject))


_ROWS: Mapping[Verb, Callable[[Names, Move], str]] = {
    Verb.DO: lambda names, move: gettext("gör %(steps)s", steps=listed([names.element(one) for one in move.subject])),
    Verb.UNTIL: lambda names, move: gettext("spela fram till %(target)s", target=names.target(move.subject)),
    Verb.DECIDE: _decides,
    Verb.WAIT: lambda names, move: gettext("vänta %(time)s", time=names.wait(move.subject)),
    Verb.SEND: lambda names, move: gettext("skicka meddelandet %(name)s", name=names.message(move.subject)),
    Verb.FACTS: lambda names, move: gettext("ändra %(facts)s", facts=listed([names.fact(one) for one in move.subject])),
    Verb.CANCEL: lambda names, move: gettext("avsluta projektet där det står"),
    Verb.EXPECT: lambda names, move: gettext("kontrollera %(what)s", what=check_words(names, move.subject)),
}


def told_difference(names: Names, one: Difference, failure: Failure) -> Told:
    """Return a difference in sentences."""
    expected, happened, mend = _WORDS[one.kind](names, one, failure)
    return Told(expected=begun(expected), happened=begun(happened), mend=mend)


_WORDS = {**VERB_WORDS, **EXPECTATION_WORDS}


def begun(sentence: str) -> str:
    """Return a sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
