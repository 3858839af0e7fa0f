from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from workflows.kernel.jobs import MemoryJobs
from workflows.people import link_token

EMAIL, NEW = "anna.berg@exempelkommun.se", "ett helt annat lås"


def _link(app: Flask, jobs: MemoryJobs) -> str:
    return link_token(app.config["SECRET_KEY"], jobs.jobs[-1].arguments[0])


@pytest.mark.usefixtures("anna")
def test_a_forgotten_password_is_chosen_anew_by_mail_and_logs_in(
    app: Flask, stranger: FlaskClient, jobs: MemoryJobs
) -> None:
    answer = stranger.post("/login/forgotten", data={"email": EMAIL})
    assert answer.headers["Location"] == "/login/forgotten/sent"
    token = _link(app, jobs)
    page = stranger.get(f"/login/password?token={token}")
    assert "För Anna Berg" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    short = stranger.post("/login/password", data={"token": token, "password": "kort"})
    assert short.status_code == 422
    assert token in short.text
    assert stranger.post("/login/password", data={"token": token, "password": NEW}).status_code == 303
    assert stranger.get("/account").status_code == 200
    again = stranger.get(f"/login/password?token={token}")
    assert again.status_code == 410
    assert "Be om en ny länk" in again.text


@pytest.mark.usefixtures("anna")
def test_asking_for_a_link_answers_alike_for_known_and_unknown(stranger: FlaskClient, jobs: MemoryJobs) -> None:
    known = stranger.post("/login/forgotten", data={"email": EMAIL})
    unknown = stranger.post("/login/forgotten", data={"email": "okand@exempelkommun.se"})
    assert (known.status_code, known.data, known.headers["Location"]) == (
        unknown.status_code,
        unknown.data,
        unknown.headers["Location"],
    )
    assert len(jobs.jobs) == 1
    assert "Finns adressen i Styr" in stranger.get("/login/forgotten/sent").text


def test_a_link_that_is_made_up_or_missing_is_spent(stranger: FlaskClient) -> None:
    for address in ("/login/password", "/login/password?token=" + "0" * 32 + "-" + "A" * 43):
        assert stranger.get(address).status_code == 410


def test_twenty_links_an_hour_from_one_network_address(stranger: FlaskClient) -> None:
    answers = [stranger.post("/login/forgotten", data={"email": f"p{n}@k.se"}).status_code for n in range(21)]
    assert answers == [303] * 20 + [429]
