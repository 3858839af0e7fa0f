"""What the page of a step that comes back says first, and how its row and its mail name who sent it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.mail import addresses, assignment
from tests.conftest import TestClock
from tests.stories.meetings import rework
from tests.stories.town import Town
from workflows.governance.decide import DecisionReceipt

Client = Callable[[str], FlaskClient]


@pytest.fixture
def reviewed(town: Town, clock: TestClock) -> str:
    """A project whose directive is about to be reviewed."""
    project = town.start("olle", "Digital felanmälan").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    town.fill("anna", project, "appoint_manager", project_manager=town.people["karin"])
    for who, node in (("karin", "risk_assessment"), ("eva", "cost_benefit"), ("karin", "organisation")):
        town.fill(who, project, node)
    town.fill("karin", project, "resource_needs")
    clock.forward(hours=1)
    town.fill("karin", project, "project_directive", receiver=town.people["lena"])
    clock.forward(hours=1)
    return project


def returned(town: Town, project: str) -> str:
    town.fill("ture", project, "office_review", outcome="return", comments="Effektmålen går inte att mäta")
    return town.open(project)["project_directive"].task_id


def test_a_document_sent_back_says_why_on_its_page(town: Town, client: Client, reviewed: str) -> None:
    page = client("karin").get(f"/tasks/{returned(town, reviewed)}").text
    assert "Ture Malm skickade tillbaka uppgiften" in page
    assert page.index("Effektmålen går inte att mäta") < page.index("<form class")


def test_its_row_says_that_it_is_back(town: Town, client: Client, reviewed: str) -> None:
    returned(town, reviewed)
    assert "tillbaka från Ture Malm" in client("karin").get("/tasks").text


def test_its_mail_says_that_it_is_back(town: Town, application: Flask, reviewed: str) -> None:
    task = returned(town, reviewed)
    address = addresses(application, "https://styr.example.se")
    news = assignment(town.ctx, task=task, person=town.people["karin"], address=address)
    assert news is not None
    assert news.back_from == "Ture Malm"


def sent_back(town: Town, clock: TestClock, project: str) -> DecisionReceipt:
    town.fill("ture", project, "office_review", outcome="approve")
    town.fill("karin", project, "c2_preparation")
    town.fill("karin", project, "request", proposal="Beställaren godkänner projektdirektivet.")
    clock.now += timedelta(hours=1)
    return town.decide("anna", project, rework(town, "preparation", "F08"))


def test_every_step_of_a_rework_says_what_is_asked_for(
    town: Town, client: Client, clock: TestClock, reviewed: str
) -> None:
    sent_back(town, clock, reviewed)
    page = client("karin").get(f"/tasks/{town.open(reviewed)['risk_assessment'].task_id}").text
    assert "Anna Berg vill att underlaget kompletteras" in page
    assert "Kalkylen saknar driftskostnaden." in page
    assert "F08" in page
    assert "omgång 2" in page
    assert "tillbaka från Anna Berg" in client("karin").get("/tasks").text


def test_the_receipt_of_a_rework_lists_items_and_day(
    town: Town, client: Client, clock: TestClock, reviewed: str
) -> None:
    receipt = sent_back(town, clock, reviewed)
    page = client("anna").get(f"/gates/{receipt.task_id}/receipt").text
    assert "F08" in page
    assert "Klart senast" in page


def test_a_step_that_is_new_says_nothing_of_the_kind(town: Town, client: Client, reviewed: str) -> None:
    page = client("ture").get(f"/tasks/{town.open(reviewed)['office_review'].task_id}").text
    assert "skickade tillbaka" not in page
    assert "tillbaka från" not in client("ture").get("/tasks").text
