"""The changes of a checklist's file: one question at a time, judged before it is written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from forms.checklist import Requirement
from workflows.models.asking.errors import ChangedMeanwhile, EntryRefused, FileUnreadable
from workflows.models.asking.layout import Laid, cut, with_member
from workflows.models.asking.questions import MISSING, Question, fingerprint, label, outline, path_of, problems_of, said


def add_question(
    files: Mapping[str, bytes], key: str, question: Question, *, after: str | None = None
) -> Mapping[str, bytes]:
    """Return the file with a new question after another, or first. Raises EntryRefused."""
    laid, items = _cut(files, key)
    _judge(files, question)
    if any(item.get("id") == question.id for item in items):
        raise EntryRefused({"id": f"Frågan {question.id} finns redan; ladda om sidan och spara igen"})
    place = next((number for number, item in enumerate(items, 1) if item.get("id") == after), 0)
    return {path_of(key): laid.adding(place, said(question, {})).text.encode()}


def change_question(files: Mapping[str, bytes], key: str, question: Question) -> Mapping[str, bytes]:
    """Return the file with one question changed. Raises EntryRefused, and ChangedMeanwhile by `question.was`."""
    laid, items = _cut(files, key)
    place = _place(items, question.id)
    if question.was and question.was != fingerprint(items[place]):
        raise ChangedMeanwhile
    _judge(files, question)
    return {path_of(key): laid.with_item(place, said(question, items[place])).text.encode()}


def require_question(files: Mapping[str, bytes], key: str, id: str, requirement: str) -> Mapping[str, bytes]:
    """Return the file with one question weighing more or less, nothing else said of it. Raises EntryRefused."""
    laid, items = _cut(files, key)
    place = _place(items, id)
    if requirement not in set(Requirement):
        raise EntryRefused({"requirement": MISSING["requirement"]})
    return {path_of(key): laid.with_item(place, {**items[place], "requirement": requirement}).text.encode()}


def move_question(files: Mapping[str, bytes], key: str, id: str, *, steps: int) -> Mapping[str, bytes]:
    """Return the file with a question moved down by `steps`, up where they are negative; it stops at the ends."""
    laid, items = _cut(files, key)
    place = _place(items, id)
    to = min(max(place + steps, 0), len(items) - 1)
    return {path_of(key): laid.moved(place, to).text.encode()} if to != place else {}


def remove_question(files: Mapping[str, bytes], key: str, id: str) -> Mapping[str, bytes]:
    """Return the file without a question. Raises EntryRefused for the last one."""
    laid, items = _cut(files, key)
    place = _place(items, id)
    if len(items) == 1:
        raise EntryRefused({"id": "En checklista behöver minst en fråga. Ta bort hela checklistan i stället"})
    return {path_of(key): laid.without(place).text.encode()}


def rename_checklist(files: Mapping[str, bytes], key: str, *, title: str, title_en: str) -> Mapping[str, bytes]:
    """Return the file with another title. Raises EntryRefused."""
    if not title.strip():
        raise EntryRefused({"title": "Skriv vad checklistan heter"})
    try:
        text = with_member(files[path_of(key)].decode(), "title", label(title.strip(), title_en.strip(), None))
    except ValueError as error:
        raise FileUnreadable(reason="rubriken ”title” saknas") from error
    return {path_of(key): text.encode()}


def new_checklist(
    files: Mapping[str, bytes], key: str, *, title: str, title_en: str, phase: str, first: Question
) -> Mapping[str, bytes]:
    """Return the file of a new checklist with its first question. Raises EntryRefused."""
    problems = {} if title.strip() else {"title": "Skriv vad checklistan heter"}
    if path_of(key) in files or f"forms/{key}.form.json" in files:
        problems["title"] = "Det finns redan ett formulär eller en checklista med det namnet. Välj ett annat"
    if not phase:
        problems["phase"] = "Välj vilken fas checklistan hör till"
    problems |= problems_of(files, first)
    if problems:
        raise EntryRefused(problems)
    head = {"key": key, "title": label(title.strip(), title_en.strip(), None), "phase": phase}
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in head.items()]
    laid = cut("{\n" + "".join(lines) + '  "items": []\n}\n')
    return {path_of(key): laid.adding(0, said(first, {})).text.encode()}


def _judge(files: Mapping[str, bytes], question: Question) -> None:
    if problems := problems_of(files, question):
        raise EntryRefused(problems)


def _cut(files: Mapping[str, bytes], key: str) -> tuple[Laid, list[dict[str, Any]]]:
    outline(files, key)  # says what is wrong with a file that has another shape
    try:
        laid = cut(files[path_of(key)].decode())
    except (ValueError, IndexError) as error:
        raise FileUnreadable(reason="frågorna ”items” saknas") from error
    return laid, [json.loads(item) for item in laid.items]


def _place(items: list[dict[str, Any]], id: str) -> int:
    for number, item in enumerate(items):
        if item.get("id") == id:
            return number
    raise ChangedMeanwhile
