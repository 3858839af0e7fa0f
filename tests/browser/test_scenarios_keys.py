"""A designer with nothing but a keyboard tries a draft through a gate, and writes a scenario, runs it and mends it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

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
    follow(page, 'form[action$="/try/begin"] .s-actions button', f"**{base}/try*")
    tab_to(page, 'form[action$="/try/forward"] button')
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vanliga svar fram till Beslutspunkt 1", exact=True)).to_be_visible()
    follow(page, 'a[href*="/try/steps/request"]', "**/try/steps/request?**")
    tab_to(page, "button[name=_sample]")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Svaren är påhittade.")).to_be_visible()
    assert_accessible(page)
    follow(page, ".s-actions button[name=_done]", f"**{base}/try*")
    follow(page, 'a[href*="/try/steps/decide_single"]', "**/try/steps/decide_single?**")
    tab_to(page, "input[name=outcome]")
    page.keyboard.press("Space")
    assert_accessible(page)
    follow(page, ".s-actions button", f"**{base}/try*")
    expect(page.get_by_text("Beslutspunkt 1: Godkänn", exact=True)).to_be_visible()
    assert_accessible(page)
    follow(page, 'a[href$="/try/save"]', f"**{base}/try/save")
    type_in(page, "#title", "Idén godkänns med bara tangentbordet")
    follow(page, ".s-actions button", "**/scenarios/iden_godkanns_med_bara_tangentbordet")
    expect(page.get_by_role("heading", name="Idén godkänns med bara tangentbordet")).to_be_visible()
    assert_accessible(page)


def test_a_scenario_is_written_run_and_mended_by_keyboard_alone(visit: Visits, draft: str) -> None:
    page, base = visit("ture"), f"/models/drafts/{draft}/scenarios"
    page.goto(base)
    type_in(page, "#title", "Checklistan kommer sist")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{base}/checklistan_kommer_sist")
    follow(page, 'form[action$="/rows/new"] button', "**/rows/new?**")
    choose(page, "#step-0", "Svara på checklistan Relevans", "c1_relevance")
    assert_accessible(page)
    follow(page, ".s-actions button[name=_run]", "**/scenarios/result?scenario=checklistan_kommer_sist")
    expect(page.get_by_text("Det ska gå att göra ”Svara på checklistan Relevans”.")).to_be_visible()
    expect(page.get_by_text("Då väntade projektet på ”Fyll i idébladet”.")).to_be_visible()
    assert_accessible(page)
    follow(page, 'a[href$="/rows/1"]', "**/checklistan_kommer_sist/rows/1")
    choose(page, "#step-0", "Fyll i idébladet", "idea_sheet")
    assert_accessible(page)
    follow(page, ".s-actions button[name=_run]", "**/scenarios/result?scenario=checklistan_kommer_sist")
    expect(page.get_by_text("Scenariot håller.")).to_be_visible()


def choose(page: Page, selector: str, words: str, value: str) -> None:
    """Choose in a list by typing what it says."""
    tab_to(page, selector)
    page.keyboard.type(words)
    expect(page.locator(selector)).to_have_value(value)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_every_page_of_a_row_is_accessible_and_fits(visit: Visits, draft: str, phone: bool) -> None:
    page, base = visit("ture", phone=phone), f"/models/drafts/{draft}/scenarios"
    for address in (
        "steering_group",
        "steering_group/about",
        "steering_group/end",
        "steering_group/rows/3",
        "steering_group/rows/7",
        "part_deliveries/rows/5",
        "board_decides/rows/5",
        "withdrawn_request/rows/4",
        "member_declines/rows/new?at=1",
    ):
        page.goto(f"{base}/{address}")
        assert_accessible(page)
        assert_fits(page)


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


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
def test_a_scenario_is_made_from_nothing_by_keyboard_on_a_phone(visit: Visits, draft: str, javascript: bool) -> None:
    """Begun, given rows, run, read, mended and green: no trial, no pointer, 320 px."""
    page, base = visit("ture", phone=True, javascript=javascript), f"/models/drafts/{draft}/scenarios"
    own = "beslutspunkt_1_avslar"
    page.goto(base)
    type_in(page, "#title", "Beslutspunkt 1 avslår")
    follow(page, 'form[action$="/scenarios/new"] button', f"**{base}/{own}")
    expect(page.get_by_text("Scenariot har inga rader än.")).to_be_visible()
    _looked_at(page, javascript)
    _new_row(page, "Spela fram till")
    choose(page, "#until", "Beslutspunkt 1", "bp1")
    _looked_at(page, javascript)
    follow(page, ".s-actions button[name=_save]", f"**{base}/{own}#row-0")
    _new_row(page, "Besluta")
    choose(page, "#gate", "Beslutspunkt 1", "bp1")
    follow(page, "button[name=_show][value=step]", "**/rows/new")
    choose(page, "#outcome", "Godkänn", "approve")
    _looked_at(page, javascript)
    follow(page, ".s-actions button[name=_save]", f"**{base}/{own}#row-1")
    follow(page, 'a[href$="/end"]', f"**/{own}/end")
    tab_to(page, "details:has(#end) summary")
    if not page.locator("#end").is_visible():
        page.keyboard.press("Enter")
    tab_to(page, "#end")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#end")).to_have_value("rejected")
    follow(page, ".s-actions button[name=_run]", f"**{base}/result?scenario={own}")
    expect(page.get_by_text("Till slut ska det stå ”Projektet är avslaget”.")).to_be_visible()
    _looked_at(page, javascript)
    follow(page, f'a[href$="/scenarios/{own}"]', f"**{base}/{own}")
    follow(page, 'a[href$="/rows/2"]', f"**/{own}/rows/2")
    choose(page, "#outcome", "Avslå", "reject")
    tab_to(page, "details:has(#motivation) summary")
    page.keyboard.press("Enter")
    type_in(page, "#motivation", "Den kostar mer än den ger.")
    follow(page, ".s-actions button[name=_run]", f"**{base}/result?scenario={own}")
    expect(page.get_by_text("Scenariot håller.")).to_be_visible()
    _looked_at(page, javascript)


def _new_row(page: Page, words: str) -> None:
    """Ask for a row that comes last and does this."""
    tab_to(page, "#verb")
    page.keyboard.type(words)
    follow(page, 'form[action$="/rows/new"] button', "**/rows/new?**")


def _looked_at(page: Page, javascript: bool) -> None:
    """See that a page fits, and is accessible; axe itself is a script that waits."""
    if javascript:
        assert_accessible(page)
    assert_fits(page)
