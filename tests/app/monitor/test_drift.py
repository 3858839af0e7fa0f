"""The page Drift: what stands still in words, how many projects are where, the same as a table and in the picture."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.app.monitor.conftest import LogIn
from tests.conftest import TestClock
from tests.stories.town import Town, request_id
from workflows.governance.holding import hold_project
from workflows.people import assign_organisation_role


@pytest.fixture
def late(town: Town, clock: TestClock) -> str:
    """An idea whose answer is late, and one that has just come."""
    project = town.start("olle", "=Cykelbana", department="Samhälle").project_id
    town.player(project).until("sponsor_answer")
    clock.forward(days=60)
    town.player(town.start("olle", "Gångbro", department="Skola").project_id).until("sponsor_answer")
    return project


@pytest.fixture
def office(log_in: LogIn, late: str) -> FlaskClient:
    return log_in("ture")


def page(client: FlaskClient, address: str = "/monitor") -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def text(shown: Any) -> str:
    return " ".join(shown.text_content().replace("\N{NO-BREAK SPACE}", " ").split())


def test_it_says_what_stands_still_on_whose_desk_why_and_since_when(office: FlaskClient, late: str) -> None:
    shown = page(office)
    assert "2 projekt pågår. 1 står still." in text(shown)
    (row,) = shown.xpath("//section[@aria-labelledby='still']//li")
    assert row.xpath(".//a/@href") == [f"/monitor/projects/{late}"]
    said = text(row)
    assert "Svara på idén" in said and "Väntar på Anna Berg" in said and "Skulle vara klart" in said and "sedan" in said


def test_the_table_and_the_picture_say_the_same(office: FlaskClient) -> None:
    shown = page(office)
    (row,) = shown.xpath("//section[@aria-labelledby='steps']//tbody/tr")
    assert [text(cell) for cell in row] == ["Svara på idén", "2", "1", "1", "–"]
    notes = json.loads(shown.get_element_by_id("diagram-notes").text)
    assert notes == {"sponsor_answer": "2 projekt, 1 står still"}
    assert json.loads(shown.get_element_by_id("diagram-marks").text) == {"is-late": ["sponsor_answer"], "is-now": []}
    address = shown.xpath("string(//*[@data-bpmn-url]/@data-bpmn-url)")
    assert b"sponsor_answer" in office.get(str(address)).data
    assert office.get("/monitor/models/none.bpmn").status_code == 404


def test_a_step_leads_to_its_projects(office: FlaskClient) -> None:
    (address,) = page(office).xpath("//section[@aria-labelledby='steps']//th/a/@href")
    there = page(office, address).xpath("//section[@aria-labelledby='there']//li")
    assert [text(one.find(".//h3")) for one in there] == ["=Cykelbana Svara på idén", "Gångbro Svara på idén"]


def test_filters_stand_in_the_address_and_in_all_that_is_shown(office: FlaskClient) -> None:
    shown = page(office, "/monitor?department=Skola")
    assert "Inget av dem står still." in text(shown)
    assert shown.xpath("//select[@name='department']/option[@selected]/@value") == ["Skola"]
    assert shown.xpath("//*[@data-watched]/@data-watched") == ["/monitor/now?department=Skola"]
    assert shown.xpath("//a[contains(@href, 'monitor.csv')]/@href") == ["/monitor.csv?department=Skola"]
    assert "=Cykelbana" not in office.get("/monitor.csv?department=Skola").text


def test_the_table_for_excel_has_a_row_for_each_step_and_no_formula(office: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(office.get("/monitor.csv").text.removeprefix("\ufeff")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["'=Cykelbana", "Gångbro"]
    assert rows[1][6].startswith("Skulle vara klart") and rows[1][7] == "Väntar på Anna Berg"
    assert rows[2][6:] == ["", ""]


def test_the_part_that_changes_is_not_sent_again_while_nothing_has(office: FlaskClient, town: Town) -> None:
    first = office.get("/monitor/now")
    tag = first.headers["ETag"]
    assert office.get("/monitor/now", headers={"If-None-Match": tag}).status_code == 304
    town.start("olle", "Lekplats")
    again = office.get("/monitor/now", headers={"If-None-Match": tag})
    assert again.status_code == 200 and "3 projekt pågår" in again.text


def test_an_administrator_sees_where_projects_stand_and_no_way_into_them(
    log_in: LogIn, town: Town, late: str, clock: TestClock
) -> None:
    assign_organisation_role(
        town.as_("ture"), role="administrator", person=town.people["rut"], valid_from=clock.today, reason="Ersätter"
    )
    shown = page(log_in("rut"), f"/monitor/projects/{late}")
    assert "=Cykelbana" in text(shown)
    assert not shown.xpath(f"//a[@href='/projects/{late}']")
    assert page(log_in("ture"), f"/monitor/projects/{late}").xpath(f"//a[@href='/projects/{late}']")


def test_with_nothing_going_on_it_says_so(log_in: LogIn) -> None:
    shown = page(log_in("ture"))
    assert "0 projekt pågår. Inget av dem står still." in text(shown)
    assert "Allt går sin gång" in text(shown)


def test_what_rests_is_counted_apart(log_in: LogIn, town: Town, late: str, clock: TestClock) -> None:
    hold_project(
        town.as_("ture"), project_id=late, reason="Pengar", resume_on=clock.today + timedelta(days=90),
        request_id=request_id(),
    )  # fmt: skip
    assert "1 projekt pågår. Inget av dem står still. 1 vilar." in text(page(log_in("ture")))
