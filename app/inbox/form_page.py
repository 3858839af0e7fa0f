"""A form or a checklist as the task page shows it; everything is decided here, the template only prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.inbox.about import Shown, shown_about
from forms.checklist import Item
from forms.checklist_view import ChecklistView, checklist_view
from forms.field_view import DocumentView, FieldView
from forms.summary import ChecklistSection, SummarySection, checklist_summary, summary_for
from forms.telling import in_their_rows
from forms.view import fields_for
from workflows.flow import Draft
from workflows.governance.documents import document_made
from workflows.governance.record_page import item_name
from workflows.governance.signing import signs
from workflows.governance.task_page import TaskPage
from workflows.models.model import DocumentType


class PageState(StrEnum):
    """How the answers on the page stand to the draft: the same, newer, or rivals of what somebody else saved."""

    SAVED = "saved"
    TYPED = "typed"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Answers in plain words, of a form or of a checklist."""

    form: tuple[SummarySection, ...] = ()
    checklist: tuple[ChecklistSection, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What the template prints. `theirs` is a draft somebody else saved meanwhile, `version` what a save must name.

    `about_this` is what the answers are about. `opened` tells that answers opened questions that the page they were
    sent from did not have, `renewed` that the step asks others since the page was opened.
    """

    page: TaskPage
    fields: tuple[FieldView, ...]
    checklist: ChecklistView | None
    summary: Summary
    version: int
    state: PageState = PageState.SAVED
    errors: Mapping[str, str] = field(default_factory=dict)
    theirs: Draft | None = None
    their_summary: Summary | None = None
    opened: bool = False
    renewed: bool = False
    about_this: tuple[Shown, ...] = ()

    @property
    def reopened(self) -> tuple[Item, ...]:
        """Return the questions that a decision asked to be answered anew."""
        questions = self.page.questions
        if questions is None or questions.checklist is None:
            return ()
        return tuple(item for item in questions.checklist.items if item.id in questions.reopened)

    @property
    def summed_up(self) -> Mapping[str, str]:
        """Return the errors as they are told above the form, away from their fields."""
        questions = self.page.questions
        form = questions.form if questions else None
        return in_their_rows(form, self.errors) if form else self.errors

    @property
    def signs(self) -> bool:
        """Return whether the draft, handed in, is a signature."""
        return signs(self.page.held, self.page.begins_with)

    @property
    def document(self) -> DocumentType | None:
        """Return the document that the draft makes when it is handed in."""
        held, questions = self.page.held, self.page.questions
        if questions is None:
            return None
        model, form = held.bundle.model, held.task.form or ""
        return document_made(model, form=form, answers=self.page.begins_with, env=questions.env)

    @property
    def about(self) -> str:
        """Return the name of the item that the task is for (a member, a delivery), "" for none."""
        held, questions = self.page.held, self.page.questions
        known: Mapping[str, Any] = questions.context.get("item", {}) if questions else {}
        names = {str(value): str(known[f"{key}_name"]) for key, value in held.row.items() if f"{key}_name" in known}
        name = item_name(held.project, held.task.item or "", names)
        return name if name != held.task.item else ""


def form_page(
    page: TaskPage,
    *,
    answers: Mapping[str, Any],
    errors: Mapping[str, str] | None = None,
    theirs: Draft | None = None,
    state: PageState = PageState.SAVED,
    version: int | None = None,
    opened: bool = False,
    renewed: bool = False,
) -> FormPage:
    """Return the page with some answers in it: the draft's, or what was typed and is not saved.

    `version` is the draft's that was typed upon, where it is not the newest: saving then meets the newer one.
    """
    draft = theirs or page.held.waiting.draft
    newest = draft.version if draft else 0
    return FormPage(
        page=page,
        fields=_fields(page, answers, errors or {}),
        checklist=_checklist(page, answers, errors or {}),
        summary=summary_of(page, answers, handed_in=False),
        version=newest if version is None else version,
        state=PageState.CONFLICT if theirs else state,
        opened=opened,
        renewed=renewed,
        about_this=shown_about(page),
        errors=errors or {},
        theirs=theirs,
        their_summary=summary_of(page, theirs.answers, handed_in=False) if theirs else None,
    )


def progress_of(page: TaskPage) -> ChecklistView | None:
    """Return how far the draft of a checklist has come; None for forms."""
    return _checklist(page, page.begins_with, {})


def summary_of(page: TaskPage, answers: Mapping[str, Any], *, handed_in: bool = True) -> Summary:
    """Return answers as they are read, before they are handed in or after."""
    questions = page.questions
    if questions is None:
        return Summary()
    if questions.form is not None:
        return Summary(
            form=summary_for(
                questions.form,
                answers,
                env=questions.env,
                context=questions.context,
                files=page.files,
                handed_in=handed_in,
            )
        )
    assert questions.checklist is not None
    sections = checklist_summary(
        questions.checklist,
        answers,
        facts=questions.facts,
        env=questions.env,
        earlier=questions.earlier,
        files=page.files,
    )
    return Summary(checklist=sections)


def _fields(page: TaskPage, answers: Mapping[str, Any], errors: Mapping[str, str]) -> tuple[FieldView, ...]:
    questions = page.questions
    if questions is None or questions.form is None:
        return ()
    return fields_for(
        questions.form,
        answers,
        env=questions.env,
        errors=errors,
        context=questions.context,
        given=questions.given,
        files=page.files,
        documents={
            key: DocumentView(id=one.id, name=one.name, media_type=one.media_type, size=one.size)
            for key, one in page.documents.items()
        },
    )


def _checklist(page: TaskPage, answers: Mapping[str, Any], errors: Mapping[str, str]) -> ChecklistView | None:
    questions = page.questions
    if questions is None or questions.checklist is None:
        return None
    return checklist_view(
        questions.checklist,
        answers,
        env=questions.env,
        errors=errors,
        facts=questions.facts,
        earlier=questions.earlier,
        files=page.files,
    )
