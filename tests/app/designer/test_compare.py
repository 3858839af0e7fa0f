"""A draft against its version, and two versions against one another, as pages."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Reworded, Studio
from workflows.kernel.chain import EventRow
from workflows.models import begin_model_draft, change_model_draft, publish, shipped

PREPARATION = "forms/c2_preparation.checklist.json"


def softened() -> bytes:
    """The checklist with question F07 as a warning only."""
    raw = json.loads(shipped("harnosand")[PREPARATION])
    raw["items"][6]["requirement"] = "warn"
    return json.dumps(raw).encode()


def decided_by_sponsor() -> bytes:
    return shipped("harnosand")["authority.dmn"].replace(b'"steering_group"', b'"sponsor"')


def change(studio: Studio, draft: str, path: str, data: bytes | None) -> None:
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={path: data}, seen=1, what="Ändrade")


def second_version(studio: Studio) -> None:
    publish(studio.as_("ulla"), {**shipped("harnosand"), PREPARATION: softened()}, note="F07 mildare")


def test_a_draft_that_is_as_its_version_says_so(draft: str, designer: FlaskClient) -> None:
    page = designer.get(f"/models/drafts/{draft}/compare").text
    assert "Inget skiljer." in page and 'aria-current="page">Jämför' in page


def test_changes_are_counted_in_a_sentence_and_told_with_both_values(
    studio: Studio, draft: str, designer: FlaskClient
) -> None:
    change(studio, draft, "authority.dmn", decided_by_sponsor())
    page = designer.get(f"/models/drafts/{draft}/compare").text
    assert "En ändring, som ändrar vem som beslutar." in page
    assert "Alla beslutspunkter utom BP1 beslutas nu av beställaren" in page
    assert "Alla beslutspunkter utom BP1 beslutas av styrgruppen" in page
    assert 'data-what="changed"' in page and "Version 1" in page


def test_a_diagram_that_changed_is_drawn_on_both_sides_with_marks(
    studio: Studio, draft: str, designer: FlaskClient, reworded: Reworded
) -> None:
    change(studio, draft, "project.bpmn", reworded(shipped("harnosand")["project.bpmn"]))
    page = designer.get(f"/models/drafts/{draft}/compare").text
    assert 'data-drawing="/models/harnosand/versions/1/files/project.bpmn"' in page
    assert f'data-drawing="/models/drafts/{draft}/files/project.bpmn"' in page
    assert '"changed": [' in page and 'data-added="+ Ny"' in page


def test_a_chip_shows_one_part_of_the_model(studio: Studio, draft: str, designer: FlaskClient) -> None:
    change(studio, draft, "authority.dmn", decided_by_sponsor())
    change_model_draft(
        studio.as_("dag"), draft_id=draft, changes={PREPARATION: softened()}, seen=2, what="Mildrade F07"
    )
    both = designer.get(f"/models/drafts/{draft}/compare").text
    assert "F07 är inte längre obligatorisk" in both and "beslutas nu av beställaren" in both
    one = designer.get(f"/models/drafts/{draft}/compare?area=checklist").text
    assert "F07 är inte längre obligatorisk" in one and "beslutas nu av beställaren" not in one
    assert "2 ändringar" in one


def test_a_draft_is_compared_with_the_version_that_is_chosen(studio: Studio, draft: str, designer: FlaskClient) -> None:
    second_version(studio)
    assert "Inget skiljer." in designer.get(f"/models/drafts/{draft}/compare").text
    page = designer.get(f"/models/drafts/{draft}/compare?with=2").text
    assert "Frågan F07 blev obligatorisk." in page


def test_two_versions_are_compared_either_way(studio: Studio, designer: FlaskClient) -> None:
    second_version(studio)
    newest = designer.get("/models/harnosand/compare").text
    assert "F07 är inte längre obligatorisk" in newest and "Jämför version 1 och 2" in newest
    assert "Frågan F07 blev obligatorisk." in designer.get("/models/harnosand/compare?from=2&to=1").text


@pytest.mark.parametrize("address", ["/models/harnosand/compare?from=7", "/models/nothing/compare"])
def test_what_is_not_there_cannot_be_compared(designer: FlaskClient, address: str) -> None:
    assert designer.get(address).status_code == 404


def test_a_broken_draft_is_compared_as_text(studio: Studio, draft: str, designer: FlaskClient) -> None:
    change(studio, draft, "project.bpmn", b"<broken")
    change_model_draft(studio.as_("dag"), draft_id=draft, changes={"model.json": b"{"}, seen=2, what="Förstörde")
    answer = designer.get(f"/models/drafts/{draft}/compare")
    assert answer.status_code == 200
    assert "går inte att läsa i den nyare versionen, så den jämförs som text" in answer.text


def test_a_new_model_has_nothing_to_be_compared_with(studio: Studio, designer: FlaskClient) -> None:
    files = {
        **shipped("harnosand"),
        "model.json": shipped("harnosand")["model.json"].replace(b'"harnosand"', b'"other"', 1),
    }
    draft = begin_model_draft(studio.as_("dag"), model="other", name="Ny", files=files, base=None, what="Började")
    assert "ingen version att jämföra med" in designer.get(f"/models/drafts/{draft}/compare").text


def test_who_has_nothing_to_do_with_models_sees_no_comparison(draft: str, log_in: LogIn) -> None:
    for address in (f"/models/drafts/{draft}/compare", "/models/harnosand/compare"):
        assert log_in("frida").get(address).status_code == 403
        assert log_in("axel").get(address).status_code == 200


def test_rows_lead_to_where_they_are_read(studio: Studio, designer: FlaskClient) -> None:
    second_version(studio)
    page = designer.get("/models/harnosand/compare").text
    assert 'href="/models/harnosand/versions/2#file-forms-c2_preparation-checklist-json"' in page


def test_a_version_shows_what_it_holds(designer: FlaskClient) -> None:
    page = designer.get("/models/harnosand/versions/1").text
    for said in (
        'id="file-forms-c2_preparation-checklist-json"',
        "Alla beslutspunkter utom BP1 beslutas av styrgruppen när ”Styrgrupp finns” är ja.",
        "Skriv projektplanen",
        "5 checklistor",
        "23 scenarier",
        "Beslutet skjuts upp och samma underlag",
        'data-bpmn-url="/models/harnosand/versions/1/files/project.bpmn"',
        "/files/model.json?download=1",
    ):
        assert said in page, said
    assert "Nytt sedan version" not in page


def test_a_version_says_what_is_new_in_it(studio: Studio, designer: FlaskClient) -> None:
    second_version(studio)
    page = designer.get("/models/harnosand/versions/2").text
    assert "Nytt sedan version 1" in page and "Frågan F07 är inte längre obligatorisk utan en varning." in page
    assert 'href="/models/harnosand/compare?from=1&amp;to=2"' in page


def test_another_diagram_of_a_version_is_drawn_when_asked_for(designer: FlaskClient) -> None:
    page = designer.get("/models/harnosand/versions/1?diagram=delivery.bpmn").text
    assert 'data-bpmn-url="/models/harnosand/versions/1/files/delivery.bpmn"' in page


def test_a_file_of_a_version_is_sent_as_it_was_published(designer: FlaskClient, log_in: LogIn) -> None:
    address = "/models/harnosand/versions/1/files/project.bpmn"
    answer = designer.get(address)
    assert answer.data == shipped("harnosand")["project.bpmn"]
    assert designer.get(address, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "attachment" in designer.get(f"{address}?download=1").headers["Content-Disposition"]
    assert designer.get("/models/harnosand/versions/1/files/nothing.bpmn").status_code == 404
    assert log_in("frida").get(address).status_code == 403


def test_whoever_publishes_reads_what_changes_and_the_record_keeps_it(
    studio: Studio, draft: str, designer: FlaskClient, log_in: LogIn
) -> None:
    change(studio, draft, PREPARATION, softened())
    said = "Frågan F07 är inte längre obligatorisk utan en varning."
    sent = {"seen": "2", "note": "F07 mildare", "request_id": "ask"}
    assert designer.post(f"/models/drafts/{draft}/ask", data=sent).status_code == 303
    page = log_in("ulla").get(f"/models/drafts/{draft}/publish").text
    assert "Det här ändras" in page and said in page
    log_in("ulla").post(f"/models/drafts/{draft}/publish", data={"seen": "2", "request_id": "publish"})
    with studio.ctx.read() as session:
        events = session.scalars(select(EventRow).where(EventRow.verb == "publish").order_by(EventRow.seq)).all()
        told = [event.body.get("changes") for event in events]
    assert told == [None, [said]]
