"""What a step is about, in words: the answers handed in before it, as the page shows them above its form."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from forms.checklist import Checklist
from forms.summary import ChecklistSection, SummarySection, checklist_summary, summary_for
from forms.tree import Form
from workflows.governance.about import About
from workflows.governance.task_page import TaskPage
from workflows.models import Bundle
from workflows.models.model import Label

LONG = 10
"""With more lines than this, answers that the model names no fields of are folded away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Answers to read before one's own. `by` is a person's id, `task` leads to it all.

    `lines` counts what is here; `deviations` of a checklist stand open even where the rest is `folded`.
    """

    title: Label
    by: str
    at: datetime
    task: str
    form: tuple[SummarySection, ...] = ()
    deviations: tuple[ChecklistSection, ...] = ()
    checklist: tuple[ChecklistSection, ...] = ()
    lines: int = 0
    part: bool = False

    @property
    def folded(self) -> bool:
        """Whether there is more than one reads at a glance, and nobody chose what matters of it."""
        return self.lines > LONG and not self.part


def shown_about(page: TaskPage) -> tuple[Shown, ...]:
    """Return what the page of a task shows before its form."""
    return tuple(shown for one in page.about for shown in _shown(page, one))


def _shown(page: TaskPage, one: About) -> Iterator[Shown]:
    bundle, submission = page.held.bundle, one.submission
    key, part = submission.form, bool(one.fields)
    heads = Shown(
        title=_title(bundle, key),
        by=submission.actor,
        at=submission.at,
        task=submission.task,
        part=part,
    )
    if key in bundle.forms:
        sections = tuple(_sections(page, bundle.forms[key], one))
        yield replace(heads, form=sections, lines=sum(len(s.pairs) + len(s.tables) for s in sections))
    elif key in bundle.checklists and page.questions is not None:
        first, rest = _checklist(page, bundle.checklists[key], one)
        yield replace(heads, deviations=first, checklist=rest, lines=sum(len(section.rows) for section in rest))


def _title(bundle: Bundle, key: str) -> Label:
    """Return what people call the answers of a form: its document, else its own title."""
    document = bundle.model.document_of(key)
    if document is not None:
        return document.label
    title = (bundle.forms.get(key) or bundle.checklists[key]).title
    return {"sv": title.sv, "en": title.en or title.sv}


def _sections(page: TaskPage, form: Form, one: About) -> Iterator[SummarySection]:
    """Yield the named fields as one section, answered or not; of a whole form what was answered."""
    assert page.questions is not None
    env, names = page.questions.env, {field.replace(".", "-") for field in one.fields}
    sections = summary_for(form, one.answers, env=env, context=page.about_context, files=page.files)
    if names:
        pairs = tuple(pair for section in sections for pair in section.pairs if pair.name in names)
        tables = tuple(table for section in sections for table in section.tables if table.name in names and table.rows)
        yield SummarySection(title="", pairs=pairs, tables=tables)
        return
    for section in sections:
        pairs = tuple(pair for pair in section.pairs if pair.value)
        tables = tuple(table for table in section.tables if table.rows)
        if pairs or tables:
            yield replace(section, pairs=pairs, tables=tables)


def _checklist(
    page: TaskPage, checklist: Checklist, one: About
) -> tuple[tuple[ChecklistSection, ...], tuple[ChecklistSection, ...]]:
    """Return the deviations of a checklist, and its areas."""
    questions = page.questions
    assert questions is not None
    sections = checklist_summary(
        checklist,
        one.answers,
        facts=questions.facts,
        env=questions.env,
        earlier=questions.earlier,
        files=page.files,
    )
    sections = tuple(_named(sections, {*one.fields}))
    first = tuple(section for section in sections if all(row.tone == "warn" for row in section.rows))
    return first, tuple(section for section in sections if section not in first)


def _named(sections: Iterable[ChecklistSection], names: Collection[str]) -> Iterator[ChecklistSection]:
    for section in sections:
        rows = tuple(row for row in section.rows if not names or row.id in names)
        if rows:
            yield ChecklistSection(title=section.title, rows=rows)
