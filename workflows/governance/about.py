"""What a step is about: the answers of earlier steps that whoever does it must have before their eyes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.flow import Latest, Submission
from workflows.governance.loaded import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Something handed in before. `fields` are the paths to show, none for all of it; `answers` what to show of them.

    `answers` are those of `submission`, but of a register only the row of the item that the task is for.
    """

    submission: Submission
    fields: frozenset[str]
    answers: Mapping[str, Any]


def about(held: Held, latest: Latest) -> tuple[About, ...]:
    """Return what a task is about, in the model's order; what has not been handed in is left out."""
    return tuple(_about(held, latest))


def forms_about(held: Held) -> tuple[str, ...]:
    """Return the forms and checklists that a task is about, in the model's order."""
    sources = held.bundle.model.about.get(held.task.form or "", ())
    return tuple(dict.fromkeys(source.partition(".")[0] for source in sources))


def newest(held: Held, latest: Latest, form: str) -> Submission | None:
    """Return the newest answers of a form: those for the task's item where there are some, else the project's."""
    return latest.get((form, held.task.item)) or latest.get((form, None))


def _about(held: Held, latest: Latest) -> Iterator[About]:
    sources = held.bundle.model.about.get(held.task.form or "", ())
    for form in forms_about(held):
        submission = newest(held, latest, form)
        if submission is not None:
            whole = form in sources
            named = (source.partition(".")[2] for source in sources if source.startswith(f"{form}."))
            fields = frozenset() if whole else frozenset(named)
            yield About(submission=submission, fields=fields, answers=_of_item(held, form, submission.answers))


def _of_item(held: Held, form: str, answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the answers with a register's list cut down to the row of the task's item."""
    own = {
        path: [held.row]
        for name, path in held.bundle.model.register_fields(form)
        if held.task.item in held.project.registers.get(name, {})
    }
    return {**answers, **own}
