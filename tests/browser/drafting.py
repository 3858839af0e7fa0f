"""Drafts of the town's model, and the page of the diagram as people find it."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Page, Route

from tests.stories.town import Town
from workflows.models import begin_model_draft, find_model_draft, latest, load_bundle

DESIGNER = "ture"
"""Who designs in the town: the project office."""


def begun(town: Town, who: str = DESIGNER) -> str:
    """Begin a draft of the published model."""
    ctx = town.as_(who)
    with ctx.read() as session:
        newest = latest(session, tenant=ctx.tenant, model="harnosand")
        files = load_bundle(session, tenant=ctx.tenant, digest=newest.digest).files
    return begin_model_draft(
        ctx, model="harnosand", name="Höstens ändringar", files=files, base=newest.digest, what="-"
    )


def saved(town: Town, draft: str, path: str = "project.bpmn") -> str:
    """Return a file of a draft as it is saved."""
    return find_model_draft(replace(town.as_(DESIGNER)), draft_id=draft).files[path].decode()


def opened(page: Page, draft: str, *, tab: str = "diagram", query: str = "") -> Page:
    """Open a tab with a modeler, and wait until it can be worked in."""
    page.goto(f"/models/drafts/{draft}/{tab}{query}")
    page.locator("#designer-canvas[data-ready=yes]").wait_for()
    return page


def select(page: Page, element: str) -> None:
    """Select an element of the diagram, as a click on it would."""
    page.locator("#designer-canvas").evaluate(
        "({modeler}, id) => modeler.get('selection').select(modeler.get('elementRegistry').get(id))", element
    )


def nothing_is_saved(route: Route) -> None:
    """Reading still goes; a page that is left tries once more to save, so this stays on until the next has opened."""
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()
