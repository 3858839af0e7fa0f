"""Ten projects in a browser: nine go over to the new version, one says why it stays, one comes back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.keys import follow, tab_to, type_in
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard
from tests.browser.site import Site
from tests.governance.moving import GONE, at, publish_second
from tests.stories.town import Town
from workflows.governance.moving import moves_of, work_move
from workflows.governance.project_page import project_page

pytestmark = pytest.mark.browser

WHY = "Projektet väntar på steget ”Genomför facklig samverkan”, som tas bort."
OFFICE = "ture"


@pytest.fixture(scope="module", autouse=True)
def ideas(site: Site) -> list[str]:
    """Nine that can go over, one that waits on a step that the second version does not have."""
    titles = [f"Idé nummer {number}" for number in range(1, 9)]
    found = [site.town.start("olle", title).project_id for title in titles]
    found.append(at(site.town, "Sponsorns svar", "sponsor_answer"))
    at(site.town, "Samverkan", GONE)
    publish_second(site.town.ctx)
    return found


def work(town: Town) -> None:
    """Let the job do what waits for it."""
    newest = moves_of(town.as_(OFFICE), model="harnosand")[0]
    work_move(town.ctx, move=newest.id)


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_(OFFICE), project_id=project).version


def previewed(page: Page, town: Town) -> None:
    """Choose the versions by keyboard, and wait for the page to show by itself what was found."""
    page.goto("/models/harnosand")
    follow(page, 'main a[href$="/moves"]', "**/moves")
    follow(page, "main .s-form button", "**/moves/*")
    expect(page.get_by_text("0 av 10 projekt är klara.")).to_be_visible()
    assert_accessible(page)
    work(town)
    expect(page.get_by_text("9 av 10 projekt kan flyttas.")).to_be_visible()


def carried_out(page: Page, town: Town) -> None:
    """Move what is chosen, by keyboard."""
    type_in(page, "#reason", "Bättre frågor")
    tab_to(page, "main .s-moves ~ .s-form button, main section.s-form button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 av 10 projekt är klara.")).to_be_visible()
    work(town)
    expect(page.get_by_text("9 projekt är flyttade. 1 kan inte flyttas.")).to_be_visible()


def test_nine_go_over_one_stays_and_one_comes_back_by_keyboard_alone(
    visit: Visits, town: Town, ideas: list[str]
) -> None:
    page = visit(OFFICE)
    previewed(page, town)
    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.get_by_text("Samma för 9 projekt")).to_be_visible()
    assert_accessible(page)
    carried_out(page, town)
    expect(page.get_by_text(WHY)).to_be_visible()
    assert_accessible(page)
    assert [version_of(town, project) for project in ideas] == [2] * 9

    tab_to(page, "details:has(a[href*='/undo']) > summary")
    page.keyboard.press("Enter")
    follow(page, f"a[href*='project={ideas[0]}']", "**/undo*")
    expect(page.get_by_role("heading", name="Ångra flytten av Idé nummer 1")).to_be_visible()
    assert_accessible(page)
    type_in(page, "#reason", "Fel projekt")
    follow(page, "main .s-form button", "**/moves/*")
    expect(page.get_by_role("heading", name="Flytten är ångrad")).to_be_visible()
    expect(page.get_by_text("8 projekt är flyttade.")).to_be_visible()
    assert_accessible(page)
    assert [version_of(town, project) for project in ideas] == [1, *[2] * 8]


def test_a_phone_without_scripts_shows_every_page_of_a_move(visit: Visits, town: Town) -> None:
    one = at(town, "Telefonen", "sponsor_answer")
    page = visit(OFFICE, phone=True, javascript=False)
    page.goto("/models/harnosand/moves")
    page.get_by_label("Från").select_option("1")
    page.get_by_role("button", name="Visa vad som händer").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_fits(page)
    work(town)
    page.get_by_role("link", name="Visa läget nu").click()
    expect(page.get_by_text(WHY)).to_be_visible()
    assert_fits(page)
    page.get_by_label("Varför flyttas projekten?").fill("Bättre frågor")
    page.get_by_role("button", name="Flytta de valda projekten").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work(town)
    page.get_by_role("link", name="Visa läget nu").click()
    expect(page.get_by_role("heading", name="Flyttade")).to_be_visible()
    assert version_of(town, one) == 2
    assert_fits(page)
    page.get_by_role("button", name="Försök igen").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work(town)
    page.get_by_role("link", name="Visa läget nu").click()
    expect(page.get_by_text(WHY)).to_be_visible()
    page.get_by_role("link", name="Ångra hela flytten").click()
    assert_fits(page)


def test_every_stop_of_a_preview_shows_its_focus(visit: Visits, town: Town) -> None:
    at(town, "Tangenterna", "sponsor_answer")
    page = visit(OFFICE)
    page.goto("/models/harnosand/moves")
    assert_keyboard(page)
    page.get_by_label("Från").select_option("1")
    page.get_by_role("button", name="Visa vad som händer").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work(town)
    expect(page.get_by_text(WHY)).to_be_visible()
    assert_keyboard(page)
    assert_accessible(page)
