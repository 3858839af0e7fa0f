"""A designer with nothing but a keyboard tries a draft through a gate, and writes a scenario, runs it and mends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.keys import follow, tab_to, type_in
from tests.browser.looking import assert_accessible, assert_fits
from tests.models.editing.changing import PROCUREMENT
from tests.stories.town import Town
from workflows.models import begin_model_draft, change_model_draft, shipped
from workflows.models.editing.phases import add_phase

pytestmark = pytest.mark.browser


@pytest.fixture
def draft(town: Town) -> str:
    return begin_model_draft(
        town.as_("ture"), model="harnosand", name="Utkast", files=shipped("harnosand"), what="Började"
    )


def test_a_project_is_tried_through_a_gate_and_saved_by_keyboard_alone(visit: Visits, draft: str) -> None:
    page, base = visit("ture"), f"/models/drafts/{draft}"
    page.goto(f"{base}/try/begin")
    follow(page, 'form[action$="/try/begin"] .s-actions button', f"**{base}/try")
    tab_to(page, 'form[action$="/try/forward"] button')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vanliga svar fram till Beslutspunkt 1", exact=True)).to_be_visible()
    follow(page, 'a[href*="/try/steps/request"]', "**/try/steps/request?**")
    tab_to(page, "button[name=_sample]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaren är påhittade.")).to_be_visible()
    assert_accessible(page)
    follow(page, ".s-actions button[name=_done]", f"**{base}/try")
    follow(page, 'a[href*="/try/steps/decide_single"]', "**/try/steps/decide_single?**")
    tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    assert_accessible(page)
    follow(page, ".s-actions button", f"**{base}/try")
    expect(page.get_by_text("Beslutspunkt 1: Godkänn", exact=True)).to_be_visible()
    assert_accessible(page)
    follow(page, 'a[href$="/try/save"]', f"**{base}/try/save")
    type_in(page, "#title", "Idén godkänns med bara tangentbordet")
    follow(page, ".s-actions button", "**/scenarios/iden_godkanns_med_bara_tangentbordet")
    expect(page.get_by_label("Vad det visar")).to_have_value("Idén godkänns med bara tangentbordet")
    assert_accessible(page)


def test_a_scenario_is_written_run_and_mended_by_keyboard_alone(visit: Visits, draft: str) -> None:
    page, base = visit("ture"), f"/models/drafts/{draft}/scenarios"
    page.goto(base)
    type_in(page, "#title", "Checklistan kommer sist")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{base}/checklistan_kommer_sist")
    tab_to(page, "button[name=_add]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name="Rad 1")).to_be_visible()
    type_in(page, "#row-0-subject", "Svara på checklistan Relevans")
    follow(page, ".s-actions button[name=_run]", "**/scenarios/result?scenario=checklistan_kommer_sist")
    expect(page.get_by_text("Det ska gå att göra ”Svara på checklistan Relevans”.")).to_be_visible()
    expect(page.get_by_text("Då väntade projektet på ”Fyll i idébladet”.")).to_be_visible()
    assert_accessible(page)
    follow(page, 'a[href$="#row-0"]', "**/checklistan_kommer_sist#row-0")
    tab_to(page, "#row-0-subject")
    expect(page.locator("#row-0-subject")).to_have_value("Svara på checklistan Relevans")
    page.keyboard.press("Control+A")
    page.keyboard.type("Fyll i idébladet")
    assert_accessible(page)
    follow(page, ".s-actions button[name=_run]", "**/scenarios/result?scenario=checklistan_kommer_sist")
    expect(page.get_by_text("Scenariot håller.")).to_be_visible()


def new_phase(town: Town, draft: str) -> None:
    changes, _ = add_phase(shipped("harnosand"), "planning", PROCUREMENT)
    change_model_draft(town.as_("ture"), draft_id=draft, changes=dict(changes), seen=1, what="La till fasen")


def test_scenarios_are_mended_after_a_new_phase_by_keyboard_and_without_script(
    visit: Visits, town: Town, draft: str
) -> None:
    new_phase(town, draft)
    page, base = visit("ture", javascript=False), f"/models/drafts/{draft}"
    page.goto(f"{base}/check")
    follow(page, 'a[href$="/mend-scenarios"]', f"**{base}/mend-scenarios")
    expect(page.get_by_text("Sedan håller alla.")).to_be_visible()
    follow(page, 'form[action$="/mend-scenarios"] button', f"**{base}/scenarios/result")
    expect(page.get_by_role("heading", name="Alla 23 scenarier håller")).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pages_that_mend_are_accessible_and_fit(visit: Visits, town: Town, draft: str, phone: bool) -> None:
    new_phase(town, draft)
    page, base = visit("ture", phone=phone), f"/models/drafts/{draft}"
    for address in ("scenarios/result", "mend-scenarios", "check", "publish", "steps?added=upphandling"):
        page.goto(f"{base}/{address}")
        assert_accessible(page)
        assert_fits(page)
