"""The project bank: everything there ever was, for everybody, but never more than its summary."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, text, texts
from tests.stories.large_project import usual
from tests.stories.meetings import rework
from tests.stories.town import Town, request_id
from workflows.flow import Entry, Handed
from workflows.governance.answers import Entered
from workflows.governance.anytime import terminate_project
from workflows.governance.bank import BankFilter, bank_page
from workflows.governance.bank_texts import keep_handed_in
from workflows.governance.documents import Registration
from workflows.governance.project import ProjectStatus
from workflows.governance.submit import submit_step
from workflows.governance.tables import BankTextRow
from workflows.models import load_bundle

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
    assert (entry.lessons, entry.texts) == ("", ())
    assert bank_page(town.as_("nils"), wanted=BankFilter(search="hemligt")).entries == ()
    assert "hemligt" not in log_in("nils").get("/bank").text


def test_a_secret_version_takes_back_what_was_open(town: Town, planned: str) -> None:
    """What was found before a report was made secret is not found after."""
    with town.ctx.write() as session:
        bundle = load_bundle(session, tenant=town.ctx.tenant, digest=town.project(planned).bundle)
        form = "short_final_report"
        for secrecy in (None, "OSL 19 kap. 3 §"):
            entry = Entry(verb="submit", at=town.ctx.now(), body={"document": {"secrecy": secrecy}})
            handed = Handed(form=form, answers={"summary": "Stopp.", "lessons": "Avtalet var dåligt."})
            keep_handed_in(
                session, tenant=town.ctx.tenant, project_id=planned, bundle=bundle, handed=handed, entry=entry
            )
            hits = session.scalar(select(func.count()).where(BankTextRow.source == form))
            assert hits == (0 if secrecy else 1)


@pytest.mark.parametrize(
    ("search", "where", "marked"),
    [
        ("länsstyrelsen", "Ur slutrapporten", "länsstyrelsen"),
        ("BIDRAGET", "Ur slutrapporten", "Bidraget"),
    ],
)
def test_a_search_finds_what_was_said_and_marks_it(
    log_in: LogIn, terminated: str, search: str, where: str, marked: str
) -> None:
    page = log_in("nils").get("/bank", query_string={"q": search}).text
    assert texts(page, TITLES) == ["Förskolan Tallbacken Avbrutet"]
    assert marked.casefold() in [word.casefold() for word in texts(page, "//main//mark")]
    assert where in text(page)


def test_ideas_and_the_reasons_of_decisions_are_found_too(log_in: LogIn, town: Town) -> None:
    project = town.start("olle", "Förskolan Tallbacken").project_id
    player = town.player(project, usual=usual(town))
    player.hand_in("idea_sheet", {"why": "Barnen åker fyra mil till närmaste förskola.", "how": "I trä."})
    player.until("bp1")
    player.decide(rework(town, "preparation", "F06"))
    client = log_in("nils")
    idea, decision = client.get("/bank?q=fyra+mil").text, client.get("/bank?q=driftskostnaden").text
    assert (texts(idea, "//main//mark"), "Ur idén" in text(idea)) == (["fyra", "mil"], True)
    assert (texts(decision, "//main//mark"), "Ur ett beslut" in text(decision)) == (["driftskostnaden"], True)


def test_every_word_is_found_somewhere_in_the_same_project(log_in: LogIn, town: Town, terminated: str) -> None:
    town.start("olle", "Länsstyrelsen flyttar")
    client = log_in("nils")
    assert texts(client.get("/bank?q=tallbacken+länsstyrelsen").text, TITLES) == ["Förskolan Tallbacken Avbrutet"]
    assert len(texts(client.get("/bank?q=länsstyrelsen").text, TITLES)) == 2


def test_the_bank_is_filtered_by_outcome_department_and_year(log_in: LogIn, town: Town, terminated: str) -> None:
    town.start("olle", "Linbana över älven")
    client = log_in("nils")
    assert texts(client.get("/bank?status=terminated").text, TITLES) == ["Förskolan Tallbacken Avbrutet"]
    assert texts(client.get("/bank?status=idea&year=2026").text, TITLES) == ["Linbana över älven Idé"]
    assert texts(client.get("/bank?year=2025").text, TITLES) == []
    assert len(texts(client.get("/bank?status=vad&year=hm&department=").text, TITLES)) == 2


def test_two_thousand_projects_cost_a_page_as_many_statements_as_two(town: Town, terminated: str) -> None:
    town.start("olle", "Linbana över älven")
    few = _statements(town)
    for number in range(25):
        town.start("olle", f"Linbana {number}")
    assert _statements(town) == few <= 4


def _statements(town: Town) -> int:
    told: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        told.append(statement)

    engine = town.ctx.database.engine
    event.listen(engine, "before_cursor_execute", note)
    assert bank_page(town.as_("nils"), wanted=BankFilter(search="linbana")).entries
    event.remove(engine, "before_cursor_execute", note)
    return sum(statement.startswith("SELECT") for statement in told)


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


def test_the_bank_has_a_word_of_its_own_in_the_menu(log_in: LogIn) -> None:
    page = log_in("olle").get("/bank").text
    assert texts(page, "//nav//a[@aria-current='page']") == ["Projektbanken"]
