"""Hostile posts to the addresses of a draft: answered with a refusal, and nothing of the draft has changed."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft

UPTO = {"If-Match": '"1"'}


def untouched(studio: Studio, draft: str) -> bool:
    return find_model_draft(studio.ctx, draft_id=draft).revision == 1


@pytest.mark.parametrize(
    "body",
    [
        r'{"files": {"project.bpmn": "\ud800"}}', r'{"files": {"\udc00.bpmn": "x"}}',
        '{"files": {"../../etc/passwd": "x"}}', '{"files": {"model.json": "' + "[" * 50_000 + '"}}',
    ],
)  # fmt: skip
def test_a_check_of_hostile_files_is_answered_in_sentences(
    designer: FlaskClient, studio: Studio, draft: str, body: str
) -> None:
    answer = designer.post(f"/models/drafts/{draft}/check", data=body, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["findings"][0]["message"]
    assert untouched(studio, draft)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[1]", "application/json", 400),
        ('{"files": 3}', "application/json", 400),
        ('{"files": {"model.json": 3}}', "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("files=x", "application/x-www-form-urlencoded", 415),
    ],
)
def test_a_check_that_is_no_question_is_refused(
    designer: FlaskClient, draft: str, body: str, kind: str, status: int
) -> None:
    assert designer.post(f"/models/drafts/{draft}/check", data=body, content_type=kind).status_code == status


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("../../../etc/passwd", {308, 404, 405, 422}),
        ("%2e%2e/%2e%2e/etc/passwd", {308, 404, 405, 422}),
        ("forms/../model.json", {308, 404, 405, 422}),
        ("forms/..%2fmodel.json", {308, 404, 405, 422}),
        ("a%00.bpmn", {404, 422}),
        ("payload.py", {422}),
        ("x" * 300 + ".bpmn", {404, 422}),
    ],
)
def test_no_path_leads_out_of_a_draft(
    designer: FlaskClient, studio: Studio, draft: str, path: str, statuses: set[int]
) -> None:
    answer = designer.post(f"/models/drafts/{draft}/files/{path}", data=b"<a/>", headers=UPTO)
    assert answer.status_code in statuses
    assert designer.get(f"/models/drafts/{draft}/files/{path}").status_code in {308, 404}
    assert untouched(studio, draft)


@pytest.mark.parametrize(
    ("headers", "data", "status"),
    [
        ({}, b"<a/>", 400),
        ({"If-Match": '"99"'}, b"<a/>", 404),
        ({"If-Match": "*"}, b"<a/>", 400),
        ({"If-Match": '"-1"'}, b"<a/>", 400),
        (UPTO, b"\xff\xfe", 422),
        (UPTO, b" " * 50_000_000, 413),
    ],
)
def test_a_save_that_does_not_fit_leaves_the_draft_alone(
    designer: FlaskClient, studio: Studio, draft: str, headers: dict[str, str], data: bytes, status: int
) -> None:
    answer = designer.post(f"/models/drafts/{draft}/files/project.bpmn", data=data, headers=headers)
    assert answer.status_code == status
    assert untouched(studio, draft)


@pytest.mark.parametrize("who", ["frida", "axel"])
def test_who_may_not_design_saves_nothing(log_in: LogIn, studio: Studio, draft: str, who: str) -> None:
    answer = log_in(who).post(f"/models/drafts/{draft}/files/project.bpmn", data=b"<a/>", headers=UPTO)
    assert answer.status_code == 403
    assert untouched(studio, draft)


@pytest.mark.parametrize("strange", ["0" * 32, "x", "'; drop table model_draft; --", "%00", "é" * 40])
def test_a_draft_that_is_not_ours_is_not_found(designer: FlaskClient, strange: str) -> None:
    assert designer.get(f"/models/drafts/{strange}/check").status_code == 404
    answer = designer.post(f"/models/drafts/{strange}/check", json={"files": {}})
    assert answer.status_code == 404
