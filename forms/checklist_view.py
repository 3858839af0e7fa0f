"""A checklist as a page shows it: areas, questions, and each question's widgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist, Item, Requirement
from forms.feel import Environment
from forms.field_view import FieldView, KeptFile, OptionView
from forms.item_answers import read_answer
from forms.item_view import AreaView, ChecklistView, ItemView
from forms.swedish import format_number
from forms.values import MAX_TEXTAREA
from forms.verdict import AreaCount, ItemResult, ItemState, evaluate
from forms.words import WORDS

__all__ = ["AreaView", "ChecklistView", "ItemView", "area_words", "checklist_view"]


def checklist_view(
    checklist: Checklist,
    answers: Mapping[str, Any],
    *,
    env: Environment,
    errors: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    earlier: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    language: str = "sv",
) -> ChecklistView:
    """The page of a checklist; `answers` are stored ones, a draft, or `Result.entered` after a failed post."""
    said = {item.id: read_answer(item, _raw(answers, item), language=language, draft=True) for item in checklist.items}
    read = {key: one.answer for key, one in said.items() if not {key, f"{key}-value"} & one.problems.keys()}
    verdict = evaluate(checklist, read, facts=facts or {}, env=env, earlier=earlier)
    page = _Page(answers=answers, errors=errors or {}, files=files or {}, language=language)
    areas = tuple(
        page.area(number, count, [result for result in verdict.items if result.item.area == count.area])
        for number, count in enumerate(verdict.areas, start=1)
    )
    return ChecklistView(
        key=checklist.key,
        title=checklist.title.in_language(language),
        areas=areas,
        answered=verdict.answered,
        total=verdict.total,
        deviations=verdict.deviations,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    files: Mapping[str, str]
    language: str

    def say(self, word: str) -> str:
        return WORDS[word][self.language]

    def area(self, number: int, count: AreaCount, results: Iterable[ItemResult]) -> AreaView:
        done = count.answered == count.total
        return AreaView(
            id=f"area-{number}",
            title=count.area.in_language(self.language),
            items=tuple(self.item(result) for result in results),
            answered=count.answered,
            total=count.total,
            deviations=count.deviations,
            tone="warn" if count.deviations else "ok" if done else "wait",
            words=area_words(count, self.language),
        )

    def item(self, result: ItemResult) -> ItemView:
        item, answer = result.item, _raw(self.answers, result.item)
        chosen, evidence = answer.get("answer"), _evidence(answer)
        return ItemView(
            id=item.id,
            question=item.question.in_language(self.language),
            topic=item.topic.in_language(self.language),
            help=item.help.in_language(self.language),
            requirement=result.requirement,
            requirement_words=self.say(result.requirement),
            voluntary=not result.asked,
            kind="choice" if item.answer.chosen else item.answer.value,
            choices=self.choices(item, chosen),
            value=None if item.answer.chosen else self.value(item, answer.get("value")),
            reason=self.words(item, "reason", answer, help=self.say("reason_help")),
            reason_open=self.reason_open(result, answer),
            comment=self.words(item, "comment", answer),
            links=self.links(item, evidence),
            note=self.note(item, evidence),
            file=self.file(item, evidence),
            evidence_words=self.say(item.evidence),
            evidence_open=bool(evidence)
            or item.answer is AnswerType.REF
            or any(f"{item.id}-{part}" in self.errors for part in ("link", "note", "file")),
            error=self.errors.get(item.id, ""),
            state=result.state,
        )

    def choices(self, item: Item, chosen: Any) -> tuple[OptionView, ...]:
        kinds = (AnswerKind.YES, AnswerKind.NO, AnswerKind.NOT_APPLICABLE)
        return tuple(
            OptionView(id=f"{item.id}-{kind}", value=kind, label=self.say(kind), chosen=chosen == kind)
            for kind in (kinds if item.answer.chosen else kinds[-1:])
        )

    def reason_open(self, result: ItemResult, answer: Mapping[str, Any]) -> bool:
        asked = answer.get("answer") in {AnswerKind.NO, AnswerKind.NOT_APPLICABLE} or (
            result.state is ItemState.DEVIATION
        )
        named = f"{result.item.id}-reason" in self.errors
        return named or bool(answer.get("reason")) or (asked and result.requirement is Requirement.MUST)

    def value(self, item: Item, value: Any) -> FieldView:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        kinds = {AnswerType.TEXT: "textarea", AnswerType.NUMBER: "number", AnswerType.DATE: "date"}
        return self.part(
            item,
            "value",
            kind=kinds[item.answer],
            value=format_number(value) if number else str(value or ""),
            unit=item.unit,
            lines=3 if item.answer is AnswerType.TEXT else 0,
            input_type="date" if item.answer is AnswerType.DATE else "text",
            input_mode="decimal" if item.answer is AnswerType.NUMBER else "",
            width="" if item.answer is AnswerType.TEXT else "short",
        )

    def words(self, item: Item, part: str, answer: Mapping[str, Any], help: str = "") -> FieldView:
        value = str(answer.get(part) or "")
        return self.part(item, part, kind="textarea", value=value, help=help, lines=2, max_length=MAX_TEXTAREA)

    def links(self, item: Item, evidence: list[tuple[str, str]]) -> tuple[FieldView, ...]:
        """An input for each stored link and an empty one after them; all share the name."""
        stored = [value for kind, value in evidence if kind == "link"]
        return tuple(
            self.part(
                item,
                "link",
                number=number,
                label=self.say("link_label"),
                kind="textfield",
                value=value,
                input_type="url",
            )
            for number, value in enumerate([*stored, ""])
        )

    def note(self, item: Item, evidence: list[tuple[str, str]]) -> FieldView:
        notes = "\n".join(value for kind, value in evidence if kind == "note")
        return self.part(item, "note", label=self.say("note_label"), kind="textarea", value=notes, lines=2)

    def file(self, item: Item, evidence: list[tuple[str, str]]) -> FieldView:
        kept = tuple(
            KeptFile(value=value, label=self.files.get(value, value)) for kind, value in evidence if kind == "file"
        )
        return self.part(
            item, "file", label=self.say("file_label"), kind="file", input_type="file", multiple=True, kept=kept
        )

    def part(self, item: Item, part: str, *, number: int = 0, label: str = "", **widget: Any) -> FieldView:
        name = f"{item.id}-{part}"
        return FieldView(
            id=f"{name}-{number + 1}" if number else name,
            name=name,
            label=label or self.say(part),
            error="" if number else self.errors.get(name, ""),
            **widget,
        )


def area_words(count: AreaCount, language: str = "sv") -> str:
    """ "4 av 4", or "2 av 3, en avvikelse"."""
    if language == "en":
        words, one, many = f"{count.answered} of {count.total}", "one deviation", "deviations"
    else:
        words, one, many = f"{count.answered} av {count.total}", "en avvikelse", "avvikelser"
    if not count.deviations:
        return words
    return f"{words}, {one if count.deviations == 1 else f'{count.deviations} {many}'}"


def _raw(answers: Mapping[str, Any], item: Item) -> Mapping[str, Any]:
    """Return what is stored or was typed about an item."""
    answer = answers.get(item.id)
    return answer if isinstance(answer, Mapping) else {}


def _evidence(answer: Mapping[str, Any]) -> list[tuple[str, str]]:
    listed = answer.get("evidence")
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    return [(str(entry.get("kind")), str(entry.get("value"))) for entry in entries]
