"""Fill in and hand in forms as a person does: by what stands beside the fields."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

LIGHT = "Beskrivet i projektets underlag."
DAY = "2026-12-15"


def fill_idea(page: Page, *, sponsor: str = "Anna Berg") -> None:
    """Answer what the idea sheet must have; every answer says that it is a project."""
    page.fill("#what", "Avtal skrivs under digitalt")
    page.fill("#why", "Underskrifter på papper tar två veckor")
    for question in ("R07", "R08", "R09", "R10"):
        page.locator(f"#{question}-1").check()
    page.select_option("#sponsor", label=sponsor)


def fill_what_is_asked(page: Page, **chosen: str) -> None:
    """Answer every compulsory question that is still open; `chosen` are values by name, or labels of a list's choices.

    What an answer opens is answered too.
    """
    for name, value in chosen.items():
        _answer(page.locator(f'form[data-live] [name="{name}"]:not([type=hidden])'), value)
    for _ in range(4):
        left = [one for one in page.locator("form[data-live] [aria-required=true]").all() if not _filled(one)]
        groups = page.locator("form[data-live] fieldset.s-field:has([type=radio]):not(:has(:checked))").all()
        if not left and not groups:
            return
        for group in groups:
            group.get_by_role("radio").first.check()
        for one in left:
            _answer(one, "")


def fill_checklist(page: Page, **chosen: str) -> None:
    """Answer every question of a checklist with a yes or a value; `chosen` are reasons for a no, by question."""
    for question in page.locator("fieldset.s-ask").all():
        name = question.get_attribute("id") or ""
        if name in chosen:
            page.locator(f"#{name}-no").check()
            page.fill(f"#{name}-reason", chosen[name])
        elif page.locator(f"#{name}-yes").count():
            page.locator(f"#{name}-yes").check()
        else:
            _answer(page.locator(f"#{name}-value"), "")
        proof = question.locator(".s-proof > summary")
        if (proof.text_content() or "").startswith("Visa"):
            proof.click()
            page.fill(f"#{name}-note", "Se projektets dokument")


def review(page: Page) -> None:
    """Go on to the page where the answers stand in words."""
    page.get_by_role("button", name="Granska svaren").click()
    refused = page.get_by_role("alert")
    page.get_by_role("heading", level=1, name="Granska svaren").or_(refused).first.wait_for()
    assert refused.count() == 0, refused.inner_text()


def hand_in(page: Page, button: str) -> None:
    """Hand in what was reviewed."""
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="Kvittens")).to_be_visible()


def _filled(field: Locator) -> bool:
    if field.get_attribute("type") == "checkbox":
        return field.is_checked()
    return bool(field.input_value())


def _answer(field: Locator, value: str) -> None:
    """Answer one field in the way of its kind; without a value, plausibly."""
    kind = field.first.evaluate("(one) => one.tagName === 'INPUT' ? one.type : one.tagName.toLowerCase()")
    numeric = field.first.get_attribute("inputmode") in {"decimal", "numeric"}
    if kind == "radio":
        field.and_(field.page.locator(f"[value={value}]")).check()
    elif kind == "checkbox":
        field.first.check()
    elif kind == "select":
        field.first.select_option(label=value) if value else field.first.select_option(index=1)
    else:
        field.first.fill(value or (DAY if kind == "date" else "40" if numeric else LIGHT))
