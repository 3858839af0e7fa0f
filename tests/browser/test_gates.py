"""A gate is decided by clicking: alone, by a steering group, by a board; on a phone; by two at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_fits
from tests.browser.seeding import played
from tests.stories.town import Town
from workflows.governance.verify import verify

pytestmark = pytest.mark.browser


def decide(page: Page, button: str) -> None:
    """Review the decision and take it."""
    page.get_by_role("button", name="Granska beslutet").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska beslutet")
    expect(page.get_by_text("Inget är beslutat än.")).to_be_visible()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Beslutet är registrerat")


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_a_sponsor_approves_on_a_condition(visit: Visits, town: Town, javascript: bool) -> None:
    player = played(town, "single")
    page = visit("anna", javascript=javascript)
    page.goto("/tasks")
    page.get_by_role("link", name=re.compile("Bättre gästhamnar.*Projektet är värt att genomföra")).last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Projektet är värt att genomföra.")
    expect(page.locator("#conditions-0-text")).to_be_hidden()
    page.get_by_label("Godkänn med villkor").check()
    page.fill("#conditions-0-text", "Hamnavgifterna är beslutade")
    page.select_option("#conditions-0-owner", label="Karin Lind")
    page.fill("#conditions-0-due_on", "2026-12-18")
    page.get_by_label("Jag är inte jävig i ärendet.").check()
    decide(page, "Fatta beslutet")
    expect(page.get_by_text("Uppfyll villkor 1")).to_be_visible()
    assert player.project().phase == "planning"
    karin = visit("karin")
    karin.goto("/tasks")
    karin.get_by_role("link", name="Hamnavgifterna är beslutade").first.click()
    karin.get_by_label("Hur är villkoret uppfyllt?").fill("Beslutade i nämnden, § 14")
    karin.get_by_role("button", name="Granska svaret").click()
    karin.get_by_role("button", name="Anmäl villkoret som uppfyllt").click()
    expect(karin.get_by_role("heading", level=1)).to_have_text("Villkoret är uppfyllt")


def test_what_a_decision_lacks_is_said_and_nothing_decided(visit: Visits, town: Town) -> None:
    visit.expected.add(422)
    player = played(town, "single")
    page = visit("anna")
    page.goto(f"/gates/{player.task('decide_single').id}")
    page.get_by_role("button", name="Granska beslutet").last.click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    assert page.evaluate("() => document.activeElement.className") == "s-errors"
    page.get_by_label("Avslå").check()
    page.get_by_label("Jag är inte jävig i ärendet.").check()
    page.get_by_role("button", name="Granska beslutet").last.click()
    expect(summary.get_by_role("link")).to_have_count(1)
    summary.get_by_role("link").click()
    assert page.evaluate("() => document.activeElement.id") == "motivation"
    assert player.project().phase == "preparation"


def test_the_secretary_records_a_meeting_with_a_recusal_and_a_reservation(visit: Visits, town: Town) -> None:
    player = played(town, "execution")
    player.hand_in("status_report", {"last": True})
    player.until("decide_meeting")
    page = visit("per")
    task = next(task for task in player.open() if task.node == "decide_meeting")
    page.goto(f"/gates/{task.id}")
    page.get_by_role("link", name="Registrera mötet").click()
    page.get_by_label("Dag").first.fill("2026-11-23")
    page.get_by_label("Plats").fill("Rådhuset")
    for name in ("Anna Berg", "Sara Holm", "Mats Åkerlund"):
        page.get_by_label(f"{name} i ärendet").select_option(label="På plats")
    page.get_by_label("Bo Rask i ärendet").select_option(label="Jävig")
    page.get_by_label("Skäl till jäv för Bo Rask").fill("Äger marken intill")
    page.get_by_label("Reservation av Mats Åkerlund").fill("Budgeten borde ha en reserv")
    page.get_by_label("Godkänn", exact=True).check()
    page.get_by_label("Så beslutades det").select_option(label="Enhälligt")
    page.get_by_label("Justeras av").select_option(index=1)
    decide(page, "Registrera beslutet")
    page.get_by_role("link", name="Läs och skriv ut beslutet").click()
    expect(page.get_by_text("Äger marken intill")).to_be_visible()
    expect(page.get_by_text("Budgeten borde ha en reserv")).to_be_visible()
    assert all(result.broken is None for result in verify(town.ctx))


def test_the_secretary_records_what_a_board_decided(visit: Visits, town: Town) -> None:
    player = played(town, "board")
    page = visit("per")
    page.goto(f"/gates/{player.task('decide_board').id}/record")
    page.get_by_label("Nämnd", exact=True).fill("Kommunstyrelsen")
    page.get_by_label("Paragraf").fill("§ 114")
    for label in ("Sammanträdesdag", "Justerat", "Anslaget"):
        page.get_by_label(label).fill("2026-11-23")
    page.get_by_label("Godkänn", exact=True).check()
    decide(page, "Registrera beslutet")
    assert player.project().phase == "planning"


def test_a_decision_on_a_phone(visit: Visits, town: Town) -> None:
    player = played(town, "single")
    page = visit("anna", phone=True)
    page.goto(f"/gates/{player.task('decide_single').id}")
    page.get_by_role("link", name="Till beslutet").click()
    choice = page.get_by_label("Godkänn", exact=True)
    expect(choice).to_be_in_viewport()
    choice.check()
    page.get_by_label("Jag är inte jävig i ärendet.").check()
    assert_fits(page)
    decide(page, "Fatta beslutet")
    assert_fits(page)


def test_a_request_is_taken_back(visit: Visits, town: Town) -> None:
    player = played(town, "single")
    page = visit("karin")
    page.goto(f"/gates/{player.task('decide_single').id}")
    page.get_by_role("link", name="Återkalla begäran").first.click()
    page.get_by_role("textbox").first.fill("Kalkylen behöver räknas om")
    page.get_by_role("button", name="Återkalla").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Återkalla begäran")
    assert player.task("request")


def test_who_has_a_conflict_of_interest_steps_back(visit: Visits, town: Town) -> None:
    player = played(town, "single")
    task = player.task("decide_single").id
    page = visit("anna")
    page.goto(f"/gates/{task}")
    page.get_by_role("link", name="Anmäl jäv").first.click()
    page.get_by_role("textbox").first.fill("Min bror driver hamnen")
    page.get_by_role("button", name=re.compile("jäv")).click()
    page.goto(f"/gates/{task}")
    expect(page.get_by_role("button", name="Granska beslutet")).to_have_count(0)


def test_the_second_of_two_who_decide_is_told_who_was_first(visit: Visits, town: Town) -> None:
    visit.expected.add(409)
    player = played(town, "meeting")
    task = player.task("decide_meeting").id
    pages = [visit("per"), visit("anna")]
    for page in pages:
        page.goto(f"/gates/{task}/record")
        page.get_by_label("Dag").first.fill("2026-11-23")
        for name in ("Anna Berg", "Sara Holm", "Mats Åkerlund", "Bo Rask"):
            page.get_by_label(f"{name} i ärendet").select_option(label="På plats")
        page.get_by_label("Komplettera").check()
    first, second = pages
    first.get_by_label("Avbryt projektet").check()
    first.get_by_label("Motivering").fill("Marken går inte att köpa")
    first.get_by_label("Protokollstext").fill("Styrgruppen avbryter projektet.")
    first.get_by_label("Så beslutades det").select_option(label="Enhälligt")
    first.get_by_label("Justeras av").select_option(index=1)
    decide(first, "Registrera beslutet")
    second.get_by_label("Motivering").fill("Vi behöver veta mer om marken")
    second.get_by_role("button", name="Granska beslutet").last.click()
    expect(second.get_by_role("heading", level=1)).to_have_text("Per Wallin hann före")
    expect(second.get_by_text("Vi behöver veta mer om marken")).to_be_visible()
    assert player.project().gate is None
