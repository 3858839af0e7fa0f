"""An idea that becomes no project: its page and a mail give whoever had it the answer."""

from __future__ import annotations

from flask import Flask

from app.mail import addresses, answer_to_idea, answered
from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import text
from tests.stories.town import Town
from workflows.kernel.jobs import MemoryJobs

CHOSEN = {
    "decision": "line_assignment",
    "reason": "Ryms i linjens budget i år.",
    "responsible": "Mats Åkerlund",
}


def ended(town: Town) -> str:
    project = town.start("olle", "Ny kaffeautomat").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], R07="no")
    town.fill("anna", project, "entry_choice", **CHOSEN)
    return project


def test_its_page_says_what_was_chosen_why_and_who_does_it(log_in: LogIn, town: Town) -> None:
    page = text(log_in("olle").get(f"/projects/{ended(town)}").text)
    assert "Anna Berg svarade på idén:" in page
    for said in ("Uppdrag", "Ryms i linjens budget i år.", "Mats Åkerlund"):
        assert said in page


def test_a_no_stands_on_the_page_with_its_reason_and_is_mailed(log_in: LogIn, town: Town, jobs: MemoryJobs) -> None:
    project = town.start("olle", "Cykelpool").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="no", reason="Pengarna räcker inte i år.")
    page = text(log_in("olle").get(f"/projects/{project}").text)
    assert "Idén avslogs" in page
    assert "Pengarna räcker inte i år." in page
    assert [job.arguments for job in jobs.jobs if job.name == "mail.answered"] == [(project,)]


def test_who_had_the_idea_gets_a_mail_without_the_answer(app: Flask, town: Town, jobs: MemoryJobs) -> None:
    project = ended(town)
    assert [job.arguments for job in jobs.jobs if job.name == "mail.answered"] == [(project,)]
    answer = answer_to_idea(town.ctx, project=project, address=addresses(app, "https://styr.example.se"))
    assert answer is not None
    mail = answered(answer, key="a", municipality="Härnösands kommun")
    assert (mail.to, mail.subject) == ("olle@exempelkommun.se", "Svar på din idé: Ny kaffeautomat")
    assert f"/projects/{project}" in mail.text
    assert "budget" not in mail.text


def test_who_answered_their_own_idea_gets_none(app: Flask, town: Town) -> None:
    project = town.start("anna", "Ny kaffeautomat").project_id
    town.fill("anna", project, "idea_sheet", sponsor=town.people["anna"], R07="no")
    town.fill("anna", project, "entry_choice", **CHOSEN)
    assert answer_to_idea(town.ctx, project=project, address=addresses(app, "https://styr.example.se")) is None


def test_an_idea_that_goes_on_has_no_such_answer(log_in: LogIn, town: Town, jobs: MemoryJobs) -> None:
    project = town.start("olle", "Digital felanmälan").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    assert "svarade på idén" not in log_in("olle").get(f"/projects/{project}").text
    assert not [job for job in jobs.jobs if job.name == "mail.answered"]
