"""What every page is held to: axe, no overflow at 320 px, the keyboard, a quiet console."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "app/ui/node_modules/axe-core/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "async (tags) => (await axe.run(document, {runOnly: tags, resultTypes: ['violations']})).violations"
WIDTH = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
WIDE = """() => [...document.querySelectorAll('main *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.s-scroll, .s-hidden'))
  .slice(0, 5).map((one) => one.outerHTML.slice(0, 120))"""


# Buttons of one name that do different things: a list of them, as a screen reader gives it, tells nothing.
TWINS = """() => {
  const said = (one) => one.getAttribute('aria-label')
    ?? [...one.childNodes].map((part) => part.ariaHidden === 'true' ? '' : part.textContent).join('');
  const does = (one) => [one.getAttribute('formaction') ?? one.form?.getAttribute('action') ?? '', one.name, one.value];
  const known = new Map(), twins = new Set();
  for (const one of document.querySelectorAll('main button')) {
    if (!one.checkVisibility({visibilityProperty: true})) continue;
    const name = said(one).replace(/\\s+/g, ' ').trim();
    const done = does(one).join(' ');
    if (known.has(name) && known.get(name) !== done) twins.add(name);
    known.set(name, done);
  }
  return [...twins];
}"""


def assert_accessible(page: Page) -> None:
    """Hold the page as it stands to WCAG 2.2 AA and to axe's best practice; every name says what it is the name of."""
    twins = page.evaluate(TWINS)
    assert not twins, f"{page.url}: one name for different things: {twins}"
    page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    told = [f"{found['id']}: {node['html'][:200]}" for found in violations for node in found["nodes"]]
    assert not told, "\n".join([page.url, *told])


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wanted, given = page.evaluate(WIDTH)
    assert wanted <= given, f"{page.url} is {wanted} px wide of {given}: {page.evaluate(WIDE)}"


# Marks what can be reached by Tab (a group of radio buttons is one stop) and tells how much there is.
STOPS = """() => {
  const seen = new Set(), wanted = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  let count = 0;
  for (const one of document.querySelectorAll(wanted)) {
    const radio = one.type === 'radio';
    if (one.tabIndex < 0 || one.disabled || !one.checkVisibility({visibilityProperty: true})) continue;
    if (radio && seen.has(one.name)) continue;
    if (radio) seen.add(one.name);
    count += 1;
  }
  return count;
}"""
# Notes where the focus is, and whether it can be seen. Inside a date field Tab goes from part to part: still "there".
VISIT = """() => {
  const one = document.activeElement, last = document.body.dataset.last;
  if (one === document.body) return 'end';
  const key = one.type === 'radio' ? one.name : one.dataset.stop ??= String(Math.random());
  if (key === last) return 'there';
  document.body.dataset.last = key;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const there = box.bottom > 0 && box.top < innerHeight;
  return ring && there ? 'seen' : `unseen: ${one.outerHTML.slice(0, 120)}`;
}"""
PARTS = 5
"""A field for date and time has at most so many parts to tab through."""


def assert_keyboard(page: Page) -> None:
    """Tab reaches everything once, from the link that skips the menu on; the focus is always to be seen."""
    stops, seen = int(page.evaluate(STOPS)), 0
    for _ in range(stops * PARTS):
        page.keyboard.press("Tab")
        told = page.evaluate(VISIT)
        if told == "end":
            break
        assert told in {"seen", "there"}, f"{page.url}: stop {seen + 1} of {stops}: {told}"
        seen += told == "seen"
        if seen == 1:
            assert page.evaluate("() => document.activeElement.className") == "s-skip"
    assert seen == stops, f"{page.url}: {seen} stops of {stops}"
