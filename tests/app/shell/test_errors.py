"""What people meet when something is in the way."""

from __future__ import annotations

import re
import sqlite3

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app.shell.security import limiter


def title(page: str) -> str:
    found = re.search(r"<title>(.*?) – Styr</title>", page)
    assert found
    return found[1]


def test_a_missing_page_says_both_reasons_and_offers_a_search(anna: FlaskClient) -> None:
    answer = anna.get("/finns-inte")
    assert answer.status_code == 404
    assert "Länken kan vara gammal, eller så har du inte rätt att se sidan." in answer.text
    assert 'action="/projekt"' in answer.text


def test_a_page_that_never_was_looks_the_same_as_one_that_is_hidden(anna: FlaskClient) -> None:
    assert anna.get("/finns-inte").text == anna.get("/ingenting").text


def test_a_stranger_gets_no_menu_and_no_search_with_a_missing_page(stranger: FlaskClient) -> None:
    answer = stranger.get("/ingenting")
    assert answer.status_code == 404
    assert "s-nav" not in answer.text
    assert 'role="search"' not in answer.text


def test_a_page_for_others_says_so(anna: FlaskClient) -> None:
    answer = anna.get("/far-inte")
    assert answer.status_code == 403
    assert title(answer.text) == "Sidan är inte för dig"
    assert "sparats" not in answer.text


def test_a_forbidden_act_says_why_and_that_nothing_was_saved(anna: FlaskClient) -> None:
    answer = anna.post("/far-inte")
    assert answer.status_code == 403
    assert title(answer.text) == "Du får inte göra det här"
    assert "Inget har sparats." in answer.text


def test_who_comes_second_reads_who_was_first_and_keeps_the_text(anna: FlaskClient) -> None:
    written = "VA-avtalet ska vara klart\nföre <byggstart>."
    answer = anna.post("/for-sent", data={"reason": written, "outcome": "approve", "request_id": "a b c"})
    assert answer.status_code == 409
    assert title(answer.text) == "Bo Rask hann före"
    assert "Bo Rask beslutade i dag 10.41: Godkänn med villkor." in answer.text
    assert "VA-avtalet ska vara klart\nföre &lt;byggstart&gt;." in answer.text
    assert 'href="/beslut"' in answer.text
    assert "a b c" not in answer.text


def test_an_unforeseen_error_gives_a_code_that_is_in_the_log(
    anna: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = anna.get("/sprucket")
    code = re.search(r"<b>(F-\d{6})</b>", answer.text)
    logged = capsys.readouterr().err
    assert answer.status_code == 500
    assert "Inget har sparats och inget har beslutats." in answer.text
    assert "Ring 0600-12 34 56" in answer.text
    assert code
    assert code[1] in logged
    assert "ZeroDivisionError" in logged


def test_the_page_of_a_server_error_asks_the_database_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_request: object) -> None:
        raise sqlite3.OperationalError("gone")

    monkeypatch.setattr("app.shell.security.login_manager._request_callback", broken)
    answer = app.test_client().get("/sprucket")
    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.text


def test_a_full_disk_has_its_own_page_with_a_code(anna: FlaskClient) -> None:
    answer = anna.get("/fullt")
    assert answer.status_code == 507
    assert title(answer.text) == "Lagringen är full"
    assert re.search(r"F-\d{6}", answer.text)


def test_too_much_at_once_names_the_limit(anna: FlaskClient) -> None:
    answer = anna.post("/skicka", data={"text": "x" * 10_000_000})
    assert answer.status_code == 413
    assert "högst 25\u00a0MB" in answer.text


def test_too_many_tries_are_stopped_with_a_time_to_wait(app: Flask, stranger: FlaskClient) -> None:
    app.add_url_rule("/logga-in", "try_login", limiter.limit("2 per minute")(lambda: request.method))
    answers = [stranger.get("/logga-in") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert title(answers[-1].text) == "För många försök"
    assert int(answers[-1].headers["Retry-After"]) <= 60


def test_a_form_without_its_token_is_refused_with_advice(stranger: FlaskClient) -> None:
    answer = stranger.post("/skicka", data={"text": "hej"})
    assert answer.status_code == 400
    assert "Sidan har varit öppen för länge." in answer.text


def test_an_address_that_takes_only_forms_says_so(anna: FlaskClient) -> None:
    answer = anna.get("/skicka")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert title(answer.text) == "Det går inte att öppna sidan så"


@pytest.mark.parametrize("address", ["/finns-inte", "/far-inte", "/for-sent", "/sprucket", "/fullt", "/skicka"])
def test_every_error_page_has_one_heading_and_the_strict_headers(anna: FlaskClient, address: str) -> None:
    answer = anna.get(address)
    assert answer.text.count("<h1") == 1
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
