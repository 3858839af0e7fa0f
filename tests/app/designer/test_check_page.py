"""The check as a page, and the address of each finding."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.designer.check_page import run_words, time_words
from app.designer.finding_links import finding_url, steps_url
from app.designer.place_words import places
from tests.app.designer.conftest import LogIn
from tests.models.drafting.conftest import Studio
from workflows.models import Finding, change_model_draft, shipped

FILES = shipped("harnosand")


def change(studio: Studio, draft: str, **files: bytes) -> None:
    changes = {path.replace("__", "/").replace("_dot_", "."): data for path, data in files.items()}
    change_model_draft(studio.as_("dag"), draft_id=draft, changes=changes, seen=1, what="Ändrade")


def lead(page: str) -> str:
    found = re.search(r'<p class="s-lead">(.*?)</p>', page, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


@pytest.mark.full
def test_a_draft_that_is_well_says_so_and_what_was_tried(designer: FlaskClient, draft: str) -> None:
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert "Kontrollen är grön" in page
    assert "Inget hindrar publicering" in page
    assert re.search(r"\d+ lägen som ett projekt kan stå i är prövade\.\s+Det är alla som finns", page)


@pytest.mark.full
def test_the_verdict_says_when_scenarios_have_not_been_run_since_the_last_change(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    change(studio, draft, project_dot_bpmn=FILES["project.bpmn"].replace(b"Granska projektdirektivet", b"Granska det"))
    verdict = "Kontrollen är grön, scenarierna är inte körda"
    assert verdict in designer.get(f"/models/drafts/{draft}/steps").text
    assert designer.get(f"/models/drafts/{draft}/scenarios/result").status_code == 200
    assert verdict not in designer.get(f"/models/drafts/{draft}/steps").text


def test_what_hinders_is_told_first_with_its_place(designer: FlaskClient, studio: Studio, draft: str) -> None:
    bad = FILES["project.bpmn"].replace(b'due="P5D" remind="P3D"', b'due="snart" remind="P3D"', 1)
    spare = FILES["forms/access_closed.form.json"]
    change(studio, draft, project_dot_bpmn=bad, forms__spare_dot_form_dot_json=spare)
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert lead(page) == "1 fel hindrar publicering. 1 råd hindrar inte."
    assert page.index("Tiden ”snart” går inte att läsa") < page.index("Inget steg visar formuläret ”Behörigheter")
    assert "Diagrammet Projekt · Granska projektdirektivet · ska vara klart" in page


def test_advice_alone_hinders_nothing(designer: FlaskClient, studio: Studio, draft: str) -> None:
    change(studio, draft, forms__spare_dot_form_dot_json=FILES["forms/access_closed.form.json"])
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert lead(page) == "Kontrollen är grön, utkastet kan publiceras. 1 råd är värt en tanke."


def test_a_draft_that_cannot_be_read_says_that_more_may_follow(
    designer: FlaskClient, studio: Studio, draft: str
) -> None:
    change(studio, draft, project_dot_bpmn=b"<", model_dot_json=b"{")
    page = designer.get(f"/models/drafts/{draft}/check")
    assert page.status_code == 200
    assert "Rätta det först, så visas resten." in page.text


def test_words_of_a_draft_are_never_markup(designer: FlaskClient, studio: Studio, draft: str) -> None:
    bad = FILES["project.bpmn"].replace(
        b'id="office_review" name="Granska projektdirektivet"',
        b'id="office_review" name="&lt;script&gt;alert(1)&lt;/script&gt;"',
        1,
    )
    bad = bad.replace(b'due="P5D" remind="P3D"', b'due="&lt;b&gt;" remind="P3D"', 1)
    change(studio, draft, project_dot_bpmn=bad)
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_who_may_not_see_models_sees_no_check(log_in: LogIn, draft: str) -> None:
    assert log_in("frida").get(f"/models/drafts/{draft}/check").status_code == 403


def finding(file: str, element: str = "", attribute: str = "") -> Finding:
    return Finding(rule="x", message="Något.", file=file, element=element, attribute=attribute)


def test_each_kind_of_file_has_a_place_in_words(app: Flask) -> None:
    found = (
        finding("project.bpmn", "bp1", "outcomes"),
        finding("authority.dmn", "rule_small"),
        finding("model.json", "gates/bp1"),
        finding("forms/c1_relevance.checklist.json", "R07"),
        finding("forms/idea_sheet.form.json", "title"),
        finding("scenarios/straight_through.yaml", "steg 3"),
        finding(""),
    )
    with app.test_request_context():
        assert places(FILES, found) == [
            "Diagrammet Projekt · Beslutspunkt 1 · utfall",
            "Vem som beslutar · rad 5",
            "Modellens uppgifter · beslutspunkter · BP1",
            "Checklistan Relevans · fråga R07",
            "Formuläret Idéblad · Idéns namn",
            "Scenariot Ett litet projekt går rakt igenom BP1–BP4 · steg 3",
            "",
        ]


def test_an_address_is_given_only_where_there_is_a_page(app: Flask) -> None:
    with app.test_request_context():
        for file in ("project.bpmn", "authority.dmn", "model.json", "forms/a.form.json", "forms/a.checklist.json", "x"):
            address = finding_url("d1", finding(file, "bp1"))
            assert address == "" or address.startswith("/models/drafts/d1/")
        assert steps_url("d1", finding("model.json", "gates/bp1")) == ""


def test_the_time_that_the_check_took_is_never_none_at_all(app: Flask) -> None:
    with app.test_request_context():
        assert time_words(0.0004) == "Kontrollen tog under en tiondels sekund."
        assert time_words(0.26) == "Kontrollen tog 0,3 sekunder."
        assert run_words(0.0004) == "Körningen tog under en tiondels sekund."
        assert run_words(2.04) == "Körningen tog 2,0 sekunder."


def test_faults_of_a_model_are_no_fault_of_the_page(studio: Studio, draft: str, designer: FlaskClient) -> None:
    change(studio, draft, project_dot_bpmn=FILES["project.bpmn"].replace(b'role="idea_owner"', b'role="nobody"', 1))
    page = designer.get(f"/models/drafts/{draft}/check").text
    assert "hindrar publicering" in page and "<title>Kontroll" in page
