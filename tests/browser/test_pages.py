"""Every page, in a town where people have worked: light and dark, 320 px wide, without scripts, under the policy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Visits
from tests.browser.looking import assert_accessible, assert_fits, assert_keyboard
from tests.browser.seeding import Lived, live
from tests.browser.site import Site, copied, serve
from tests.stories.town import Town

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True)
class Shown:
    """A page as one person sees it; `status` is what it answers with."""

    name: str
    who: str
    address: Callable[[Lived], str]
    status: int = 200


def project(name: str, rest: str = "") -> Callable[[Lived], str]:
    """The address of a project's page."""
    return lambda lived: f"/projects/{lived.projects[name]}{rest}"


def task(name: str, node: str, rest: str = "", item: str | None = None) -> Callable[[Lived], str]:
    """The address of an open task's page."""
    return lambda lived: f"/tasks/{lived.task(name, node, item)}{rest}"


def gate(name: str, node: str, rest: str = "") -> Callable[[Lived], str]:
    """The address of a gate's room."""
    return lambda lived: f"/gates/{lived.task(name, node)}{rest}"


def at(address: str) -> Callable[[Lived], str]:
    """A fixed address."""
    return lambda _: address


PAGES = (
    Shown("login", "", at("/login")),
    Shown("forgotten password", "", at("/login/forgotten")),
    Shown("accessibility", "", at("/tillganglighet")),
    Shown("inbox", "karin", at("/tasks")),
    Shown("inbox of a sponsor", "anna", at("/tasks")),
    Shown("inbox of a group", "per", at("/tasks?tab=group")),
    Shown("inbox followed", "olle", at("/tasks?tab=followed")),
    Shown("inbox done", "karin", at("/tasks?tab=done")),
    Shown("inbox searched", "karin", at("/tasks?q=finns+inte")),
    Shown("inbox empty", "rut", at("/tasks")),
    Shown("idea sheet", "olle", task("begun", "idea_sheet")),
    Shown("somebody else's task", "ture", task("begun", "idea_sheet")),
    Shown("checklist", "karin", task("checklist", "c2_preparation")),
    Shown("request with what is missing", "karin", task("requested", "request")),
    Shown("person contract", "bo", task("signing", "contract_provider", item="m1")),
    Shown("status report", "karin", task("execution", "status_report")),
    Shown("condition", "karin", task("meeting", "condition")),
    Shown("gate, single", "anna", gate("single", "decide_single")),
    Shown("gate, seen by others", "karin", gate("single", "decide_single")),
    Shown("gate, meeting", "per", gate("meeting", "decide_meeting")),
    Shown("gate, meeting recorded", "per", gate("meeting", "decide_meeting", "/record")),
    Shown("gate, board", "per", gate("board", "decide_board")),
    Shown("gate, board recorded", "per", gate("board", "decide_board", "/record")),
    Shown("gate, conflict", "anna", gate("single", "decide_single", "/conflict")),
    Shown("gate, withdraw", "karin", gate("single", "decide_single", "/withdraw")),
    Shown("new idea", "nils", at("/projects/new")),
    Shown("projects", "ture", at("/projects")),
    Shown("project bank", "nils", at("/bank")),
    Shown("drift", "ture", at("/monitor")),
    Shown("drift at a step", "ture", at("/monitor?step=bp1")),
    Shown("drift, one project", "ture", lambda lived: f"/monitor/projects/{lived.projects['execution']}"),
    Shown("drift, nothing found", "ture", at("/monitor?department=Ingen")),
    Shown("project, begun", "olle", project("begun")),
    Shown("project, at a gate", "karin", project("meeting")),
    Shown("project, in execution", "karin", project("execution")),
    Shown("project, on hold", "anna", project("held")),
    Shown("project, rejected", "olle", project("rejected")),
    Shown("project, terminated", "olle", project("terminated")),
    Shown("project, closed", "olle", project("closed")),
    Shown("events", "karin", project("closed", "/events")),
    Shown("diagram", "karin", project("execution", "/diagram")),
    Shown("document", "karin", project("closed", "/documents/project_directive/1")),
    Shown("final report", "karin", project("closed", "/documents/final_report/1")),
    Shown("hold", "anna", project("execution", "/hold")),
    Shown("resume", "anna", project("held", "/hold")),
    Shown("terminate", "anna", project("execution", "/terminate")),
    Shown("change manager", "anna", project("execution", "/roles/project_manager")),
    Shown("own account", "karin", at("/account")),
    Shown("own password", "karin", at("/account/password")),
    Shown("people", "ture", at("/people")),
    Shown("new person", "ture", at("/people/new")),
    Shown("person", "ture", lambda lived: f"/people/{lived.town.people['karin']}"),
    Shown("edit person", "ture", lambda lived: f"/people/{lived.town.people['karin']}/edit"),
    Shown("hand over", "ture", lambda lived: f"/people/{lived.town.people['karin']}/handover"),
    Shown("bodies", "ture", at("/bodies")),
    Shown("body", "ture", lambda lived: f"/bodies/{lived.town.group}"),
    Shown("new seat", "ture", lambda lived: f"/bodies/{lived.town.group}/seats/new"),
    Shown("new body", "ture", at("/bodies/new")),
    Shown("roles", "ture", at("/roles")),
    Shown("role history", "ture", at("/roles/history")),
    Shown("new holder", "ture", at("/roles/registrar/new")),
    Shown("settings", "ture", at("/settings")),
    Shown("settings just saved", "ture", at("/settings?changed=board_cost_limit")),
    Shown("cost limit", "ture", at("/settings/cost-limit")),
    Shown("a step's times", "ture", at("/settings/steps/harnosand/sponsor_answer")),
    Shown("not found", "karin", at("/projects/none"), 404),
    Shown("forbidden", "karin", at("/people"), 403),
)


@pytest.fixture(scope="module")
def lived(original: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    """A town of this module's own, with a project in every state."""
    with copied(original, tmp_path_factory.mktemp("lived")) as town:
        yield live(town)


@pytest.fixture(scope="module")
def site(lived: Lived) -> Iterator[Site]:
    with serve(lived.town) as site:
        yield site


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page(visit: Visits, lived: Lived, shown: Shown) -> None:
    visit.expected.add(shown.status)
    page = visit(shown.who)
    answer = page.goto(shown.address(lived))
    assert answer is not None and answer.status == shown.status
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]  # a plain dict of the right shape
    assert_fits(page)


@pytest.mark.parametrize("shown", PAGES, ids=lambda shown: shown.name)
def test_a_page_without_scripts(visit: Visits, lived: Lived, shown: Shown) -> None:
    visit.expected.add(shown.status)
    page = visit(shown.who, phone=True, javascript=False)
    answer = page.goto(shown.address(lived))
    assert answer is not None and answer.status == shown.status
    assert page.get_by_role("heading", level=1).count() == 1
    assert_fits(page)


BY_KEYBOARD = (
    "drift",
    "login",
    "inbox",
    "idea sheet",
    "checklist",
    "gate, single",
    "gate, meeting recorded",
    "projects",
    "project, in execution",
    "people",
    "settings",
    "a step's times",
)


@pytest.mark.parametrize("shown", [one for one in PAGES if one.name in BY_KEYBOARD], ids=lambda shown: shown.name)
def test_a_page_by_keyboard_alone(visit: Visits, lived: Lived, shown: Shown) -> None:
    page = visit(shown.who)
    page.goto(shown.address(lived))
    for picture in page.locator("[data-bpmn-url]").all():
        expect(picture).to_have_attribute("data-ready", "yes")  # its tools are shown only then
    assert_keyboard(page)


def test_the_first_link_leads_past_the_menu(visit: Visits) -> None:
    page = visit("karin")
    page.goto("/tasks")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.closest('main') !== null") is True
