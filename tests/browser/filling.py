"""Fill in and hand in forms as a person does: by what stands beside the fields."""

from __future__ import annotations

from playwright.sync_api import Page, expect

IDEA = {
    "#what": "Avtal skrivs under digitalt",
    "#why": "Underskrifter på papper tar två veckor",
}
PROJECT_QUESTIONS = ("R07", "R08", "R09", "R10")


def fill_idea(page: Page, *, sponsor: str = "Anna Berg") -> None:
    """Answer what the idea sheet must have; every answer says that it is a project."""
    for field, text in IDEA.items():
        page.fill(field, text)
    for question in PROJECT_QUESTIONS:
        page.locator(f"#{question}-1").check()
    page.select_option("#sponsor", label=sponsor)


def review(page: Page) -> None:
    """Go on to the page where the answers stand in words."""
    page.get_by_role("button", name="Granska svaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska svaren")


def hand_in(page: Page, button: str) -> None:
    """Hand in what was reviewed."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Kvittens")).to_be_visible()
