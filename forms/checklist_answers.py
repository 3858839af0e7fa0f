"""Posted checklist fields ("P06", "P06-reason", "P06-link" …) to validated answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist, Item, Requirement
from forms.feel import Environment
from forms.item_answers import read_answer
from forms.posted import DEFAULT_IGNORED, Posted, UnknownFields
from forms.sentences import sentence
from forms.validation import Result
from forms.verdict import requirements

PARTS = ("value", "reason", "comment", "link", "note", "file")


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
    if strangers := undeclared(checklist, posted, ignore):
        raise UnknownFields(strangers)
    entered = {item.id: answer for item in checklist.items if (answer := _gather(item, posted))}
    return check_checklist(checklist, entered, env=env, facts=facts, earlier=earlier, draft=draft, language=language)


def undeclared(checklist: Checklist, posted: Posted, ignore: Collection[str] = DEFAULT_IGNORED) -> set[str]:
    """The posted names that belong to no question."""
    return {name for name in posted if not _declared(checklist, name, ignore)}


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
    reads = {
        item.id: read_answer(item, answers.get(item.id) or {}, language=language, draft=draft)
        for item in checklist.items
    }
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
    read = read_answer(item, raw, language="sv")
    return None if read.problems or "answer" not in read.answer else read.answer


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
