"""A page that was open while its project went over to another version: the questions may be others by now."""

from __future__ import annotations

from flask import request

from forms.posted import Posted
from workflows.governance.asked import asked_by, still_asked
from workflows.governance.task_page import TaskPage

ASKED = "_asked"
"""The hidden field that says which questions a page was made from."""


def asked() -> str | None:
    """Return which questions the page that was sent asked; None for what is no page of ours."""
    return request.form.get(ASKED)


def asks_otherwise(page: TaskPage) -> bool:
    """Tell whether the step asks other questions now than the page that was sent did."""
    sent = asked()
    return sent is not None and page.questions is not None and sent != asked_by(page.held)


def readable(page: TaskPage, posted: Posted) -> dict[str, list[str]]:
    """Return what was posted; of a page with other questions only what is asked still."""
    found = still_asked(page.questions, posted) if page.questions is not None and asks_otherwise(page) else posted
    return {name: list(values) for name, values in found.items()}
