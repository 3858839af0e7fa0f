"""The check as a page: what hinders publication, what is worth a thought, and what was tried."""

from __future__ import annotations

from dataclasses import dataclass

from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.designer.blueprint import bp
from app.designer.draft_pages import draft_page, page_of, show
from app.designer.finding_links import finding_url, steps_url
from app.designer.guards import seeing_models
from app.designer.place_words import places
from app.designer.scenario_names import Names
from app.designer.scenario_offer import offer_for, run_of
from app.designer.scenario_results import finding_in_scenario, names_of_draft
from app.shell.filters import href
from app.shell.numbers import number
from workflows.models import (
    MAX_FINDINGS,
    Finding,
    ModelDraft,
    ScenarioRun,
    Severity,
    check,
    verdict,
)
from workflows.models.scenario import FOLDER

ICONS = {".bpmn": "pulse", ".dmn": "gate", ".checklist.json": "list"}

SHORT = 0.1
"""Seconds below which nobody wants to know how many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding as the page shows it. `table` is the address of its place in the table of steps."""

    message: str
    icon: str
    place: str
    address: str
    table: str
    hinders: bool
    of_scenarios: bool = False


@bp.get("/models/drafts/<draft_id>/check")
@seeing_models
def check_page(draft_id: str) -> ResponseReturnValue:
    """Show everything the check found of a draft, with links to where it is mended."""
    page = draft_page(draft_id, "check")
    found = told(page.draft)
    run, tried = _run(page.draft, found), verdict(page.draft.files)
    return show(
        page_of(page.draft, "check"),
        "check",
        faults=[one for one in found if one.hinders],
        warnings=[one for one in found if not one.hinders],
        tried=tried,
        took=time_words(tried.seconds),
        full=len(found) >= MAX_FINDINGS,
        reds=0 if run is None else len(run.failed) + len(run.refused),
        unplayed=0 if run is None else len(run.unplayed),
        offer=offer_for(page, run),
    )


def time_words(seconds: float) -> str:
    """Return how long the check took, in a sentence."""
    if seconds < SHORT:
        return gettext("Kontrollen tog under en tiondels sekund.")
    return gettext("Kontrollen tog %(seconds)s sekunder.", seconds=number(seconds, 1))


def run_words(seconds: float) -> str:
    """Return how long the scenarios took, in a sentence."""
    if seconds < SHORT:
        return gettext("Körningen tog under en tiondels sekund.")
    return gettext("Körningen tog %(seconds)s sekunder.", seconds=number(seconds, 1))


def _run(draft: ModelDraft, found: list[Told]) -> ScenarioRun | None:
    """Return the run of the scenarios, unless something else than they hinders publication."""
    if any(one.hinders and not one.of_scenarios for one in found):
        return None
    return run_of(draft)


def told(draft: ModelDraft) -> list[Told]:
    """Return the findings on a draft, in the order in which they are told."""
    findings = check(draft.files)
    names = names_of_draft(draft) if any(one.file.startswith(FOLDER) for one in findings) else None
    return [
        _of_scenario(draft, finding, names) if finding.file.startswith(FOLDER) else _told(draft, finding, place)
        for finding, place in zip(findings, places(draft.files, findings), strict=True)
    ]


def _of_scenario(draft: ModelDraft, finding: Finding, names: Names | None) -> Told:
    """Return what the check says of a scenario, in the names of the model."""
    own = finding_in_scenario(draft.files, finding, names)
    return Told(
        message=own.sentence,
        icon="list",
        place=own.title,
        address=href(own.endpoint, draft_id=draft.id, name=own.name, _anchor=own.anchor or None),
        table="",
        hinders=finding.severity is Severity.ERROR,
        of_scenarios=True,
    )


def _told(draft: ModelDraft, finding: Finding, place: str) -> Told:
    return Told(
        message=finding.message,
        icon=next((icon for end, icon in ICONS.items() if finding.file.endswith(end)), "doc"),
        place=place,
        address=finding_url(draft.id, finding),
        table=steps_url(draft.id, finding),
        hinders=finding.severity is Severity.ERROR,
    )
