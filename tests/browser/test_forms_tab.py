"""The forms tab: a question added by keyboard alone, a form drawn and saved, and a preview that is what people meet."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from forms.checklist import read_checklist
from tests.browser.conftest import Visits
from tests.browser.drafting import DESIGNER, begun, saved
from tests.browser.keys import tab_to
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard
from tests.stories.town import Town
from workflows.models import change_model_draft, find_model_draft

pytestmark = pytest.mark.browser

CHECKLIST = "checklists/c2_preparation"
FORM = "forms/parked_idea"
PAGES = (
    "forms",
    CHECKLIST,
    f"{CHECKLIST}/questions/F03",
    f"{CHECKLIST}/questions/new",
    f"{CHECKLIST}/questions/F03/remove",
    f"{CHECKLIST}/remove",
    f"{CHECKLIST}/preview",
    "new-checklist",
    "new-form",
    "forms/project_directive",
    "forms/project_directive/fields/0-0",
    "forms/project_directive/fields/new?at=0",
    "forms/project_directive/fields/0-4/remove",
    "forms/project_directive/preview",
)
FIELDS = """() => [...document.querySelectorAll('form[data-live] [name]')]
  .filter((one) => !one.name.startsWith('_') && !['csrf_token', 'version', 'request_id'].includes(one.name))
  .map((one) => one.outerHTML)"""


@pytest.fixture
def draft(town: Town) -> str:
    return begun(town)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "320"])
def test_every_page_is_accessible_and_fits(visit: Visits, draft: str, phone: bool) -> None:
    page = visit(DESIGNER, phone=phone)
    for path in PAGES:
        page.goto(f"/models/drafts/{draft}/{path}")
        assert_accessible(page)
        assert_fits(page)


def test_the_pages_are_reached_by_keyboard(visit: Visits, draft: str) -> None:
    page = visit(DESIGNER)
    for path in ("forms", f"{CHECKLIST}/questions/F03", f"{FORM}/fields/0"):
        page.goto(f"/models/drafts/{draft}/{path}")
        assert_keyboard(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_question_is_added_by_keyboard_alone(visit: Visits, town: Town, draft: str, javascript: bool) -> None:
    page = visit(DESIGNER, javascript=javascript)
    page.goto(f"/models/drafts/{draft}/forms")
    tab_to(page, 'a[href$="c2_preparation"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/c2_preparation")
    tab_to(page, 'a[href$="after=F03"], a[href$="questions/new"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/new*")
    tab_to(page, "#question")
    page.keyboard.type("Är klimatet med?")
    tab_to(page, "[name=requirement]")
    page.keyboard.press("ArrowRight")
    tab_to(page, "#evidence")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/c2_preparation#q-F23")
    added = read_checklist(saved(town, draft, f"forms/{CHECKLIST.split('/')[1]}.checklist.json").encode()).by_id["F23"]
    assert (added.question.sv, str(added.requirement), str(added.evidence)) == ("Är klimatet med?", "warn", "document")


def drawn(page: Page, draft: str, form: str = FORM) -> Page:
    """Open the form editor and wait until it can be worked in."""
    page.goto(f"/models/drafts/{draft}/{form}/editor")
    page.locator("#form-editor[data-ready]").wait_for(timeout=20_000)
    return page


def test_the_editor_loads_in_swedish_and_a_field_that_is_changed_saves_itself(
    visit: Visits, town: Town, draft: str
) -> None:
    page = drawn(visit(DESIGNER), draft)
    assert_accessible(page)
    expect(page.locator("#form-editor")).to_contain_text("Att besvara")
    page.locator("#form-editor .fjs-element[data-field-type=textarea]").first.click()
    page.get_by_text("Allmänt", exact=True).click()
    with page.expect_response("**/save", timeout=10_000):
        page.locator("#bio-properties-panel-textarea-label, #bio-properties-panel-label").first.fill("Vad är nytt?")
    expect(page.locator("#form-status")).to_have_text(re.compile(r"^Sparat"))
    expect(page.frame_locator("#form-preview").locator("body")).to_contain_text("Vad är nytt?")
    form: Any = json.loads(saved(town, draft, "forms/parked_idea.form.json"))
    assert form["components"][0]["label"] == "Vad är nytt?"
    assert form["title"] == {"sv": "Ta upp idén igen", "en": "Take up the idea again"}
    assert form["components"][0]["properties"]["label_en"] == "What has changed?"


def test_somebody_elses_change_is_not_overwritten_by_the_editor(visit: Visits, town: Town, draft: str) -> None:
    visit.expected.add(409)
    page = drawn(visit(DESIGNER), draft)
    theirs = saved(town, draft, "forms/parked_idea.form.json").replace("Vad har ändrats?", "Deras fråga")
    seen = find_model_draft(town.as_(DESIGNER), draft_id=draft).revision
    changes = {"forms/parked_idea.form.json": theirs.encode()}
    change_model_draft(town.as_(DESIGNER), draft_id=draft, changes=changes, seen=seen, what="-")
    page.locator("#form-editor .fjs-element[data-field-type=textarea]").first.click()
    page.get_by_text("Allmänt", exact=True).click()
    page.locator("#bio-properties-panel-textarea-label, #bio-properties-panel-label").first.fill("Min fråga")
    expect(page.locator("#form-notices")).to_contain_text("finns kvar här", timeout=10_000)
    assert "Deras fråga" in saved(town, draft, "forms/parked_idea.form.json")


def test_the_preview_has_the_very_fields_of_the_page_where_it_is_answered(
    visit: Visits, town: Town, draft: str
) -> None:
    page = visit("olle")
    page.goto(f"/tasks/{town.start('olle', 'Prov').task_id}")
    answered = page.evaluate(FIELDS)
    page = visit(DESIGNER)
    page.goto(f"/models/drafts/{draft}/forms/idea_sheet/preview")
    assert answered
    shown = page.evaluate(FIELDS)
    assert [alike(one) for one in shown] == [alike(one) for one in answered]


def alike(element: str) -> str:
    """A field without what differs by who answers: its value, and whom it may name."""
    return re.sub(r' value="[^"]*"|\s*<option[^>]*>[^<]*</option>', "", element)
