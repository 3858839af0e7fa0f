"""What a receipt says comes next, what is left, how it ended, and what can be done about a mistake."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.stories.town import Town

Client = Callable[[str], FlaskClient]


@pytest.fixture
def appointed(town: Town) -> str:
    """A project with its project manager, whose groundwork has begun."""
    return begun(town, "Digital felanmälan")


def begun(town: Town, title: str) -> str:
    project = town.start("olle", title).project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    town.fill("anna", project, "appoint_manager", project_manager=town.people["karin"])
    return project


def to_the_request(town: Town, project: str) -> None:
    for who, node in (("karin", "risk_assessment"), ("eva", "cost_benefit"), ("karin", "organisation")):
        town.fill(who, project, node)
    town.fill("karin", project, "resource_needs")
    town.fill("karin", project, "project_directive", receiver=town.people["lena"])


def receipt(client: Client, who: str, task: str) -> str:
    page = client(who).get(f"/tasks/{task}/receipt").text
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def test_own_next_steps_are_links_and_wait_for_you(town: Town, client: Client) -> None:
    project = town.start("olle", "Digital felanmälan").project_id
    task = town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"]).task_id
    page = client("olle").get(f"/tasks/{task}/receipt").text
    own = town.open(project)["c1_relevance"].task_id
    assert f'<a href="/tasks/{own}">Svara på checklistan Relevans</a> – väntar på dig' in page
    assert "väntar på Olle Norin" not in page


def test_the_next_task_is_of_this_project_first_and_others_are_named(
    town: Town, client: Client, appointed: str
) -> None:
    other = begun(town, "Simhall")
    task = town.fill("karin", other, "risk_assessment").task_id
    page = client("karin").get(f"/tasks/{task}/receipt").text
    button = page[page.index('<div class="s-actions">') :]
    assert any(f'href="/tasks/{row.task_id}">Nästa uppgift' in button for row in town.open(other).values())
    town.fill("karin", other, "organisation")
    last = town.fill("karin", other, "resource_needs").task_id
    assert "i Digital felanmälan" in receipt(client, "karin", last)


def test_steps_that_stand_beside_are_what_is_left(town: Town, client: Client, appointed: str) -> None:
    task = town.fill("karin", appointed, "organisation").task_id
    page = receipt(client, "karin", task)
    assert "Kvar i Förberedelse" in page
    assert "Beräkna kostnader och nyttor – väntar på Eva Sjödin" in page
    assert "Det här händer nu" not in page


def test_an_idea_that_ended_says_how_and_what_was_answered(town: Town, client: Client) -> None:
    project = town.start("olle", "Ny kaffeautomat").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], R07="no")
    chosen = {"decision": "line_assignment", "reason": "Ryms i linjen", "responsible": "Mats Åkerlund"}
    task = town.fill("anna", project, "entry_choice", **chosen).task_id
    page = receipt(client, "anna", task)
    assert "Så slutade det" in page
    assert "Idén blev inget projekt." in page
    assert "Den som lämnade idén får ett mejl." in page
    assert "Mats Åkerlund" in page
    assert "skicka tillbaka" not in page


def test_only_who_can_send_it_back_is_said_to(town: Town, client: Client, appointed: str) -> None:
    to_the_request(town, appointed)
    task = next(row for row in town.open(appointed).values() if row.node == "office_review").task_id
    assert task
    directive = client("karin").get("/tasks?tab=done").text
    assert "Skriv projektdirektivet" in directive
    handed = directive.split('href="/tasks/')[1].split('"')[0]
    assert "Ture Malm kan skicka tillbaka det" in receipt(client, "karin", handed)


def test_a_request_can_be_taken_back_from_its_receipt(town: Town, client: Client, appointed: str) -> None:
    to_the_request(town, appointed)
    town.fill("ture", appointed, "office_review", outcome="approve")
    town.fill("karin", appointed, "c2_preparation")
    task = town.fill("karin", appointed, "request", proposal="Godkänn direktivet.").task_id
    page = client("karin").get(f"/tasks/{task}/receipt").text
    deciding = town.open(appointed)["decide_single"].task_id
    assert f'href="/gates/{deciding}/withdraw"' in page
    assert "skicka tillbaka" not in page


def test_the_proof_has_a_name(town: Town, client: Client, appointed: str) -> None:
    task = town.fill("karin", appointed, "organisation").task_id
    assert "Kontrollsumma" in receipt(client, "karin", task)
