"""One person decides: what each outcome demands, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.gates.playing import (
    NO,
    Browser,
    address,
    again,
    conditions,
    decide,
    decisions,
    document,
    gate,
    packs,
    text,
    to_gate,
    write,
)
from tests.conftest import TestClock
from tests.stories.town import Town
from workflows.governance.holding import resume_project
from workflows.governance.outcomes import Outcome
from workflows.governance.project import ProjectStatus
from workflows.governance.verify import verify

SURE = {"no_conflict": "1"}
WHY = {"motivation": "Samverkan saknas."}
REWORK: dict[str, Any] = {"outcome": "rework", "target": "preparation", "reopen": ["F12"], "due_on": "2026-12-04"}
CONDITION = {"conditions-0-text": "Samverkan är klar", "conditions-0-due_on": "2026-12-11"}


@pytest.fixture
def project(town: Town, clock: TestClock) -> str:
    project = to_gate(town, answers={"F12": NO})
    clock.forward(hours=1)
    return project


def conditional(town: Town, owner: str = "bo", **more: str) -> dict[str, str]:
    return {"outcome": "approve_conditional", **SURE, **CONDITION, "conditions-0-owner": town.people[owner], **more}


def test_approve_leads_on_and_the_receipt_says_so(town: Town, browser: Browser, project: str) -> None:
    anna, room = browser("anna"), address(town, project)
    recorded = decide(anna, room, {"outcome": "approve", **SURE})
    assert recorded.status_code == 303
    receipt = text(anna.get(recorded.location))
    assert "Beslutet är registrerat Projektet går vidare till Planering." in receipt
    assert "Anna Berg, beställare" in receipt
    assert "Omgång 1, fryst" in receipt
    assert "Skriv projektplanen – Karin Lind" in receipt
    (decision,) = decisions(town, project)
    assert (decision.outcome, decision.decided_on.isoformat()) == (Outcome.APPROVE, "2026-11-23")
    assert town.project(project).phase == "planning"


def test_a_condition_waits_in_its_owners_inbox_and_stands_in_the_decision(
    town: Town, browser: Browser, project: str
) -> None:
    anna = browser("anna")
    decide(anna, address(town, project), conditional(town))
    (condition,) = conditions(town, project)
    assert (condition.text, condition.owner) == ("Samverkan är klar", town.people["bo"])
    assert "Uppfyll villkor 1: Samverkan är klar" in browser("bo").get("/tasks").text
    assert "Samverkan är klar" in text(anna.get(f"/decisions/{condition.decision}"))


def test_conditions_left_empty_between_others_are_no_conditions(town: Town, browser: Browser, project: str) -> None:
    second = {
        "conditions-2-text": "Plan finns",
        "conditions-2-owner": town.people["karin"],
        "conditions-2-due_on": "2026-12-12",
    }
    decide(browser("anna"), address(town, project), conditional(town, **second))
    assert [condition.text for condition in conditions(town, project)] == ["Samverkan är klar", "Plan finns"]


def test_another_row_can_be_asked_for_without_losing_anything(town: Town, browser: Browser, project: str) -> None:
    room, anna = address(town, project), browser("anna")
    page = write(anna, room, {**conditional(town), "_add": "conditions"})
    assert page.status_code == 200
    assert len(document(page).xpath("//textarea[contains(@name, 'conditions-')]")) == 4
    assert "Samverkan är klar" in page.text
    assert decisions(town, project) == ()


def test_rework_reopens_what_it_names_keeps_the_rest_and_counts_rounds(
    town: Town, browser: Browser, project: str
) -> None:
    anna = browser("anna")
    decide(anna, address(town, project), {**REWORK, **SURE, **WHY})
    assert set(town.open(project)) >= {"risk_assessment"}
    assert {row.due_at.date().isoformat() for row in town.open(project).values() if row.due_at} == {"2026-12-04"}
    again(town, project)
    assert [pack.round for pack in packs(town, project)] == [1, 2]
    assert gate(town, project).round == 2
    items = {item["id"]: item["answer"] for item in packs(town, project)[1].content["checklists"][1]["items"]}
    before = {item["id"]: item["answer"] for item in packs(town, project)[0].content["checklists"][1]["items"]}
    assert items["F12"]["answer"] == "yes"
    assert {name for name in items if items[name] != before[name]} == {"F12"}


def test_defer_brings_the_same_pack_back_on_its_day(town: Town, browser: Browser, project: str) -> None:
    anna, first = browser("anna"), gate(town, project).task_id
    decide(anna, address(town, project), {"outcome": "defer", **SURE, "defer_to": "2027-01-14"})
    task = gate(town, project)
    assert task.task_id != first
    assert task.round == 1
    assert task.due_at is not None
    assert task.due_at.date().isoformat() == "2027-01-14"
    assert [pack.round for pack in packs(town, project)] == [1]
    said = text(anna.get(address(town, project)))
    assert "Senast tor 14 jan 2027" in said
    assert "Uppskjuten" in said
    decide(anna, address(town, project), {"outcome": "approve", **SURE})
    assert town.project(project).phase == "planning"


def test_hold_hides_everything_until_somebody_resumes(
    town: Town, browser: Browser, project: str, clock: TestClock
) -> None:
    anna, room = browser("anna"), address(town, project)
    decide(anna, room, {"outcome": "hold", **SURE, "resume_on": "2027-03-01", "motivation": "Väntar på lagändring."})
    now = town.project(project)
    assert (now.status, now.resume_on and now.resume_on.isoformat()) == (ProjectStatus.ON_HOLD, "2027-03-01")
    assert "Begär beslut" not in browser("karin").get("/tasks").text
    clock.forward(days=30)
    resume_project(town.as_("anna"), project_id=project, note="Lagen är klar.", request_id="resume-1")
    assert set(town.open(project)) == {"request"}


def test_reject_ends_the_idea_with_its_reason_on_record(town: Town, browser: Browser, project: str) -> None:
    anna = browser("anna")
    recorded = decide(anna, address(town, project), {"outcome": "reject", **SURE, "motivation": "Ryms inte i budget."})
    assert "Idén ligger kvar i projektbanken som avslagen." in text(anna.get(recorded.location))
    assert town.project(project).status is ProjectStatus.REJECTED
    assert decisions(town, project)[0].motivation == "Ryms inte i budget."


def test_a_delegated_secret_decision_of_an_earlier_day_keeps_all_of_that(
    town: Town, browser: Browser, clock: TestClock
) -> None:
    project = to_gate(town)
    clock.forward(days=2)
    fields = {
        "outcome": "approve", **SURE, "legal_basis": "delegated", "delegation_point": "3.2",
        "decided_on": "2026-11-24", "secrecy": "OSL 19 kap. 3 §", "registry_number": "KS 2026/412-37",
    }  # fmt: skip
    anna = browser("anna")
    decide(anna, address(town, project), fields)
    (decision,) = decisions(town, project)
    assert (decision.legal_basis, decision.delegation_point) == ("delegated", "3.2")
    assert (decision.decided_on.isoformat(), decision.recorded_on.date().isoformat()) == ("2026-11-24", "2026-11-25")
    assert (decision.secrecy, decision.registry_number) == ("OSL 19 kap. 3 §", "KS 2026/412-37")
    said = text(anna.get(f"/decisions/{decision.id}"))
    assert "Delegationsbeslut, punkt 3.2 i delegationsordningen" in said
    assert "Allmän handling, sekretess enligt OSL 19 kap. 3 §" in said


def test_the_record_holds_after_a_decision_through_the_pages(town: Town, browser: Browser, project: str) -> None:
    decide(browser("anna"), address(town, project), conditional(town))
    assert [result.broken for result in verify(town.ctx)] == [None]
