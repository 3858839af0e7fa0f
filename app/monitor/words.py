"""Why a project stands still, and how many stand at a step, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext, ngettext

from app.monitor.blueprint import bp
from app.shell.context import today
from app.shell.dates import short_day, waiting
from app.shell.text import names
from workflows.engine import TaskKind
from workflows.kernel.clock import local_date
from workflows.operations import Cause, FlowNow, Standstill, StepNow
from workflows.people.queries import PersonName


@dataclass(frozen=True, slots=True, kw_only=True)
class StillRow:
    """A project that stands still as the list shows it: what, on whose desk, why, since when."""

    project: str
    title: str
    number: str
    step: str
    is_decision: bool
    who: str
    why: str
    since: str
    tone: str
    role: str | None
    nobody: bool


def still_rows(still: Sequence[Standstill]) -> list[StillRow]:
    """Return the rows of the list."""
    return [_row(one) for one in still]


def _row(one: Standstill) -> StillRow:
    step = one.waiting
    return StillRow(
        project=step.project,
        title=step.title,
        number=step.number,
        step=step.name,
        is_decision=step.kind == TaskKind.DECISION,
        who=who_words(one),
        why=why_words(one),
        since=waiting(one.since, today()),
        tone="bad" if one.cause is not Cause.LONG else "warn",
        role=step.role,
        nobody=one.cause is Cause.NOBODY,
    )


def who_words(one: Standstill) -> str:
    """Return on whose desk a project stands still."""
    people = people_words(one.people)
    return (
        gettext("Väntar på %(people)s", people=people)
        if people
        else gettext("Ingen har rollen, så ingen kan göra steget")
    )


def people_words(people: Sequence[PersonName]) -> str:
    """Return who a step waits for, with the last day of who only stands in; "" for nobody."""
    return names(
        [
            gettext("%(name)s (ersättare till %(day)s)", name=person.name, day=short_day(person.until, today()))
            if person.until
            else person.name
            for person in people
        ]
    )


def why_words(one: Standstill) -> str:
    """Return why a project is said to stand still."""
    due = one.waiting.due_at
    match one.cause:
        case Cause.NOBODY:
            return gettext("Utse någon till rollen, eller en ersättare")
        case Cause.LATE:
            return gettext("Skulle vara klart %(day)s", day=short_day(local_date(due), today())) if due else ""
        case Cause.LONG:
            usual = days_words(one.usual.median) if one.usual is not None else ""
            return gettext("Tar längre tid än vanligt: hälften är klara inom %(usual)s", usual=usual)


@bp.app_template_filter("in_days")
def days_words(span: timedelta) -> str:
    """Return a span of time in whole days: "24 dagar", "mindre än en dag"."""
    days = round(span / timedelta(days=1))
    return ngettext("%(num)s dag", "%(num)s dagar", days) if days else gettext("mindre än en dag")


def flow_notes(flow: FlowNow) -> Mapping[str, str]:
    """Return what stands at each element of the drawing: how many projects, and how long it usually takes."""
    return {step.node: _note(step) for step in flow.steps if step.projects}


def _note(step: StepNow) -> str:
    count = ngettext("%(num)s projekt", "%(num)s projekt", step.projects)
    usual = gettext(", oftast %(days)s", days=days_words(step.median)) if step.median is not None else ""
    still = gettext(", %(num)s står still", num=step.still) if step.still else ""
    return f"{count}{usual}{still}"


def flow_marks(flow: FlowNow) -> Mapping[str, tuple[str, ...]]:
    """Return the marks of the drawing: where projects are, and where some of them stand still."""
    return {
        "is-late": tuple(step.node for step in flow.steps if step.still),
        "is-now": tuple(step.node for step in flow.steps if step.projects and not step.still),
    }
