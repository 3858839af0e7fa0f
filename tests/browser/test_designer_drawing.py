"""What is drawn after a step stands in the way on, and a decision point comes whole."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, opened, saved, select
from tests.stories.town import Town
from workflows.models import find_model_draft, read_model

pytestmark = pytest.mark.browser

STATUS, SAVED = "#designer-status", re.compile(r"^Sparat \d+\.\d\d$")
OVERLAPS = """({modeler}, id) => {
  const registry = modeler.get('elementRegistry'), shape = registry.get(id);
  const near = shape.parent.children.filter((one) => one !== shape && !one.waypoints && !one.labelTarget);
  return near.filter((one) => one.x < shape.x + shape.width && shape.x < one.x + one.width
    && one.y < shape.y + shape.height && shape.y < one.y + one.height).map(({id}) => id);
}"""
ADDED = """({modeler}, before) => modeler.get('elementRegistry').getAll().map(({id}) => id)
  .filter((id) => !before.includes(id) && modeler.get('elementRegistry').get(id).type === 'bpmn:UserTask')[0]"""


def ids(page: Page) -> list[str]:
    found: list[str] = page.locator("#designer-canvas").evaluate(
        "({modeler}) => modeler.get('elementRegistry').getAll().map(({id}) => id)"
    )
    return found


def ways(town: Town, draft: str, end: str, step: str) -> list[str]:
    return re.findall(rf'<bpmn:sequenceFlow [^>]*{end}="{step}"[^>]*>', saved(town, draft))


def test_a_step_appended_by_keyboard_is_put_into_the_way_on(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    before = ids(page)
    page.locator("#designer-canvas svg").first.focus()
    page.keyboard.press("Control+f")
    page.get_by_label("Sök i diagrammet").press_sequentially("Fyll i id")
    expect(page.locator(".djs-search-result").first).to_contain_text("Fyll i idébladet")
    page.keyboard.press("Enter")
    expect(page.locator("#designer-panel h2")).to_have_text("Fyll i idébladet")
    page.keyboard.press("a")
    page.locator(".djs-popup-search input").press_sequentially("Steg som")
    expect(page.locator(".djs-popup .entry")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type("Ring kommunen")
    page.keyboard.press("Escape")
    page.locator("#designer-canvas svg").first.focus()
    expect(page.locator(STATUS)).to_have_text(SAVED)
    new = page.locator("#designer-canvas").evaluate(ADDED, before)
    assert len(ways(town, draft, "sourceRef", "idea_sheet")) == 1
    assert ways(town, draft, "targetRef", new) == ways(town, draft, "sourceRef", "idea_sheet")
    assert 'targetRef="is_project"' in ways(town, draft, "sourceRef", new)[0]
    assert page.locator("#designer-canvas").evaluate(OVERLAPS, new) == []
    page.locator("#designer-tools [data-tool=undo]").click()
    page.locator("#designer-tools [data-tool=undo]").click()
    expect(page.locator(f'[data-element-id="{new}"]')).to_have_count(0)


def test_a_step_from_the_pad_is_put_into_the_way_on_and_the_way_keeps_its_condition(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    before = ids(page)
    select(page, "c1_relevance")
    page.locator(".djs-context-pad [title='Lägg till efter: Steg som någon gör']").click()
    page.keyboard.press("Escape")
    expect(page.locator(STATUS)).to_have_text(SAVED)
    new = page.locator("#designer-canvas").evaluate(ADDED, before)
    assert len(ways(town, draft, "sourceRef", "c1_relevance")) == 1
    assert 'targetRef="in_answer"' in ways(town, draft, "sourceRef", new)[0]
    assert page.locator("#designer-canvas").evaluate(OVERLAPS, new) == []
    assert page.locator("#designer-canvas").evaluate(OVERLAPS, "relevance") == []


def test_a_decision_point_is_asked_for_and_drawn_whole(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    select(page, "idea_sheet")
    page.locator("#designer-canvas svg").first.focus()
    page.keyboard.press("a")
    page.locator(".djs-popup-search input").press_sequentially("Beslutsp")
    expect(page.locator(".djs-popup .entry")).to_have_count(1)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lägg till fas med beslutspunkt").click()
    expect(page.get_by_label("Efter vilken fas?")).to_have_value("relevance")
    for label, words in (
        ("Vad heter fasen?", "Förstudie"),
        ("Vad heter beslutspunkten?", "Beslutspunkt 1b"),
        ("Beslutspunktens korta namn", "BP1b"),
        ("Vad ska vara sant när den passeras?", "Förstudien är gjord."),
        ("Område i checklistan", "Förstudie"),
        ("Checklistans första fråga", "Är förstudien gjord?"),
    ):
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Lägg till fasen").click()
    page.locator("#designer-canvas[data-ready=yes]").wait_for()
    expect(page).to_have_url(re.compile(r"/diagram\?element="))
    expect(page.locator("#designer-verdict")).not_to_contain_text("fel")
    found = find_model_draft(town.as_("ture"), draft_id=draft)
    assert found.revision == 2
    gate = next(one for one in read_model(found.files["model.json"]).gates if one.label["sv"] == "Beslutspunkt 1b")
    assert f'<styr:gate key="{gate.key}"' in saved(town, draft)
    assert gate.key in found.files["authority.dmn"].decode()
