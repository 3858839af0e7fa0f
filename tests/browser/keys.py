"""A person at the keyboard: whatever has the focus is reached by Tab, and nothing is clicked."""

from __future__ import annotations

from playwright.sync_api import Page


def tab_to(page: Page, wanted: str, stops: int = 400) -> None:
    """Press Tab until the focus is on what `wanted` (a selector) names; fails when it cannot be reached."""
    for _ in range(stops):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{wanted} cannot be reached")


def follow(page: Page, wanted: str, address: str) -> None:
    """Go to a link or a button by Tab, press Enter, and wait for the page of `address` (a glob)."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def type_in(page: Page, wanted: str, words: str) -> None:
    """Go to a field by Tab and type."""
    tab_to(page, wanted)
    page.keyboard.type(words)


def tab_to_name(page: Page, name: str, stops: int = 120) -> None:
    """Press Tab until the focus is on what people know by this name: its label, else what it says."""
    told = """() => { const one = document.activeElement, label = one.labels?.[0]?.textContent;
      return (label ?? one.getAttribute('aria-label') ?? one.textContent).replace(/\\s+/g, ' ').trim(); }"""
    for _ in range(stops):
        page.keyboard.press("Tab")
        if page.evaluate(told) == name:
            return
    raise AssertionError(f"{name} is not reached by Tab")
