"""The page of a task: errors, fields and rows that come and go, review, receipt, next task."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.filling import fill_idea, hand_in, review
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town

pytestmark = pytest.mark.browser

Steps = Callable[[Town], str]


def idea(town: Town) -> str:
    """Start an idea; return its first task."""
    return town.start("olle", "Digital avtalssignering").task_id


def to_groundwork(town: Town) -> str:
    """Bring an idea so far that its risks are to be assessed; return the project."""
    project = town.start("olle", "Förskolan Tallbacken").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    town.fill("anna", project, "appoint_manager", project_manager=town.people["karin"])
    return project


def to_checklist(town: Town) -> str:
    """Bring an idea to its first checklist; return the task."""
    project = town.start("olle", "Bättre gästhamnar").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    return town.open(project)["c1_relevance"].task_id


def focused(page: Page) -> str:
    """Return what has the focus: its id, or its class."""
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.className"))


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_errors_are_listed_and_each_leads_to_its_field(visit: Visits, town: Town, javascript: bool) -> None:
    page = visit("olle", javascript=javascript)
    page.goto(f"/tasks/{idea(town)}")
    page.fill("#what", "Avtal skrivs under digitalt")
    visit.expected.add(422)
    page.get_by_role("button", name="Granska svaren").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("svar behöver ändras")
    expect(page).to_have_title(re.compile("^Fel: "))
    assert focused(page) == "s-errors"
    expect(page.locator("#what")).to_have_value("Avtal skrivs under digitalt")
    if javascript:  # axe is a script
        assert_accessible(page)
    for link in summary.get_by_role("link").all():
        target = link.get_attribute("href") or ""
        link.click()
        assert focused(page) == target.removeprefix("#")
    expect(page.locator("#why")).to_have_attribute("aria-invalid", "true")
    error = page.locator("#why").get_attribute("aria-describedby") or ""
    assert "why-error" in error.split()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_a_step_is_filled_in_reviewed_and_handed_in(visit: Visits, town: Town, javascript: bool) -> None:
    first = idea(town)
    page = visit("olle", javascript=javascript)
    page.goto(f"/tasks/{first}")
    fill_idea(page)
    review(page)
    expect(page.get_by_text("Underskrifter på papper tar två veckor")).to_be_visible()
    hand_in(page, "Lämna in idéblad")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dokumentet är inlämnat")
    expect(page.get_by_text("Svara på checklistan Relevans – väntar på dig")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)
    page.get_by_role("link", name="Nästa uppgift").click()
    expect(page).to_have_url(re.compile(r"/tasks/\w{32}$"))


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_a_field_that_an_answer_opens(visit: Visits, town: Town, javascript: bool) -> None:
    """With scripts it appears at once; without them when the answers are reviewed."""
    project = town.start("olle", "Trygg hemgång").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    page = visit("anna", javascript=javascript)
    page.goto(f"/tasks/{town.open(project)['sponsor_answer'].task_id}")
    expect(page.locator("#resume_on")).to_have_count(0)
    page.locator("[name=decision][value=park]").check()
    if not javascript:
        visit.expected.add(422)
        page.get_by_role("button", name="Granska svaren").click()
    expect(page.locator("#resume_on")).to_be_visible()
    expect(page.locator("[name=decision][value=park]")).to_be_checked()
    if javascript:
        assert page.evaluate("() => document.activeElement.value") == "park"
        page.locator("[name=decision][value=go]").check()
        expect(page.locator("#resume_on")).to_have_count(0)


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_rows_come_and_go_and_keep_what_was_typed(visit: Visits, town: Town, javascript: bool) -> None:
    page = visit("karin", javascript=javascript)
    page.goto(f"/tasks/{town.open(to_groundwork(town))['risk_assessment'].task_id}")
    page.fill("#risks-0-risk", "Skolan blir försenad")
    page.get_by_role("button", name="Lägg till rad").click()
    page.fill("#risks-1-risk", "Priserna stiger")
    expect(page.locator("#risks-0-risk")).to_have_value("Skolan blir försenad")
    if javascript:
        page.locator("[name=_add][value=risks]").click()
        expect(page.locator("#risks-2-risk")).to_be_focused()
        page.locator("[name=_remove][value=risks-2]").click()
        expect(page.locator("#risks-2-risk")).to_have_count(0)
        expect(page.locator("#risks")).to_be_focused()
    page.locator("[name=_remove][value=risks-0]").click()
    expect(page.locator("#risks-0-risk")).to_have_value("Priserna stiger")
    expect(page.locator("#risks-1-risk")).to_have_count(0)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)


def test_a_checklist_with_reasons_links_and_a_file(visit: Visits, town: Town, tmp_path: Path) -> None:
    paper = tmp_path / "avtal.pdf"
    paper.write_bytes(b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
    page = visit("olle")
    page.goto(f"/tasks/{to_checklist(town)}")
    expect(page.locator("#R08-reason")).to_be_hidden()
    page.locator("#R08-no").check()
    page.fill("#R08-reason", "Bara en liten del förändras")
    proof = page.locator("#R14 .s-proof")
    proof.locator("summary").click()
    page.fill("#R14-link", "https://exempelkommun.se/projekt/12")
    page.locator("#R14-file").set_input_files(paper)
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_role("status")).to_contain_text("Utkast sparat")
    expect(page.locator("#R08-reason")).to_have_value("Bara en liten del förändras")
    expect(page.locator("#R14").get_by_text("avtal.pdf").first).to_be_visible()
    expect(page.get_by_role("link", name="https://exempelkommun.se/projekt/12")).to_be_visible()
    assert_accessible(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert_fits(page)


def test_a_double_click_hands_in_once(visit: Visits, town: Town) -> None:
    started = town.start("olle", "Digital avtalssignering")
    page = visit("olle")
    page.goto(f"/tasks/{started.task_id}")
    fill_idea(page)
    page.get_by_role("button", name="Granska svaren").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska svaren")
    page.get_by_role("button", name="Lämna in idéblad").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dokumentet är inlämnat")
    assert town.project(started.project_id).records == 1


def test_going_back_after_handing_in_shows_the_receipt_again(visit: Visits, town: Town) -> None:
    page = visit("olle")
    page.goto(f"/tasks/{idea(town)}")
    fill_idea(page)
    review(page)
    hand_in(page, "Lämna in idéblad")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dokumentet är inlämnat")
