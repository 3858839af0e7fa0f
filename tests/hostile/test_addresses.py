"""Addresses, methods, tokens and hosts that nobody of good will would send: a page in Swedish, and nothing changes."""

from __future__ import annotations

import re
from dataclasses import asdict

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.hostile.conftest import Browser
from tests.hostile.expectations import POSTED, Case
from tests.hostile.table import TABLE
from tests.hostile.world import PERSONAS, World
from tests.sampling import sampled
from workflows.people import Passwords, set_password

JUNK = {
    "up and out": "..%2f..%2f..%2fetc%2fpasswd",
    "a null byte": "%00",
    "no utf-8": "%ff%fe",
    "a new header": "x%0d%0aX-Evil:%20yes",
    "a quote": "'%20OR%201=1%20--",
    "right to left": "%E2%80%AE",
    "very long": "x" * 4000,
    "a huge number": "9" * 40,
    "nobody's id": "0" * 32,
}
"""What may stand where an id is expected, percent-encoded."""

QUERIES = {
    "q": ["%00", "%ED%A0%80", "%25", "_", "'", "x" * 3000, "a+" * 1500, "%E2%80%AE", "<script>"],
    "after": ["999999999999999999.x", "-1.x", ".", "x", "%00.%00", "1." + "x" * 3000, "٣.x", "9" * 40],
    "tab": ["evil", "%00", "mine&tab=evil"],
    "page": ["0", "-1", "9" * 40, "x", "%00"],
    "status": ["evil", "%00"],
    "whose": ["evil"],
    "phase": ["evil", "%00", "'"],
    "department": ["%25", "'"],
    "light": ["evil"],
    "model": ["evil", "%00"],
    "item": ["evil", "%00", "..%2f", "x" * 3000],
    "title": ["<script>alert(1)</script>", "%00", "x" * 3000, "ord+" * 700],
    "scope": ["%00", "..%2f", "organisation", "x" * 3000],
    "role": ["%00", "administrator", "king"],
    "token": ["%00", "x", "x.y.z", "å", "x" * 3000],
    "next": ["//evil.example", "https://evil.example", "%00", "javascript:alert(1)"],
    "closed": ["x", "1"],
    "step": ["bp1", "finns inte", "%00", "x" * 3000],
    "late": ["x", ""],
    "on_hold": ["x", ""],
    "v": ["x", "%00"],
}
"""What may stand behind the question mark, by name."""

NAMES = {
    "inbox.index": ("q", "after", "tab"),
    "projects.index": ("q", "after", "status", "whose", "phase", "department", "light", "model"),
    "projects.download": ("q", "status", "whose", "phase"),
    "projects.bank": ("q", "after"),
    "monitor.monitor": ("model", "department", "phase", "step", "late", "on_hold"),
    "monitor.now": ("model", "step"),
    "monitor.download": ("department", "phase"),
    "projects.new": ("title",),
    "accounts.people": ("q", "page", "closed"),
    "accounts.new_deputy": ("scope", "role"),
    "accounts.choose": ("token",),
    "accounts.login": ("next",),
    "shell.stylesheet_file": ("v",),
    "projects.document": ("item",),
    "projects.document_pdf": ("item",),
    "projects.project": ("q",),
}
"""What each page reads behind the question mark."""

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
SEEING = ("office", "administrator", "manager")
"""Between them they may open every page."""


def parts(app: Flask) -> list[Rule]:
    """Return the routes with something in their address that one can make up."""
    return [rule for rule in app.url_map.iter_rules() if rule.arguments and rule.endpoint != "static"]


@pytest.mark.full
@pytest.mark.parametrize("junk", sampled(JUNK, every=3))
def test_no_made_up_id_is_ever_found(app: Flask, world: World, browser: Browser, junk: str) -> None:
    clients = [browser(PERSONAS[persona] or "") for persona in SEEING]
    found: dict[str, set[int]] = {}
    project = world.places["ours"].project
    with world.untouched():
        for rule in parts(app):
            method = "GET" if "GET" in (rule.methods or ()) else "POST"
            for names in (set(rule.arguments), set(rule.arguments) - {"project_id"}):
                address = rule.rule.replace("<project_id>", JUNK[junk] if "project_id" in names else project)
                address = PARAMETER.sub(JUNK[junk], address)
                data = POSTED if method == "POST" else None
                seen = {client.open(address, method=method, data=data).status_code for client in clients}
                found.setdefault(rule.rule, set()).update(seen if names else ())
    assert {rule: seen for rule, seen in found.items() if not seen <= {403, 404, 405, 422}} == {}
    assert all(seen & {404, 422} for seen in found.values())


@pytest.mark.parametrize("endpoint", NAMES)
def test_no_question_in_an_address_is_too_odd_to_be_answered(world: World, browser: Browser, endpoint: str) -> None:
    case = TABLE[endpoint, "GET"]
    client = browser(PERSONAS[next(iter(case.can))] or "")
    address = address_of(case, world)
    found = {}
    for name in NAMES[endpoint]:
        for value in QUERIES[name]:
            asked = f"{address}{'&' if '?' in address else '?'}{name}={value}"
            answer = client.get(asked)
            found[asked] = answer.status_code
            assert "X-Evil" not in answer.headers and "<script>alert" not in answer.text
    assert {asked: status for asked, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize(("endpoint", "method"), sampled(TABLE, every=4))
def test_a_method_that_an_address_does_not_have_is_told_in_swedish(
    world: World, browser: Browser, endpoint: str, method: str
) -> None:
    address = address_of(TABLE[endpoint, method], world)
    client = browser("ulla")
    with world.untouched():
        for wrong in ("PUT", "DELETE", "PATCH"):
            answer = client.open(address, method=wrong)
            assert answer.status_code == 405
            assert method in answer.headers["Allow"]
            assert '<html lang="sv">' in answer.text


@pytest.mark.parametrize(("endpoint", "method"), [key for key in TABLE if key[1] == "POST"])
def test_a_post_without_the_token_of_its_page_changes_nothing(
    app: Flask, world: World, browser: Browser, endpoint: str, method: str
) -> None:
    case = TABLE[endpoint, method]
    app.config["WTF_CSRF_ENABLED"] = True
    client = browser(PERSONAS[next(iter(case.can), "manager")] or "")
    address, data = address_of(case, world), data_of(case, world)
    with world.untouched():
        answers = [
            client.post(address, data=data),
            client.post(address, data={**data, "csrf_token": "x"}),
            client.post(address, data={**data, "csrf_token": token_of(browser("nils"))}),
            client.post(address, data=data, headers={"X-CSRFToken": "x", "Origin": "https://evil.example"}),
            client.post(address, json=data),
        ]
    assert [answer.status_code for answer in answers] == [400] * 5
    assert "Ladda om" in answers[0].text or "ladda om" in answers[0].text


@pytest.mark.parametrize("next_page", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y", "x"])
def test_logging_in_leads_nowhere_else(world: World, browser: Browser, next_page: str) -> None:
    word = "korrekt häst batteri"
    set_password(world.ctx, person=world.people["karin"], password=word, passwords=Passwords(memory=8, rounds=1))
    client = browser("")
    answer = client.post("/login", data={"email": "karin@exempelkommun.se", "password": word, "next": next_page})
    assert (answer.status_code, answer.location) == (303, "/")
    assert browser("karin").get("/login", query_string={"next": next_page}).location == "/"


def test_where_one_is_led_never_comes_from_the_host_that_was_asked_for(world: World, browser: Browser) -> None:
    client = browser("karin")
    for address in ("/", f"/tasks/{world.places['ours'].handed}", "/nowhere"):
        answer = client.get(address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil.example" not in answer.headers.get("Location", "") + answer.text


def test_a_link_in_a_mail_never_comes_from_the_host_that_was_asked_for(world: World, browser: Browser) -> None:
    asked = browser("").post(
        "/login/forgotten", data={"email": "karin@exempelkommun.se"}, headers={"Host": "evil.example"}
    )
    assert asked.status_code == 303
    (job,) = [job for job in world.dump()["jobs"] if job[0] == "mail.password"]
    assert "evil.example" not in repr(job)


def test_what_the_application_is_made_of_stays_inside(browser: Browser) -> None:
    client = browser("karin")
    for address in (
        "/static/../factory.py", "/static/..%2f..%2fsettings.py", "/static/%2e%2e/%2e%2e/settings.py",
        "/static/css/../../pages.py", "/.env", "/var/styr.sqlite", "/static/%00",
        "/static/" + "a" * 3000,
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address


def ids_of(case: Case, world: World) -> dict[str, str]:
    """Return every id that a case may name."""
    return {**world.people, **world.registers, **asdict(world.places[case.place or "ours"])}


def address_of(case: Case, world: World) -> str:
    """Return the real address of a case."""
    return case.address.format_map(ids_of(case, world))


def data_of(case: Case, world: World) -> dict[str, str]:
    """Return what a case posts."""
    return {name: value.format_map(ids_of(case, world)) for name, value in case.data.items()}


def token_of(client: FlaskClient) -> str:
    """Return the token of a session."""
    page = client.get("/account/password")
    return page.text.split('name="csrf_token" value="')[1].split('"')[0]
