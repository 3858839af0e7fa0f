"""Which questions a page was made from: a project may go over to another version while somebody writes."""

from __future__ import annotations

import hashlib

from forms.checklist_answers import undeclared
from forms.posted import Posted, unknown
from workflows.governance.answers import Questions
from workflows.governance.errors import QuestionsChanged
from workflows.governance.loaded import Held
from workflows.models import Bundle


def form_content(bundle: Bundle, form: str | None) -> bytes | None:
    """Return a form or a checklist to the letter; None for what a version does not have."""
    paths = (f"forms/{form}.form.json", f"forms/{form}.checklist.json")
    return next((bundle.files[path] for path in paths if path in bundle.files), None)


def asked_by(held: Held) -> str:
    """Return what tells the questions of a task from others: a page sends it back with the answers."""
    content = form_content(held.bundle, held.task.form) or b""
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def require_asked(held: Held, asked: str | None) -> None:
    """Raise QuestionsChanged when a page asked other questions (None: there was no page)."""
    if asked is not None and asked != asked_by(held):
        raise QuestionsChanged


def still_asked(questions: Questions, posted: Posted) -> Posted:
    """Return what was posted without the answers to questions that are asked no more."""
    gone: set[str] = set()
    if questions.checklist is not None:
        gone = undeclared(questions.checklist, posted)
    elif questions.form is not None:
        gone = unknown(questions.form, posted)
    return {name: values for name, values in posted.items() if name not in gone}
