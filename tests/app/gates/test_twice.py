"""Clicked twice, reloaded, written in two windows, decided by two people: one effect, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.app.gates.playing import Browser, address, decide, decisions, document, hidden, submit, text, to_gate, write
from tests.stories.town import Town

SURE = {"no_conflict": "1"}
REWORK = {"outcome": "rework", "target": "preparation", "reopen": ["F12"], "due_on": "2026-12-04", **SURE}
REJECT = {"outcome": "reject", **SURE, "motivation": "Ryms inte."}


@pytest.fixture
def project(town: Town) -> str:
    return to_gate(town)


def test_a_double_click_is_one_decision(town: Town, browser: Browser, project: str) -> None:
    anna, room = browser("anna"), address(town, project)
    first = decide(anna, room, {"outcome": "approve", **SURE}, request_id="a" * 32)
    second = submit(anna, room, "1", "a" * 32)
    assert (second.status_code, second.location) == (303, first.location)
    assert len(decisions(town, project)) == 1


def test_reloading_the_check_page_and_going_back_lose_nothing(town: Town, browser: Browser, project: str) -> None:
    anna, room = browser("anna"), address(town, project)
    row = {"text": "Samverkan är klar", "owner": town.people["bo"], "due_on": "2026-12-11"}
    fields = {
        "outcome": "approve_conditional",
        **SURE,
        **{f"conditions-0-{part}": value for part, value in row.items()},
    }
    write(anna, room, fields)
    assert text(anna.get(f"{room}/check")) == text(anna.get(f"{room}/check"))
    assert "Bo Rask, senast fre 11 dec" in text(anna.get(f"{room}/check"))
    back = document(anna.get(room))
    assert back.xpath("//input[@name='outcome'][@checked]/@value") == ["approve_conditional"]
    assert back.xpath("string(//textarea[@name='conditions-0-text'])").strip() == "Samverkan är klar"
    assert decisions(town, project) == ()


def test_a_decision_reviewed_before_it_was_changed_in_another_window_is_shown_again(
    town: Town, browser: Browser, project: str
) -> None:
    anna, room = browser("anna"), address(town, project)
    write(anna, room, {"outcome": "approve", **SURE})
    reviewed = hidden(anna.get(f"{room}/check"), "version")
    write(anna, room, REJECT)
    stale = submit(anna, room, reviewed, "a" * 32)
    assert stale.status_code == 409
    assert "Du har sparat utkastet i ett annat fönster" in text(stale)
    assert "Ryms inte." in stale.text
    assert decisions(town, project) == ()


def test_a_panel_opened_before_another_window_saved_keeps_both(town: Town, browser: Browser, project: str) -> None:
    anna, room = browser("anna"), address(town, project)
    write(anna, room, REJECT)
    stale = anna.post(room, data={"version": "0", **REWORK, "motivation": "Samverkan saknas."})
    assert stale.status_code == 409
    assert "Ryms inte." in text(stale)
    assert "Samverkan saknas." in stale.text
    saved = anna.post(room, data={"version": hidden(stale, "version"), **REWORK, "motivation": "Samverkan saknas."})
    assert saved.status_code == 303
