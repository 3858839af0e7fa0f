"""A phase that a move passes over, a step that falls away, and the whole move undone, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.browser.site import Site
from tests.governance.moving import MODEL, at
from tests.governance.phase_more import with_phase
from tests.stories.town import Town
from workflows.governance.moving import moves_of, work_move
from workflows.governance.project_page import project_page
from workflows.models import publish
from workflows.models.editing.step_removal import remove_step

pytestmark = pytest.mark.browser

OFFICE = "ture"


@pytest.fixture(scope="module", autouse=True)
def projects(site: Site) -> dict[str, str]:
    """Two that are past the phase that is new, one with the step that is gone open beside others."""
    found = {"behind": at(site.town, "Bakom", "deliverable_acceptance")}
    found["behind too"] = at(site.town, "Bakom också", "deliverable_acceptance")
    found["beside"] = at(site.town, "Grenarna", "risk_assessment")
    files = with_phase()
    publish(site.town.ctx, {**files, **remove_step(files, "risk_assessment")})
    return found


def work(page: Page, town: Town, seen: str) -> None:
    """Let the job do what waits for it, and wait until the page shows it."""
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_move(town.ctx, move=moves_of(town.as_(OFFICE), model=MODEL)[0].id)
    expect(page.get_by_text(seen)).to_be_visible()


def versions(town: Town, projects: dict[str, str]) -> list[int]:
    return [project_page(town.as_(OFFICE), project_id=one).version for one in projects.values()]


def test_a_step_falls_away_a_phase_is_passed_over_and_all_of_it_is_undone(
    visit: Visits, town: Town, projects: dict[str, str]
) -> None:
    page = visit(OFFICE)
    page.goto(f"/models/{MODEL}/moves")
    page.get_by_label("Från").select_option("1")
    page.get_by_role("button", name="Visa vad som händer").click()
    work(page, town, "2 av 3 projekt kan flyttas.")
    expect(page.get_by_text("Hoppas över vid flytten: fasen ”Upphandling” och beslutspunkten BP2b.")).to_be_visible()
    page.get_by_label("Bedöm risker").select_option(label="Steget faller bort – det som är skrivet finns kvar att läsa")
    assert_accessible(page)
    page.get_by_role("button", name="Pröva med de valda stegen").click()
    work(page, town, "3 av 3 projekt kan flyttas.")
    page.get_by_label("Varför flyttas projekten?").fill("Upphandling är en egen fas")
    page.get_by_role("button", name="Flytta de valda projekten").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    page.reload()
    work(page, town, "3 projekt är flyttade.")
    assert versions(town, projects) == [2, 2, 2]
    move = page.url

    page.goto(f"/projects/{projects['beside']}/events")
    page.get_by_role("link", name="Arbetet i ”Bedöm risker” föll bort").click()
    expect(page.get_by_role("heading", name="Uppgiften behövs inte längre")).to_be_visible()
    page.goto(f"/projects/{projects['behind']}/diagram")
    expect(page.locator("[data-ready=yes]")).to_be_visible()
    expect(page.locator("aside").get_by_text("Hoppades över vid flytten")).to_have_count(2)
    assert_accessible(page)

    page.goto(move)
    page.get_by_role("link", name="Ångra hela flytten").click()
    page.get_by_label("Varför?").fill("Fel version")
    page.get_by_role("button", name="Ångra hela flytten").click()
    work(page, town, "3 projekt följer version 1 igen.")
    assert versions(town, projects) == [1, 1, 1]
    page.goto(f"{move}/undo")
    expect(page.get_by_text("3 projekt följer version 1 igen.")).to_be_visible()


def test_a_phone_without_scripts_leaves_a_whole_group(visit: Visits, town: Town, projects: dict[str, str]) -> None:
    visit.expected.add(422)
    page = visit(OFFICE, phone=True, javascript=False)
    page.goto(f"/models/{MODEL}/moves")
    page.get_by_label("Från").select_option("1")
    page.get_by_label("Till").select_option("2")
    page.get_by_role("button", name="Visa vad som händer").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_move(town.ctx, move=moves_of(town.as_(OFFICE), model=MODEL)[0].id)
    page.get_by_role("link", name="Visa läget nu").click()
    expect(page.get_by_role("heading", name="Steg som tas bort")).to_be_visible()
    assert_fits(page)
    page.get_by_label("Låt hela gruppen på 2 projekt vara kvar på sin version").check()
    page.get_by_label("Varför flyttas projekten?").fill("Upphandling är en egen fas")
    page.get_by_role("button", name="Flytta de valda projekten").click()
    expect(page.get_by_role("alert")).to_contain_text("Välj minst ett projekt som kan flyttas")
    assert_fits(page)
    assert versions(town, projects) == [1, 1, 1]
    page.get_by_label("Låt hela gruppen på 2 projekt vara kvar på sin version").uncheck()
    page.get_by_role("button", name="Flytta de valda projekten").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_move(town.ctx, move=moves_of(town.as_(OFFICE), model=MODEL)[0].id)
    page.get_by_role("link", name="Visa läget nu").click()
    expect(page.get_by_text("2 projekt är flyttade.")).to_be_visible()
    assert versions(town, projects) == [2, 2, 1]
