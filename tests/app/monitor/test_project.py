"""One project in Drift: where it stands, on whose desk, what comes by itself, whether its record adds up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from lxml import html
from sqlalchemy import text as sql

from tests.app.monitor.conftest import LogIn
from tests.conftest import TestClock
from tests.stories.large_project import contracts_waiting
from tests.stories.town import Town, request_id
from workflows.governance.holding import hold_project
from workflows.people import deactivate_person


@pytest.fixture
def asked(town: Town) -> str:
    project = town.start("olle", "Cykelbana").project_id
    town.player(project).until("sponsor_answer")
    return project


def shown(log_in: LogIn, project: str) -> str:
    answer = log_in("ture").get(f"/monitor/projects/{project}")
    assert answer.status_code == 200
    document: Any = html.fromstring(answer.text)
    return " ".join(" ".join(document.xpath("//main//text()")).replace("\N{NO-BREAK SPACE}", " ").split())


def test_it_says_which_step_waits_for_whom_and_since_when(log_in: LogIn, asked: str) -> None:
    said = shown(log_in, asked)
    assert "Går sin gång." in said
    assert "Svara på idén Anna Berg" in said and "23 nov" in said
    assert "Härnösands projektmodell version 1" in said


def test_it_says_first_why_it_stands_still(log_in: LogIn, asked: str, clock: TestClock) -> None:
    clock.forward(days=60)
    said = shown(log_in, asked)
    assert "Står still vid Svara på idén sedan" in said
    assert "Väntar på Anna Berg. Skulle vara klart" in said


def test_what_nobody_can_do_leads_to_where_somebody_is_appointed(log_in: LogIn, town: Town) -> None:
    project = contracts_waiting(town, "nils")
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    answer = log_in("ture").get(f"/monitor/projects/{project}").text
    assert "Ingen har rollen, så ingen kan göra steget" in answer
    assert "Uppfyll villkor 1" in answer and "Uppfyll villkor 1:" not in answer
    assert 'href="/people/waiting"' in answer


def test_what_rests_says_until_when(log_in: LogIn, town: Town, asked: str, clock: TestClock) -> None:
    until = clock.today + timedelta(days=90)
    hold_project(town.as_("ture"), project_id=asked, reason="Pengar", resume_on=until, request_id=request_id())
    clock.forward(days=60)
    said = shown(log_in, asked)
    assert "Vilar till" in said and "Står still vid" not in said


def test_the_drawing_is_of_the_version_that_the_project_follows(log_in: LogIn, asked: str) -> None:
    office = log_in("ture")
    drawing = office.get(f"/monitor/projects/{asked}.bpmn")
    assert b'id="sponsor_answer"' in drawing.data
    again = office.get(f"/monitor/projects/{asked}.bpmn", headers={"If-None-Match": drawing.headers["ETag"]})
    assert again.status_code == 304
    assert office.get("/monitor/projects/none").status_code == 404


def test_a_record_that_was_altered_is_told_of_and_the_rest_can_be_read(log_in: LogIn, town: Town, asked: str) -> None:
    assert "Kedjan stämmer" in shown(log_in, asked)
    instance = town.project(asked).instance
    with town.ctx.database.engine.begin() as connection:
        for (trigger,) in connection.execute(
            sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'styr_event'")
        ).all():
            connection.execute(sql(f"DROP TRIGGER {trigger}"))
        connection.execute(sql("UPDATE styr_event SET verb = 'x' WHERE stream = :id AND seq = 2"), {"id": instance})
    said = shown(log_in, asked)
    assert "Loggen stämmer inte" in said and "Kedjan brister vid händelse 2" in said
    assert "Svara på idén Anna Berg" in said
