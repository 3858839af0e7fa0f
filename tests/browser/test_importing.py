"""A model is imported in a browser: by keyboard, on a phone, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard
from tests.models.importing.foreign_files import HERE

pytestmark = pytest.mark.browser


def handed_in(page: Page) -> Page:
    page.goto("/models/import")
    page.get_by_label("Filer").set_input_files([*map(str, sorted((HERE / "camunda7").iterdir()))])
    page.get_by_role("button", name="Läs filerna").click()
    expect(page.get_by_role("heading", name="Importrapport: Inköp av utrustning")).to_be_visible()
    return page


def test_the_pages_are_accessible(visit: Visits) -> None:
    page = visit("ture")
    page.goto("/models/import")
    assert_accessible(page)
    assert_accessible(handed_in(page))
    assert_keyboard(page)


def test_a_draft_is_made_on_a_phone_without_scripts(visit: Visits) -> None:
    page = handed_in(visit("ture", javascript=False, phone=True))
    assert_fits(page)
    page.get_by_role("button", name="Skapa utkast").click()
    expect(page.get_by_role("heading", name="Inköp av utrustning").first).to_be_visible()
