"""A step that a person does: with a role, a form and a period."""

from __future__ import annotations

from workflows.models.comparing.swedish import period as said_period
from workflows.models.importing.drawing import Step
from workflows.models.importing.times import due_period
from workflows.models.importing.work import Work

_WORKDAYS = "Dagar räknas här i arbetsdagar. Ändra antalet om det ska vara kalenderdagar."


def be_user_task(step: Step, work: Work, kind: str = "record") -> None:
    """Let a person do a step: with a role, a form and a period."""
    step.tag = "userTask"
    if not step.name:
        step.name = "Steg utan namn"
        work.report.changed(step.place, "Steget saknar namn.", "Det heter nu Steg utan namn.", "Ge det ett namn.")
    drawn = {"kind": kind, "form": work.forms.give(step).key, "role": work.roles.of(step)}
    step.styr["task"] = drawn | _periods(step, work)


def _periods(step: Step, work: Work) -> dict[str, str]:
    """Return due and remind, as far as they say a span of time."""
    found: dict[str, str] = {}
    hints = step.hints
    for word, written, swedish, advice in (
        ("due", hints.due, "Förfaller", "Skriv hur många arbetsdagar steget får ta, under Steg som tabell."),
        ("remind", hints.follow_up, "Följs upp", "Skriv när någon ska påminnas, under Diagram."),
    ):
        if not written:
            continue
        period = due_period(written)
        if not period:
            work.report.lost(step.place, f"{swedish}: ”{written}”", "Tiden togs inte med.", advice)
            continue
        found[word] = period
        days = period.endswith("D") and not period.startswith("PT")
        done = f"{swedish} efter {said_period(period)}."
        work.report.changed(step.place, f"{swedish}: ”{written}”", done, _WORKDAYS if days else "")
    return found
