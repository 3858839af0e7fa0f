"""What each outcome demands of who decides alone; what is typed in vain stays on the page."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.gates.playing import NO, Browser, address, decisions, document, errors, to_gate, write
from tests.conftest import TestClock
from tests.stories.town import Town

SURE = {"no_conflict": "1"}
WHY = {"motivation": "Samverkan saknas."}
REWORK: dict[str, Any] = {"outcome": "rework", "target": "preparation", "reopen": ["F12"], "due_on": "2026-12-04"}
C = "conditions-0"
CONDITION = {"conditions-0-text": "Samverkan är klar", "conditions-0-due_on": "2026-12-11"}


@pytest.fixture
def project(town: Town, clock: TestClock) -> str:
    project = to_gate(town, answers={"F12": NO})
    clock.forward(hours=1)
    return project


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["outcome", "no_conflict"]),
        ({"outcome": "approve"}, ["no_conflict"]),
        ({"outcome": "terminate", **SURE}, ["outcome"]),
        ({"outcome": "nonsense", **SURE}, ["outcome"]),
        ({"outcome": "approve_conditional", **SURE}, ["conditions-0-text"]),
        ({"outcome": "approve_conditional", **SURE, "conditions-1-text": "Klart"}, [f"{C}-owner", f"{C}-due_on"]),
        ({"outcome": "approve_conditional", **SURE, **CONDITION, "conditions-0-owner": "0" * 32}, [f"{C}-owner"]),
        ({"outcome": "rework", **SURE}, ["target", "reopen", "due_on", "motivation"]),
        ({**REWORK, **SURE}, ["motivation"]),
        ({**REWORK, **SURE, **WHY, "due_on": "2026-11-20"}, ["due_on"]),
        ({**REWORK, **SURE, **WHY, "due_on": "i morgon"}, ["due_on"]),
        ({**REWORK, **SURE, **WHY, "target": "execution"}, ["target"]),
        ({**REWORK, **SURE, **WHY, "reopen": ["P06"]}, ["reopen"]),
        ({**REWORK, **SURE, **WHY, "reopen": ["R06"]}, ["reopen"]),
        ({"outcome": "defer", **SURE}, ["defer_to"]),
        ({"outcome": "defer", **SURE, "defer_to": "2026-11-23"}, ["defer_to"]),
        ({"outcome": "hold", **SURE}, ["resume_on", "motivation"]),
        ({"outcome": "reject", **SURE}, ["motivation"]),
        ({"outcome": "approve", **SURE, "legal_basis": "delegated"}, ["delegation_point"]),
        ({"outcome": "approve", **SURE, "legal_basis": "board"}, ["legal_basis"]),
        ({"outcome": "approve", **SURE, "legal_basis": "nonsense"}, ["legal_basis"]),
        ({"outcome": "approve", **SURE, "decided_on": "2026-11-24"}, ["decided_on"]),
        ({"outcome": "approve", **SURE, "decided_on": "2026-11-22"}, ["decided_on"]),
        ({"outcome": "approve", **SURE, "decided_on": "31 november"}, ["decided_on"]),
        ({"outcome": "approve", **SURE, "motivation": "x" * 10_001}, ["motivation"]),
        ({"outcome": "approve", **SURE, "secrecy": "x" * 201}, ["secrecy"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    town: Town, browser: Browser, project: str, fields: dict[str, Any], wrong: list[str]
) -> None:
    page = write(browser("anna"), address(town, project), fields)
    assert page.status_code == 422
    assert errors(page) == wrong
    for name in wrong:
        assert document(page).xpath(f"//*[@id='{name}']"), name
    assert document(page).xpath("string(//title)").startswith("Fel:")
    assert decisions(town, project) == ()
    assert browser("anna").get(f"{address(town, project)}/check").status_code == 302


def test_what_was_typed_is_still_there_when_something_is_missing(town: Town, browser: Browser, project: str) -> None:
    page = write(browser("anna"), address(town, project), {**REWORK, **SURE, "secrecy": "OSL 19:3"})
    tree = document(page)
    assert tree.xpath("//input[@name='outcome'][@checked]/@value") == ["rework"]
    assert tree.xpath("//input[@name='reopen'][@checked]/@value") == ["F12"]
    assert tree.xpath("//input[@name='due_on']/@value") == ["2026-12-04"]
    assert tree.xpath("//select[@name='target']/option[@selected]/@value") == ["preparation"]
    assert tree.xpath("//input[@name='secrecy']/@value") == ["OSL 19:3"]
    assert tree.xpath("//input[@name='no_conflict'][@checked]")


@pytest.mark.parametrize("name", ["target_phase", "conditions-0-status", "held_on", "presence-x", "conditions-0"])
def test_fields_that_the_panel_does_not_have_are_refused(town: Town, browser: Browser, project: str, name: str) -> None:
    page = write(browser("anna"), address(town, project), {"outcome": "approve", **SURE, name: "1"})
    assert page.status_code == 400
    assert decisions(town, project) == ()
