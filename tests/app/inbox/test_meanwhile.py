"""A project goes over to another version while somebody writes in it: nothing is lost, nothing goes in unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.governance.moving import MODEL, at, everything
from tests.stories.large_project import usual
from tests.stories.town import Town, request_id
from workflows.flow import load_task
from workflows.governance.moving import preview_move, work_move
from workflows.governance.project_page import project_page
from workflows.models import publish, shipped

Client = Callable[[str], FlaskClient]

FORM = "forms/project_directive.form.json"
NOTE = "Frågorna har ändrats sedan du öppnade sidan"


@pytest.fixture
def writing(town: Town) -> str:
    """A project whose directive is being written."""
    return at(town, "Direktivet", "project_directive")


def moved(town: Town, files: Mapping[str, bytes]) -> None:
    version = publish(town.ctx, {**shipped("harnosand"), **files}).version
    move = preview_move(town.as_("ture"), model=MODEL, from_version=1, to_version=version)
    work_move(town.ctx, move=move)
    everything(town, move)


def asks_otherwise(town: Town) -> None:
    """Move everything to a version whose directive has another question instead of one."""
    content = shipped("harnosand")[FORM]
    moved(town, {FORM: content.replace(b'"key": "limits"', b'"key": "boundaries"')})


def asks_the_same(town: Town) -> None:
    """Move everything to a version that differs elsewhere."""
    other = "forms/union_consultation.form.json"
    moved(town, {other: shipped("harnosand")[other] + b"\n"})


def address(town: Town, project: str) -> str:
    return f"/tasks/{town.open(project)['project_directive'].task_id}"


def opened(client: FlaskClient, where: str) -> dict[str, str]:
    """Open a page; return what it sends back by itself."""
    page = client.get(where).text
    fields = {name: page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0] for name in ("version", "_asked")}
    return {**fields, "request_id": request_id()}


def post(client: FlaskClient, where: str, sent: Mapping[str, str], **answers: str) -> TestResponse:
    return client.post(where, data={**sent, **answers})


def draft_of(town: Town, project: str) -> Mapping[str, object]:
    """Return what is saved of the directive, once the project is moved."""
    assert project_page(town.as_("karin"), project_id=project).version == 2
    with town.ctx.read() as session:
        found = load_task(session, tenant=town.ctx.tenant, task_id=town.open(project)["project_directive"].task_id)
    return found.draft.answers if found.draft else {}


def test_what_was_typed_stands_in_the_new_form_and_nothing_is_saved_unread(
    client: Client, town: Town, writing: str
) -> None:
    karin, where = client("karin"), address(town, writing)
    sent = opened(karin, where)
    asks_otherwise(town)
    answer = post(karin, where, sent, _review="1", purpose="Det jag skrev", limits="Inte gatan")
    assert answer.status_code == 409
    assert NOTE in answer.text
    assert "Det jag skrev" in answer.text
    assert draft_of(town, writing) == {}
    fresh = {name: value for name, value in opened(karin, where).items() if name == "_asked"}
    again = post(karin, where, {**sent, **fresh}, _draft="1", purpose="Det jag skrev")
    assert again.status_code == 303
    assert draft_of(town, writing)["purpose"] == "Det jag skrev"


def test_where_the_questions_are_the_same_nobody_notices(client: Client, town: Town, writing: str) -> None:
    karin, where = client("karin"), address(town, writing)
    sent = opened(karin, where)
    asks_the_same(town)
    answer = post(karin, where, sent, _draft="1", purpose="Det jag skrev")
    assert answer.status_code == 303
    assert draft_of(town, writing)["purpose"] == "Det jag skrev"


def test_the_script_is_told_and_its_next_page_takes_over_what_was_typed(
    client: Client, town: Town, writing: str
) -> None:
    karin, where = client("karin"), address(town, writing)
    sent = opened(karin, where)
    asks_otherwise(town)
    answer = post(karin, f"{where}/draft", sent, purpose="Det jag skrev", limits="Inte gatan")
    assert answer.status_code == 409
    assert "frågorna är andra" in answer.get_json()["saved"]
    shown = post(karin, where, sent, _show="1", purpose="Det jag skrev", limits="Inte gatan")
    assert shown.status_code == 200
    assert "Det jag skrev" in shown.text


def test_what_was_reviewed_before_the_move_is_not_handed_in_after_it(client: Client, town: Town, writing: str) -> None:
    karin, where = client("karin"), address(town, writing)
    town.player(writing, usual=usual(town)).draft("project_directive", {"purpose": "Det jag skrev", "limits": "Inte"})
    reviewed = opened(karin, f"{where}/check")
    asks_otherwise(town)
    answer = post(karin, f"{where}/submit", reviewed)
    assert answer.status_code == 409
    assert NOTE in answer.text
    assert "Det jag skrev" in answer.text
    assert "project_directive" in town.open(writing)


def test_a_draft_with_answers_to_questions_that_are_gone_is_reviewed_anew(
    client: Client, town: Town, writing: str
) -> None:
    karin, where = client("karin"), address(town, writing)
    town.player(writing, usual=usual(town)).draft("project_directive", {"purpose": "Det jag skrev", "limits": "Inte"})
    asks_otherwise(town)
    answer = post(karin, f"{where}/submit", opened(karin, f"{where}/check"))
    assert (answer.status_code, NOTE in answer.text) == (409, True)
    assert "project_directive" in town.open(writing)


def test_a_name_that_no_version_asked_is_refused_as_ever(client: Client, town: Town, writing: str) -> None:
    karin, where = client("karin"), address(town, writing)
    answer = post(karin, where, opened(karin, where), _draft="1", nonsense="1")
    assert answer.status_code == 400
