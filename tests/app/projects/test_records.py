"""Documents and decisions on record: read on a page, taken home as PDF."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from app.papers import render
from app.papers.shelf import GovernanceShelf
from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import section, text, texts, words
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, met, rework, seat
from tests.stories.town import Town
from workflows.governance.decision import DecisionInput
from workflows.governance.decision_record import decisions_of
from workflows.governance.errors import DecisionRefused
from workflows.governance.outcomes import Outcome
from workflows.governance.papers import RENDER
from workflows.kernel.files import keep
from workflows.kernel.jobs import MemoryJobs


def decision_id(town: Town, project: str) -> str:
    """Return the newest decision."""
    with town.ctx.read() as session:
        return decisions_of(session, tenant=town.ctx.tenant, project_id=project)[0].id


def ordered(jobs: MemoryJobs) -> list[str]:
    """Return the papers that are to be rendered."""
    return [job.arguments[1] for job in jobs.jobs if job.name == RENDER]


def render_everything_asked_for(town: Town, jobs: MemoryJobs) -> None:
    """Do the rendering jobs as the worker does."""
    shelf = GovernanceShelf(municipality="Granviks kommun")
    for project, source in [job.arguments for job in jobs.jobs if job.name == RENDER]:
        paper = shelf.paper(town.ctx, project=project, source=source)
        assert paper is not None
        file = keep(town.ctx.files, render(paper), name="x.pdf", media_type="application/pdf")
        shelf.keep(town.ctx, project=project, source=source, file=file)


def pdf_words(content: bytes) -> str:
    return words(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def test_each_version_is_shown_as_it_was_handed_in(log_in: LogIn, town: Town, at_gate: str) -> None:
    player = town.player(at_gate, usual=usual(town))
    player.decide(rework(town, "preparation", "F05", "F06"))
    for node in ("risk_assessment", "cost_benefit", "organisation", "resource_needs"):
        player.hand_in(node)
    player.hand_in("project_directive", {"background": "Ny bakgrund.", "title": "Förskolan Tallbacken"})
    client = log_in("karin")
    first = client.get(f"/projects/{at_gate}/documents/project_directive/1").text
    second = client.get(f"/projects/{at_gate}/documents/project_directive/2").text
    assert "Ny bakgrund." not in first
    assert "Ny bakgrund." in second
    assert "Det finns en nyare version" in first
    assert "Det finns en nyare version" not in second
    assert "Diarienummer P-2026-001-2 Offentlighet Allmän handling Sekretess Ingen" in section(first, "Registrering")
    assert "Beställare Anna Berg" in text(second)
    assert len(texts(second, "//section[h2='Versioner']//li")) == 2


def test_a_members_contract_has_its_own_versions(log_in: LogIn, town: Town, contracting: str) -> None:
    player = town.player(contracting)
    player.hand_in("contract_provider", {"decision": "sign"}, item="m1")
    player.hand_in("contract_member", {"decision": "accept"}, item="m1")
    client, address = log_in("karin"), f"/projects/{contracting}/documents/person_contract/1"
    assert "Personkontrakt – Nils Öberg" in client.get(f"{address}?item=m1").text
    assert client.get(f"{address}?item=m2").status_code == 404
    assert client.get(address).status_code == 404


def test_documents_of_others_and_made_up_ones_are_not_found(log_in: LogIn, town: Town, planned: str) -> None:
    base = f"/projects/{planned}/documents"
    assert log_in("nils").get(f"{base}/project_directive/1").status_code == 404
    assert log_in("nils").get(f"{base}/project_directive/1/pdf").status_code == 404
    assert log_in("karin").get(f"{base}/project_directive/9").status_code == 404
    assert log_in("karin").get(f"{base}/made_up/1").status_code == 404
    assert log_in("nils").get(f"/projects/{planned}/decisions/{decision_id(town, planned)}/pdf").status_code == 404


def test_a_decision_of_another_project_is_not_given_out_here(log_in: LogIn, town: Town, planned: str) -> None:
    other = town.start("karin", "Karins idé").project_id
    address = f"/projects/{other}/decisions/{decision_id(town, planned)}/pdf"
    assert log_in("karin").get(address).status_code == 404


def test_a_pdf_is_ordered_once_with_each_document_and_decision(town: Town, planned: str, jobs: MemoryJobs) -> None:
    assert ordered(jobs) == [
        "document/idea_sheet//1",
        "document/project_directive//1",
        f"decision/{decision_id(town, planned)}",
    ]


def test_the_pdf_of_a_step_that_was_refused_is_not_ordered(town: Town, at_gate: str, jobs: MemoryJobs) -> None:
    before = ordered(jobs)
    with pytest.raises(DecisionRefused):
        town.decide("anna", at_gate, DecisionInput(outcome=Outcome.REWORK))
    assert ordered(jobs) == before


def test_a_page_says_that_its_pdf_is_on_its_way(log_in: LogIn, town: Town, planned: str, jobs: MemoryJobs) -> None:
    client = log_in("karin")
    pages = (f"/projects/{planned}/documents/project_directive/1", f"/decisions/{decision_id(town, planned)}")
    assert all("PDF:en är inte klar än" in client.get(page).text for page in pages)
    render_everything_asked_for(town, jobs)
    assert not any("PDF:en är inte klar än" in client.get(page).text for page in pages)


def test_a_pdf_whose_job_was_given_up_is_made_when_it_is_asked_for_and_then_kept(
    log_in: LogIn, town: Town, planned: str, jobs: MemoryJobs
) -> None:
    jobs.jobs.clear()
    client, address = log_in("karin"), f"/projects/{planned}/documents/project_directive/1/pdf"
    waiting = client.get(address)
    assert waiting.status_code == 202
    assert "PDF:en skapas" in waiting.text
    client.get(address)
    assert ordered(jobs) == ["document/project_directive//1"]
    render_everything_asked_for(town, jobs)
    answer = client.get(address, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert 'filename="P-2026-001-2 Projektdirektiv.pdf"' in answer.headers["Content-Disposition"]
    printed = pdf_words(answer.data)
    assert "Projektdirektiv, Förskolan Tallbacken" in printed
    assert "Granviks kommun" in printed
    assert "Registrerat mån 23 nov 2026 9.00" in printed


def test_the_record_of_a_meeting_is_printed_whole(log_in: LogIn, town: Town, planned: str, jobs: MemoryJobs) -> None:
    player = town.player(planned, usual=usual(town))
    player.until("bp2")
    seats = [
        seat(town, "anna"),
        seat(town, "bo", recusal="Äger marken intill"),
        seat(town, "sara"),
        seat(town, "mats", reservation="Budgeten borde ha en reserv."),
    ]
    player.decide(met(town, Outcome.APPROVE, seats))
    client, address = log_in("karin"), f"/projects/{planned}/decisions/{decision_id(town, planned)}/pdf"
    assert client.get(address).status_code == 202
    render_everything_asked_for(town, jobs)
    printed = pdf_words(client.get(address, buffered=True).data)
    for expected in (
        "Beslutspunkt 2",
        "Projektplanen leder till projektets mål.",
        "Godkänd",
        "Styrgruppen beslutar enligt förslaget.",
        "Anna Berg, ordförande",
        "Jäv: Äger marken intill",
        "Budgeten borde ha en reserv.",
        "Kontrollsumma",
    ):
        assert expected in printed


def test_what_was_sent_back_is_printed_with_its_questions(
    log_in: LogIn, town: Town, at_gate: str, jobs: MemoryJobs
) -> None:
    town.player(at_gate).decide(rework(town, "preparation", "F05", "F06"))
    client, address = log_in("karin"), f"/projects/{at_gate}/decisions/{decision_id(town, at_gate)}/pdf"
    client.get(address)
    render_everything_asked_for(town, jobs)
    printed = pdf_words(client.get(address, buffered=True).data)
    assert "Ska kompletteras" in printed
    assert "Underlaget ska kompletteras." in printed
    assert "Förslag till beslut" in printed, "what was proposed stands in the evidence, not as the decision"
    assert "F05" in printed
    assert "Kalkylen saknar driftskostnaden." in printed


def test_a_paper_of_nothing_is_none(town: Town, planned: str) -> None:
    shelf = GovernanceShelf()
    for source in ("decision/0", "document/made_up//1", "document/project_directive//9", "", "../x", "document/a/b/c"):
        assert shelf.paper(town.ctx, project=planned, source=source) is None
    assert shelf.paper(town.ctx, project="0" * 32, source="decision/0") is None


def test_a_meetings_decision_is_listed_with_the_group_that_decided(log_in: LogIn, town: Town, at_gate: str) -> None:
    player = town.player(at_gate, usual=usual(town))
    player.decide(APPROVE)
    player.until("bp2")
    player.decide(met(town, Outcome.APPROVE))
    listed = section(log_in("anna").get(f"/projects/{at_gate}").text, "Beslut")
    assert "Styrgrupp Samhälle" in listed
    assert "Anna Berg" in listed
    assert "Per Wallin" not in listed
