"""The page where questions are answered that came after a checklist was handed in, over HTTP."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.app.browsing import send
from tests.governance.asking_more import NEW, QUESTION, moved
from tests.governance.moving import at
from tests.stories.town import Town, request_id
from workflows.governance.project_page import project_page

Client = Callable[[str], FlaskClient]


@pytest.fixture
def waiting(town: Town) -> str:
    """A project that waits at a gate that asks for something nobody was asked."""
    project = at(town, "Dataskyddet", "bp1")
    moved(town)
    return project


def request_of(town: Town, project: str) -> str:
    """The address where the gate is requested."""
    return next(f"/tasks/{row.task_id}" for row in town.open(project).values() if row.gate == "bp1")


def address_of(client: FlaskClient, town: Town, project: str) -> str:
    """The address that the request leads to."""
    page = client.get(request_of(town, project)).text
    return page[: page.index('/afterwards"')].rsplit('"', 1)[1] + "/afterwards"


def missing(town: Town, project: str) -> int:
    ready = project_page(town.as_("karin"), project_id=project).readiness
    assert ready is not None
    return ready.missing


def test_the_request_names_the_question_and_leads_to_it(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    page = karin.get(request_of(town, waiting)).text
    assert "1 sak är inte klar inför" in page
    assert QUESTION in page
    assert f"{NEW} <span" not in page
    assert "En fråga i Checklista Förberedelse har kommit till sedan den lämnades in." in page
    asked = karin.get(address_of(karin, town, waiting)).text
    assert "En fråga som har kommit till" in asked
    assert QUESTION in asked
    assert "F01" not in asked
    assert "Svara på frågan i efterhand" in karin.get(f"/projects/{waiting}").text


def test_the_answer_is_shown_with_who_gave_it_and_nothing_is_missing(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    answer = send(karin, address_of(karin, town, waiting), "_answer", **{NEW: "yes"})
    assert answer.status_code == 303
    page = karin.get(answer.headers["Location"]).text
    assert "Besvarad i efterhand av Karin Lind" in page
    assert "Inlämnat av <b>Karin Lind</b>" in page
    assert missing(town, waiting) == 0
    events = karin.get(f"/projects/{waiting}/events").text
    assert f"Karin Lind svarade i efterhand på ”{QUESTION}” i checklista Förberedelse" in events
    assert "i efterhand" not in karin.get(request_of(town, waiting)).text


def test_what_is_wrong_is_said_and_what_was_typed_stands(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    address = address_of(karin, town, waiting)
    answer = send(karin, address, "_answer", **{NEW: "no", f"{NEW}-comment": "Görs sedan"})
    assert answer.status_code == 422
    assert f'href="#{NEW}-reason"' in answer.text
    assert "Görs sedan" in answer.text
    assert missing(town, waiting) == 1


def test_evidence_is_kept_as_a_file(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    address = address_of(karin, town, waiting)
    file = (io.BytesIO(b"Underlag"), "dataskydd.txt")
    data = {NEW: "yes", f"{NEW}-file": file, "_answer": "1", "request_id": request_id()}
    answer = karin.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    assert "dataskydd.txt" in karin.get(answer.headers["Location"]).text


def test_a_double_click_is_one_answer(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    address, data = address_of(karin, town, waiting), {NEW: "yes", "request_id": request_id()}
    first, second = (karin.post(address, data=data) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    events = karin.get(f"/projects/{waiting}/events").text
    assert events.count("svarade i efterhand") == 1


def test_whoever_has_not_the_step_sees_whose_it_is_and_answers_nothing(
    client: Client, town: Town, waiting: str
) -> None:
    address, anna = address_of(client("karin"), town, waiting), client("anna")
    page = anna.get(address).text
    assert "Karin Lind kan svara i efterhand." in page
    assert QUESTION in page
    assert anna.post(address, data={NEW: "yes", "request_id": request_id()}).status_code == 403
    assert missing(town, waiting) == 1


def test_when_there_is_nothing_to_ask_the_answers_are_shown(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    address = address_of(karin, town, waiting)
    send(karin, address, "_answer", **{NEW: "yes"})
    again = karin.get(address)
    assert (again.status_code, again.headers["Location"]) == (302, address.replace("afterwards", "answers"))
    assert karin.post(address, data={NEW: "no", "request_id": request_id()}).status_code == 409


def test_the_deciders_evidence_says_that_it_was_answered_afterwards(client: Client, town: Town, waiting: str) -> None:
    karin = client("karin")
    send(karin, address_of(karin, town, waiting), "_answer", **{NEW: "yes"})
    deciding = town.player(waiting).deciding()
    assert "Besvarad i efterhand av Karin Lind" in client("anna").get(f"/gates/{deciding.id}").text
