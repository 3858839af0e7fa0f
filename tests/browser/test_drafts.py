"""Nothing typed is lost: drafts save themselves, and two who write in the same one both see it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Visits
from tests.browser.filling import fill_idea
from tests.stories.town import Town
from workflows.flow import Draft
from workflows.governance.task_page import task_page

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Utkast sparat \d{1,2}\.\d\d$")
STALE = "Utkastet har sparats i ett annat fönster sedan du öppnade sidan."


@pytest.fixture
def task(town: Town) -> str:
    """The first task of a new idea of Olle's."""
    return town.start("olle", "Digital avtalssignering").task_id


def draft_of(town: Town, task: str) -> Draft:
    """Return the saved draft."""
    draft = task_page(town.as_("olle"), task_id=task).held.waiting.draft
    assert draft is not None
    return draft


def open_form(page: Page, task: str) -> Page:
    """Open the form of a task."""
    page.goto(f"/tasks/{task}")
    page.locator("html[data-js]").wait_for()
    return page


def answering(page: Page, *, leave: bool) -> list[str]:
    """Answer every question that the browser asks; the list names the kinds of what was asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if leave:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)
    return asked


def test_what_is_typed_is_saved_after_a_pause(visit: Visits, town: Town, task: str) -> None:
    page = visit("olle")
    page.clock.install()
    open_form(page, task)
    page.locator("#what").press_sequentially("Avtal digitalt")
    expect(page.get_by_role("status")).to_have_text("")
    page.clock.fast_forward(2500)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    assert draft_of(town, task).answers["what"] == "Avtal digitalt"


def test_leaving_a_field_saves_and_the_next_save_follows_on_it(visit: Visits, town: Town, task: str) -> None:
    page = open_form(visit("olle"), task)
    for number, (field, text) in enumerate([("#what", "Avtal"), ("#why", "Papper"), ("#who", "Alla")], start=1):
        page.fill(field, text)
        page.press(field, "Tab")
        expect(page.locator("[name=version]")).to_have_value(str(number))
    assert draft_of(town, task).version == 3


def test_a_button_pressed_while_a_save_is_on_its_way_waits_for_it(visit: Visits, town: Town, task: str) -> None:
    page = open_form(visit("olle"), task)
    fill_idea(page)
    page.press("#sponsor", "Tab")
    page.get_by_role("button", name="Granska svaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Granska svaren")


def test_reloading_and_going_back_keep_the_text(visit: Visits, task: str) -> None:
    page = open_form(visit("olle"), task)
    page.fill("#what", "Avtal digitalt")
    page.reload()
    expect(page.locator("#what")).to_have_value("Avtal digitalt")
    page.fill("#why", "Papper tar två veckor")
    page.get_by_role("link", name="Att göra").first.click()
    page.get_by_role("heading", level=1, name="Att göra").wait_for()
    expect(page.get_by_role("heading", name="Fortsätt där du slutade")).to_be_visible()
    page.go_back()
    expect(page.locator("#what")).to_have_value("Avtal digitalt")
    expect(page.locator("#why")).to_have_value("Papper tar två veckor")


def test_two_windows_that_write_in_one_draft(visit: Visits, town: Town, task: str) -> None:
    """The second is told at once, keeps its text, and sees both before it decides."""
    visit.expected.add(409)
    first, second = open_form(visit("olle"), task), open_form(visit("olle"), task)
    first.fill("#what", "Först")
    first.press("#what", "Tab")
    expect(first.get_by_role("status")).to_have_text(SAVED)
    second.fill("#what", "Sedan")
    second.press("#what", "Tab")
    expect(second.get_by_role("status")).to_have_text(STALE)
    second.fill("#why", "Även detta")
    second.press("#why", "Tab")
    assert draft_of(town, task).answers["what"] == "Först"
    second.get_by_role("button", name="Spara utkast").click()
    expect(second.get_by_role("heading", name="Du har sparat utkastet i ett annat fönster")).to_be_visible()
    expect(second.locator("#what")).to_have_value("Sedan")
    second.get_by_text("Visa det som sparades").click()
    expect(second.get_by_text("Först", exact=True)).to_be_visible()
    assert draft_of(town, task).answers["what"] == "Först"
    second.get_by_role("button", name="Spara utkast").click()
    expect(second.get_by_role("status")).to_contain_text("Utkast sparat")
    assert draft_of(town, task).answers == {**draft_of(town, task).answers, "what": "Sedan", "why": "Även detta"}


def test_a_lost_connection_is_told_and_the_draft_saved_when_it_is_back(visit: Visits, town: Town, task: str) -> None:
    page = visit("olle")
    page.clock.install()
    open_form(page, task)
    page.context.set_offline(True)
    page.fill("#what", "Avtal digitalt")
    page.press("#what", "Tab")
    expect(page.get_by_role("status")).to_have_text("Utkastet är inte sparat än")
    page.context.set_offline(False)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    assert draft_of(town, task).answers["what"] == "Avtal digitalt"
    assert [text for text in visit.complaints if "ERR_INTERNET_DISCONNECTED" not in text] == []
    visit.complaints.clear()


def test_leaving_with_text_that_could_not_be_saved_asks_first(visit: Visits, task: str) -> None:
    page = open_form(visit("olle"), task)
    page.route("**/draft*", lambda route: route.abort())
    page.fill("#what", "Avtal digitalt")
    page.press("#what", "Tab")
    expect(page.get_by_role("status")).to_have_text("Utkastet är inte sparat än")
    asked = answering(page, leave=False)
    page.get_by_role("link", name="Att göra").first.click(no_wait_after=True)
    expect(page.locator("#what")).to_have_value("Avtal digitalt")
    assert asked == ["beforeunload"]
    visit.complaints.clear()


def test_a_saved_draft_may_be_left_without_a_question(visit: Visits, task: str) -> None:
    page = open_form(visit("olle"), task)
    asked = answering(page, leave=True)
    page.fill("#what", "Avtal digitalt")
    page.press("#what", "Tab")
    expect(page.get_by_role("status")).to_have_text(SAVED)
    page.get_by_role("link", name="Att göra").first.click()
    page.get_by_role("heading", level=1, name="Att göra").wait_for()
    assert asked == []


def test_a_checklist_counts_its_answers_while_they_are_given(visit: Visits, town: Town) -> None:
    project = town.start("olle", "Förskolan Tallbacken").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    page = open_form(visit("olle"), town.open(project)["c1_relevance"].task_id)
    count = page.get_by_role("heading", name="besvarade")
    before = int((count.text_content() or "").split()[0])
    page.locator("#R18-yes").check()
    page.press("#R18-yes", "Tab")
    expect(count).to_have_text(re.compile(rf"^{before + 1} av "))


def test_a_task_closed_meanwhile_says_who_and_keeps_the_text(visit: Visits, town: Town) -> None:
    visit.expected.add(409)
    started = town.start("olle", "Bättre gästhamnar")
    page = open_form(visit("olle"), started.task_id)
    town.fill("olle", started.project_id, "idea_sheet", sponsor=town.people["anna"])
    page.fill("#what", "Jag var inte klar")
    page.press("#what", "Tab")
    expect(page.get_by_role("status")).to_contain_text("Någon hann före")
    page.get_by_role("button", name="Granska svaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Olle Norin hann före")
    expect(page.get_by_text("Jag var inte klar")).to_be_visible()
