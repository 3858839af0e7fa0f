"""The questions of a checklist as a table edits them: read gently, written in their own order, judged at the field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import AnswerType, EvidenceKind, FormRefused, Requirement, read_checklist
from forms.source import Source
from workflows.models.asking.errors import FileUnreadable
from workflows.models.asking.reading import source_of
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
    source = source_of(data)
    try:
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


def problems_of(files: Mapping[str, bytes], question: Question) -> dict[str, str]:
    """Return what is wrong with a question, by the field it is typed in."""
    problems = {name: words for name, words in MISSING.items() if not getattr(question, name).strip()}
    if question.condition and (wrong := condition_problem(files, question.condition, own=question.id)):
        problems["condition"] = wrong
    if problems:
        return problems
    alone = {"key": "x", "title": "x", "phase": "x", "items": [said(question, {})]}
    try:
        read_checklist(alone)
    except FormRefused as refused:
        return {"question": refused.message}
    return {}


def fingerprint(item: Mapping[str, Any]) -> str:
    """Return a short name for what a question or a field says now."""
    return hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()[:16]


def said(question: Question, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return a question as its file says it: what it said before in its own order, new members in the usual one."""
    said: dict[str, Any] = {}
    for name in TEXTS:
        words = label(getattr(question, name).strip(), getattr(question, f"{name}_en").strip(), before.get(name))
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


def label(sv: str, en: str, before: Any) -> Any:
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
