"""The questions of a checklist as a table edits them: read gently, changed one at a time, judged at the field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import AnswerType, EvidenceKind, FormRefused, Requirement, read_checklist
from forms.source import Source, load
from workflows.models.asking.errors import ChangedMeanwhile, EntryRefused, FileUnreadable
from workflows.models.asking.layout import Laid, cut, with_member
from workflows.models.asking.scope import condition_problem

TEXTS = ("area", "question", "topic", "help")
"""What is said in both languages."""
ORDER = ("id", "area", "question", "topic", "help", "answer", "unit", "requirement", "condition", "satisfied_by")
MISSING = {
    "area": "Skriv vilket område frågan hör till",
    "question": "Skriv frågan",
    "answer": "Välj hur frågan besvaras",
    "requirement": "Välj hur mycket frågan väger",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it is typed; what is not said is "". `was` tells a change by somebody else."""

    id: str
    area: str = ""
    area_en: str = ""
    question: str = ""
    question_en: str = ""
    topic: str = ""
    topic_en: str = ""
    help: str = ""
    help_en: str = ""
    answer: str = AnswerType.YES_NO
    unit: str = ""
    requirement: str = Requirement.MUST
    condition: str = ""
    satisfied_by: tuple[str, ...] = ()
    evidence: str = EvidenceKind.NONE
    was: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A checklist as its table shows it; `refusal` says why a model cannot use it as it stands."""

    key: str
    title: str
    title_en: str
    phase: str
    questions: tuple[Question, ...]
    refusal: str = ""

    def find(self, id: str) -> Question | None:
        """Return a question by its id."""
        return next((question for question in self.questions if question.id == id), None)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas in the order of their first question."""
        return tuple(dict.fromkeys(question.area for question in self.questions if question.area))


def path_of(key: str) -> str:
    """Return where a checklist lies in a model."""
    return f"forms/{key}.checklist.json"


def outline(files: Mapping[str, bytes], key: str) -> Outline:
    """Return a checklist to be edited, also one that has faults. Raises FileUnreadable, and KeyError without a file."""
    data = files[path_of(key)]
    try:
        source = load(data, file=None)
        items = tuple(_gently(item) for item in source.children("items", called="Fråga"))
    except FormRefused as refused:
        raise FileUnreadable(reason=refused.message) from refused
    try:
        read_checklist(data)
        refusal = ""
    except FormRefused as refused:
        refusal = refused.message
    title, title_en = _words(source.raw.get("title"))
    return Outline(
        key=key, title=title, title_en=title_en, phase=_text(source, "phase"), questions=items, refusal=refusal
    )


def add_question(
    files: Mapping[str, bytes], key: str, question: Question, *, after: str | None = None
) -> Mapping[str, bytes]:
    """Return the file with a new question after another, or first. Raises EntryRefused."""
    laid, items = _cut(files, key)
    _judge(files, question)
    if any(item.get("id") == question.id for item in items):
        raise EntryRefused({"id": f"Frågan {question.id} finns redan; ladda om sidan och spara igen"})
    place = next((number for number, item in enumerate(items, 1) if item.get("id") == after), 0)
    return {path_of(key): laid.adding(place, _said(question, {})).text.encode()}


def change_question(files: Mapping[str, bytes], key: str, question: Question) -> Mapping[str, bytes]:
    """Return the file with one question changed. Raises EntryRefused, and ChangedMeanwhile by `question.was`."""
    laid, items = _cut(files, key)
    place = _place(items, question.id)
    if question.was and question.was != fingerprint(items[place]):
        raise ChangedMeanwhile
    _judge(files, question)
    return {path_of(key): laid.with_item(place, _said(question, items[place])).text.encode()}


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
        text = with_member(files[path_of(key)].decode(), "title", _label(title.strip(), title_en.strip(), None))
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
    head = {"key": key, "title": _label(title.strip(), title_en.strip(), None), "phase": phase}
    lines = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)},\n" for name, value in head.items()]
    laid = cut("{\n" + "".join(lines) + '  "items": []\n}\n')
    return {path_of(key): laid.adding(0, _said(first, {})).text.encode()}


def problems_of(files: Mapping[str, bytes], question: Question) -> dict[str, str]:
    """Return what is wrong with a question, by the field it is typed in."""
    problems = {name: words for name, words in MISSING.items() if not getattr(question, name).strip()}
    if question.condition and (wrong := condition_problem(files, question.condition, own=question.id)):
        problems["condition"] = wrong
    if problems:
        return problems
    alone = {"key": "x", "title": "x", "phase": "x", "items": [_said(question, {})]}
    try:
        read_checklist(alone)
    except FormRefused as refused:
        return {"question": refused.message}
    return {}


def fingerprint(item: Mapping[str, Any]) -> str:
    """Return a short name for what a question or a field says now."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:16]


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


def _said(question: Question, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question as its file says it: what it said before in its own order, new members in the usual one."""
    said: dict[str, Any] = {}
    for name in TEXTS:
        words = _label(getattr(question, name).strip(), getattr(question, f"{name}_en").strip(), before.get(name))
        said |= {name: words} if words else {}
    chosen = question.answer in {AnswerType.YES_NO, AnswerType.REF}
    satisfied = list(question.satisfied_by) if chosen and set(question.satisfied_by) != {"yes"} else []
    plain = {
        "id": question.id,
        "answer": question.answer,
        "unit": question.unit.strip() if question.answer == AnswerType.NUMBER else "",
        "requirement": question.requirement,
        "condition": question.condition.strip(),
        "satisfied_by": before.get("satisfied_by") if before.get("satisfied_by") == ["yes"] and chosen else satisfied,
        "evidence": question.evidence if question.evidence != EvidenceKind.NONE or "evidence" in before else "",
    }
    said |= {name: value for name, value in plain.items() if value}
    kept = {name: said.get(name, value) for name, value in before.items() if name in said or name not in _KNOWN}
    return dict(_merged(kept, said))


_KNOWN = frozenset({*ORDER, "evidence"})


def _merged(kept: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the members: those that stood there in their order, each new one after what precedes it as a rule."""
    names = list(kept)
    for name in (*ORDER, "evidence"):
        if name in said and name not in names:
            before = [
                names.index(other) for other in ORDER[: ORDER.index(name) if name in ORDER else None] if other in names
            ]
            names.insert(max(before, default=-1) + 1, name)
    yield from ((name, said.get(name, kept.get(name))) for name in names)


def _label(sv: str, en: str, before: Any) -> Any:
    """Return words in both languages, as plain text where they stood as plain text."""
    if not sv:
        return None
    if isinstance(before, str) and not en:
        return sv
    return {"sv": sv, "en": en} if en else {"sv": sv}


def _gently(item: Source) -> Question:
    """Return a question whose members may have the wrong shape: they count as not said."""
    words: dict[str, str] = {}
    for name in TEXTS:
        words[name], words[f"{name}_en"] = _words(item.raw.get(name))
    listed = item.raw.get("satisfied_by")
    satisfied = tuple(str(one) for one in listed) if isinstance(listed, list) else ()
    return Question(
        id=_text(item, "id"),
        answer=_text(item, "answer"),
        unit=_text(item, "unit"),
        requirement=_text(item, "requirement"),
        condition=_text(item, "condition"),
        satisfied_by=satisfied or ("yes",),
        evidence=_text(item, "evidence") or EvidenceKind.NONE,
        was=fingerprint(item.raw),
        **words,
    )


def _words(value: Any) -> tuple[str, str]:
    if isinstance(value, Mapping):
        return str(value.get("sv") or ""), str(value.get("en") or "")
    return (value, "") if isinstance(value, str) else ("", "")


def _text(item: Source, key: str) -> str:
    value = item.raw.get(key)
    return value if isinstance(value, str) else ""
