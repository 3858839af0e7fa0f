"""Events as the page's log prints them: a sentence in the reader's language, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from flask_babel import gettext

from app.projects.words import in_sentence
from app.shell import dates
from app.shell.filters import href, say
from forms.tree import Label
from workflows.governance.timeline import Acted, Happened
from workflows.kernel.errors import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """One line of the log; `href` is "" where there is nothing more to see."""

    text: str
    at: datetime
    kind: str
    note: str
    href: str


def log_lines(happened: Sequence[Happened], *, project_id: str, today: date) -> tuple[LogLine, ...]:
    """Return events as lines."""
    return tuple(
        LogLine(
            text=_words(one, today),
            at=one.at,
            kind="gate" if one.is_decision else "",
            note=one.note,
            href=_address(one, project_id),
        )
        for one in happened
    )


def _words(one: Happened, today: date) -> str:
    sentence = gettext(one.sentence).format(**{name: _fact(value, today) for name, value in one.facts.items()})
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _fact(value: Any, today: date) -> str:
    if isinstance(value, Acted):
        return gettext("%(who)s (för %(behalf)s)", who=value.name, behalf=say(value.behalf))
    if isinstance(value, date):
        return dates.long_day(value, today)
    if isinstance(value, Mapping | Label):
        return in_sentence(say(value))
    return say(value) if isinstance(value, Text) else str(value)


def _address(one: Happened, project_id: str) -> str:
    if one.decision:
        return href("gates.decision", decision_id=one.decision)
    if one.document:
        version, item = one.document.version, one.document.item or None
        return url_for("projects.document", project_id=project_id, key=one.document.key, version=version, item=item)
    if one.file:
        return url_for("projects.file", file_id=one.file)
    return href("inbox.receipt", task_id=one.task) if one.task else ""
