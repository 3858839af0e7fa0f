"""A form that is open while its project goes over to another version, in a browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.browser.site import Site
from tests.governance.moving import MODEL, at, everything
from tests.stories.town import Town
from workflows.flow import load_task
from workflows.governance.moving import preview_move, work_move
from workflows.models import publish, shipped

pytestmark = pytest.mark.browser

FORM = "forms/project_directive.form.json"
NOTE = "Frågorna har ändrats sedan du öppnade sidan"


@pytest.fixture(scope="module", autouse=True)
def projects(site: Site) -> dict[str, str]:
    """Two directives that are being written."""
    return {title: at(site.town, title, "project_directive") for title in ("Datorn", "Telefonen")}


def moved(town: Town, key: str) -> None:
    """Move everything to a version whose directive has another field in place of one."""
    content = shipped(MODEL)[FORM].replace(b'"key": "limits"', f'"key": "{key}"'.encode())
    version = publish(town.ctx, {**shipped(MODEL), FORM: content}).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=version - 1, to_version=version)
    work_move(town.ctx, move=move)
    everything(town, move)


def address(town: Town, project: str) -> str:
    return f"/tasks/{town.open(project)['project_directive'].task_id}"


def saved(town: Town, project: str) -> object:
    """What is saved of the purpose."""
    with town.ctx.read() as session:
        task = town.open(project)["project_directive"].task_id
        draft = load_task(session, tenant=town.ctx.tenant, task_id=task).draft
    return draft.answers.get("purpose") if draft else None


def test_what_is_being_written_is_found_in_the_new_form_and_saves_itself_again(
    visit: Visits, town: Town, projects: dict[str, str]
) -> None:
    visit.expected.add(409)
    page = visit("karin")
    page.goto(address(town, projects["Datorn"]))
    moved(town, "boundaries")
    page.locator("#purpose").fill("Fler ska kunna bada")
    expect(page.get_by_role("status").get_by_text("frågorna är andra")).to_be_visible()
    assert saved(town, projects["Datorn"]) is None
    page.get_by_role("button", name="Granska svaren").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.locator("#purpose")).to_have_value("Fler ska kunna bada")
    assert_accessible(page)
    expect(page.get_by_role("status").get_by_text("Utkast sparat")).to_be_visible()
    assert saved(town, projects["Datorn"]) == "Fler ska kunna bada"


def test_a_phone_without_scripts_loses_nothing_either(visit: Visits, town: Town, projects: dict[str, str]) -> None:
    visit.expected.add(409)
    page = visit("karin", phone=True, javascript=False)
    page.goto(address(town, projects["Telefonen"]))
    page.locator("#purpose").fill("Fler ska kunna bada")
    moved(town, "borders")
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.locator("#purpose")).to_have_value("Fler ska kunna bada")
    assert_fits(page)
    page.get_by_role("button", name="Spara utkast").click()
    expect(page.get_by_text(NOTE)).to_have_count(0)
    assert saved(town, projects["Telefonen"]) == "Fler ska kunna bada"
