"""Without a connection nothing is lost: in the table and the form editor as in the diagram."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import DESIGNER, begun, nothing_is_saved, opened, saved
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser

LOST = "Inte sparat: ingen förbindelse. Försöker igen"
FORM = "forms/parked_idea.form.json"


def lose(visit: Visits, page: Page, addresses: str) -> None:
    """Let nothing be saved from here on; the browser writes on its console that it got no answer."""
    visit.ignored.append("net::ERR_")
    page.route(addresses, nothing_is_saved)
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_table_that_could_not_be_saved_is_put_back(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit(DESIGNER), draft, tab="tables")
    lose(visit, page, "**/files/**")
    page.locator("#designer-canvas td.output-cell [contenteditable]").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type('"auditor"')
    page.keyboard.press("Enter")
    expect(page.locator("#designer-status")).to_have_text(LOST)
    page.reload()
    page.locator("#designer-canvas[data-ready=yes]").wait_for()
    restore = page.get_by_role("button", name="Återställ dem")
    expect(restore).to_be_visible()
    page.unroute("**/files/**")
    with page.expect_response("**/files/**"):
        restore.click()
    assert '"auditor"' in saved(town, draft, "authority.dmn")


def test_a_form_that_could_not_be_saved_is_put_back(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = visit(DESIGNER)
    page.goto(f"/models/drafts/{draft}/forms/parked_idea/editor")
    page.locator("#form-editor[data-ready]").wait_for()
    lose(visit, page, "**/save")
    page.locator("#form-editor .fjs-element[data-field-type=textarea]").first.click()
    page.get_by_text("Allmänt", exact=True).click()
    page.locator("#bio-properties-panel-textarea-label, #bio-properties-panel-label").first.fill("Vad är nytt i idén?")
    expect(page.locator("#form-status")).to_have_text(LOST)
    page.reload()
    page.locator("#form-editor[data-ready]").wait_for()
    restore = page.get_by_role("button", name="Återställ dem")
    expect(restore).to_be_visible()
    page.unroute("**/save")
    with page.expect_response("**/save"):
        restore.click()
    assert "Vad är nytt i idén?" in saved(town, draft, FORM)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "320"])
def test_decision_tables_and_check_are_accessible_and_fit(visit: Visits, town: Town, phone: bool) -> None:
    draft = begun(town)
    page = opened(visit(DESIGNER, phone=phone), draft, tab="tables")
    assert_fits(page)
    assert_accessible(page)
    page.goto(f"/models/drafts/{draft}/check")
    assert_accessible(page)
    assert_fits(page)
