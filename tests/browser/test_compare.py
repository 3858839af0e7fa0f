"""Two versions side by side in a browser: both drawings with words at what differs, and the list that says the same."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.looking import assert_accessible, assert_fits
from tests.stories.town import Town
from workflows.models import begin_model_draft, latest, shipped

pytestmark = pytest.mark.browser

FLOW = '<bpmn:sequenceFlow id="project_plan__agreements" sourceRef="project_plan" targetRef="agreements" />'
STEP = """<bpmn:userTask id="read_through" name="Läs igenom planen"><bpmn:extensionElements>
<styr:task kind="record" form="status_read" role="controller" /></bpmn:extensionElements></bpmn:userTask>
<bpmn:sequenceFlow id="project_plan__agreements" sourceRef="project_plan" targetRef="read_through" />
<bpmn:sequenceFlow id="read_through__agreements" sourceRef="read_through" targetRef="agreements" />"""
SHAPE = '<bpmndi:BPMNShape id="project_plan_di"'
DRAWN = """<bpmndi:BPMNShape id="read_through_di" bpmnElement="read_through">
<dc:Bounds x="{x}" y="{y}" width="120" height="80" /></bpmndi:BPMNShape>"""


def changed_model() -> dict[str, bytes]:
    """A step more, a step with less time, and another decider."""
    files = dict(shipped("harnosand"))
    drawing = files["project.bpmn"].decode()
    bounds = drawing[drawing.index(SHAPE) :].split("<dc:Bounds ", 1)[1].split("/>")[0]
    x, y = (int(part.split('"')[1]) for part in bounds.split()[:2])
    drawing = drawing.replace(FLOW, STEP).replace('due="P20D" remind="P10D"', 'due="P15D" remind="P10D"', 1)
    drawing = drawing.replace(SHAPE, DRAWN.format(x=x, y=y + 110) + SHAPE)
    files["project.bpmn"] = drawing.encode()
    files["authority.dmn"] = files["authority.dmn"].replace(b'"steering_group"', b'"sponsor"')
    return files


@pytest.fixture
def address(town: Town) -> str:
    """The comparison of a draft with the version it began on."""
    ctx = town.as_("ture")
    with ctx.read() as session:
        base = latest(session, tenant=ctx.tenant)
    draft = begin_model_draft(
        ctx, model=base.model, name="Läsning före bemanning", files=changed_model(), base=base.digest, what="Började"
    )
    return f"/models/drafts/{draft}/compare"


def opened(visit: Visits, address: str, **how: bool) -> Page:
    page = visit("ture", **how)
    page.goto(address)
    return page


def test_both_drawings_carry_words_at_what_differs(visit: Visits, address: str) -> None:
    page = opened(visit, address)
    page.locator("[data-pair]").scroll_into_view_if_needed()
    page.locator("[data-pair][data-ready=yes]").wait_for()
    before, after = page.locator("[data-drawing]").all()
    expect(after.locator(".s-diagram-word", has_text="+ Ny").first).to_be_attached()
    expect(after.locator(".s-diagram-word", has_text="~ Ändrad").first).to_be_attached()
    expect(before.locator('.is-changed[data-element-id="sponsor_answer"]')).to_be_attached()
    expect(after.locator('.is-added[data-element-id="read_through"]')).to_be_attached()
    assert_accessible(page)


def test_a_row_leads_to_its_step_on_both_sides(visit: Visits, address: str) -> None:
    page = opened(visit, address)
    page.get_by_role("link", name="Visa i bilden Steget ”Svara på idén”").press("Enter")
    page.locator("[data-pair][data-ready=yes]").wait_for()
    for side in page.locator("[data-drawing]").all():
        expect(side.locator('.djs-shape[data-element-id="sponsor_answer"]')).to_be_in_viewport()


def test_the_list_says_it_all_on_a_phone_without_script(visit: Visits, address: str) -> None:
    page = opened(visit, address, phone=True, javascript=False)
    expect(page.get_by_text("varav 1 ändrar vem som beslutar")).to_be_visible()
    expect(page.locator(".s-said", has_text="Nytt steg ”Läs igenom planen” i fasen Planering")).to_be_visible()
    expect(page.get_by_role("link", name="Visa i bilden")).to_have_count(0)


def test_the_pages_fit_a_phone_and_are_accessible(visit: Visits, address: str) -> None:
    for where in (address, "/models/harnosand/versions/1", "/models/harnosand/compare"):
        page = opened(visit, where, phone=True)
        assert_fits(page)
        assert_accessible(page)
