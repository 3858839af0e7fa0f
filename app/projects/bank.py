"""The project bank: search every idea and project there ever was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_babel.speaklater import LazyString

from app.projects.blueprint import bp
from app.projects.excerpts import excerpt
from app.projects.words import STATUSES
from app.shell.context import request_context
from app.shell.filters import say
from app.shell.guard import logged_in
from workflows.governance.bank import BankFilter, BankPage, bank_page
from workflows.governance.bank_texts import TextKind
from workflows.governance.project import ProjectStatus

FILTERS = frozenset({"q", "status", "department", "model", "year"})

YEARS = frozenset(map(str, range(1900, 2200)))

SAID: Mapping[TextKind, LazyString] = {
    TextKind.IDEA: lazy_gettext("Ur idén"),
    TextKind.REPORT: lazy_gettext("Ur slutrapporten"),
    TextKind.WORDS: lazy_gettext("Ur slutorden"),
    TextKind.DECISION: lazy_gettext("Ur ett beslut"),
}
"""Where in a project something was found."""


@bp.get("/bank")
@logged_in
def bank() -> ResponseReturnValue:
    """Show a page of the bank, filtered and searched."""
    wanted = _wanted()
    page = bank_page(request_context(), wanted=wanted, after=request.args.get("after") or None)
    return render_template(
        "projects/bank.html",
        page=page,
        wanted=wanted,
        asked={name: value for name, value in request.args.items() if value and name in FILTERS},
        statuses=STATUSES,
        said=SAID,
        excerpt=excerpt,
        choices=tuple(_choices(page, wanted)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter: its values with their words, and the one that is chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str


def _choices(page: BankPage, wanted: BankFilter) -> Iterator[Choice]:
    """Yield what the bank can be filtered by; where there is only one model, nobody is asked which."""
    every = ("", gettext("Alla"))
    statuses = [(str(status), str(words)) for status, words in STATUSES.items()]
    yield Choice(name="status", label=gettext("Utfall"), options=[every, *statuses], chosen=wanted.status or "")
    departments = [(name, name) for name in page.departments]
    yield Choice(
        name="department", label=gettext("Förvaltning"), options=[every, *departments], chosen=wanted.department
    )
    years = [(str(year), str(year)) for year in page.years]
    yield Choice(name="year", label=gettext("År"), options=[every, *years], chosen=str(wanted.year or ""))
    if len(page.models) > 1:
        models = [(key, say(label)) for key, label in page.models.items()]
        yield Choice(name="model", label=gettext("Modell"), options=[every, *models], chosen=wanted.model)


def _wanted() -> BankFilter:
    """Read the filters from the address; what is unknown filters nothing."""
    status, year = request.args.get("status", ""), request.args.get("year", "")
    return BankFilter(
        search=request.args.get("q", "").strip()[:200],
        status=ProjectStatus(status) if status in set(ProjectStatus) else None,
        department=request.args.get("department", "")[:120],
        model=request.args.get("model", "")[:40],
        year=int(year) if year in YEARS else None,
    )
