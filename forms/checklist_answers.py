"""Posted checklist fields ("P06", "P06-reason", "P06-link" …) to validated answers."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist, Item, Requirement
from forms.feel import Environment
from forms.posted import DEFAULT_IGNORED, Posted, UnknownFields
from forms.sentences import sentence
from forms.swedish import MAX_DIGITS, format_number, parse_date, parse_number
from forms.validation import Result
from forms.values import MAX_REFERENCE, MAX_TEXTAREA, MAX_TEXTFIELD, clean, json_number, sensible
from forms.verdict import requirements

PARTS = ("value", "reason", "comment", "link", "note", "file")
MAX_EVIDENCE = 20
MAX_LINK = 2000

_LINK = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def validate_checklist(
    checklist: Checklist,
    posted: Posted,
    *,
    env: Environment,
    facts: Mapping[str, Any] | None = None,
    earlier: Mapping[str, Any] | None = None,
    draft: bool = False,
    ignore: Collection[str] = DEFAULT_IGNORED,
    language: str = "sv",
) -> Result:
    """The result of an HTML post. Raises UnknownFields for names that belong to no question."""
    if strangers := {name for name in posted if not _declared(checklist, name, ignore)}:
        raise UnknownFields(strangers)
    entered = {item.id: answer for item in checklist.items if (answer := _gather(item, posted))}
    return check_checklist(checklist, entered, env=env, facts=facts, earlier=earlier, draft=draft, language=language)


def check_checklist(
    checklist: Checklist,
    answers: Mapping[str, Any],
    *,
    env: Environment,
    facts: Mapping[str, Any] | None = None,
    earlier: Mapping[str, Any] | None = None,
    draft: bool = False,
    language: str = "sv",
) -> Result:
    """The result of JSON answers; `earlier` as in `verdict.evaluate`.

    Final: every must question is answered; a no, "does not apply" or whatever does not satisfy it is explained.
    An unsatisfied must question is no error: it leads to a request with deviation.
    """
    if strangers := set(_strangers(checklist, answers)):
        raise UnknownFields(strangers)
    reads = {item.id: _Reader(item, language).read(answers.get(item.id) or {}) for item in checklist.items}
    kept = {key: read.answer for key, read in reads.items() if read.answer}
    required = requirements(checklist, kept, facts=facts or {}, env=env, earlier=earlier)
    errors: dict[str, str] = {}
    for item in checklist.items:
        read = reads[item.id]
        if draft:
            errors |= {name: problem for name, problem in read.problems.items() if name in read.too_long}
        else:
            errors |= read.problems or dict(_missing(item, required[item.id], read.answer, language))
    return Result(answers=kept, entered=dict(answers), errors=errors)


def answer_from(item: Item, value: Any) -> dict[str, Any] | None:
    """A prefilled answer made of a field's value; None where the value does not answer the question."""
    if isinstance(value, bool):
        value = AnswerKind.YES.value if value else AnswerKind.NO.value
    raw = {"answer": value} if item.answer.chosen else {"value": value}
    read = _Reader(item, "sv").read(raw)
    return None if read.problems or "answer" not in read.answer else read.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One answer as it can be kept, and the sentences about what cannot."""

    answer: dict[str, Any]
    problems: dict[str, str]
    too_long: frozenset[str]


class _Reader:
    """Reads one item's parts."""

    def __init__(self, item: Item, language: str) -> None:
        self.item = item
        self.language = language
        self.problems: dict[str, str] = {}
        self.too_long: set[str] = set()

    def read(self, raw: Mapping[str, Any]) -> _Read:
        kind, value = self.choice(raw)
        parts: dict[str, Any] = {"answer": kind, "value": value}
        for part in ("reason", "comment"):
            parts[part] = self.text(part, raw.get(part))
        parts["evidence"] = [found for entry in self.entries(raw) if (found := self.evidence(entry))]
        answer = {part: content for part, content in parts.items() if content not in (None, "", [])}
        return _Read(answer=answer, problems=self.problems, too_long=frozenset(self.too_long))

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
                number = parse_number(str(raw)[:MAX_TEXTFIELD]) if not isinstance(raw, bool) else None
                if (
                    number is None
                    or len(number.normalize().as_tuple().digits) > MAX_DIGITS
                    or abs(number) >= 10**MAX_DIGITS
                ):
                    self.complain("-value", "item_number")
                    return None
                return json_number(number)
            case AnswerType.DATE:
                day = parse_date(raw[:100]) if isinstance(raw, str) else None
                if day and sensible(day):
                    return day.isoformat()
                self.complain("-value", "item_date")
                return None
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
            return None
        return {"kind": str(kind), "value": text} if text else None

    def complain(self, part: str, code: str, **words: Any) -> None:
        topic = self.item.topic.in_language(self.language)
        self.problems.setdefault(f"{self.item.id}{part}", sentence(code, self.language, topic=topic, **words))


def _missing(
    item: Item, requirement: Requirement, answer: Mapping[str, Any], language: str
) -> Iterator[tuple[str, str]]:
    """What a finished must question still lacks."""
    if requirement is not Requirement.MUST:
        return
    topic, kind = item.topic.in_language(language), answer.get("answer")
    if kind is None:
        yield (
            f"{item.id}" if item.answer.chosen else f"{item.id}-value",
            sentence("item_unanswered", language, topic=topic),
        )
        return
    explain = kind in {AnswerKind.NO, AnswerKind.NOT_APPLICABLE} or kind not in item.satisfied_by
    if explain and not answer.get("reason"):
        codes = {AnswerKind.NO: "item_why_no", AnswerKind.NOT_APPLICABLE: "item_why_not"}
        yield f"{item.id}-reason", sentence(codes.get(AnswerKind(kind), "item_why_yes"), language, topic=topic)
    if item.answer is AnswerType.REF and kind == AnswerKind.YES and not answer.get("evidence"):
        yield f"{item.id}-link", sentence("item_evidence", language, topic=topic)


def _gather(item: Item, posted: Posted) -> dict[str, Any]:
    def first(name: str) -> str:
        return next((text for text in posted.get(name, ()) if text.strip()), "")

    parts: dict[str, Any] = {"answer": first(item.id)}
    parts |= {part: first(f"{item.id}-{part}") for part in ("value", "reason", "comment")}
    parts["evidence"] = [
        {"kind": kind, "value": text}
        for kind in ("link", "note", "file")
        for text in posted.get(f"{item.id}-{kind}", ())
        if text.strip()
    ]
    return {part: content for part, content in parts.items() if content}


def _declared(checklist: Checklist, name: str, ignore: Collection[str]) -> bool:
    key, _, part = name.partition("-")
    if name.startswith("_") or name in ignore:
        return True
    item = checklist.by_id.get(key)
    return item is not None and (name == key or part in PARTS) and not (item.answer.chosen and part == "value")


def _strangers(checklist: Checklist, answers: Mapping[str, Any]) -> Iterator[str]:
    allowed = {"answer", "value", "reason", "comment", "evidence"}
    for key, answer in answers.items():
        if key not in checklist.by_id or not (answer is None or isinstance(answer, Mapping)):
            yield str(key)
        else:
            yield from (f"{key}-{part}" for part in answer or {} if part not in allowed)
