"""The whole of a designer's work by keyboard alone: from four changes of the model to the projects that run on it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.keys import follow, tab_to, type_in
from tests.browser.site import Site
from tests.governance.moving import GONE, at
from tests.stories.town import Town
from workflows.governance.moving import moves_of, work_move
from workflows.governance.project_page import project_page
from workflows.kernel.clock import local_date
from workflows.people import assign_organisation_role

pytestmark = pytest.mark.browser

QUESTION, REASON = "Är klimatpåverkan bedömd?", "Upphandlingen beslutas för sig."
PHASE = {
    "name": "Upphandling",
    "question": "Av vem?",
    "gate_label": "Beslutspunkt 2b",
    "gate_short": "BP2b",
    "statement": "Avtalet ger projektet vad det behöver.",
    "area": "Avtal",
    "first_question": "Är avtalet undertecknat?",
}
SAID = (
    "obligatorisk: ”Är klimatpåverkan bedömd?”.",
    "BP2 beslutas nu av beställaren vid kostnad under 500",
    "Ny fas Upphandling med beslutspunkten BP2b.",
    "Godkänn och Godkänn med villkor vid BP2 leder nu till fasen Upphandling.",
    "Steget ”Genomför facklig samverkan” i delen ”Kom överens om bemanning och samverkan” togs bort.",
)
"""Some of what the comparison says of it."""

WAITS = "Projektet väntar på steget ”Genomför facklig samverkan”, som tas bort."


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """The ten that run on the first version: nine ideas, and one that waits on the step that goes."""

    ideas: list[str]
    waiting: str


@pytest.fixture(scope="module", autouse=True)
def running(site: Site) -> Running:
    """Nils may change the model; ten projects run."""
    town = site.town
    today = local_date(town.ctx.now())
    assign_organisation_role(town.ctx, role="process_designer", person=town.people["nils"], valid_from=today)
    ideas = [town.start("olle", f"Idé nummer {number}").project_id for number in range(1, 10)]
    return Running(ideas=ideas, waiting=at(town, "Samverkan pågår", GONE))


def press(page: Page, wanted: str) -> None:
    """Go to a button by Tab and press Enter."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")


def add_a_question(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/forms"]', "**/forms")
    follow(page, 'a[href$="c2_preparation"]', "**/c2_preparation")
    follow(page, 'a[href*="/questions/new"]', "**/questions/new*")
    type_in(page, "#question", QUESTION)
    follow(page, "main .s-form .s-actions button", "**/c2_preparation#*")


def let_the_sponsor_decide_small_ones(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/tables"]', "**/tables")
    follow(page, 'main a[href$="/deciders/bp2"]', "**/deciders/bp2")
    follow(page, 'main a[href$="/deciders/bp2/new"]', "**/deciders/bp2/new")
    type_in(page, "#who", "Best")
    type_in(page, "select:has(option[value='<'])", "under")
    type_in(page, "input[id$=_amount]", "500000")
    press(page, "main .s-form .s-actions button")
    expect(page.get_by_role("heading", name="Vem beslutar Beslutspunkt 2?")).to_be_visible()


def add_a_phase(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/steps"]', "**/steps")
    follow(page, 'a[href*="new-phase?after=planning"]', "**/new-phase?after=planning")
    for name, words in PHASE.items():
        type_in(page, f"#{name}", words)
    press(page, "main .s-form .s-actions button")
    expect(page.get_by_role("rowheader", name="Beslutspunkt 2b")).to_be_visible()


def remove_a_step(page: Page) -> None:
    follow(page, f'main a[href$="/steps/{GONE}"]', f"**/steps/{GONE}")
    follow(page, f'main a[href*="/steps/{GONE}/remove"]', f"**/steps/{GONE}/remove")
    press(page, "main .s-actions button")
    expect(page.get_by_role("rowheader", name="Genomför facklig samverkan")).to_have_count(0)


def mend_the_scenarios(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/check"]', "**/check")
    follow(page, 'a[href$="/mend-scenarios"]', "**/mend-scenarios")
    press(page, 'form[action$="/mend-scenarios"] button')
    expect(page.get_by_role("heading", name="Alla 23 scenarier håller")).to_be_visible()


def read_what_differs(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/compare"]', "**/compare")
    for said in SAID:
        expect(page.locator("main")).to_contain_text(said)


def ask_for_publication(page: Page) -> None:
    follow(page, '.s-tabs a[href$="/publish"]', "**/publish")
    type_in(page, "#note", REASON)
    press(page, 'form[action$="/ask"] button')
    expect(page.get_by_role("heading", name="Begärt av Nils Öberg")).to_be_visible()


def publish(page: Page) -> None:
    """The second person, from what waits for them."""
    page.goto("/tasks")
    follow(page, 'main a[href$="/publish"]', "**/publish")
    expect(page.get_by_text(REASON)).to_be_visible()
    press(page, 'form[action$="/publish"] button')
    expect(page.get_by_role("heading", name="Publicerat som version 2")).to_be_visible()


def start_a_project(page: Page) -> str:
    """Return its id."""
    page.goto("/projects")
    follow(page, 'main a[href$="/projects/new"]', "**/projects/new")
    type_in(page, "#title", "Den första på nya modellen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tasks/*")
    follow(page, 'a[href*="/projects/"]', "**/projects/*")
    return page.url.rpartition("/")[2]


def work(town: Town) -> None:
    """Let the job do what waits for it."""
    newest = moves_of(town.as_("ture"), model="harnosand")[0]
    work_move(town.ctx, move=newest.id)


def move_nine(page: Page, town: Town) -> None:
    page.goto("/models/harnosand")
    follow(page, 'main a[href$="/moves"]', "**/moves")
    follow(page, "main .s-form button", "**/moves/*")
    expect(page.get_by_text("0 av 10 projekt är klara.")).to_be_visible()
    work(town)
    expect(page.get_by_text("9 av 10 projekt kan flyttas.")).to_be_visible()
    expect(page.get_by_text(WAITS)).to_be_visible()
    type_in(page, "#reason", "Alla ska ha upphandlingen för sig")
    press(page, "main .s-moves ~ .s-form button, main section.s-form button")
    expect(page.get_by_text("1 av 10 projekt är klara.")).to_be_visible()
    work(town)
    expect(page.get_by_text("9 projekt är flyttade. 1 kan inte flyttas.")).to_be_visible()


def undo_one(page: Page, project: str) -> None:
    press(page, "details:has(a[href*='/undo']) > summary")
    follow(page, f"a[href*='project={project}']", "**/undo*")
    type_in(page, "#reason", "Fel projekt")
    follow(page, "main .s-form button", "**/moves/*")
    expect(page.get_by_role("heading", name="Flytten är ångrad")).to_be_visible()


def version_of(town: Town, project: str) -> int:
    return project_page(town.as_("ture"), project_id=project).version


def test_from_a_draft_to_ten_projects_by_keyboard_alone(visit: Visits, town: Town, running: Running) -> None:
    page = visit("nils")
    page.goto("/models/harnosand")
    follow(page, "main .s-head button", "**/models/drafts/*/**")
    add_a_question(page)
    let_the_sponsor_decide_small_ones(page)
    add_a_phase(page)
    remove_a_step(page)
    mend_the_scenarios(page)
    read_what_differs(page)
    ask_for_publication(page)
    office = visit("ture")
    publish(office)
    begun = start_a_project(visit("olle"))
    assert [version_of(town, project) for project in (begun, *running.ideas, running.waiting)] == [2, *[1] * 10]
    move_nine(office, town)
    assert [version_of(town, project) for project in (*running.ideas, running.waiting)] == [*[2] * 9, 1]
    undo_one(office, running.ideas[0])
    assert [version_of(town, project) for project in (*running.ideas, running.waiting)] == [1, *[2] * 8, 1]
