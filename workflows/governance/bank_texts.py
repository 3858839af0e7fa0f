"""What the bank finds a project by beside its title: the idea, what was learned, and why it was decided so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forms.tree import Field, FieldType, Form, keyed
from workflows.flow import Entry, Handed, fold
from workflows.governance.tables import BankTextRow
from workflows.models import Bundle

LESSONS, WORDS = "lessons", "words"
"""Fields by which a form is known, of whatever model: one that asks for lessons is a final report, one that asks for
words (and is no report) closes a project."""

TOLD = ("summary", LESSONS, WORDS)
"""What such forms say to everybody, in this order."""


class TextKind(StrEnum):
    """Where in a project's life something was said."""

    IDEA = "idea"
    REPORT = "report"
    WORDS = "words"
    DECISION = "decision"


def keep_handed_in(
    session: Session, *, tenant: str, project_id: str, bundle: Bundle, handed: Handed, entry: Entry
) -> None:
    """Keep what a form says, when it is one that the bank knows; a secret version takes back what was found before."""
    form = bundle.forms.get(handed.form)
    kind = kind_of(bundle, form) if form else None
    if form is None or kind is None:
        return
    session.execute(
        delete(BankTextRow)
        .where(BankTextRow.tenant == tenant, BankTextRow.project == project_id, BankTextRow.source == form.key)
        .execution_options(synchronize_session=False)
    )
    secret = (entry.body.get("document") or {}).get("secrecy")
    text = "" if secret else said_in(form, kind, handed.answers)
    keep_text(session, tenant=tenant, project_id=project_id, source=form.key, kind=kind, text=text, at=entry.at)


def keep_text(
    session: Session, *, tenant: str, project_id: str, source: str, kind: TextKind, text: str, at: datetime
) -> None:
    """Keep words that everybody may find; none where there are none."""
    if text:
        row = BankTextRow(
            tenant=tenant, project=project_id, source=source, kind=kind, at=at, text=text, search=fold(text)
        )
        session.add(row)
        session.flush()


def kind_of(bundle: Bundle, form: Form) -> TextKind | None:
    """Return what a form tells the bank; None for most."""
    if form.key == bundle.model.start_form:
        return TextKind.IDEA
    fields = {node.key for node in form.walk() if isinstance(node, Field)}
    if LESSONS in fields:
        return TextKind.REPORT
    return TextKind.WORDS if WORDS in fields else None


def said_in(form: Form, kind: TextKind, answers: Mapping[str, Any]) -> str:
    """Return a form's words: of an idea all its prose, of the others what is meant for everybody."""
    if kind is TextKind.IDEA:
        prose = [node.key for node in keyed(form.nodes) if isinstance(node, Field) and node.type is FieldType.TEXTAREA]
    else:
        prose = list(TOLD)
    said = [answers.get(key) for key in prose]
    return "\n".join(text.strip() for text in said if isinstance(text, str) and text.strip())
