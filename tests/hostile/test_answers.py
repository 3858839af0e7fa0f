"""Answers that a browser would never send: refused with a sentence and nothing kept, or kept clean."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.app.browsing import send
from tests.hostile.conftest import Browser
from tests.hostile.world import World
from workflows.flow.tables import DraftRow, SubmissionRow

IDEA = {"what": "Tak över cyklarna", "why": "Det regnar in", **dict.fromkeys(("R07", "R08", "R09", "R10"), "yes")}

STRANGE_NAMES = (
    "typename", "constructor", "prototype", "tenant", "actor", "id", "status", "project", "title-0",
    "title[]", "title.x", "-title", "risks-0", "staffing", "what-0-x", "R07-value", "budget_sum", "weight",
    "\x00title", "title\x00", "Title", "title ", "\u202etitle", "ti\u0301tle", "what\r\nX", "{title}", "%s", "../title",
)  # fmt: skip
"""Names that the idea sheet does not declare."""

PRIVATE_NAMES = ("__proto__", "__typename", "_state", "_version", "__class__", "_facts", "_id")
"""Names that begin like buttons: they are no answers, whatever they hold."""

BAD_PLANS: Mapping[str, Mapping[str, Any]] = {
    "text for a number": {"budget_total": "många"},
    "not a number": {"budget_total": "NaN"},
    "infinity": {"budget_total": "Infinity"},
    "minus infinity": {"budget_total": "-inf"},
    "an exponent": {"budget_total": "1e400"},
    "a small exponent": {"budget_total": "1e-400"},
    "four hundred digits": {"budget_total": "9" * 400},
    "a million digits": {"budget_total": "9" * 1_000_000},
    "sixteen digits": {"budget_total": "9999999999999999"},
    "hexadecimal": {"budget_total": "0x10"},
    "underscores": {"budget_total": "1_000"},
    "other digits": {"budget_total": "٤٥٦"},
    "below the least": {"budget_total": "-1"},
    "above the most": {"tolerance_cost": "101"},
    "two numbers": {"budget_total": ["1", "2"]},
    "year 0": {"deliverables-0-date": "0000-01-01"},
    "year 1": {"deliverables-0-date": "0001-01-01"},
    "year 9999": {"deliverables-0-date": "9999-12-31"},
    "year 10000": {"deliverables-0-date": "10000-01-01"},
    "a day that never was": {"deliverables-0-date": "2026-02-30"},
    "a date of words": {"deliverables-0-date": "i morgon"},
    "a date with a null byte": {"deliverables-0-date": "2026-01-01\x00"},
    "two dates": {"deliverables-0-date": ["2026-01-01", "2026-01-02"]},
    "nobody": {"effect_owner": "nobody"},
    "a person by name": {"effect_owner": "Karin Lind"},
    "two people": {"effect_owner": ["a", "b"]},
    "an interval that is none": {"reporting_interval": "daily"},
    "a choice with a null byte": {"reporting_interval": "month\x00"},
    "eleven thousand letters": {"summary": "x" * 11_000},
    "three million letters": {"summary": "x" * 3_000_000},
    "a long line": {"project_code": "x" * 600},
    "two texts": {"summary": ["ett", "två"]},
    "a file that is none": {"schedule_files": "nobody's file"},
    "a very long file": {"schedule_files": "x" * 5000},
}
"""Answers to the project plan that cannot stand."""


def post(client: FlaskClient, task: str, **sent: Any) -> TestResponse:
    """Send a form as a browser would, without the fields that nothing is said about."""
    return client.post(f"/tasks/{task}", data={"version": "0", **sent})


@pytest.mark.parametrize("name", STRANGE_NAMES)
def test_a_field_that_the_form_does_not_have_is_refused_whole(world: World, browser: Browser, name: str) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    with world.untouched():
        answers = [
            post(olle, task, **{**IDEA, name: "x"}),
            post(olle, task, **{**IDEA, name: "x", "_draft": "1"}),
            olle.post(f"/tasks/{task}/draft", data={"version": "0", "what": "Tak", name: "x"}),
        ]
    assert [answer.status_code for answer in answers] == [400] * 3


@pytest.mark.parametrize("name", PRIVATE_NAMES)
def test_what_looks_like_a_button_is_never_an_answer(world: World, browser: Browser, name: str) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    saved = olle.post(f"/tasks/{task}/draft", data={"version": "0", "what": "Ett tak", name: "evil"})
    assert saved.status_code == 200
    kept = draft_of(world, task)
    assert kept["what"] == "Ett tak"
    assert "evil" not in json.dumps(kept)


@pytest.mark.parametrize("wrong", BAD_PLANS)
def test_an_answer_that_cannot_stand_is_shown_again_and_not_kept(world: World, browser: Browser, wrong: str) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    with world.untouched():
        answer = post(karin, task, **BAD_PLANS[wrong])
    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text


@pytest.mark.parametrize("wrong", BAD_PLANS)
def test_a_draft_of_it_is_kept_as_text_or_refused_and_never_handed_in(
    world: World, browser: Browser, wrong: str
) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    saved = karin.post(f"/tasks/{task}/draft", data={"version": "0", **BAD_PLANS[wrong]})
    assert saved.status_code in {200, 422}
    before = len(world.dump()["styr_submission"])
    assert karin.get(f"/tasks/{task}").status_code == 200
    assert karin.get(f"/tasks/{task}/check").status_code in {200, 302}
    handed = karin.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "bad"})
    assert handed.status_code in {302, 409, 422}
    assert len(world.dump()["styr_submission"]) == before


def test_ten_million_letters_are_too_much_and_told_so(world: World, browser: Browser) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    sent = {"version": "0", "what": "x" * 10_000_000}
    with world.untouched():
        plain = olle.post(f"/tasks/{task}", data=sent)
        packed = olle.post(f"/tasks/{task}", data=sent, content_type="multipart/form-data")
        quiet = olle.post(f"/tasks/{task}/draft", data=sent)
        unread = browser("").post("/login", data={"email": "x" * 10_000_000, "password": "y"})
    assert [plain.status_code, packed.status_code, quiet.status_code, unread.status_code] == [413] * 4
    assert '<html lang="sv">' in plain.text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"what": "x", "version": 0}', "application/json"),
        (b"<what>x</what>", "application/xml"),
        (b"what=x", "text/plain"),
        (b"--x\r\nfoo", "multipart/form-data; boundary=x"),
        (b"--x\r\nfoo", "multipart/form-data"),
        (b'--x\r\nContent-Disposition: form-data; name="what"\r\n\r\nx', "multipart/form-data; boundary=x"),
        (b"\xff\xfe\x00\x01" * 50, "application/x-www-form-urlencoded"),
        (b"%" * 5000, "application/x-www-form-urlencoded"),
        (b"=" * 5000 + b"&" * 5000, "application/x-www-form-urlencoded"),
        (b"what=x", "application/x-www-form-urlencoded; charset=utf-7"),
        (b"what=x", ""),
    ],
)
def test_a_body_that_is_no_form_hands_nothing_in(world: World, browser: Browser, body: bytes, kind: str) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    for way in (f"/tasks/{task}", f"/tasks/{task}/submit", "/projects/new"):
        with world.untouched():
            answer = olle.post(way, data=body, content_type=kind)
        assert 400 <= answer.status_code < 500, way


def test_more_fields_than_any_form_has_are_refused(world: World, browser: Browser) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    many = {f"risks-{number}-risk": "Risk" for number in range(5000)}
    with world.untouched():
        assert post(karin, task, **many).status_code in {400, 413}
        answer = karin.post(f"/tasks/{task}", data={"version": "0", **many}, content_type="multipart/form-data")
        assert answer.status_code in {400, 413}


@pytest.mark.parametrize("rows", [2000, 201])
def test_more_rows_than_a_list_may_have_are_refused(world: World, browser: Browser, rows: int) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    many = {f"risks-{number}-risk": "Risk" for number in range(rows)}
    with world.untouched():
        assert karin.post(f"/tasks/{task}/draft", data={"version": "0", **many}).status_code in {400, 422}
        assert post(karin, task, **many).status_code in {400, 422}


@pytest.mark.parametrize("number", ["-1", "00000", "1e3", "٣", "9" * 30, "x", "", "0-risk-0", "../0"])
def test_a_row_has_a_number(world: World, browser: Browser, number: str) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    with world.untouched():
        answer = karin.post(f"/tasks/{task}/draft", data={"version": "0", f"risks-{number}-risk": "Risk"})
    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["risks", "risks-0", "nothing", "__proto__", "risks-" + "9" * 30, "", "-", "\x00"])
def test_a_button_for_rows_changes_nothing_but_the_page(world: World, browser: Browser, path: str) -> None:
    karin, task = browser("karin"), world.places["ours"].task
    with world.untouched():
        for button in ("_add", "_remove"):
            answer = post(karin, task, **{"risks-0-risk": "Vi hinner inte", button: path})
            assert answer.status_code == 200


def test_the_same_field_twice_is_no_answer_and_the_first_version_counts(world: World, browser: Browser) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    with world.untouched():
        twice = olle.post(f"/tasks/{task}", data={**IDEA, "version": "0", "what": ["ett", "två"]})
    assert twice.status_code == 422
    olle.post(f"/tasks/{task}/draft", data={"version": ["0", "7"], "what": "Ett tak"})
    with world.untouched():
        assert olle.post(f"/tasks/{task}/draft", data={"version": ["0", "1"], "what": "Nytt"}).status_code == 409


@pytest.mark.parametrize("version", ["-1", "x", "1.0", "9" * 30, "²", "٣", "0x0", "\x00", "1 OR 1"])
def test_a_version_that_is_none_overwrites_nothing(world: World, browser: Browser, version: str) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    olle.post(f"/tasks/{task}/draft", data={"version": "0", "what": "Ett tak"})
    with world.untouched():
        answers = [
            olle.post(f"/tasks/{task}/draft", data={"version": version, "what": "Annat"}),
            olle.post(f"/tasks/{task}", data={"version": version, "_draft": "1", "what": "Annat"}),
            olle.post(f"/tasks/{task}/submit", data={"version": version, "request_id": "v"}),
        ]
    assert {answer.status_code for answer in answers} <= {409}


def test_text_is_kept_clean_and_found_again(world: World, browser: Browser) -> None:
    olle, task = browser("olle"), world.places["idea"].task
    odd = "  A\u030a\x00ngstro\u0308m\u2028 \x1b[31mröd\r\n\ttill   slut  "
    assert send(olle, f"/tasks/{task}", "_review", **IDEA, title=odd, sponsor=world.people["sofia"]).status_code == 303
    kept = draft_of(world, task)["title"]
    assert kept == "Ångström [31mröd till slut"
    olle.post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "clean"})
    assert world.town.project(world.places["idea"].project).title == kept
    for words in ("ångström", "A\u030aNGSTRÖM", "röd till"):
        assert "Ångström" in olle.get("/tasks", query_string={"q": words}).text


def test_what_a_form_hides_is_not_kept_and_not_used(world: World, browser: Browser) -> None:
    project, town = world.places["idea"].project, world.town
    town.fill("olle", project, "idea_sheet", sponsor=world.people["sofia"])
    town.fill("olle", project, "c1_relevance")
    task = world.task("idea", "sponsor_answer")
    sent = {"decision": "go", "resume_on": "2026-12-01", "reason": "Bra", "version": "0"}
    assert browser("sofia").post(f"/tasks/{task}", data=sent).status_code == 303
    assert browser("sofia").post(f"/tasks/{task}/submit", data={"version": "1", "request_id": "h"}).status_code == 303
    with world.ctx.read() as session:
        answers: Any = session.scalars(select(SubmissionRow.answers).where(SubmissionRow.task == task)).one()
    assert answers == {"decision": "go", "reason": "Bra"}


@pytest.mark.parametrize(
    "sent", [{"budget_sum": "1"}, {"risks-0-weight": "25"}, {"risks-0-risk": "x", "risks-0-id": "1"}]
)
def test_what_the_server_works_out_cannot_be_sent(world: World, browser: Browser, sent: dict[str, str]) -> None:
    with world.untouched():
        answer = browser("karin").post(f"/tasks/{world.places['ours'].task}/draft", data={"version": "0", **sent})
    assert answer.status_code == 400


def draft_of(world: World, task: str) -> dict[str, Any]:
    """Return the saved draft of a task."""
    with world.ctx.read() as session:
        answers: dict[str, Any] = session.scalars(select(DraftRow.answers).where(DraftRow.task == task)).one()
    return answers
