"""Reads `*.checklist.json`: the questions a gate is checked against, each with its requirement and evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from forms.feel import Expression, names
from forms.source import Source, load
from forms.tree import FormRefused, Label

__all__ = [
    "AnswerKind",
    "AnswerType",
    "Checklist",
    "EvidenceKind",
    "FormRefused",
    "Item",
    "Requirement",
    "read_checklist",
]

MAX_ITEMS = 200
_Kind = TypeVar("_Kind", bound=StrEnum)
ITEM_ID = re.compile(r"[A-Za-z][A-Za-z0-9]{0,19}")


class AnswerType(StrEnum):
    """What a question asks for. `ref` is yes/no where a yes points at where it can be seen."""

    YES_NO = "yes_no"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    REF = "ref"

    @property
    def chosen(self) -> bool:
        """Whether it is answered by yes, no or not applicable rather than by a value."""
        return self in {AnswerType.YES_NO, AnswerType.REF}


class AnswerKind(StrEnum):
    """The four ways to answer; `value` goes with text, number and date."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"
    VALUE = "value"


class Requirement(StrEnum):
    """must: answered and satisfied, or a request with deviation. warn: shown on the pack. info: no more than that."""

    MUST = "must"
    WARN = "warn"
    INFO = "info"


class EvidenceKind(StrEnum):
    """What evidence a question wishes for; `none` when the answer speaks for itself."""

    DOCUMENT = "document"
    LINK = "link"
    NOTE = "note"
    FILE = "file"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. `topic` completes "Svara på frågan om …", with the question itself where it was given none; `unit`
    belongs to a number.
    """

    id: str
    area: Label
    question: Label
    topic: Label
    answer: AnswerType
    requirement: Requirement
    help: Label = field(default_factory=Label)
    condition: Expression | None = None
    satisfied_by: frozenset[AnswerKind] = frozenset({AnswerKind.YES, AnswerKind.VALUE})
    evidence: EvidenceKind = EvidenceKind.NONE
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """A checklist of one phase; `who` answers it and `result` is what comes of it."""

    key: str
    title: Label
    phase: str
    items: tuple[Item, ...]
    who: Label = field(default_factory=Label)
    result: Label = field(default_factory=Label)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """The items by their id."""
        return {item.id: item for item in self.items}

    @property
    def names(self) -> frozenset[str]:
        """The item ids: what an expression downstream can name as `checklist.<id>`."""
        return frozenset(self.by_id)

    @property
    def areas(self) -> tuple[Label, ...]:
        """The areas in the order of their first question."""
        return tuple(dict.fromkeys(item.area for item in self.items))

    @property
    def outside(self) -> frozenset[str]:
        """The root names that conditions read: project facts and `item`."""
        return frozenset(path[0] for path in self._paths())

    @property
    def earlier(self) -> frozenset[str]:
        """Ids of other checklists' items that conditions read as `item.<id>`."""
        return frozenset(path[1] for path in self._paths() if path[0] == "item" and len(path) > 1) - self.names

    def _paths(self) -> Iterator[tuple[str, ...]]:
        for item in self.items:
            if item.condition is not None:
                yield from names(item.condition)


def read_checklist(data: bytes | Mapping[str, Any], *, file: str | None = None) -> Checklist:
    """The checklist in a file. Raises FormRefused, which names the file and the question."""
    source = load(data, file=file)
    items: dict[str, Item] = {}
    for element in source.children("items", called="Fråga"):
        item = _item(element)
        if item.id in items:
            element.refuse(f"id ”{item.id}” finns redan")
        items[item.id] = item
    if not 0 < len(items) <= MAX_ITEMS:
        source.refuse(f"checklistan ska ha 1 till {MAX_ITEMS} frågor")
    return Checklist(
        key=source.feel_name("key"),
        title=source.label("title") or source.refuse("”title” saknas"),
        phase=source.required_text("phase"),
        who=source.label("who"),
        result=source.label("result"),
        items=tuple(items.values()),
    )


def _item(source: Source) -> Item:
    key = source.text("id")
    if not ITEM_ID.fullmatch(key):
        source.refuse(f"id ”{key}” ska vara en bokstav följd av bokstäver och siffror")
    source = source.named(f"Fråga {key}")
    answer = _one_of(source, "answer", AnswerType, None)
    question = source.label("question") or source.refuse("”question” saknas")
    return Item(
        id=key,
        area=source.label("area") or source.refuse("”area” saknas"),
        question=question,
        topic=source.label("topic") or Label(sv=f"”{question.sv}”", en=f"“{question.en or question.sv}”"),
        help=source.label("help"),
        answer=answer,
        requirement=_one_of(source, "requirement", Requirement, None),
        condition=source.optional_feel("condition"),
        satisfied_by=_satisfied_by(source, answer),
        evidence=_one_of(source, "evidence", EvidenceKind, EvidenceKind.NONE),
        unit=source.text("unit"),
        source=source.text("source"),
    )


def _satisfied_by(source: Source, answer: AnswerType) -> frozenset[AnswerKind]:
    listed = source.texts("satisfied_by")
    if listed and not answer.chosen:
        source.refuse("”satisfied_by” hör bara till ja- och nejfrågor")
    if not set(listed) <= {AnswerKind.YES, AnswerKind.NO}:
        source.refuse("”satisfied_by” kan bara innehålla yes och no")
    return frozenset(map(AnswerKind, listed)) or frozenset({AnswerKind.YES, AnswerKind.VALUE})


def _one_of(source: Source, key: str, kinds: type[_Kind], default: _Kind | None) -> _Kind:
    value = source.text(key)
    if not value and default is not None:
        return default
    if value not in set(kinds):
        source.refuse(f"”{key}” ska vara {', '.join(kinds)}, inte ”{value}”")
    return kinds(value)
