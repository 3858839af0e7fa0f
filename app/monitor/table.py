"""Every open step of the projects looked at, as a table for Excel."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from app.monitor.words import who_words, why_words
from app.shell.dates import as_day
from app.shell.spreadsheet import lines_of
from workflows.operations import Overview, WaitingStep


def csv_of(found: Overview) -> str:
    """Return the table: a row for each open step, with why the project stands still where it does."""
    head = [
        gettext("Nummer"), gettext("Projekt"), gettext("Förvaltning"), gettext("Steg"), gettext("Öppnat"),
        gettext("Senast"), gettext("Står still"), gettext("Hos vem"),
    ]  # fmt: skip
    return "".join(lines_of(head, _rows(found)))


def _rows(found: Overview) -> Iterator[tuple[object, ...]]:
    still = {one.waiting.task: one for one in found.still}
    for step in found.waiting:
        why = still.get(step.task)
        yield (*_cells(step), why_words(why) if why else "", who_words(why) if why else "")


def _cells(step: WaitingStep) -> tuple[object, ...]:
    due = as_day(step.due_at).isoformat() if step.due_at else ""
    return (step.number, step.title, step.department, step.name, as_day(step.opened_at).isoformat(), due)
