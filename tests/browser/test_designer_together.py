"""Two windows on one file of a draft: nothing is overwritten, and both get their changes in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, opened, saved, select
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser

STATUS, NOTICES = "#designer-status", "#designer-notices"
SAVED = re.compile(r"^Sparat")
TAKE_IN = "Ta in Ture Malms ändringar och behåll mina"


def rename(page: Page, element: str, name: str) -> None:
    select(page, element)
    page.get_by_label("Namn", exact=True).fill(name)
    page.get_by_label("Namn", exact=True).blur()


def two(visit: Visits, town: Town, *, phone: bool = False) -> tuple[str, Page, Page]:
    """Return a draft in two windows, the first of which is about to be overtaken."""
    draft = begun(town)
    visit.expected.add(409)
    return draft, opened(visit("ture", phone=phone), draft), opened(visit("ture"), draft)


def overtake(mine: Page, theirs: Page, *, element: str) -> None:
    """Let the other window save first, and then change something in mine."""
    with theirs.expect_response("**/files/**"):
        rename(theirs, "idea_sheet", "Beskriv idén")
    rename(mine, element, "Mina ord")
    expect(mine.locator(NOTICES)).to_contain_text("Ture Malm ändrade diagrammet")
    expect(mine.locator(STATUS)).to_have_text("Inte sparat")


def test_changes_of_different_steps_are_brought_together(visit: Visits, town: Town) -> None:
    draft, mine, theirs = two(visit, town)
    overtake(mine, theirs, element="sponsor_answer")
    expect(mine.locator(NOTICES)).to_contain_text("Det du har gjort finns kvar här")
    mine.get_by_role("button", name=TAKE_IN).click()
    expect(mine.locator(NOTICES)).to_contain_text("Nu är både dina och Ture Malms ändringar med")
    text = saved(town, draft)
    assert 'name="Beskriv idén"' in text and 'name="Mina ord"' in text
    select(mine, "idea_sheet")
    expect(mine.get_by_label("Namn", exact=True)).to_have_value("Beskriv idén")
    mine.get_by_role("button", name="Stäng").click()
    rename(mine, "c1_relevance", "Svara på allt")
    expect(mine.locator(STATUS)).to_have_text(SAVED)
    assert 'name="Svara på allt"' in saved(town, draft)


PUT_IN = """({modeler}, [flow, name]) => {
  const way = modeler.get('elementRegistry').get(flow), [first, last] = [way.waypoints[0], way.waypoints.at(-1)];
  const shape = modeler.get('elementFactory').createShape({type: 'bpmn:UserTask'});
  shape.businessObject.name = name;
  modeler.get('modeling').createShape(shape, {x: (first.x + last.x) / 2, y: (first.y + last.y) / 2}, way);
}"""


def put_in(page: Page, flow: str, name: str) -> None:
    """Drop a new step on a flow, as the palette does."""
    page.locator("#designer-canvas").evaluate(PUT_IN, [flow, name])


def test_two_steps_dropped_on_one_flow_stand_after_one_another(visit: Visits, town: Town) -> None:
    draft, mine, theirs = two(visit, town)
    with theirs.expect_response("**/files/**"):
        put_in(theirs, "idea_sheet__is_project", "Ring länet")
    put_in(mine, "idea_sheet__is_project", "Ring kommunen")
    expect(mine.locator(NOTICES)).to_contain_text("Ture Malm ändrade diagrammet")
    mine.get_by_role("button", name=TAKE_IN).click()
    expect(mine.locator(NOTICES)).to_contain_text("Nu är både dina och Ture Malms ändringar med")
    mine.goto(f"/models/drafts/{draft}/steps")
    names = mine.locator("main table th[scope=row]").all_inner_texts()
    place = next(number for number, name in enumerate(names) if "Fyll i idébladet" in name)
    following = " ".join(names[place + 1 : place + 4])
    assert "Ring kommunen" in following and "Ring länet" in following and "Är det ett projekt?" in following


def test_what_both_changed_is_chosen_row_by_row(visit: Visits, town: Town) -> None:
    draft, mine, theirs = two(visit, town)
    overtake(mine, theirs, element="idea_sheet")
    mine.get_by_role("button", name=TAKE_IN).click()
    expect(mine.get_by_role("heading", name="En sak har både du och Ture Malm ändrat")).to_be_focused()
    row = mine.get_by_role("group", name="Steget ”Mina ord”")
    expect(row).to_contain_text("heter nu ”Beskriv idén”")
    assert_accessible(mine)
    mine.get_by_role("button", name="Spara så här").click()
    expect(mine.locator("#meeting-error")).to_be_visible()
    assert 'name="Beskriv idén"' in saved(town, draft)
    row.get_by_label("Du:").check()
    mine.get_by_role("button", name="Spara så här").click()
    expect(mine.locator(NOTICES)).to_contain_text("Nu är både dina och Ture Malms ändringar med")
    assert 'name="Mina ord"' in saved(town, draft)


def test_the_others_version_is_taken_and_mine_can_still_be_downloaded(visit: Visits, town: Town) -> None:
    draft, mine, theirs = two(visit, town)
    overtake(mine, theirs, element="idea_sheet")
    mine.get_by_role("button", name="Ta Ture Malms version").click()
    expect(mine.locator(NOTICES)).to_contain_text("Du ser Ture Malms version")
    with mine.expect_download() as download:
        mine.get_by_role("button", name="Ladda ned min version").click()
    assert 'name="Mina ord"' in download.value.path().read_text()
    select(mine, "idea_sheet")
    expect(mine.get_by_label("Namn", exact=True)).to_have_value("Beskriv idén")
    rename(mine, "idea_sheet", "Nya ord")
    expect(mine.locator(STATUS)).to_have_text(SAVED)
    assert 'name="Nya ord"' in saved(town, draft)


def decide(page: Page, who: str) -> None:
    """Type into the first cell of the table that says who decides."""
    page.locator("#designer-canvas td.output-cell [contenteditable]").first.click()
    page.keyboard.press("Control+a")
    page.keyboard.type(who)
    page.keyboard.press("Enter")


def test_a_decision_table_is_one_of_the_two(visit: Visits, town: Town) -> None:
    draft = begun(town)
    visit.expected.add(409)
    mine, theirs = (opened(visit("ture"), draft, tab="tables") for _ in range(2))
    with theirs.expect_response("**/files/**"):
        decide(theirs, '"sponsor"')
    decide(mine, '"project_office"')
    expect(mine.locator(NOTICES)).to_contain_text("så en av versionerna får gälla")
    expect(mine.get_by_role("button", name="Ladda ned min version")).to_be_visible()
    assert mine.get_by_role("button", name=TAKE_IN).count() == 0
    mine.get_by_role("button", name="Ta Ture Malms version").click()
    expect(mine.locator(NOTICES)).to_contain_text("Du ser Ture Malms version")
    expect(mine.locator(STATUS)).to_have_text("Visar den senaste versionen")


def test_the_choices_fit_on_a_phone(visit: Visits, town: Town) -> None:
    _, mine, theirs = two(visit, town, phone=True)
    overtake(mine, theirs, element="idea_sheet")
    mine.get_by_role("button", name=TAKE_IN).click()
    expect(mine.get_by_role("heading", name="En sak har både du och Ture Malm ändrat")).to_be_visible()
    assert_fits(mine)


def test_what_an_earlier_visit_could_not_save_is_taken_in(visit: Visits, town: Town) -> None:
    draft, mine, theirs = two(visit, town)
    overtake(mine, theirs, element="sponsor_answer")
    mine.on("dialog", lambda dialog: dialog.accept())
    mine.reload()
    mine.get_by_role("button", name="Ta in dem i det som står nu").click()
    expect(mine.locator(NOTICES)).to_contain_text("ändringar med, och sparade i utkastet")
    text = saved(town, draft)
    assert 'name="Beskriv idén"' in text and 'name="Mina ord"' in text
