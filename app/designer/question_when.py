"""When a question counts: always, when statements that are chosen hold, or when a condition of one's own is true."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from flask_babel import gettext

from app.shell.numbers import number
from workflows.models.asking import (
    Chosen,
    Outline,
    Question,
    Stated,
    Statement,
    Together,
    chosen_from,
    statements,
    written,
)

ALWAYS, CHOSEN, WRITTEN = "always", "chosen", "written"
PLACES = ("first", "second")
Group = tuple[str, tuple[tuple[str, str], ...]]
"""What a list of statements is headed by, and its choices: value and words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The part of a question's page that says when it counts. `when` is which of the three ways is taken."""

    when: str
    chosen: Chosen
    groups: tuple[Group, ...]


def when_page(checklist: Outline, question: Question) -> When:
    """Return how the page stands: as it was typed, else as the question has it."""
    known = statements(checklist, own=question.id)
    if "when" in request.form:
        return When(when=request.form["when"], chosen=_typed(), groups=_groups(known))
    chosen = chosen_from(question.condition, known)
    when = CHOSEN if chosen else WRITTEN if question.condition else ALWAYS
    return When(when=when, chosen=_shown(chosen or Chosen()), groups=_groups(known))


def typed_condition(checklist: Outline, question: Question) -> str:
    """Return the condition as FEEL, however it was given. Raises EntryRefused, by the field."""
    when = request.form.get("when", WRITTEN)
    if when == ALWAYS:
        return ""
    if when == CHOSEN:
        return written(_typed(), statements(checklist, own=question.id))
    return request.form.get("condition", question.condition).strip()


def _typed() -> Chosen:
    first, second = (
        Stated(pattern=request.form.get(place, ""), amount=request.form.get(f"{place}_amount", "").strip()[:40])
        for place in PLACES
    )
    together = Together.OR if request.form.get("together") == Together.OR else Together.AND
    return Chosen(first=first, together=together, second=second)


def _shown(chosen: Chosen) -> Chosen:
    """Return the same with its amounts as people write them."""
    return Chosen(first=_written_out(chosen.first), together=chosen.together, second=_written_out(chosen.second))


def _written_out(stated: Stated) -> Stated:
    return Stated(pattern=stated.pattern, amount=number(stated.amount) if stated.amount else "")


def _groups(known: tuple[Statement, ...]) -> tuple[Group, ...]:
    """Return the statements under what they speak of: the project, and the other answers of the checklist."""
    about = [(one.pattern, gettext(one.words)) for one in known if not one.question]
    answers = [(one.pattern, _answered(one)) for one in known if one.question]
    return ((gettext("Om projektet"), tuple(about)), (gettext("Svar i samma checklista"), tuple(answers)))


def _answered(statement: Statement) -> str:
    answer = gettext(statement.words)
    return gettext("Svaret är %(answer)s på: %(question)s", answer=answer, question=_short(statement.question))


def _short(question: str) -> str:
    return question if len(question) <= 70 else f"{question[:69].rstrip()}…"
