"""The diagram of a draft, changed in the browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, nothing_is_saved, opened, saved, select
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser

STATUS = "#designer-status"
SAVED = re.compile(r"^Sparat \d+\.\d\d$")


def rename(page: Page, name: str, element: str = "idea_sheet") -> None:
    select(page, element)
    page.get_by_label("Namn", exact=True).fill(name)
    page.get_by_label("Namn", exact=True).blur()


def test_a_step_gets_another_role_and_deadline_and_is_saved(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    select(page, "sponsor_answer")
    page.get_by_label("Görs av").select_option("Projektkontor")
    page.get_by_label("Ska vara klart efter", exact=True).fill("15")
    page.get_by_label("Ska vara klart efter", exact=True).blur()
    page.get_by_label("Påminnelse: när").select_option("före sista dagen")
    expect(page.locator(STATUS)).to_have_text("Inte sparat än")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    task = next(line for line in saved(town, draft).splitlines() if 'form="sponsor_answer"' in line)
    assert 'role="project_office"' in task and 'due="P15D"' in task and 'remind="-P10D"' in task


@pytest.mark.parametrize("typed", ["14 dagar", "P14D", "-3", "99999"])
def test_a_bad_period_is_refused_at_the_field_and_never_written(visit: Visits, town: Town, typed: str) -> None:
    draft = begun(town)
    before = saved(town, draft)
    page = opened(visit("ture"), draft)
    select(page, "sponsor_answer")
    field = page.get_by_label("Ska vara klart efter", exact=True)
    field.fill(typed)
    field.blur()
    expect(page.locator("#p-due-error")).to_be_visible()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert 'due="P20D"' in page.locator("#designer-canvas").evaluate(
        "async ({modeler}) => (await modeler.saveXML()).xml.match(/<styr:task[^>]*sponsor_answer[^>]*>/)[0]"
    )
    assert saved(town, draft) == before


def test_extensions_of_others_survive(visit: Visits, town: Town) -> None:
    draft = begun(town)
    foreign = '<other:thing xmlns:other="urn:other" deep="1"><other:part>x</other:part></other:thing>'
    page = opened(visit("ture"), draft)
    page.locator("#designer-canvas").evaluate(
        """async ({modeler}, foreign) => {
          const {xml} = await modeler.saveXML();
          await modeler.importXML(xml.replace('<styr:task kind="document" form="idea_sheet"', foreign + '$&'));
        }""",
        foreign,
    )
    rename(page, "Beskriv idén")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    text = saved(town, draft)
    assert 'name="Beskriv idén"' in text and "<other:part>x</other:part>" in text and 'deep="1"' in text


def test_without_connection_nothing_is_lost(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    page.route("**/files/**", nothing_is_saved)
    visits_hear_nothing(visit)
    rename(page, "Skriv ner idén")
    expect(page.locator(STATUS)).to_have_text("Inte sparat: ingen förbindelse. Försöker igen")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("#designer-canvas[data-ready=yes]").wait_for()
    restore = page.get_by_role("button", name="Återställ dem")
    expect(restore).to_be_visible()
    page.unroute("**/files/**")
    with page.expect_response("**/files/**"):
        restore.click()
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert 'name="Skriv ner idén"' in saved(town, draft)


def test_when_the_connection_comes_back_it_is_saved_by_itself(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    visits_hear_nothing(visit)
    page.context.set_offline(True)
    rename(page, "Skriv ner idén")
    expect(page.locator(STATUS)).to_have_text("Inte sparat: ingen förbindelse. Försöker igen")
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_have_text(SAVED)
    assert 'name="Skriv ner idén"' in saved(town, draft)


def test_an_answer_that_is_lost_on_the_way_saves_once(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    visits_hear_nothing(visit)
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().text())
            route.abort()
        else:
            route.continue_()

    page.route("**/files/**", lose)
    rename(page, "Skriv ner idén")
    expect(page.locator(STATUS)).to_have_text(SAVED, timeout=10_000)
    assert len(lost) == 1 and 'name="Skriv ner idén"' in saved(town, draft)


def visits_hear_nothing(visit: Visits) -> None:
    """The browser writes on its console that it got no answer, which is what these tests provoke."""
    visit.expected.add(409)
    visit.ignored.append("net::ERR_")


def test_what_is_wrong_is_listed_and_leads_to_the_element(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    select(page, "idea_sheet")
    page.get_by_label("Görs av").select_option("–")
    finding = page.locator("#designer-findings").get_by_role("link", name="Steget säger inte vad som görs")
    expect(finding).to_be_visible()
    expect(page.locator("#designer-verdict")).to_contain_text("1 fel")
    expect(page.locator(".styr-mark.is-bad")).to_have_text("■ fel")
    select(page, "bp2")
    finding.press("Enter")
    expect(page.locator("#designer-panel").get_by_role("heading", name="Fyll i idébladet")).to_be_focused()
    expect(page.locator('[data-element-id="idea_sheet"].selected')).to_be_in_viewport()


def test_the_mark_of_bpmn_io_is_never_overlapped(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    select(page, "bp2")
    for width, height in ((1280, 800), (1600, 900), (700, 900)):
        page.set_viewport_size({"width": width, "height": height})
        mark = page.locator(".bjs-powered-by")
        mark.scroll_into_view_if_needed()
        expect(mark).to_be_in_viewport(ratio=1)
        seen = mark.evaluate(
            """(mark) => { const {left, top, width, height} = mark.getBoundingClientRect();
              return [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) =>
                mark.contains(document.elementFromPoint(left + x * width, top + y * height)))).every(Boolean); }"""
        )
        assert seen, (width, height)


def test_the_page_with_its_canvas_is_accessible(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    for element in ("sponsor_answer", "bp2", "is_project__c1_relevance", "is_project"):
        select(page, element)
        page.wait_for_load_state("networkidle")
        assert_accessible(page)


def test_on_a_phone_the_page_fits(visit: Visits, town: Town) -> None:
    page = opened(visit("ture", phone=True), begun(town))
    select(page, "bp2")
    page.get_by_role("heading", name="Vem beslutar Beslutspunkt 2?").wait_for()
    assert_fits(page)


def test_search_opens_by_its_button(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    page.get_by_role("button", name="Sök").click()
    search = page.get_by_label("Sök i diagrammet")
    expect(search).to_be_focused()
    search.press_sequentially("Beslutspunkt 2")
    expect(page.locator(".djs-search-result").first).to_contain_text("Beslutspunkt 2")


def test_an_address_that_names_an_element_shows_it_in_the_middle(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town), query="?element=bp3")
    shape, canvas = (page.locator(place).bounding_box() for place in ('[data-element-id="bp3"]', "#designer-canvas"))
    assert shape is not None and canvas is not None
    assert canvas["x"] < shape["x"] < canvas["x"] + canvas["width"] - shape["width"]
    assert canvas["y"] < shape["y"] < canvas["y"] + canvas["height"] - shape["height"]
