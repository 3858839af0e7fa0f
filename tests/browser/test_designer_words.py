"""Every word of the modelers is Swedish, and their menus offer what the engine runs and nothing else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import begun, opened, saved, select
from tests.stories.town import Town

pytestmark = pytest.mark.browser

ENGLISH = re.compile(
    r"\b(append|create|change|delete|remove|add|open|close|search|task|gateway|event|activate|toggle|loop|the|with)\b",
    re.I,
)
ONE_OF_EACH = """({modeler}) => {
  const seen = new Map();
  modeler.get('elementRegistry').forEach((one) => {
    if (one.labelTarget || one === modeler.get('canvas').getRootElement()) return;
    const events = (one.businessObject.eventDefinitions ?? []).map((found) => found.$type).join();
    const loop = Boolean(one.businessObject.loopCharacteristics);
    const key = [one.type, events, loop, one.businessObject.sourceRef?.$type].join();
    if (!seen.has(key)) seen.set(key, one.id);
  });
  return [...seen.values()];
}"""
MENUS = """({modeler}, id) => {
  const element = modeler.get('elementRegistry').get(id), menu = modeler.get('popupMenu'), words = [];
  const pad = modeler.get('contextPad');
  words.push(...Object.values(pad.getEntries(element)).map((entry) => entry.title));
  for (const kind of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) {
    if (menu.isEmpty(element, kind)) continue;
    menu.open(element, kind, {x: 300, y: 300, cursor: {x: 300, y: 300}}, {title: kind, search: true});
    const {entries, headerEntries} = menu._current;
    words.push(...[...Object.values(entries), ...Object.values(headerEntries)].map((one) => one.label ?? one.title));
    menu.close();
  }
  return words;
}"""
MARKED = """({modeler}, ids) => {
  const elements = ids.map((id) => modeler.get('elementRegistry').get(id)), menu = modeler.get('popupMenu');
  modeler.get('selection').select(elements);
  const words = Object.values(modeler.get('contextPad').getEntries(elements)).map((entry) => entry.title);
  for (const kind of ['align-elements']) {
    menu.open(elements, kind, {x: 300, y: 300, cursor: {x: 300, y: 300}}, {});
    words.push(...Object.values(menu._current.entries).map((one) => one.title ?? one.label));
    menu.close();
  }
  return words;
}"""
REFUSED = (
    "send|receive|script|manual|signal|conditional|escalation|compensation|link|transaction|ad-hoc|complex|inclusive"
)


def missing(page: Page) -> list[str]:
    words: list[str] = page.locator("#designer-canvas").evaluate("(canvas) => canvas.untranslated()")
    return words


def test_no_word_is_missing_after_every_menu_and_every_kind_of_element(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = visit("ture")
    said: list[str] = []
    for file in ("project.bpmn", "gate.bpmn", "delivery.bpmn"):
        opened(page, draft, query=f"?file={file}")
        canvas = page.locator("#designer-canvas")
        for element in canvas.evaluate(ONE_OF_EACH):
            select(page, element)
            said += canvas.evaluate(MENUS, element)
        said += page.locator(".djs-palette [aria-label]").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
        assert missing(page) == []
    opened(page, draft)
    said += page.locator("#designer-canvas").evaluate(MARKED, ["idea_sheet", "c1_relevance", "sponsor_answer"])
    page.get_by_role("button", name="Sök").click()
    said.append(page.get_by_label("Sök i diagrammet").get_attribute("aria-label") or "")
    page.locator(".djs-minimap .toggle").click()
    said.append(page.locator(".djs-minimap .toggle").get_attribute("title") or "")
    assert missing(page) == []
    assert len(set(said)) > 40
    assert [words for words in set(said) if ENGLISH.search(words or "English")] == []


def test_menus_offer_nothing_that_is_not_run(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    offered = page.locator("#designer-canvas").evaluate(
        """({modeler}) => ['idea_sheet', 'bp1', 'is_project', 'relevance', 'relevance_end', 'terminate_requested']
          .flatMap((id) => { const element = modeler.get('elementRegistry').get(id), menu = modeler.get('popupMenu');
            return ['bpmn-replace', 'bpmn-append', 'bpmn-create'].filter((kind) => !menu.isEmpty(element, kind))
              .flatMap((kind) => { menu.open(element, kind, {x: 9, y: 9, cursor: {x: 9, y: 9}}, {});
                const keys = Object.keys(menu._current.entries); menu.close(); return keys; }); })"""
    )
    assert len(offered) > 30
    assert [key for key in offered if re.search(REFUSED, key)] == []


def test_a_step_is_added_and_named_by_keyboard_alone(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    before = page.locator("#designer-canvas").evaluate("({modeler}) => modeler.get('elementRegistry').getAll().length")
    page.locator("#designer-canvas svg").first.focus()
    page.keyboard.press("Control+f")
    page.keyboard.type("Fyll i id")
    page.keyboard.press("Enter")
    expect(page.locator("#designer-panel h2")).to_have_text("Fyll i idébladet")
    page.keyboard.press("a")
    page.get_by_role("searchbox").or_(page.locator(".djs-popup-search input")).first.wait_for()
    page.keyboard.type("Steg som")
    page.keyboard.press("Enter")
    page.keyboard.type("Ring kommunen")
    page.keyboard.press("Escape")
    after = page.locator("#designer-canvas").evaluate("({modeler}) => modeler.get('elementRegistry').getAll().length")
    assert after >= before + 2


def test_a_flow_is_drawn_without_dragging(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft)
    select(page, "is_project")
    page.get_by_label("Dra ett flöde till").select_option("Svara på idén")
    expect(page.locator("#designer-status")).to_have_text(re.compile(r"^Sparat \d+\.\d\d$"), timeout=10_000)
    assert re.search(r'sourceRef="is_project" targetRef="sponsor_answer"', saved(town, draft))


def test_the_panel_names_things_by_what_they_are_called(visit: Visits, town: Town) -> None:
    """Ids stand folded away, where a condition or a scenario needs them."""
    page = opened(visit("ture"), begun(town))
    panel = page.locator("#designer-panel")
    select(page, "project_plan")
    expect(panel.get_by_label("Svaren kallas i villkor")).to_be_hidden()
    panel.get_by_text("Namn i villkor och scenarier").click()
    expect(panel).to_contain_text("Tomt: som steget ”Skriv projektplanen”, som i villkor skrivs project_plan.")
    select(page, "sponsor_answer")
    offered = panel.get_by_label("Dra ett flöde till").locator("option").all_inner_texts()
    assert "Slut efter ”Parkera idén?”" in offered
    assert not [words for words in offered if "_" in words]
    panel.get_by_text("Namn i villkor och scenarier").click()
    expect(panel.get_by_label("Kort namn (id)")).to_have_value("sponsor_answer")


def test_a_flow_shows_conditions_on_the_step_before_it(visit: Visits, town: Town) -> None:
    page = opened(visit("ture"), begun(town))
    select(page, "is_project__c1_relevance")
    shown = page.locator("#designer-panel .s-hint li")
    expect(shown.first).to_contain_text('idea_sheet.R07 = "yes"')
    expect(shown.last).to_contain_text("facts.total_cost > 500000: projektet kostar mer än 500")
    assert shown.count() <= 3


def test_the_table_editor_speaks_swedish_and_saves_itself(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit("ture"), draft, tab="tables")
    page.locator("#designer-canvas td.input-cell").first.click()
    page.locator("#designer-canvas td.input-cell").first.click(button="right")
    page.keyboard.press("Escape")
    assert missing(page) == []
    cell = page.locator("#designer-canvas td.output-cell [contenteditable]").first
    cell.click()
    page.keyboard.press("Control+a")
    page.keyboard.type('"sponsor"')
    page.keyboard.press("Enter")
    expect(page.locator("#designer-status")).to_have_text(re.compile(r"^Sparat \d+\.\d\d$"), timeout=10_000)
