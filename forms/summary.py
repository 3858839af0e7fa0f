"""Answers to read, not to change: the check-answers page, a document, its paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forms.checklist import AnswerKind, AnswerType, Checklist
from forms.feel import Environment
from forms.settle import Scope, root_scope
from forms.signing import is_signature
from forms.swedish import format_date, format_number, local_day, parse_date, parse_moment, parse_time
from forms.tree import Field, FieldType, Form, Group, Moment, Node, Rows, keyed
from forms.verdict import ItemResult, ItemState, evaluate, given_afterwards
from forms.widgets import readable
from forms.words import WORDS

LONG = 100
"""A text longer than this many characters, or with a line break, gets a paragraph of its own."""

TONES = {
    ItemState.SATISFIED: "ok",
    ItemState.DEVIATION: "warn",
    ItemState.NOT_APPLICABLE: "ok",
    ItemState.UNANSWERED: "wait",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One piece of evidence; `href` for links, the reference for files."""

    kind: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPair:
    """A label with what was answered; `value` is "" when nothing was, `files` what it leads to."""

    name: str
    label: str
    value: str
    long: bool = False
    formal: bool = False
    files: tuple[EvidenceView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryTable:
    """A list as a table: one row an entry."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySection:
    """A group of the form; the fields before the first group have no title."""

    title: str
    pairs: tuple[SummaryPair, ...]
    tables: tuple[SummaryTable, ...]

    def is_named_by(self, table: SummaryTable) -> bool:
        """Tell whether a table is called what its section is, but for the section's number: one heading is enough."""
        return self.title.lstrip("0123456789. ").casefold() == table.title.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One question with its answer in words; `given_by` (a person's id) and `given_at` of one given afterwards."""

    id: str
    topic: str
    question: str
    tone: str
    words: str
    reason: str
    comment: str
    evidence: tuple[EvidenceView, ...]
    given_by: str = ""
    given_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistSection:
    """Deviations first, then one section an area."""

    title: str
    rows: tuple[ItemRow, ...]


def summary_for(
    form: Form,
    answers: Mapping[str, Any],
    *,
    env: Environment,
    context: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    language: str = "sv",
    handed_in: bool = True,
) -> tuple[SummarySection, ...]:
    """The validated `answers` in plain words, section by section; hidden fields without an answer are left out.

    Nobody has signed what is not `handed_in`, so that it has no signature to show.
    """
    reader = _Reader(files=files or {}, language=language, today=local_day(env.now), handed_in=handed_in)
    scope = root_scope(answers, context=context or {}, env=env)
    sections = reader.sections(form.nodes, answers, scope, title="", prefix="")
    return tuple(section for section in sections if section.pairs or section.tables)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    files: Mapping[str, str]
    language: str
    today: date
    handed_in: bool

    def sections(
        self, nodes: tuple[Node, ...], answers: Mapping[str, Any], scope: Scope, *, title: str, prefix: str
    ) -> Iterator[SummarySection]:
        """This group's own fields, then the groups inside it."""
        visible = [node for node in nodes if _is_answered(node, answers) or not scope.is_true(node.hide)]
        fields = [node for node in visible if isinstance(node, Field) and node.label and self.stands(node)]
        lists = [node for node in visible if isinstance(node, Rows)]
        yield SummarySection(
            title=title,
            pairs=tuple(self.pair(node, answers, scope, f"{prefix}{node.key}") for node in fields),
            tables=tuple(self.table(node, answers, scope, f"{prefix}{node.key}") for node in lists),
        )
        for group in visible:
            if isinstance(group, Group):
                inner = answers if group.key is None else answers.get(group.key) or {}
                yield from self.sections(
                    group.nodes,
                    inner,
                    scope if group.key is None else scope.inside(inner),
                    title=group.label.in_language(self.language) or title,
                    prefix=prefix if group.key is None else f"{prefix}{group.key}-",
                )

    def stands(self, node: Field) -> bool:
        return self.handed_in or not is_signature(node)

    def pair(self, node: Field, answers: Mapping[str, Any], scope: Scope, name: str) -> SummaryPair:
        value = self.words(node, answers.get(node.key), scope)
        return SummaryPair(
            name=name,
            label=node.label.in_language(self.language),
            value=value,
            long=len(value) > LONG or "\n" in value,
            formal=node.properties.get("formal") == "true",
            files=self.linked(node, answers.get(node.key)),
        )

    def linked(self, node: Field, value: Any) -> tuple[EvidenceView, ...]:
        """The files of a file field, each with its reference."""
        refs = value if node.type is FieldType.FILEPICKER and isinstance(value, list) else ()
        return tuple(EvidenceView(kind="file", label=self.files.get(ref, ref), href=ref) for ref in refs)

    def table(self, node: Rows, answers: Mapping[str, Any], scope: Scope, name: str) -> SummaryTable:
        columns = [inner for inner in keyed(node.nodes) if isinstance(inner, Field) and inner.label]
        return SummaryTable(
            name=name,
            title=node.label.in_language(self.language),
            columns=tuple(column.label.in_language(self.language) for column in columns),
            rows=tuple(
                tuple(self.words(column, row.get(column.key), scope.inside(row)) for column in columns)
                for row in answers.get(node.key) or []
            ),
        )

    def words(self, node: Field, value: Any, scope: Scope) -> str:
        """One answer as people read it."""
        if value in (None, "", []):
            return ""
        if isinstance(value, bool):
            return WORDS["yes" if value else "no"][self.language]
        if node.type is FieldType.FILEPICKER:
            return ", ".join(self.files.get(ref, ref) for ref in value)
        if node.type is FieldType.DATETIME:
            return self.moment(node.moment, str(value))
        if node.type in {FieldType.RADIO, FieldType.SELECT, FieldType.CHECKLIST, FieldType.TAGLIST}:
            labels = {option.value: option.label.in_language(self.language) for option in scope.options(node) or ()}
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(labels.get(str(choice), str(choice)) for choice in chosen)
        if isinstance(value, int | float):
            return f"{format_number(value, grouped=node.grouped)}\u00a0{node.unit}".strip()
        return readable(value, self.today) if node.type is FieldType.COMPUTED else str(value)

    def moment(self, moment: Moment, value: str) -> str:
        readers = {Moment.DATE: parse_date, Moment.TIME: parse_time, Moment.DATETIME: parse_moment}
        return readable(readers[moment](value), self.today) or value


def _is_answered(node: Node, answers: Mapping[str, Any]) -> bool:
    """Whether there is an answer. What was handed in was seen then, whatever would hide it today."""
    return isinstance(node, Field | Rows) and answers.get(node.key) not in (None, "", [], False)


def checklist_summary(
    checklist: Checklist,
    answers: Mapping[str, Any],
    *,
    facts: Mapping[str, Any],
    env: Environment,
    earlier: Mapping[str, Any] | None = None,
    files: Mapping[str, str] | None = None,
    language: str = "sv",
) -> tuple[ChecklistSection, ...]:
    """The answers, deviations first and then area by area; a deviation stands only at the top."""
    verdict = evaluate(checklist, answers, facts=facts, env=env, earlier=earlier)
    today = local_day(env.now)
    rows = [(result, _item_row(result, files or {}, language, today)) for result in verdict.items]
    deviating = tuple(row for result, row in rows if result.state is ItemState.DEVIATION)
    title = "Deviations" if language == "en" else "Avvikelser"
    areas = (
        ChecklistSection(
            title=area.in_language(language),
            rows=tuple(row for r, row in rows if r.item.area == area and r.state is not ItemState.DEVIATION),
        )
        for area in checklist.areas
    )
    return tuple(s for s in (ChecklistSection(title=title, rows=deviating), *areas) if s.rows)


def _item_row(result: ItemResult, files: Mapping[str, str], language: str, today: date) -> ItemRow:
    item, answer = result.item, result.answer or {}
    return ItemRow(
        id=item.id,
        topic=item.topic.in_language(language),
        question=item.question.in_language(language),
        tone=TONES[result.state],
        words=_answer_words(result, language, today),
        reason=str(answer.get("reason") or ""),
        comment=str(answer.get("comment") or ""),
        evidence=tuple(_evidence(entry, files) for entry in answer.get("evidence") or ()),
        given_by=given.by if (given := given_afterwards(answer)) else "",
        given_at=given.at if given else None,
    )


def _answer_words(result: ItemResult, language: str, today: date) -> str:
    answer, item = result.answer or {}, result.item
    kind, value = answer.get("answer"), answer.get("value")
    if result.state is ItemState.UNANSWERED and kind is None:
        return "Not answered" if language == "en" else "Inte besvarad"
    if kind != AnswerKind.VALUE:
        return WORDS[str(kind)][language]
    if item.answer is AnswerType.DATE and (day := parse_date(str(value))):
        return format_date(day, today)
    if isinstance(value, int | float):
        return f"{format_number(value)}\u00a0{item.unit}".strip()
    return str(value)


def _evidence(entry: Mapping[str, str], files: Mapping[str, str]) -> EvidenceView:
    kind, value = entry["kind"], entry["value"]
    if kind == "file":
        return EvidenceView(kind=kind, label=files.get(value, value), href=value)
    return EvidenceView(kind=kind, label=value, href=value if kind == "link" else "")
