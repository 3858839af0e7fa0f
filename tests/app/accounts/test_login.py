from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.app.accounts.conftest import PASSWORD
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.people import deactivate_person

EMAIL, NEW = "anna.berg@exempelkommun.se", "ett helt annat lås"


def _log_in(client: FlaskClient, password: str = PASSWORD, email: str = EMAIL, **more: str) -> TestResponse:
    return client.post("/login", data={"email": email, "password": password, **more})


def _is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


@pytest.mark.usefixtures("anna")
def test_anna_logs_in_sees_her_name_and_logs_out(stranger: FlaskClient) -> None:
    assert "Logga in" in stranger.get("/login").text
    assert _log_in(stranger).status_code == 303
    assert "Anna Berg" in stranger.get("/account").text
    assert stranger.post("/logout").headers["Location"] == "/login"
    assert not _is_in(stranger)


@pytest.mark.usefixtures("anna")
def test_logging_out_ends_a_copied_cookie_too(app: Flask, stranger: FlaskClient) -> None:
    _log_in(stranger)
    cookie = stranger.get_cookie("styr")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("styr", cookie.value)
    assert _is_in(thief)
    stranger.post("/logout")
    assert not _is_in(thief)


@pytest.mark.usefixtures("anna")
def test_the_cookie_is_safe_and_nobody_is_remembered(app: Flask, stranger: FlaskClient) -> None:
    (cookie,) = _log_in(stranger).headers.getlist("Set-Cookie")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "remember" not in cookie


@pytest.mark.usefixtures("anna")
def test_nothing_planted_in_the_session_before_the_login_survives_it(stranger: FlaskClient) -> None:
    with stranger.session_transaction() as session:
        session["csrf_token"] = session["planted"] = "by somebody else"
    _log_in(stranger)
    with stranger.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != "by somebody else"


@pytest.mark.usefixtures("anna")
@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/account/password", "/account/password"),
        ("/people?q=a", "/people?q=a"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_login_leads_to_the_page_asked_for_and_never_off_the_site(
    stranger: FlaskClient, wanted: str, reached: str
) -> None:
    assert _log_in(stranger, next=wanted).headers["Location"] == reached


def test_who_is_logged_in_already_goes_on(browsing: Callable[[str], FlaskClient], anna: PersonId) -> None:
    assert browsing(anna).get("/login?next=/account").headers["Location"] == "/account"
    assert browsing(anna).get("/login?next=//evil.example").headers["Location"] == "/"


def test_a_page_asked_for_leads_through_login_and_back_but_a_sent_form_does_not(stranger: FlaskClient) -> None:
    assert stranger.get("/account").headers["Location"] == "/login?next=/account"
    assert stranger.get("/people?q=a").headers["Location"] == "/login?next=/people?q%3Da"
    assert stranger.post("/logout").headers["Location"] == "/login"


@pytest.mark.usefixtures("anna")
def test_known_and_unknown_people_are_refused_alike(stranger: FlaskClient) -> None:
    known = _log_in(stranger, password="fel lösenord här")
    unknown = _log_in(stranger, email="okand@exempelkommun.se")
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace(EMAIL, "") == unknown.text.replace("okand@exempelkommun.se", "")
    assert "Fel:" in known.text
    assert "E-postadressen och lösenordet hör inte ihop" in known.text
    assert PASSWORD not in unknown.text


def test_empty_fields_are_asked_for_by_name_and_unknown_ones_refused(stranger: FlaskClient) -> None:
    empty = _log_in(stranger, email=" ", password="")
    assert empty.status_code == 422
    assert "2 svar behöver ändras" in empty.text
    assert 'href="#email">Skriv din e-postadress' in empty.text
    assert _log_in(stranger, is_admin="1").status_code == 400


def test_a_form_without_a_token_is_refused(app: Flask, anna: PersonId) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    assert _log_in(client).status_code == 400
    assert not _is_in(client)


@pytest.mark.usefixtures("anna")
def test_after_ten_wrong_passwords_an_account_waits_whether_it_exists_or_not(app: Flask) -> None:
    for email in (EMAIL, "okand@exempelkommun.se"):
        answers = [
            app.test_client().post(
                "/login",
                data={"email": email.upper() if n % 2 else email, "password": "fel"},
                environ_base={"REMOTE_ADDR": f"10.0.0.{n}"},
            )
            for n in range(11)
        ]
        assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    right = app.test_client().post("/login", data={"email": EMAIL, "password": PASSWORD})
    assert right.status_code == 429


@pytest.mark.usefixtures("anna")
def test_one_network_address_waits_after_fifty_wrong_passwords(app: Flask) -> None:
    client = app.test_client()
    for n in range(50):
        assert _log_in(client, "fel", f"person{n}@exempelkommun.se").status_code == 422
    assert _log_in(client).status_code == 429
    other = app.test_client().post(
        "/login", data={"email": EMAIL, "password": PASSWORD}, environ_base={"REMOTE_ADDR": "10.0.0.9"}
    )
    assert other.status_code == 303


@pytest.mark.usefixtures("anna")
def test_those_who_get_it_right_are_never_counted(app: Flask) -> None:
    assert {_log_in(app.test_client()).status_code for _ in range(60)} == {303}


def test_a_closed_account_ends_its_session(
    browsing: Callable[[str], FlaskClient], ctx: Context, anna: PersonId
) -> None:
    hers = browsing(anna)
    assert _is_in(hers)
    deactivate_person(ctx, person=anna)
    assert not _is_in(hers)


def test_a_changed_password_logs_out_elsewhere_and_stays_here(
    browsing: Callable[[str], FlaskClient], anna: PersonId, stranger: FlaskClient
) -> None:
    here, elsewhere = browsing(anna), browsing(anna)
    answer = here.post("/account/password", data={"current": PASSWORD, "password": NEW})
    assert answer.headers["Location"] == "/account"
    assert _is_in(here)
    assert not _is_in(elsewhere)
    assert _log_in(stranger, NEW).status_code == 303


def test_a_wrong_present_password_changes_nothing(
    browsing: Callable[[str], FlaskClient], anna: PersonId, stranger: FlaskClient
) -> None:
    for current, new, sentence in (
        ("fel", NEW, "Det är inte ditt nuvarande lösenord"),
        (PASSWORD, "kort", "Skriv ett längre lösenord: minst 12 tecken"),
    ):
        answer = browsing(anna).post("/account/password", data={"current": current, "password": new})
        assert answer.status_code == 422
        assert sentence in answer.text
    assert _log_in(stranger).status_code == 303


def test_a_session_without_its_version_is_nobodys(app: Flask, anna: PersonId) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = anna
    assert not _is_in(client)
