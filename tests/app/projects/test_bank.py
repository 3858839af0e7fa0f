"""The project bank: everything there ever was, for everybody, but never more than its summary."""

from __future__ import annotations

import pytest

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, text, texts
from tests.stories.town import Town, request_id
from workflows.governance.answers import Entered
from workflows.governance.anytime import terminate_project
from workflows.governance.bank import bank_page
from workflows.governance.documents import Registration
from workflows.governance.project import ProjectStatus
from workflows.governance.submit import submit_step

TITLES = "//main//li//h3"


@pytest.fixture
def terminated(town: Town, planned: str) -> str:
    """A project that was stopped and has gone through its short closure."""
    terminate_project(town.as_("anna"), project_id=planned, reason="Statsbidraget uteblev.", request_id=request_id())
    player = town.player(planned)
    assert player.project().status is ProjectStatus.TERMINATING
    player.hand_in(
        "short_final_report",
        {"summary": "Bidraget uteblev i andra steget.", "lessons": "Fråga länsstyrelsen före direktivet."},
    )
    for node in ("short_books_closed", "short_records_archived", "access_closed"):
        player.hand_in(node)
    assert player.project().status is ProjectStatus.TERMINATED
    return planned


def test_a_terminated_project_is_found_by_anybody_with_its_lessons(log_in: LogIn, town: Town, terminated: str) -> None:
    page = log_in("nils").get("/bank?q=tallbacken").text
    assert texts(page, TITLES) == ["Förskolan Tallbacken Avbrutet"]
    assert "Bidraget uteblev i andra steget." in page
    assert "Fråga länsstyrelsen före direktivet." in page


def test_the_way_into_the_project_is_only_for_who_may_open_it(log_in: LogIn, town: Town, terminated: str) -> None:
    assert f"/projects/{terminated}" not in log_in("nils").get("/bank").text
    assert log_in("nils").get(f"/projects/{terminated}").status_code == 404
    assert f"/projects/{terminated}" in log_in("karin").get("/bank").text


def test_the_page_of_a_terminated_project_says_why(log_in: LogIn, town: Town, terminated: str) -> None:
    page = text(log_in("karin").get(f"/projects/{terminated}").text)
    assert "Projektet avbröts" in page
    assert "Statsbidraget uteblev." in page
    assert "Lägg till en fil" not in page


def test_ideas_and_refused_ones_are_there_too(log_in: LogIn, town: Town) -> None:
    project = town.start("olle", "Linbana över älven", summary="Snabbare över.").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=1)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="no")
    assert town.project(project).status is ProjectStatus.REJECTED
    town.start("nils", "Digital avtalssignering")
    assert texts(log_in("eva").get("/bank").text, TITLES) == [
        "Digital avtalssignering Idé",
        "Linbana över älven Avslaget",
    ]


def test_a_secret_final_report_is_not_shown(log_in: LogIn, town: Town, planned: str) -> None:
    terminate_project(town.as_("anna"), project_id=planned, reason="Stopp", request_id=request_id())
    submit_step(
        town.as_("karin"),
        task_id=town.open(planned)["short_final_report"].task_id,
        entered=Entered(answers={"summary": "Stopp.", "lessons": "Mycket hemligt.", "total_outcome": 0}),
        request_id=request_id(),
        registration=Registration(secrecy="OSL 19 kap. 3 §"),
    )
    (entry,) = bank_page(town.as_("nils")).entries
    assert entry.lessons == entry.report == ""
    assert "hemligt" not in log_in("nils").get("/bank").text


def test_the_bank_goes_on_page_after_page(log_in: LogIn, town: Town) -> None:
    for number in range(23):
        town.start("olle", f"Idé {number}")
    client = log_in("nils")
    first = client.get("/bank").text
    assert len(texts(first, TITLES)) == 20
    (onward,) = attributes(first, "//main//a[contains(@href, 'after=')]", "href")
    assert texts(client.get(str(onward)).text, TITLES) == ["Idé 2 Idé", "Idé 1 Idé", "Idé 0 Idé"]


def test_a_search_without_hits_leads_on_to_a_new_idea(log_in: LogIn, town: Town) -> None:
    page = log_in("nils").get("/bank?q=enhörning").text
    assert "Ingen träff" in page
    assert "/projects/new?title=enh" in page
