"""A new idea in three minutes."""

from __future__ import annotations

import pytest

from tests.app.browsing import send
from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import attributes, text
from tests.stories.town import Town
from workflows.governance.bank import bank_page


def test_an_idea_leads_straight_to_its_sheet(log_in: LogIn, town: Town) -> None:
    client = log_in("nils")
    answer = send(client, "/projects/new", title="Digital  avtalssignering", summary="Utan papper.", department="KLK")
    assert answer.status_code == 303
    page = client.get(answer.headers["Location"]).text
    assert "Fyll i idébladet" in page
    assert "Digital avtalssignering" in page
    (entry,) = bank_page(town.as_("nils")).entries
    assert (entry.title, entry.summary, entry.department) == ("Digital avtalssignering", "Utan papper.", "KLK")


def test_a_double_click_is_one_idea(log_in: LogIn, town: Town) -> None:
    client, form = log_in("nils"), {"title": "En gång", "request_id": "a" * 32}
    first = client.post("/projects/new", data=form)
    second = client.post("/projects/new", data=form)
    assert (first.status_code, second.status_code) == (303, 303)
    (entry,) = bank_page(town.as_("nils")).entries
    assert second.headers["Location"] == f"/projects/{entry.id}"


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"title": "Idé", "summary": "x" * 2001}, "summary"),
        ({"title": "Idé", "department": "x" * 121}, "department"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_started(
    log_in: LogIn, town: Town, entered: dict[str, str], field: str
) -> None:
    answer = log_in("nils").post("/projects/new", data={**entered, "request_id": "b" * 32})
    assert answer.status_code == 422
    assert attributes(answer.text, f"//*[@id='{field}']", "aria-invalid") == ["true"]
    assert "<title>Fel:" in answer.text
    assert bank_page(town.as_("nils")).entries == ()


@pytest.mark.parametrize("sent", ["", "x" * 65, "a b", "../a"])
def test_a_form_that_no_page_made_starts_nothing(log_in: LogIn, town: Town, sent: str) -> None:
    assert log_in("nils").post("/projects/new", data={"title": "Idé", "request_id": sent}).status_code == 400
    assert bank_page(town.as_("nils")).entries == ()


def test_an_unknown_model_is_not_found_and_nothing_is_started(log_in: LogIn, town: Town) -> None:
    form = {"title": "Idé", "model": "annan", "request_id": "c" * 32}
    assert log_in("nils").post("/projects/new", data=form).status_code == 404
    assert bank_page(town.as_("nils")).entries == ()


def test_similar_ideas_are_shown_before_anything_is_sent(log_in: LogIn, town: Town) -> None:
    town.start("olle", "Bättre gästhamnar")
    town.start("olle", "Ny förskola")
    client = log_in("nils")
    page = send(client, "/projects/new", "_similar", title="Fler gästhamnar").text
    assert "1 liknande i projektbanken" in page
    assert "Bättre gästhamnar" in text(page)
    assert 'value="Fler gästhamnar"' in page
    assert "Inget liknande" in client.get("/projects/new?title=Rymdhiss").text
    assert len(bank_page(town.as_("nils")).entries) == 2


def test_the_choice_of_model_is_only_asked_where_there_is_one(log_in: LogIn, town: Town) -> None:
    assert attributes(log_in("nils").get("/projects/new").text, "//select", "name") == []
