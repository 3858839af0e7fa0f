"""In and out: the password, a forgotten one, and the page one was on the way to."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.site import PASSWORD, Site
from tests.stories.town import Town
from workflows.people import link_token

pytestmark = pytest.mark.browser


def log_in(page: Page, who: str, password: str = PASSWORD) -> None:
    page.get_by_label("E-post").fill(f"{who}@exempelkommun.se")
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "no js"])
def test_logging_in_leads_to_the_page_one_wanted(visit: Visits, town: Town, javascript: bool) -> None:
    started = town.start("olle", "Digital avtalssignering")
    page = visit(javascript=javascript)
    page.goto(f"/tasks/{started.task_id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
    log_in(page, "olle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Fyll i idébladet")
    page.get_by_role("button", name="Logga ut").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Logga in")
    page.goto("/tasks")
    expect(page).to_have_url(re.compile("/login"))


def test_a_wrong_password_tells_nothing_and_keeps_the_address(visit: Visits) -> None:
    visit.expected.add(422)
    page = visit()
    page.goto("/login")
    log_in(page, "olle", "helt fel lösenord")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-post")).to_have_value("olle@exempelkommun.se")
    expect(page.get_by_label("Lösenord")).to_have_value("")


def test_logging_out_in_one_window_ends_the_other(visit: Visits) -> None:
    here, there = visit(), visit()
    for page in (here, there):
        page.goto("/login")
        log_in(page, "karin")
        expect(page.get_by_role("heading", level=1)).to_have_text("Att göra")
    here.get_by_role("button", name="Logga ut").click()
    here.get_by_role("heading", level=1, name="Logga in").wait_for()
    there.reload()
    expect(there.get_by_role("heading", level=1)).to_have_text("Logga in")


def test_a_forgotten_password_is_chosen_anew_from_the_mail(visit: Visits, site: Site) -> None:
    page = visit()
    page.goto("/login")
    page.get_by_role("link", name="Jag har glömt lösenordet").click()
    page.get_by_label("E-post").fill("lena@exempelkommun.se")
    page.get_by_role("button", name="Mejla mig en länk").click()
    expect(page).to_have_url(re.compile("/login/forgotten/sent"))
    link = site.mailed("mail.password")
    page.goto(f"/login/password?token={link_token(site.app.config['SECRET_KEY'], link)}")
    page.get_by_label("Nytt lösenord").fill("nio tysta granar")
    page.get_by_role("button", name="Spara lösenordet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Att göra")
