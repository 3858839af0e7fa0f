"""The diagram opens on what is open, readable, and can be looked at closer without a wheel."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.seeding import played
from tests.stories.town import Town

pytestmark = pytest.mark.browser

READABLE = 12
"""Pixels: what the names of steps must be high to be read."""
SIZE = """() => { const one = document.querySelector('.is-now[data-element-id="bp2"] text');
  return parseFloat(getComputedStyle(one).fontSize) * one.getScreenCTM().a; }"""


def opened(visit: Visits, town: Town) -> Page:
    player = played(town, "meeting")
    page = visit("karin")
    page.goto(f"/projects/{player.project_id}/diagram")
    page.locator("[data-ready=yes]").wait_for()
    return page


def test_the_diagram_opens_on_what_is_open_and_readable(visit: Visits, town: Town) -> None:
    page = opened(visit, town)
    expect(page.get_by_role("heading", name="Öppet nu: Beslutspunkt 2")).to_be_visible()
    expect(page.locator('.is-now[data-element-id="bp2"]')).to_be_in_viewport()
    assert page.evaluate(SIZE) >= READABLE


def test_buttons_show_the_whole_picture_and_the_open_step_by_keyboard(visit: Visits, town: Town) -> None:
    page = opened(visit, town)
    close = page.evaluate(SIZE)
    page.get_by_role("button", name="Visa hela bilden").press("Enter")
    assert page.evaluate(SIZE) < close
    page.get_by_role("button", name="Visa det som är öppet").press("Enter")
    assert page.evaluate(SIZE) == pytest.approx(close, rel=0.01)
    page.get_by_role("button", name="Förstora").press("Space")
    assert page.evaluate(SIZE) > close
    page.get_by_role("button", name="Förminska").press("Space")
    assert page.evaluate(SIZE) == pytest.approx(close, rel=0.01)


def test_without_script_there_are_no_buttons_but_the_list(visit: Visits, town: Town) -> None:
    player = played(town, "meeting")
    page = visit("karin", javascript=False)
    page.goto(f"/projects/{player.project_id}/diagram")
    expect(page.get_by_role("button", name="Förstora")).to_be_hidden()
    expect(page.get_by_role("heading", name="Steg i ordning")).to_be_visible()
