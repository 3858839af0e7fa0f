"""The documents of a step in a browser: pictures are shown, links lead to the files, and it all fits a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.app.inbox.test_documents import executing, handed_over
from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser


def test_whoever_accepts_a_delivery_sees_its_files(visit: Visits, town: Town) -> None:
    task = handed_over(town, executing(town, "=earlier.delivery_ready.delivery_files"))
    for phone in (False, True):
        page = visit("lena", phone=phone)
        page.goto(f"/tasks/{task}")
        shown = page.locator(".s-documents")
        expect(shown.get_by_role("link", name="Protokoll.pdf")).to_be_visible()
        picture = shown.get_by_role("img", name="Bilden Skärmbild.png")
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("naturalWidth", 1)
        assert_accessible(page)
        assert_fits(page)
