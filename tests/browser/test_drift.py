"""Drift keeps itself up to date while somebody looks at it, and asks for nothing while nobody does."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from tests.browser.conftest import Visits
from tests.stories.town import Town

pytestmark = pytest.mark.browser

HALF_A_MINUTE = 31_000


def test_what_happens_meanwhile_is_shown_without_loading_the_page_anew(visit: Visits, town: Town) -> None:
    page = visit("ture")
    page.clock.install()
    page.goto("/monitor")
    expect(page.locator("[data-bpmn-url]")).to_have_attribute("data-ready", "yes")
    town.player(town.start("olle", "Lekplatsen vid ån").project_id).until("sponsor_answer")
    page.evaluate("window.stayed = true")
    page.clock.run_for(HALF_A_MINUTE)
    expect(page.get_by_role("row", name="Svara på idén")).to_be_visible()
    expect(page.locator(".styr-note", has_text="1 projekt").first).to_be_attached()
    assert page.evaluate("window.stayed")


def test_a_page_that_nobody_looks_at_asks_for_nothing(visit: Visits, town: Town) -> None:
    page = visit("ture")
    page.clock.install()
    page.goto("/monitor")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away ?? true })")
    page.on("request", note)
    page.clock.run_for(3 * HALF_A_MINUTE)
    assert not [url for url in asked if "/monitor/now" in url]
    page.evaluate("window.away = false")
    with page.expect_request("**/monitor/now"):
        page.clock.run_for(HALF_A_MINUTE)
