"""A designer tries a draft through its first gate with a rework, saves it as a scenario, and runs all of them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town
from workflows.models import begin_model_draft, shipped

pytestmark = pytest.mark.browser

TITLE = "Beställaren begär komplettering och det drar ut på tiden"


@pytest.fixture
def draft(town: Town) -> str:
    return begin_model_draft(
        town.as_("ture"), model="harnosand", name="Utkast", files=shipped("harnosand"), what="Började"
    )


def begun(page: Page, draft: str) -> None:
    page.goto(f"/models/drafts/{draft}/try")
    page.get_by_label("Första dagen").fill("2026-09-07")
    page.get_by_role("button", name="Börja prova").click()


def forward(page: Page, target: str) -> None:
    page.get_by_label("Spela med vanliga svar fram till").select_option(label=target)
    page.get_by_role("button", name="Spela dit").click()


def hand_in(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.get_by_role("button", name="Fyll i med vanliga svar").click()
    page.get_by_role("button", name="Lämna in i provkörningen").last.click()


def to_decision(page: Page, draft: str) -> None:
    begun(page, draft)
    forward(page, "Beslutspunkt 1")
    hand_in(page, "Begär beslut")


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_draft_is_tried_with_a_rework_and_a_jump_in_time_and_saved(
    visit: Visits, draft: str, javascript: bool
) -> None:
    page, title = visit("ture", javascript=javascript), f"{TITLE}, skript: {javascript}"
    to_decision(page, draft)
    page.get_by_role("link", name="Besluta").first.click()
    page.get_by_label("Komplettera").check()
    page.get_by_label("Tillbaka till").select_option(label="Förberedelse")
    page.locator("#reopen-F01").check()
    page.locator("#due_on").fill("2026-10-01")
    page.get_by_label("Motivering").fill("Riskerna är inte bedömda.")
    page.get_by_role("button", name="Besluta i provkörningen").click()
    expect(page.get_by_text("Komplettera → Förberedelse").first).to_be_visible()
    page.get_by_label("Arbetsdagar").fill("30")
    page.get_by_role("button", name="Låt dagarna gå").click()
    expect(page.get_by_text("Försenat").first).to_be_visible()
    page.get_by_role("link", name="Spara som scenario").click()
    page.get_by_label("Vad visar det?").fill(title)
    page.get_by_role("button", name="Spara scenariot").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.get_by_role("link", name="Tillbaka till scenarierna").click()
    page.get_by_role("link", name="Kör alla scenarier").click()
    expect(page.get_by_role("heading", name="Alla 24 scenarier håller")).to_be_visible()


def test_the_open_step_is_marked_and_named_on_the_diagram(visit: Visits, draft: str) -> None:
    page = visit("ture")
    to_decision(page, draft)
    page.locator("[data-ready=yes]").wait_for()
    expect(page.locator('.is-now[data-element-id="bp1"]')).to_have_count(1)
    expect(page.locator(".styr-note", has_text="öppet nu").first).to_be_attached()


def test_coverage_is_marked_with_a_word_and_a_shape(visit: Visits, draft: str) -> None:
    page = visit("ture")
    page.goto(f"/models/drafts/{draft}/scenarios/result?scenario=person_contract")
    page.locator("[data-ready=yes]").wait_for()
    expect(page.locator('.is-unvisited[data-element-id="bp3_terminated"]')).to_have_count(1)
    expect(page.locator(".styr-note", has_text="aldrig").first).to_be_attached()
    expect(page.get_by_text("Avböjer: från").first).to_be_visible()


def _pages(page: Page, draft: str) -> list[str]:
    to_decision(page, draft)
    decide = page.get_by_role("link", name="Besluta").first.get_attribute("href") or ""
    base = f"/models/drafts/{draft}"
    scenarios = [
        f"{base}/scenarios{more}" for more in ("", "/result", "/rework_at_bp1", "/_usual/text", "/deferred/file")
    ]
    return [f"{base}/try", f"{base}/try/begin", f"{base}/try/save", decide, *scenarios]


def test_after_a_turn_the_keyboard_stands_where_the_trial_does_and_the_title_says_what_happened(
    visit: Visits, draft: str
) -> None:
    page = visit("ture")
    begun(page, draft)
    page.get_by_label("Spela med vanliga svar fram till").select_option(label="Beslutspunkt 1")
    page.get_by_role("button", name="Spela dit").press("Enter")
    expect(page).to_have_title(re.compile("^Vanliga svar fram till Beslutspunkt 1 – Prova"))
    expect(page.locator("#now")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Begär beslut")).to_be_focused()
    forward(page, "Fyll i idébladet")
    expect(page.locator("#stuck")).to_be_focused()
    assert_accessible(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#now")).to_be_focused()
    expect(page.get_by_role("link", name="Fyll i idébladet")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_is_accessible_and_fits(visit: Visits, draft: str, phone: bool) -> None:
    page = visit("ture", phone=phone)
    for address in _pages(page, draft):
        page.goto(address)
        assert_accessible(page)
        assert_fits(page)
