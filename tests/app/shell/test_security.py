"""Headers, cookies, tokens and redirects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask, Response, session
from flask.testing import FlaskClient

from app.factory import create_app
from app.settings import Settings
from app.shell.security import local_path


def test_every_answer_carries_the_strict_headers(stranger: FlaskClient) -> None:
    headers = stranger.get("/tillganglighet").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; img-src 'self' data:")
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"


def test_a_view_may_set_a_header_of_its_own(app: Flask, stranger: FlaskClient) -> None:
    own = {"Content-Security-Policy": "default-src 'none'"}
    app.add_url_rule("/eget", "own", lambda: Response("", headers=own))
    assert stranger.get("/eget").headers.getlist("Content-Security-Policy") == ["default-src 'none'"]


def test_behind_https_the_session_cookie_is_tied_to_host_and_encryption(settings: Settings) -> None:
    app = create_app(replace(settings, secure_cookies=True), features=())
    app.add_url_rule("/satt", "set", lambda: session.update(seen=True) or "")
    answer = app.test_client().get("/satt", base_url="https://localhost")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-styr=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"))
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"]


def test_another_host_name_is_refused_when_the_own_is_known(settings: Settings) -> None:
    app = create_app(replace(settings, trusted_hosts=("styr.granvik.example",)), features=())
    client = app.test_client()
    assert client.get("/tillganglighet", base_url="https://styr.granvik.example").status_code == 200
    assert client.get("/tillganglighet", base_url="https://ond.example").status_code == 400


def test_only_as_many_proxies_as_are_set_may_say_who_asks(settings: Settings) -> None:
    asked = {"X-Forwarded-Proto": "https"}
    for proxies, secure in ((0, False), (1, True)):
        app = create_app(replace(settings, proxies=proxies), features=())
        answer = app.test_client().get("/tillganglighet", headers=asked)
        assert ("Strict-Transport-Security" in answer.headers) is secure


@pytest.mark.parametrize("target", ["/projekt", "/projekt?q=a b&n=1", "/a/b#c"])
def test_a_path_of_this_site_may_be_gone_on_to(target: str) -> None:
    assert local_path(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "projekt", "//ond.example", "/\\ond.example", "https://ond.example", "/a\\b", "/a\r\nSet-Cookie: x=1"],
)
def test_nothing_leads_away_from_this_site(target: str | None) -> None:
    assert local_path(target) is None
