"""The most common change of all, from login to published, with nothing but a keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from forms.checklist import read_checklist
from tests.browser.conftest import Visits
from tests.browser.keys import follow, tab_to, type_in
from tests.browser.site import PASSWORD, Site
from tests.stories.town import Town
from workflows.kernel.clock import local_date
from workflows.models import Bundle, latest, load_bundle
from workflows.people import assign_organisation_role

pytestmark = pytest.mark.browser

QUESTION, NOTE = "Är klimatpåverkan bedömd?", "Klimatet ska med i förberedelsen."


def log_in(page: Page, who: str) -> None:
    page.goto("/login")
    type_in(page, "#email", f"{who}@exempelkommun.se")
    type_in(page, "#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks")


def add_a_question(page: Page) -> None:
    follow(page, 'nav a[href="/models"]', "**/models")
    follow(page, 'main a[href="/models/harnosand"]', "**/models/harnosand")
    follow(page, "main .s-head button", "**/models/drafts/*/**")
    follow(page, '.s-tabs a[href$="/forms"]', "**/forms")
    follow(page, 'a[href$="c2_preparation"]', "**/c2_preparation")
    follow(page, 'a[href*="/questions/new"]', "**/questions/new*")
    type_in(page, "#question", QUESTION)
    follow(page, "main .s-form .s-actions button", "**/c2_preparation#*")


def ask_for_publication(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/publish"]', "**/publish")
    type_in(page, "#note", NOTE)
    tab_to(page, 'form[action$="/ask"] button')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Begärt av Nils Öberg")).to_be_visible()


def publish(page: Page) -> None:
    follow(page, 'nav a[href="/models"]', "**/models")
    follow(page, 'main a[href*="/models/drafts/"]', "**/models/drafts/*/**")
    follow(page, '.s-tabs a[href$="/publish"]', "**/publish")
    expect(page.get_by_text(NOTE)).to_be_visible()
    tab_to(page, 'form[action$="/publish"] button')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Publicerat som version")).to_be_visible()


@pytest.fixture(scope="module", autouse=True)
def designer(site: Site) -> None:
    """Nils may change the model, and not publish it."""
    town = site.town
    today = local_date(town.ctx.now())
    assign_organisation_role(town.ctx, role="process_designer", person=town.people["nils"], valid_from=today)


def published(town: Town) -> tuple[int, Bundle]:
    """Return the number of the newest version, and its files."""
    ctx = town.ctx
    with ctx.read() as session:
        newest = latest(session, tenant=ctx.tenant, model="harnosand")
        return newest.version, load_bundle(session, tenant=ctx.tenant, digest=newest.digest)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_a_question_goes_from_login_to_published_by_keyboard_alone(visit: Visits, town: Town, javascript: bool) -> None:
    """Two people, as publication needs: one who asks for it, and one who has not changed anything."""
    before, _ = published(town)
    asking, publishing = visit(javascript=javascript), visit(javascript=javascript)
    log_in(asking, "nils")
    add_a_question(asking)
    ask_for_publication(asking)
    log_in(publishing, "ture")
    publish(publishing)
    number, bundle = published(town)
    checklist = read_checklist(bundle.files["forms/c2_preparation.checklist.json"])
    assert number == before + 1
    assert QUESTION in [item.question.sv for item in checklist.by_id.values()]
