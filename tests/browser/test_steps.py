"""The table of steps in a browser: by keyboard alone, without JavaScript, on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.keys import tab_to
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town
from workflows.models import Severity, begin_model_draft, check, find_model_draft, shipped

pytestmark = pytest.mark.browser

DESIGNER = "ture"
"""Of the project office, who keeps the model."""

TYPED = {
    "name": "Upphandling",
    "question": "Av vem?",
    "gate_label": "Beslutspunkt 2b",
    "gate_short": "BP2b",
    "statement": "Avtalet ger projektet vad det behöver.",
    "area": "Avtal",
    "first_question": "Är avtalet undertecknat?",
}


def begun(town: Town, who: str) -> str:
    return begin_model_draft(
        town.as_(who), model="harnosand", name="Utkast i prov", files=shipped("harnosand"), what="Började"
    )


def test_a_phase_with_its_gate_is_added_by_keyboard_alone(visit: Visits, town: Town) -> None:
    draft = begun(town, DESIGNER)
    page = visit(DESIGNER, javascript=False)
    page.goto(f"/models/drafts/{draft}/steps")
    tab_to(page, 'a[href*="new-phase?after=planning"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/new-phase?after=planning")
    for name, words in TYPED.items():
        tab_to(page, f"#{name}")
        page.keyboard.type(words)
    tab_to(page, "main .s-form button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("rowheader", name="Beslutspunkt 2b")).to_be_visible()
    files = find_model_draft(town.as_(DESIGNER), draft_id=draft).files
    hindering = [one.sentence for one in check(files) if one.severity is Severity.ERROR]
    assert [sentence for sentence in hindering if not sentence.startswith("scenarios/")] == []


@pytest.mark.parametrize("phone", [False, True])
def test_pages_of_the_table_are_accessible_and_fit(visit: Visits, town: Town, phone: bool) -> None:
    draft = begun(town, DESIGNER)
    page = visit(DESIGNER, phone=phone)
    for address in (
        "steps",
        "steps/status_report",
        "steps/status_report/remove",
        "gates/bp2",
        "new-step",
        "new-phase",
        "phases/planning",
        "phases/planning/remove",
    ):
        page.goto(f"/models/drafts/{draft}/{address}")
        assert_accessible(page)
        assert_fits(page)
