"""What of the diagram is in sight: the canvas in the window, the whole in the canvas, and a hit of the search."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, opened, select
from tests.stories.town import Town

pytestmark = pytest.mark.browser

SIZES = ((1280, 900), (1280, 720), (320, 640))
LOWEST = 28 * 16 - 1
"""Pixels that a canvas is at least high, its border aside."""


def at_size(visit: Visits, town: Town, size: tuple[int, int]) -> Page:
    width, height = size
    window = visit("ture")
    window.set_viewport_size({"width": width, "height": height})
    return opened(window, begun(town))


def box(place: Locator) -> FloatRect:
    found = place.bounding_box()
    assert found is not None
    return found


def within(inner: FloatRect, outer: FloatRect) -> bool:
    across = outer["x"] - 1 <= inner["x"] and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + 1
    down = outer["y"] - 1 <= inner["y"] and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + 1
    return across and down


def window_of(page: Page) -> FloatRect:
    size = page.viewport_size
    assert size is not None
    return {"x": 0, "y": 0, "width": size["width"], "height": size["height"]}


def canvas_of(page: Page) -> Locator:
    return page.locator("#designer-canvas")


def test_the_canvas_takes_what_is_left_of_the_window(visit: Visits, town: Town) -> None:
    page = at_size(visit, town, (1280, 900))
    canvas = box(canvas_of(page))
    assert canvas["y"] + canvas["height"] == pytest.approx(900, abs=2)
    assert page.evaluate("scrollY") == 0
    page.set_viewport_size({"width": 1280, "height": 720})
    assert box(canvas_of(page))["height"] == pytest.approx(LOWEST, abs=2)


@pytest.mark.parametrize("size", SIZES)
def test_the_whole_diagram_is_seen_at_once(visit: Visits, town: Town, size: tuple[int, int]) -> None:
    page = at_size(visit, town, size)
    assert box(canvas_of(page))["height"] >= LOWEST
    page.get_by_role("button", name="Hela diagrammet").click()
    canvas, whole = box(canvas_of(page)), box(page.locator("[data-element-id=project_pool] > .djs-visual"))
    assert within(canvas, window_of(page))
    assert within(whole, canvas)


@pytest.mark.parametrize("size", SIZES)
def test_a_hit_of_the_search_is_in_sight_and_stays_there(visit: Visits, town: Town, size: tuple[int, int]) -> None:
    page = at_size(visit, town, size)
    page.get_by_role("button", name="Sök").click()
    search = page.get_by_label("Sök i diagrammet")
    expect(search).to_be_focused()
    search.press_sequentially("Skriv projektslutrapporten")
    hit = page.locator('[data-element-id="final_report"].selected > .djs-visual')
    expect(hit).to_be_in_viewport(ratio=1)
    assert within(box(hit), box(canvas_of(page)))
    pad = box(page.locator(".djs-search-container"))
    assert box(hit)["y"] > pad["y"] + pad["height"]
    page.keyboard.press("Enter")
    expect(page.locator(".djs-search-container")).to_be_hidden()
    expect(hit).to_be_in_viewport(ratio=1)
    assert within(box(hit), box(canvas_of(page)))
    palette = box(page.locator(".djs-palette"))
    assert box(hit)["x"] >= palette["x"] + palette["width"]


@pytest.mark.parametrize(("size", "is_open"), [((1280, 900), False), ((320, 640), False), ((1920, 1200), True)])
def test_the_overview_is_open_at_first_only_where_there_is_room(
    visit: Visits, town: Town, size: tuple[int, int], is_open: bool
) -> None:
    page = at_size(visit, town, size)
    name = "Dölj översikten" if is_open else "Visa översikten"
    expect(page.locator(".djs-minimap .toggle")).to_have_attribute("title", name)
    expect(page.locator(".djs-minimap .map")).to_be_visible(visible=is_open)


def test_the_panel_scrolls_beside_the_canvas(visit: Visits, town: Town) -> None:
    page = at_size(visit, town, (1280, 720))
    select(page, "bp2")
    panel = page.get_by_role("complementary", name="Kontroll och egenskaper")
    last = page.get_by_text("Med tangentbordet")
    last.scroll_into_view_if_needed()
    expect(last).to_be_in_viewport(ratio=1)
    assert box(panel)["height"] == pytest.approx(box(canvas_of(page))["height"], abs=2)


def test_the_name_comes_first_in_the_panel(visit: Visits, town: Town) -> None:
    page = at_size(visit, town, (1280, 900))
    select(page, "project_plan")
    panel = page.get_by_role("region", name="Egenskaper")
    expect(panel.locator("label").first).to_have_text("Namn")


def test_without_scripts_no_tool_is_shown_that_does_nothing(visit: Visits, town: Town) -> None:
    page = visit("ture", javascript=False)
    page.goto(f"/models/drafts/{begun(town)}/diagram")
    expect(page.get_by_text("Diagrammet ritas med JavaScript")).to_be_visible()
    expect(page.get_by_role("link", name="Samma modell som tabell")).to_be_visible()
    expect(page.get_by_role("button", name="Sök")).to_be_hidden()
    expect(page.get_by_role("button", name="Hela diagrammet")).to_be_hidden()
