"""The check as a page: what hinders publication, what is worth a thought, and what was tried."""

from __future__ import annotations

from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from app.designer.blueprint import bp
from app.designer.draft_pages import draft_page, show
from app.designer.finding_links import finding_url, steps_url
from app.designer.guards import seeing_models
from app.designer.place_words import places
from workflows.models import MAX_FINDINGS, ModelDraft, Severity, check, run_scenarios, verdict

ICONS = {".bpmn": "pulse", ".dmn": "gate", ".checklist.json": "list"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A finding as the page shows it. `table` is the address of its place in the table of steps."""

    message: str
    icon: str
    place: str
    address: str
    table: str
    hinders: bool


@bp.get("/models/drafts/<draft_id>/check")
@seeing_models
def check_page(draft_id: str) -> ResponseReturnValue:
    """Show everything the check found of a draft, with links to where it is mended."""
    page = draft_page(draft_id, "check")
    found = told(page.draft)
    run = None if any(one.hinders for one in found) else run_scenarios(page.draft.files)
    return show(
        page,
        "check",
        errors=[one for one in found if one.hinders],
        warnings=[one for one in found if not one.hinders],
        tried=verdict(page.draft.files),
        full=len(found) >= MAX_FINDINGS,
        failed=0 if run is None else len(run.failed) + len(run.refused),
    )


def told(draft: ModelDraft) -> list[Told]:
    """Return the findings on a draft, in the order in which they are told."""
    findings = check(draft.files)
    return [
        Told(
            message=finding.message,
            icon=next((icon for end, icon in ICONS.items() if finding.file.endswith(end)), "doc"),
            place=place,
            address=finding_url(draft.id, finding),
            table=steps_url(draft.id, finding),
            hinders=finding.severity is Severity.ERROR,
        )
        for finding, place in zip(findings, places(draft.files, findings), strict=True)
    ]
