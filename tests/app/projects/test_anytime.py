"""At any time: hold and resume, terminate, give a role to somebody else; each with a check before it happens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, text, texts
from tests.conftest import TestClock
from tests.stories.town import Town, request_id
from workflows.governance.holding import hold_project
from workflows.governance.project import ProjectStatus


def held(town: Town, project: str, clock: TestClock, days: int = 30) -> None:
    day = clock.today + timedelta(days=days)
    hold_project(town.as_("anna"), project_id=project, resume_on=day, reason="Väntar", request_id=request_id())


def test_a_hold_is_checked_then_done_and_hides_the_tasks(
    log_in: LogIn, town: Town, contracting: str, clock: TestClock
) -> None:
    client, address = log_in("anna"), f"/projects/{contracting}/hold"
    day = (clock.today + timedelta(days=30)).isoformat()
    form = {"resume_on": day, "reason": "Väntar på statsbidrag", "request_id": request_id()}
    checked = client.post(address, data=form)
    assert checked.status_code == 200
    assert "3 öppna uppgifter döljs för alla." in text(checked.text)
    assert town.project(contracting).status is ProjectStatus.ACTIVE
    assert client.post(address, data={**form, "_done": "1"}).status_code == 303
    assert town.project(contracting).status is ProjectStatus.ON_HOLD
    assert "Inget väntar på dig" in log_in("bo").get("/", follow_redirects=True).text
    page = text(log_in("karin").get(f"/projects/{contracting}").text)
    assert "Projektet är vilande till ons 23 dec" in page
    assert "Väntar på statsbidrag" in page


def test_going_back_from_the_check_keeps_what_was_entered(log_in: LogIn, town: Town, planned: str) -> None:
    form = {"resume_on": "2027-04-01", "reason": "Väntar på statsbidrag", "_change": "1"}
    page = log_in("anna").post(f"/projects/{planned}/hold", data=form).text
    assert 'value="2027-04-01"' in page
    assert "Väntar på statsbidrag" in page


@pytest.mark.parametrize(
    ("entered", "fields"),
    [
        ({}, ["resume_on", "reason"]),
        ({"resume_on": "2026-11-23", "reason": "x"}, ["resume_on"]),
        ({"resume_on": "i morgon", "reason": "x"}, ["resume_on"]),
        ({"resume_on": "2027-01-01", "reason": "x" * 4001}, ["reason"]),
    ],
)
def test_a_hold_without_day_or_reason_says_what_to_write(
    log_in: LogIn, town: Town, planned: str, entered: dict[str, str], fields: list[str]
) -> None:
    answer = log_in("anna").post(f"/projects/{planned}/hold", data={**entered, "_done": "1"})
    assert answer.status_code == 422
    assert attributes(answer.text, "//*[@aria-invalid]", "id") == fields
    assert town.project(planned).status is ProjectStatus.ACTIVE


def test_resuming_moves_due_days_by_the_time_it_rested(
    log_in: LogIn, town: Town, contracting: str, clock: TestClock
) -> None:
    before = town.player(contracting).task("union_consultation").due_at
    held(town, contracting, clock)
    clock.forward(days=12)
    client = log_in("anna")
    task = town.player(contracting).task("resume").id
    question = client.get(f"/tasks/{task}", follow_redirects=True)
    assert question.request.path == f"/projects/{contracting}/hold"
    assert "Ska projektet återupptas?" in question.text
    form = {"choice": "now", "note": "Bidraget kom", "request_id": request_id()}
    assert "ser den igen" in client.post(f"/projects/{contracting}/resume", data=form).text
    assert client.post(f"/projects/{contracting}/resume", data={**form, "_done": "1"}).status_code == 303
    after = town.player(contracting).task("union_consultation").due_at
    assert before is not None
    assert after == before + timedelta(days=12)
    assert town.project(contracting).status is ProjectStatus.ACTIVE
    assert "resume" not in town.open(contracting)


def test_letting_it_rest_longer_asks_again_by_another_day(
    log_in: LogIn, town: Town, planned: str, clock: TestClock
) -> None:
    held(town, planned, clock)
    clock.forward(days=30)
    first = town.player(planned).task("resume").id
    form = {"choice": "longer", "resume_on": "2027-06-01", "reason": "Beskedet dröjer", "request_id": request_id()}
    client = log_in("karin")
    assert client.post(f"/projects/{planned}/resume", data={**form, "_done": "1"}).status_code == 303
    again = town.player(planned).task("resume")
    assert again.id != first
    assert again.due_at is not None
    assert again.due_at.date().isoformat() == "2027-06-01"
    assert town.project(planned).resume_on == again.due_at.date()
    assert "lät projektet vila längre, till tis 1 juni" in text(client.get(f"/projects/{planned}").text)


def test_resuming_without_a_choice_is_refused(log_in: LogIn, town: Town, planned: str, clock: TestClock) -> None:
    held(town, planned, clock)
    answer = log_in("anna").post(f"/projects/{planned}/resume", data={"_done": "1"})
    assert answer.status_code == 422
    assert town.project(planned).status is ProjectStatus.ON_HOLD


def test_terminating_says_what_follows_and_begins_the_short_closure(log_in: LogIn, town: Town, at_gate: str) -> None:
    client, address = log_in("anna"), f"/projects/{at_gate}/terminate"
    form = {"reason": "Behovet finns inte längre.", "request_id": request_id()}
    assert "Det går inte att ångra." in client.get(address).text
    checked = client.post(address, data=form).text
    assert "1 öppen uppgift stängs och ett kort avslut börjar" in text(checked)
    assert client.post(address, data={**form, "_done": "1"}).status_code == 303
    assert town.project(at_gate).status is ProjectStatus.TERMINATING
    assert set(town.open(at_gate)) == {"short_final_report"}
    page = text(client.get(f"/projects/{at_gate}").text)
    assert "Projektet avbryts: Skriv slutrapport för det avbrutna projektet" in page


def test_a_project_on_hold_is_terminated_from_its_page(
    log_in: LogIn, town: Town, contracting: str, clock: TestClock
) -> None:
    held(town, contracting, clock)
    client, address = log_in("anna"), f"/projects/{contracting}/terminate"
    assert address in client.get(f"/projects/{contracting}").text
    assert address in client.get(f"/projects/{contracting}/hold").text
    page = client.get(address).text
    assert "Vilan upphör." in page
    assert "Gör det vilande i stället" not in page
    form = {"reason": "Bidraget kom inte.", "request_id": request_id()}
    assert "Vilan upphör." in client.post(address, data=form).text
    assert client.post(address, data={**form, "_done": "1"}).status_code == 303
    assert town.project(contracting).status is ProjectStatus.TERMINATING
    events = text(client.get(f"/projects/{contracting}/events").text)
    assert "Anna Berg avbröt projektet, som var vilande" in events
    assert "Anna Berg gjorde projektet vilande till" in events
    assert "Inget väntar på dig" not in log_in("karin").get("/", follow_redirects=True).text


def test_terminating_without_a_reason_changes_nothing(log_in: LogIn, town: Town, planned: str) -> None:
    answer = log_in("anna").post(f"/projects/{planned}/terminate", data={"reason": " ", "_done": "1"})
    assert answer.status_code == 422
    assert "Skriv varför projektet avbryts" in answer.text
    assert town.project(planned).status is ProjectStatus.ACTIVE


def test_a_new_project_manager_gets_the_open_tasks(log_in: LogIn, town: Town, planned: str) -> None:
    client, address = log_in("ture"), f"/projects/{planned}/roles/project_manager"
    form = {"holder": town.people["nils"], "reason": "Karin byter tjänst", "request_id": request_id()}
    assert "Skriv projektplanen" in text(client.get(address).text)
    assert "1 uppgift följer med." in text(client.post(address, data=form).text)
    assert client.post(address, data={**form, "_done": "1"}).status_code == 303
    task = town.open(planned)["project_plan"].task_id
    assert "Skriv projektplanen" in log_in("nils").get(f"/tasks/{task}").text
    assert "Skriv projektplanen" in log_in("nils").get("/", follow_redirects=True).text
    assert log_in("nils").get(f"/projects/{planned}").status_code == 200
    assert "Projektledare är nu Nils Öberg" in text(client.get(f"/projects/{planned}").text)


def test_the_same_person_in_both_roles_is_warned_of(log_in: LogIn, town: Town, planned: str) -> None:
    form = {"holder": town.people["anna"], "reason": "Vakans"}
    page = log_in("ture").post(f"/projects/{planned}/roles/project_manager", data=form).text
    assert "Anna Berg, Förvaltningschef är också beställare." in text(page)


def test_a_steering_group_is_chosen_among_bodies(log_in: LogIn, town: Town, planned: str) -> None:
    page = log_in("anna").get(f"/projects/{planned}/roles/steering_group").text
    assert texts(page, "//select[@id='holder']/option") == ["Välj", "Styrgrupp Samhälle"]


@pytest.mark.parametrize("holder", ["", "nobody", "0" * 32, "body:x"])
def test_only_who_can_be_chosen_is_taken(log_in: LogIn, town: Town, planned: str, holder: str) -> None:
    form = {"holder": holder, "reason": "Byte", "_done": "1"}
    answer = log_in("ture").post(f"/projects/{planned}/roles/project_manager", data=form)
    assert answer.status_code == 422
    assert "Välj vem som ska ha rollen" in answer.text


def test_a_double_click_changes_the_holder_once(log_in: LogIn, town: Town, planned: str) -> None:
    form = {"holder": town.people["nils"], "reason": "Byte", "request_id": request_id(), "_done": "1"}
    client, address = log_in("ture"), f"/projects/{planned}/roles/receiver"
    assert client.post(address, data=form).status_code == 303
    events = len(texts(client.get(f"/projects/{planned}/events").text, "//ol[@class='s-log']/li"))
    again = client.post(address, data=form)
    assert (again.status_code, again.headers["Location"]) == (303, f"/projects/{planned}")
    assert len(texts(client.get(f"/projects/{planned}/events").text, "//ol[@class='s-log']/li")) == events


@pytest.mark.parametrize("page", ["hold", "terminate"])
def test_a_double_click_on_the_last_button_is_one_effect(log_in: LogIn, town: Town, planned: str, page: str) -> None:
    form = {"resume_on": "2027-04-01", "reason": "Väntar", "request_id": request_id(), "_done": "1"}
    client, address = log_in("anna"), f"/projects/{planned}/{page}"
    answers = [client.post(address, data=form) for _ in range(2)]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [(303, f"/projects/{planned}")] * 2


def test_a_role_somebody_has_is_not_given_to_them_again(log_in: LogIn, town: Town, planned: str) -> None:
    form = {"holder": town.people["lena"], "reason": "Byte", "request_id": request_id()}
    for last in ({}, {"_done": "1"}):
        answer = log_in("ture").post(f"/projects/{planned}/roles/receiver", data={**form, **last})
        assert answer.status_code == 422
        assert "Välj någon annan" in answer.text


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [
        ("karin", "hold", 403),
        ("karin", "terminate", 403),
        ("karin", "roles/project_manager", 403),
        ("ture", "terminate", 403),
        ("bo", "hold", 403),
        ("bo", "terminate", 403),
        ("nils", "hold", 404),
        ("nils", "terminate", 404),
        ("nils", "roles/receiver", 404),
        ("anna", "roles/idea_owner", 404),
        ("anna", "roles/project_office", 404),
        ("anna", "roles/made_up", 404),
    ],
)
def test_only_who_has_the_right_gets_the_page(
    log_in: LogIn, town: Town, planned: str, who: str, page: str, status: int
) -> None:
    address = f"/projects/{planned}/{page}"
    assert log_in(who).get(address).status_code == status
    if page != "hold":
        assert log_in(who).post(address, data={"reason": "x", "_done": "1"}).status_code == status


@pytest.mark.parametrize("who", ["anna", "per"])
def test_the_groups_chair_and_secretary_get_the_pages_its_members_do_not(log_in: LogIn, planned: str, who: str) -> None:
    project = log_in(who).get(f"/projects/{planned}").text
    for page in ("hold", "terminate"):
        assert log_in(who).get(f"/projects/{planned}/{page}").status_code == 200
        assert f"/projects/{planned}/{page}" in project
        assert f"/projects/{planned}/{page}" not in log_in("bo").get(f"/projects/{planned}").text


def test_a_project_that_is_over_cannot_be_changed(log_in: LogIn, town: Town) -> None:
    project = town.start("olle", "Linbana").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=1)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="no")
    client = log_in("anna")
    assert [client.get(f"/projects/{project}/{page}").status_code for page in ("hold", "terminate")] == [403, 403]
    assert client.get(f"/projects/{project}/roles/receiver").status_code == 403
