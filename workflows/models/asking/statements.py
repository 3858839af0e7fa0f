"""Conditions of questions as statements to choose from ("Projektet rör flera nämnder"), written as FEEL and read back.

Whoever changes a checklist is no programmer: what can be said with one or two statements about the project or the other
answers of the same checklist is chosen, and only the rest is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from forms.checklist import AnswerKind
from workflows.kernel.errors import Text, _l
from workflows.models.asking.errors import EntryRefused
from workflows.models.asking.questions import Outline

AMOUNT = "{amount}"
MOST_DIGITS = 15
_ABOUT_PROJECT: Sequence[tuple[str, Text]] = (
    ("external_funding = true", _l("Projektet får pengar utifrån")),
    ("external_funding = false", _l("Projektet får inga pengar utifrån")),
    ("cross_board = true", _l("Projektet rör flera nämnder")),
    ("cross_board = false", _l("Projektet rör en enda nämnd")),
    ("principle_matter = true", _l("Frågan är principiell")),
    ("principle_matter = false", _l("Frågan är inte principiell")),
    ('size_class = "large"', _l("Projektet är stort")),
    ('size_class = "small"', _l("Projektet är litet")),
    ("has_steering_group = true", _l("Projektet har en styrgrupp")),
    ("has_steering_group = false", _l("Projektet har ingen styrgrupp")),
    (f"total_cost >= {AMOUNT}", _l("Sammanlagd kostnad är minst … kronor")),
    (f"total_cost < {AMOUNT}", _l("Sammanlagd kostnad är under … kronor")),
    ("total_cost >= board_cost_limit", _l("Sammanlagd kostnad når gränsen där nämnden beslutar")),
    ('light_before = "red"', _l("Förra lägesrapporten var röd")),
    ('light_before = "yellow"', _l("Förra lägesrapporten var gul")),
)
_ANSWERS: Mapping[AnswerKind, Text] = {
    AnswerKind.YES: _l("ja"),
    AnswerKind.NO: _l("nej"),
    AnswerKind.NOT_APPLICABLE: _l("gäller inte"),
}
_CHOSEN = frozenset({"yes_no", "ref"})


class Together(StrEnum):
    """Whether both statements have to be true, or one of them is enough."""

    AND = "and"
    OR = "or"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something that is true of a project or not. `pattern` is its FEEL, where {amount} stands for a number.

    `words` are Swedish; where it speaks of an answer, `question` is what was asked and `words` the answer.
    """

    pattern: str
    words: Text
    question: str = ""

    @property
    def measures(self) -> bool:
        """Whether a number belongs to it."""
        return AMOUNT in self.pattern


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A chosen statement with the number as it was typed, "" where none belongs to it."""

    pattern: str = ""
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A condition made of statements; without a second one, `together` says nothing."""

    first: Stated = Stated()
    together: Together = Together.AND
    second: Stated = Stated()


def statements(checklist: Outline, *, own: str = "") -> tuple[Statement, ...]:
    """Return what the condition of question `own` can be made of: facts of the project, then the other answers."""
    about = [Statement(pattern=pattern, words=words) for pattern, words in _ABOUT_PROJECT]
    return (*about, *_answers(checklist, own))


def written(chosen: Chosen, known: Sequence[Statement]) -> str:
    """Return a condition as FEEL.

    Raises EntryRefused, by `first`, `first_amount`, `second` or `second_amount`.
    """
    problems: dict[str, str] = {}
    parts = [
        _one(stated, known, place, problems)
        for place, stated in (("first", chosen.first), ("second", chosen.second))
        if stated.pattern or place == "first"
    ]
    if problems:
        raise EntryRefused(problems)
    return f" {chosen.together} ".join(parts)


def chosen_from(condition: str, known: Sequence[Statement]) -> Chosen | None:
    """Return a condition as statements; None for one that says something else and has to be read as it is written."""
    plain = " ".join(condition.split())
    if one := _stated(plain, known):
        return Chosen(first=one)
    for together in Together:
        first, found, second = plain.partition(f" {together} ")
        if found and (one := _stated(first, known)) and (other := _stated(second, known)):
            return Chosen(first=one, together=together, second=other)
    return None


def _answers(checklist: Outline, own: str) -> Iterator[Statement]:
    for question in checklist.questions:
        if question.id != own and question.answer in _CHOSEN:
            for kind, words in _ANSWERS.items():
                pattern = f'item.{question.id} = "{kind}"'
                yield Statement(pattern=pattern, words=words, question=question.question)


def _one(stated: Stated, known: Sequence[Statement], place: str, problems: dict[str, str]) -> str:
    statement = next((one for one in known if one.pattern == stated.pattern), None)
    if statement is None:
        problems[place] = "Välj vad som ska stämma"
        return ""
    if not statement.measures:
        return statement.pattern
    amount = re.sub(r"\s", "", stated.amount).replace(",", ".")
    if not re.fullmatch(r"\d+(\.\d{1,2})?", amount, re.ASCII) or len(amount) > MOST_DIGITS:
        problems[f"{place}_amount"] = "Skriv beloppet i kronor, till exempel 500 000"
        return ""
    return statement.pattern.replace(AMOUNT, amount)


def _stated(text: str, known: Sequence[Statement]) -> Stated | None:
    for one in known:
        if one.pattern == text:
            return Stated(pattern=text)
        if one.measures and text.startswith(lead := one.pattern.removesuffix(AMOUNT)):
            amount = text.removeprefix(lead)
            if re.fullmatch(r"\d+(\.\d{1,2})?", amount, re.ASCII):
                return Stated(pattern=one.pattern, amount=amount)
    return None
