"""Whoever answers a step sees what it is about on its page, before the form."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town
from workflows.governance.files import add_file

Client = Callable[[str], FlaskClient]

DELIVERY = {
    "title": "Nytt formulär",
    "criteria": "En anmälan når rätt enhet inom en minut",
    "date": "2027-03-01",
}
GREEN = {"period": "november 2026", "overall": "green", "time_state": "green"}
RISK: dict[str, Any] = {"risk": "Leverantören blir sen", "probability": 3, "consequence": 4}
OTHER = {"title": "Utbildning", "criteria": "Alla handläggare har gått kursen", "date": "2027-04-01"}


@pytest.fixture
def executing(town: Town) -> str:
    """A small project whose two deliveries and first report are due."""
    project = town.start("olle", "Digital felanmälan").project_id
    people = town.people
    usual: Mapping[str, Mapping[str, Any]] = {
        "idea_sheet": {
            "sponsor": people["anna"],
            "size_class": "small",
            "total_cost": 600_000,
            "goal": "Snabbare svar",
        },
        "sponsor_answer": {"decision": "go"},
        "appoint_manager": {"project_manager": people["karin"]},
        "project_directive": {"receiver": people["lena"]},
        "office_review": {"outcome": "approve"},
        "project_plan": {"deliverables": [{**one, "approver": people["lena"]} for one in (DELIVERY, OTHER)]},
    }
    player = town.player(project, usual)
    for gate in ("bp1", "bp2"):
        player.until(gate)
        player.decide(APPROVE)
    return project


def before_form(page: str) -> str:
    """Return what a page says before its form."""
    return page[page.index("<main") : page.index("<form class")]


def deliver(town: Town, project: str) -> str:
    """Hand over the first delivery, with a file, and return the receiver's task."""
    player = town.player(project)
    task = player.task("delivery_ready", item="d1")
    ctx = town.as_("karin")
    file = add_file(
        ctx,
        project_id=project,
        task_id=task.id,
        stream=io.BytesIO(b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"),
        name="protokoll.pdf",
        limit=10_000,
    )
    answers = {
        "delivered": "Formuläret finns på kommunens webbplats.",
        "tests": [{"criterion": "En minut", "result": "41 sekunder i snitt", "passed": "yes"}],
        "delivery_files": [file.id],
    }
    player.hand_in("delivery_ready", answers, item="d1")
    return player.task("deliverable_acceptance", item="d1").id


def test_the_receiver_sees_the_delivery_before_answering(town: Town, client: Client, executing: str) -> None:
    said = before_form(client("lena").get(f"/tasks/{deliver(town, executing)}").text)
    assert "Det du ska ta ställning till" in said
    assert "Formuläret finns på kommunens webbplats." in said
    assert "41 sekunder i snitt" in said
    assert ">protokoll.pdf</a>" in said
    assert "Karin Lind" in said


def test_the_receiver_sees_the_criteria_of_this_delivery_alone(town: Town, client: Client, executing: str) -> None:
    said = before_form(client("lena").get(f"/tasks/{deliver(town, executing)}").text)
    assert DELIVERY["criteria"] in said
    assert OTHER["criteria"] not in said


def test_the_file_of_a_delivery_opens_for_its_receiver(town: Town, client: Client, executing: str) -> None:
    browser = client("lena")
    page = browser.get(f"/tasks/{deliver(town, executing)}").text
    address = page.split(">protokoll.pdf</a>")[0].rpartition('href="')[2].rstrip('"')
    assert browser.get(address).status_code == 200


def test_a_delivery_is_not_shown_to_who_may_not_see_the_step(town: Town, client: Client, executing: str) -> None:
    assert client("nils").get(f"/tasks/{deliver(town, executing)}").status_code == 404


def test_a_delivery_is_not_approved_on_a_day_to_come(town: Town, client: Client, executing: str) -> None:
    task, browser = deliver(town, executing), client("lena")
    answers = {"outcome": "accept", "accepted_on": "2099-03-01", "_review": "1", "version": "0"}
    refused = browser.post(f"/tasks/{task}", data=answers)
    assert refused.status_code == 422
    assert "Skriv en dag som inte ligger efter i dag" in refused.text
    assert town.player(executing).task("deliverable_acceptance", item="d1").id == task


def test_the_sponsor_reads_the_report_where_it_is_answered(town: Town, client: Client, executing: str) -> None:
    report: dict[str, Any] = {
        "period": "november 2026",
        "overall": "yellow",
        "overall_comment": "Leverantören är två veckor sen.",
        "forecast": 650_000,
        "future_risk": "Testerna hinner inte före jul.",
        "decisions_needed": "Får vi flytta driftsättningen till mars?",
    }
    town.fill("karin", executing, "status_report", **report)
    said = before_form(client("anna").get(f"/tasks/{town.open(executing)['status_read'].task_id}").text)
    for words in ("Gult", report["overall_comment"], report["decisions_needed"], "Läs allt"):
        assert words in said


def test_the_sponsor_sees_the_idea_and_what_deviates_in_it(town: Town, client: Client) -> None:
    project = town.start("olle", "Cykelpool").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], goal="Mindre bil", what="Tio lånecyklar.")
    town.fill("olle", project, "c1_relevance", R18={"answer": "no", "reason": "Chefen är på semester."})
    said = before_form(client("anna").get(f"/tasks/{town.open(project)['sponsor_answer'].task_id}").text)
    assert "Tio lånecyklar." in said
    assert "Chefen är på semester." in said[: said.index("<summary>Visa svaren (")]


def test_a_step_about_nothing_has_no_such_section(town: Town, client: Client) -> None:
    project = town.start("olle", "Cykelpool").project_id
    page = client("olle").get(f"/tasks/{town.open(project)['idea_sheet'].task_id}").text
    assert "Det du ska ta ställning till" not in page


def test_the_first_report_compares_with_nothing(town: Town, client: Client, executing: str) -> None:
    player, karin = town.player(executing), client("karin")
    first = karin.get(f"/tasks/{player.task('status_report').id}").text
    assert "Tid, trend" not in first
    town.fill("karin", executing, "status_report", **GREEN)
    player.until("status_report")
    assert "Tid, trend" in karin.get(f"/tasks/{player.task('status_report').id}").text


def test_a_trend_that_was_reported_stays_in_the_report(town: Town, client: Client, executing: str) -> None:
    player = town.player(executing)
    town.fill("karin", executing, "status_report", **GREEN)
    player.until("status_report")
    task = town.fill("karin", executing, "status_report", **GREEN, time_trend="better").task_id
    assert "Bättre" in client("anna").get(f"/tasks/{task}/answers").text
    project = client("anna").get(f"/projects/{executing}/documents/status_report/2")
    assert "Bättre" in project.text


def test_a_report_begins_without_the_risks_that_are_known(town: Town, client: Client, executing: str) -> None:
    player = town.player(executing)
    town.fill("karin", executing, "status_report", **GREEN, risks=[RISK])
    player.until("status_report")
    page = client("karin").get(f"/tasks/{player.task('status_report').id}").text
    assert RISK["risk"] not in page[page.index("<form class") :]


def test_the_inbox_says_which_of_several_deliveries_a_task_is_for(client: Client, town: Town, executing: str) -> None:
    page = client("karin").get("/tasks").text
    assert page.count("Lämna leveransen till mottagaren") >= 2
    assert " · ".join(("Genomförande", DELIVERY["title"])) in page
    assert " · ".join(("Genomförande", OTHER["title"])) in page


def test_the_inbox_names_the_person_whose_contract_waits(client: Client, town: Town) -> None:
    player = town.player(town.start("olle", "Digital felanmälan").project_id, usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("contract_provider")
    page = client("bo").get("/tasks").text
    for name in ("Nils Öberg", "Eva Sjödin"):
        assert f"Planering · {name}" in page
