"""Every word of the form editor and of the decision tables is Swedish, and large enough to read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.drafting import DESIGNER, begun, opened, select
from tests.stories.town import Town

pytestmark = pytest.mark.browser

ENGLISH = re.compile(
    r"\b(the|of|an|is|are|with|add|append|create|change|copy|cut|paste|delete|remove|clear|select|selected|edit|open|close"
    r"|toggle|click|set|search|found|results?|values?|labels?|fields?|expression|options?|input|output|default|source"
    r"|headers|items?|number|name|key|list of|columns?|rows?|date|time|link|url|image|content|height|width|unit"
    r"|description|property|properties|section|error|should|must|not|rule|above|below|left|right|before|after|between"
    r"|duration|boolean|string|any|empty|required|read.?only|disabled|language|policy|unique|first|priority)\b",
    re.I,
)
WORDS = """(root, theirs) => {
  const said = new Set(), walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const within = node.parentElement;
    const ours = !within.closest(theirs + ', style, script') && within.checkVisibility();
    if (node.data.trim() && ours) said.add(node.data.trim());
  }
  for (const one of root.querySelectorAll('[title], [aria-label], [placeholder], [data-placeholder]')) {
    if (one.closest(theirs)) continue;
    for (const name of ['title', 'aria-label', 'placeholder', 'data-placeholder'])
      if (one.getAttribute(name)) said.add(one.getAttribute(name));
  }
  return [...said];
}"""
ADD = """({editor}, type) => {
  const {schema} = editor._getState();
  const field = editor.get('modeling').addFormField({type}, schema, schema.components.length);
  editor.get('selection').set(field);
}"""
UNFOLD = """async (root) => {
  for (const one of root.querySelectorAll('.bio-properties-panel-group-header:not(.open)')) one.click();
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
}"""
TYPES = (
    *("textfield", "textarea", "number", "datetime", "checkbox", "checklist", "radio", "select", "taglist"),
    *("filepicker", "expression", "text", "html", "documentPreview", "separator", "spacer", "group", "dynamiclist"),
)
SMALL = """(root) => [...root.querySelectorAll('*')].filter((one) => one.checkVisibility()
  && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim())
  && parseFloat(getComputedStyle(one).fontSize) < 16).map((one) => `${one.className}: ${one.textContent.trim()}`)"""
CODE = ".cm-editor, .cm-content"


def english(page: Page, root: str, theirs: str) -> list[str]:
    """Return what is said in English, apart from what people have written themselves."""
    said: list[str] = page.locator(root).first.evaluate(WORDS, theirs)
    assert said
    return sorted(words for words in said if ENGLISH.search(words))


def test_the_form_editor_says_nothing_in_english(visit: Visits, town: Town) -> None:
    visit.expected.add(422)  # fields without what they need are refused
    page = visit(DESIGNER)
    page.goto(f"/models/drafts/{begun(town)}/forms/parked_idea/editor")
    page.locator("#form-editor[data-ready]").wait_for()
    theirs = f"{CODE}, .fjs-form-field-textview, .fjs-form-field-html, .bio-properties-panel-header-label"
    missing = set(english(page, "#form-editor", theirs))
    for kind in TYPES:
        page.locator("#form-editor").evaluate(ADD, kind)
        expect(page.locator("#form-editor .fjs-editor-selected")).to_have_attribute("data-field-type", kind)
        page.locator("#form-editor").evaluate(UNFOLD)
        missing |= set(english(page, "#form-editor", theirs))
    page.locator(".fjs-palette-search").fill("zzz")
    missing |= set(english(page, "#form-editor", theirs))
    assert not missing, "\n".join(sorted(missing))


def test_the_decision_table_says_nothing_in_english_and_is_large_enough(visit: Visits, town: Town) -> None:
    page = opened(visit(DESIGNER), begun(town), tab="tables")
    canvas = page.locator("#designer-canvas")
    cells = "td.input-cell, td.output-cell, td.annotation-cell"
    theirs = f"{cells}, .input-label, .output-label, .input-expression, .decision-table-name"
    missing = set(english(page, "#designer-canvas", theirs))
    assert canvas.evaluate(SMALL) == []
    for cell in (
        "td.input-cell",
        "td.output-cell",
        "td.annotation",
        "th.input-cell",
        "th.output-cell",
        "td.rule-index",
    ):
        for button in ("left", "right"):
            place = page.locator(f"#designer-canvas {cell}").first
            if not place.count():
                continue
            place.click(button=button)
            missing |= set(english(page, "#designer-canvas", theirs))
            assert canvas.evaluate(SMALL) == []
            page.keyboard.press("Escape")
    for editor in ("th.input-cell", "th.output-cell"):
        page.locator(f"#designer-canvas {editor}").first.dblclick()
        missing |= set(english(page, "#designer-canvas", theirs))
        assert canvas.evaluate(SMALL) == []
        page.keyboard.press("Escape")
    missing.discard("key")  # of the table's own "gate.key"
    assert not missing, "\n".join(sorted(missing))
    assert canvas.evaluate("(canvas) => canvas.untranslated()") == []


def test_what_a_search_in_a_menu_finds_is_counted_in_swedish(visit: Visits, town: Town) -> None:
    page = opened(visit(DESIGNER), begun(town))
    select(page, "idea_sheet")
    page.locator("#designer-canvas svg").first.focus()
    page.keyboard.press("a")
    page.locator(".djs-popup-search input").press_sequentially("zzz")
    expect(page.locator(".djs-popup-search-count")).to_have_text(re.compile(r"^\s*0\s+träffar\s*$"))
    assert english(page, ".djs-popup", CODE) == []
    page.keyboard.press("Control+a")
    page.locator(".djs-popup-search input").press_sequentially("Steg som")
    expect(page.locator(".djs-popup-search-count")).to_have_text(re.compile(r"^\s*1\s+träff\s*$"))
