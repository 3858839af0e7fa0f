"""Timers and messages are set beside the diagram, in words."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.drafting import DESIGNER, begun, opened, saved, select
from tests.stories.town import Town

pytestmark = pytest.mark.browser

SAVED = re.compile(r"^Sparat \d+\.\d\d$")


def test_a_timer_waits_a_length_of_time_and_lets_the_step_go_on(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit(DESIGNER), draft)
    select(page, "parked_until")
    expect(page.get_by_label("Väntar till")).to_have_value("timeDate")
    page.get_by_label("Väntar till").select_option("en tid efteråt")
    page.get_by_label("Avbryter steget").uncheck()
    with page.expect_response(lambda answer: "P77D" in (answer.request.post_data or "") and "/files/" in answer.url):
        page.locator("#p-when-host .cm-content").click()
        page.keyboard.press("Control+a")
        page.keyboard.type('duration("P77D")')
    timer = re.search(r'<bpmn:boundaryEvent id="parked_until".*?</bpmn:boundaryEvent>', saved(town, draft), re.S)
    assert timer is not None
    assert 'cancelActivity="false"' in timer[0] and "timeDate" not in timer[0]
    assert "<bpmn:timeDuration" in timer[0] and "P77D" in timer[0]


def test_a_message_gets_another_name(visit: Visits, town: Town) -> None:
    draft = begun(town)
    page = opened(visit(DESIGNER), draft)
    select(page, "terminate_requested")
    field = page.get_by_label("Meddelande", exact=True)
    expect(field).to_have_value("terminate")
    field.fill("stop_now")
    field.blur()
    expect(page.locator("#designer-status")).to_have_text(SAVED)
    text = saved(town, draft)
    message = re.search(r'<bpmn:message id="([^"]+)" name="stop_now"', text)
    assert message is not None
    event = re.search(r'<bpmn:boundaryEvent id="terminate_requested".*?</bpmn:boundaryEvent>', text, re.S)
    assert event is not None and f'messageRef="{message[1]}"' in event[0]
