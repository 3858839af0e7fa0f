"""A checklist as a table: what each question asks and weighs, changed one question at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.asking import forms_page, readable, typed
from app.designer.blueprint import bp
from app.designer.draft_pages import DraftPage, show
from app.designer.guards import seeing_models
from app.designer.place_words import named
from app.designer.question_when import when_page
from forms.checklist import AnswerType, EvidenceKind, Requirement
from workflows.kernel.errors import Text, _l
from workflows.models.asking import (
    Outline,
    Question,
    advise_file,
    checklist_path,
    outline,
    uses_of,
)
from workflows.models.comparing import Lexicon, plain_condition

REQUIREMENTS: Mapping[str, Text] = {
    Requirement.MUST: _l("Krav"),
    Requirement.WARN: _l("Bör"),
    Requirement.INFO: _l("Info"),
}
ANSWERS: Mapping[str, Text] = {
    AnswerType.YES_NO: _l("Ja eller nej"),
    AnswerType.REF: _l("Ja med underlag, eller nej"),
    AnswerType.TEXT: _l("Text"),
    AnswerType.NUMBER: _l("Tal"),
    AnswerType.DATE: _l("Datum"),
}
EVIDENCE: Mapping[str, Text] = {
    EvidenceKind.NONE: _l("Inget"),
    EvidenceKind.DOCUMENT: _l("Dokument"),
    EvidenceKind.LINK: _l("Länk"),
    EvidenceKind.NOTE: _l("Beskrivning"),
    EvidenceKind.FILE: _l("Fil"),
}
SATISFIED: Mapping[str, Text] = {"yes": _l("Ja"), "yes no": _l("Ja eller nej"), "no": _l("Nej")}
TEXTS = ("area", "area_en", "question", "question_en", "topic", "topic_en", "help", "help_en")
FIELDS = (*TEXTS, "answer", "unit", "requirement", "condition", "evidence", "was")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Questions of one area that follow one another."""

    title: str
    questions: tuple[Question, ...]


@bp.get("/models/drafts/<draft_id>/checklists/<key>")
@seeing_models
@readable
def checklist(draft_id: str, key: str) -> ResponseReturnValue:
    """Show a checklist as a table."""
    page, found = the_checklist(draft_id, key)
    names = Lexicon(files=page.draft.files)
    conditions = {
        question.id: plain_condition(question.condition, names, form=key)
        for question in found.questions
        if question.condition
    }
    areas = tuple(
        Area(title=title, questions=tuple(questions))
        for title, questions in groupby(found.questions, key=lambda question: question.area)
    )
    return show(
        page,
        "checklist",
        found=found,
        areas=areas,
        uses=uses_of(page.draft.files, key),
        advice=named(page.draft.files, advise_file(page.draft.files, checklist_path(key))),
        words=WORDS,
        conditions=conditions,
    )


WORDS: Mapping[str, Mapping[str, Text]] = {
    "requirement": REQUIREMENTS,
    "answer": ANSWERS,
    "evidence": EVIDENCE,
    "satisfied": SATISFIED,
}
"""What the values of a question are called."""


@bp.app_template_filter("worded")
def _worded(value: str, words: Mapping[str, Text]) -> str:
    """Return what a value is called; a value that nothing is called by stands as it is."""
    return gettext(words[value]) if value in words else value


def question_words(question: Question, checklist: Outline) -> dict[str, object]:
    """Return what the fields of a question in a checklist offer."""
    choices = {name: tuple((value, gettext(label)) for value, label in words.items()) for name, words in WORDS.items()}
    return {
        "choices": choices,
        "satisfied": " ".join(sorted(question.satisfied_by, reverse=True)) or "yes",
        "when": when_page(checklist, question),
    }


def typed_question(question: Question) -> Question:
    """Return a question as it was typed, but for when it counts (`typed_condition`)."""
    given = typed(*(name for name in FIELDS if name in request.form))
    satisfied = tuple(request.form.get("satisfied", " ".join(question.satisfied_by) or "yes").split())
    return replace(question, satisfied_by=satisfied, **given)


def the_checklist(draft_id: str, key: str) -> tuple[DraftPage, Outline]:
    """Return a draft and one of its checklists. Raises NotFound, FileUnreadable."""
    page = forms_page(draft_id, checklist_path(key))
    return page, outline(page.draft.files, key)
