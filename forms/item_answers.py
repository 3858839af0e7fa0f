"""One question's raw answer, posted or JSON, to what is stored and the sentences about what cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Item
from forms.sentences import sentence
from forms.swedish import MAX_DIGITS, format_number, parse_date, parse_number
from forms.values import MAX_REFERENCE, MAX_TEXTAREA, MAX_TEXTFIELD, clean, json_number, sensible

MAX_EVIDENCE = 20
MAX_LINK = 2000

_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRead:
    """One answer as it can be kept, and the sentences about what cannot."""

    answer: dict[str, Any]
    problems: dict[str, str]
    too_long: frozenset[str]


def read_answer(item: Item, raw: Mapping[str, Any], *, language: str, draft: bool = False) -> ItemRead:
    """Check one answer. A draft keeps a value or link that cannot be read yet as it was typed."""
    return _Reader(item, language, draft).read(raw)


class _Reader:
    def __init__(self, item: Item, language: str, draft: bool) -> None:
        self.item = item
        self.language = language
        self.draft = draft
        self.problems: dict[str, str] = {}
        self.too_long: set[str] = set()

    def read(self, raw: Mapping[str, Any]) -> ItemRead:
        kind, value = self.choice(raw)
        parts: dict[str, Any] = {"answer": kind, "value": value}
        for part in ("reason", "comment"):
            parts[part] = self.text(part, raw.get(part))
        parts["evidence"] = [found for entry in self.entries(raw) if (found := self.evidence(entry))]
        answer = {part: content for part, content in parts.items() if content not in (None, "", [])}
        return ItemRead(answer=answer, problems=self.problems, too_long=frozenset(self.too_long))

    def choice(self, raw: Mapping[str, Any]) -> tuple[str | None, Any]:
        """The kind of answer and its value; a value answers a value question by itself."""
        item, chosen, value = self.item, raw.get("answer"), raw.get("value")
        if item.answer.chosen:
            if chosen in (None, ""):
                return None, None
            if chosen not in (AnswerKind.YES, AnswerKind.NO, AnswerKind.NOT_APPLICABLE):
                self.complain("", "item_choice")
                return None, None
            return str(chosen), None
        if chosen == AnswerKind.NOT_APPLICABLE:
            return str(chosen), None
        if chosen not in (None, "", AnswerKind.VALUE):
            self.complain("", "item_unanswered")
            return None, None
        read = self.value(value)
        return (AnswerKind.VALUE.value, read) if read is not None else (None, None)

    def value(self, raw: Any) -> Any:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        match self.item.answer:
            case AnswerType.NUMBER:
                number = parse_number(str(raw)[:MAX_TEXTFIELD], self.item.unit) if not isinstance(raw, bool) else None
                if (
                    number is None
                    or len(number.normalize().as_tuple().digits) > MAX_DIGITS
                    or abs(number) >= 10**MAX_DIGITS
                ):
                    self.complain("-value", "item_number")
                    return self.as_typed(raw)
                return json_number(number)
            case AnswerType.DATE:
                day = parse_date(raw[:100]) if isinstance(raw, str) else None
                if day and sensible(day):
                    return day.isoformat()
                self.complain("-value", "item_date")
                return self.as_typed(raw)
            case _:
                return self.text("value", raw)

    def text(self, part: str, raw: Any, *, longest: int = MAX_TEXTAREA, lines: bool = True) -> str | None:
        if raw is None:
            return None
        if not isinstance(raw, str):
            self.complain(f"-{part}", "item_unanswered")
            return None
        words = clean(raw, lines=lines) if len(raw) <= 4 * longest else raw
        if len(words) > longest:
            self.too_long.add(f"{self.item.id}-{part}")
            self.complain(f"-{part}", "item_too_long", count=format_number(longest))
            return None
        return words

    def entries(self, raw: Mapping[str, Any]) -> Sequence[Any]:
        entries = raw.get("evidence") or []
        if not isinstance(entries, list):
            self.complain("-note", "item_evidence")
            return []
        return entries[:MAX_EVIDENCE]

    def evidence(self, entry: Any) -> dict[str, str] | None:
        """One piece of evidence; a link that is none is told so, since it would be shown as a link."""
        kind, value = (entry.get("kind"), entry.get("value")) if isinstance(entry, Mapping) else (None, None)
        longest = {"link": MAX_LINK, "note": MAX_TEXTAREA, "file": MAX_REFERENCE}.get(str(kind))
        if longest is None:
            self.complain("-note", "item_evidence")
            return None
        text = self.text(str(kind), value, longest=longest, lines=kind == "note")
        if text and kind == "link" and not _LINK.fullmatch(text):
            self.complain("-link", "item_link")
            text = self.as_typed(text)
        return {"kind": str(kind), "value": text} if text else None

    def as_typed(self, raw: Any) -> str | None:
        return clean(raw, lines=False) if self.draft and isinstance(raw, str) and len(raw) <= MAX_LINK else None

    def complain(self, part: str, code: str, **words: Any) -> None:
        topic = self.item.topic.in_language(self.language)
        self.problems.setdefault(f"{self.item.id}{part}", sentence(code, self.language, topic=topic, **words))
