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


def assert_accessible(page: Page) -> None:
    """Hold the page as it stands to WCAG 2.2 AA and to axe's best practice."""
    page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN, RULES)
    told = [f"{found['id']}: {node['html'][:200]}" for found in violations for node in found["nodes"]]
    assert not told, "\n".join([page.url, *told])


def assert_fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wanted, given = page.evaluate(WIDTH)
    assert wanted <= given, f"{page.url} is {wanted} px wide of {given}: {page.evaluate(WIDE)}"
