"""A question that came after its checklist was handed in: found at the gate, answered, and seen by who decides."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.keys import follow, tab_to
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard
from tests.browser.site import Site
from tests.governance.asking_more import NEW, QUESTION, moved
from tests.governance.moving import at
from tests.stories.town import Town
from workflows.governance.verify import verify

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def projects(site: Site) -> dict[str, str]:
    """Three projects that wait at a gate that asks for something nobody was asked."""
    found = {title: at(site.town, title, "bp1") for title in ("Dataskyddet", "Tangenterna", "Telefonen")}
    moved(site.town)
    return found


def request_of(town: Town, project: str) -> str:
    return next(f"/tasks/{row.task_id}" for row in town.open(project).values() if row.gate == "bp1")


def test_the_manager_answers_at_the_gate_and_the_decider_sees_it(
    visit: Visits, town: Town, projects: dict[str, str]
) -> None:
    visit.expected.add(422)
    page = visit("karin")
    page.goto(request_of(town, projects["Dataskyddet"]))
    expect(page.get_by_text("1 sak är inte klar inför beslutspunkt 1")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Svara på frågan i efterhand").click()
    expect(page.get_by_role("heading", name="En fråga som har kommit till")).to_be_visible()
    assert_accessible(page)
    assert_keyboard(page)
    page.get_by_role("button", name="Lämna in svaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Svara på frågan om")
    page.get_by_role("group", name=QUESTION).get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Lämna in svaren").click()
    expect(page.get_by_text("Besvarad i efterhand av Karin Lind")).to_be_visible()
    assert_accessible(page)
    deciding = town.player(projects["Dataskyddet"]).deciding()
    decider = visit("anna")
    decider.goto(f"/gates/{deciding.id}")
    expect(decider.get_by_text("Besvarad i efterhand av Karin Lind")).to_have_count(1)


def answered(page: Page, address: str) -> None:
    """Go from the request of a gate to the question, hand it in empty, then answered; nothing is clicked."""
    page.goto(address)
    follow(page, "main a[href$='/afterwards']", "**/afterwards")
    tab_to(page, "main button[name=_answer]")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    tab_to(page, f"input[name={NEW}]")
    page.keyboard.press("Space")
    expect(page.get_by_role("group", name=QUESTION).get_by_label("Ja", exact=True)).to_be_checked()
    follow(page, "main button[name=_answer]", "**/answers")


def decided(page: Page, address: str) -> None:
    """Read the evidence of a gate and approve it; nothing is clicked."""
    page.goto(address)
    seen_in_the_evidence(page)
    tab_to(page, "#outcome-approve")
    page.keyboard.press("Space")
    tab_to(page, "#no_conflict")
    page.keyboard.press("Space")
    follow(page, "main .s-submit button", "**/check*")
    follow(page, "main form button", "**/receipt*")


def seen_in_the_evidence(page: Page) -> None:
    """Open what is closed by keyboard until the answer is to be seen, with who gave it and when."""
    fold = page.locator("#checklist-c2_preparation")
    expect(fold.locator("summary").first).to_contain_text("1 svar i efterhand")
    tab_to(page, "#checklist-c2_preparation > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#checklist-c2_preparation .s-show > summary")
    page.keyboard.press("Enter")
    expect(fold.get_by_text("Besvarad i efterhand av Karin Lind, mån 23 nov 9.00")).to_be_visible()


def test_it_is_answered_and_decided_by_keyboard_alone_and_the_decision_keeps_it(
    visit: Visits, town: Town, projects: dict[str, str]
) -> None:
    visit.expected.add(422)
    project = projects["Tangenterna"]
    answered(visit("karin"), request_of(town, project))
    deciding = town.player(project).deciding()
    page = visit("anna")
    decided(page, f"/gates/{deciding.id}")
    follow(page, "main a[href*='/packs/']", "**/packs/*")
    expect(page.get_by_text("Underlaget som det såg ut när beslutet begärdes.")).to_be_visible()
    seen_in_the_evidence(page)
    assert_accessible(page)
    assert town.project(project).phase == "planning"
    assert all(result.broken is None for result in verify(town.ctx))


def test_a_phone_without_scripts_answers_too(visit: Visits, town: Town, projects: dict[str, str]) -> None:
    page = visit("karin", phone=True, javascript=False)
    page.goto(f"/projects/{projects['Telefonen']}")
    assert_fits(page)
    page.get_by_role("link", name="Svara på frågan i efterhand").click()
    assert_fits(page)
    page.get_by_role("group", name=QUESTION).get_by_label("Nej", exact=True).check()
    page.get_by_label("Motivera svaret").fill("Görs i planeringen")
    page.get_by_role("button", name="Lämna in svaren").click()
    expect(page.get_by_text("Besvarad i efterhand av Karin Lind")).to_be_visible()
    assert_fits(page)
    page.get_by_role("link", name="Till projektet").click()
    expect(page.get_by_text("1 sak saknas inför")).to_be_visible()
    expect(page.get_by_role("link", name="Svara på frågan i efterhand")).to_have_count(0)
