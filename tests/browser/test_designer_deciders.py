"""BP2's decider is changed by amount: by mouse in the diagram, by keyboard alone, and on a page without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, opened, saved, select
from tests.browser.keys import tab_to_name
from tests.browser.looking import assert_accessible, assert_fits
from tests.models.deciders.asking import decided
from tests.stories.town import Town

pytestmark = pytest.mark.browser

QUESTION = "Vem beslutar Beslutspunkt 2?"


def check_decider(town: Town, draft: str) -> None:
    table = saved(town, draft, "authority.dmn").encode()
    assert decided(table, "bp2", total_cost=499_999, has_steering_group=True) == ("sponsor", "single")
    assert decided(table, "bp2", total_cost=500_000, has_steering_group=True) == ("steering_group", "meeting")
    assert decided(table, "bp3", total_cost=1, has_steering_group=True) == ("steering_group", "meeting")


def fill(page: Page) -> None:
    page.get_by_label("Beslutas av").select_option("Beställare")
    page.get_by_label("Kostnad", exact=True).select_option("under")
    page.get_by_label("Belopp, kr").fill("500 000")


def test_by_mouse_in_the_panel_of_the_diagram(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    select(page, "bp2")
    page.get_by_role("link", name="Lägg till en rad för BP2").click()
    fill(page)
    page.get_by_role("button", name="Spara raden").click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_focused()
    expect(page.locator(".s-deciders")).to_contain_text("Kostnad: under 500")
    assert page.url.endswith("/diagram")
    check_decider(town, draft)


def test_a_bad_amount_is_told_in_the_panel_and_nothing_is_written(visit: Visits, town: Town) -> None:
    draft = begun(town)
    before = saved(town, draft, "authority.dmn")
    visit.expected.add(422)
    page = opened(visit("ture"), draft)
    select(page, "bp2")
    page.get_by_role("link", name="Lägg till en rad för BP2").click()
    fill(page)
    page.get_by_label("Belopp, kr").fill("en halv miljon")
    page.get_by_role("button", name="Spara raden").click()
    expect(page.get_by_label("Belopp, kr")).to_be_focused()
    expect(page.locator(".s-deciders")).to_contain_text("Skriv ett belopp i kronor")
    assert saved(town, draft, "authority.dmn") == before


def test_by_keyboard_alone(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = visit("ture")
    page.goto(f"/models/drafts/{draft}/tables")
    tab_to_name(page, "Ändra Beslutspunkt 2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deciders/bp2")
    tab_to_name(page, "Lägg till en rad för BP2")
    page.keyboard.press("Enter")
    page.wait_for_url("**/deciders/bp2/new")
    tab_to_name(page, "Beslutas av")
    page.keyboard.type("Best")
    tab_to_name(page, "Kostnad")
    page.keyboard.type("under")
    tab_to_name(page, "Belopp, kr")
    page.keyboard.type("500000")
    tab_to_name(page, "Spara raden")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    check_decider(town, draft)


def test_without_script(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = visit("ture", javascript=False)
    page.goto(f"/models/drafts/{draft}/tables")
    page.get_by_role("link", name=re.compile("Ändra.*Beslutspunkt 2")).click()
    page.get_by_role("link", name="Lägg till en rad för BP2").click()
    fill(page)
    page.get_by_role("button", name="Spara raden").click()
    check_decider(town, draft)


@pytest.mark.parametrize("address", ["tables", "deciders/bp2", "deciders/bp2/new", "deciders/bp2/rule_group"])
@pytest.mark.parametrize("phone", [False, True])
def test_the_pages_are_accessible_and_fit(visit: Visits, town: Town, address: str, phone: bool) -> None:
    page = visit("ture", phone=phone, javascript=address != "tables")
    page.goto(f"/models/drafts/{begun(town)}/{address}")
    assert_fits(page)
    if address != "tables":
        assert_accessible(page)
