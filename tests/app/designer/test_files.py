from __future__ import annotations

from flask.testing import FlaskClient

from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, shipped


def save(
    client: FlaskClient, draft: str, data: bytes, seen: int, path: str = "project.bpmn"
) -> tuple[int, dict[str, object]]:
    answer = client.post(f"/models/drafts/{draft}/files/{path}", data=data, headers={"If-Match": f'"{seen}"'})
    return answer.status_code, answer.json or {}


def test_a_file_is_read_with_the_revision_that_saving_names(designer: FlaskClient, draft: str) -> None:
    answer = designer.get(f"/models/drafts/{draft}/files/project.bpmn")
    assert (answer.data, answer.headers["ETag"]) == (shipped("harnosand")["project.bpmn"], '"1"')


def test_a_saved_file_raises_the_revision(designer: FlaskClient, draft: str, studio: Studio) -> None:
    status, answer = save(designer, draft, b"<a/>", 1)
    assert (status, answer["revision"]) == (200, 2)
    assert find_model_draft(studio.ctx, draft_id=draft).files["project.bpmn"] == b"<a/>"


def test_the_second_is_told_who_was_first(log_in: LogIn, designer: FlaskClient, draft: str, studio: Studio) -> None:
    save(designer, draft, b"<a/>", 1)
    status, answer = save(log_in("ulla"), draft, b"<b/>", 1)
    assert (status, answer["code"], answer["by"]) == (409, "draft_changed", "Dag")
    assert find_model_draft(studio.ctx, draft_id=draft).files["project.bpmn"] == b"<a/>"


def test_a_strange_path_is_refused_in_words(designer: FlaskClient, draft: str, studio: Studio) -> None:
    status, answer = save(designer, draft, b"<a/>", 1, path="evil.exe")
    assert (status, answer["code"]) == (422, "bundle_file_refused")
    assert "Filen hör inte till en modell" in str(answer["message"])
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1


def test_the_state_says_who_changed_last(designer: FlaskClient, draft: str) -> None:
    first = designer.get(f"/models/drafts/{draft}/state")
    assert first.json is not None
    assert (first.json["revision"], first.json["changed_by"]) == (1, "Dag")
    again = designer.get(f"/models/drafts/{draft}/state", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_unsaved_files_are_checked_over_the_saved_ones(designer: FlaskClient, draft: str, studio: Studio) -> None:
    address = f"/models/drafts/{draft}/check"
    before = designer.post(address, json={"files": {}}).json
    after = designer.post(address, json={"files": {"project.bpmn": "<a/>"}}).json
    assert before is not None and after is not None
    assert [one for one in before["findings"] if one["severity"] == "error"] == []
    assert {"rule": "not-bpmn", "file": "project.bpmn"}.items() <= after["findings"][0].items()
    assert find_model_draft(studio.ctx, draft_id=draft).revision == 1
