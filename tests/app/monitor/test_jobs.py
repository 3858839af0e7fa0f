"""Failed jobs: what each was for, what went wrong in words, and trying again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select

from tests.app.monitor.conftest import LogIn
from tests.conftest import MONDAY
from tests.stories.town import Town
from workflows.kernel.chain import EventRow
from workflows.kernel.jobs import KILLED, FailedJob, MemoryJobs
from workflows.operations.failed_jobs import STREAM
from workflows.people import assign_organisation_role

REFUSED = "[Errno 111] Connection refused"


def failed(key: str, *arguments: str, name: str = "mail.task", error: str = REFUSED) -> FailedJob:
    return FailedJob(
        key=key, name=name, arguments=arguments, error=error, tries=5, failed_at=MONDAY - timedelta(hours=2)
    )


@pytest.fixture
def given_up(town: Town, jobs: MemoryJobs) -> MemoryJobs:
    """What failed, of a project that waits for its sponsor."""
    project = town.start("olle", "Cykelbana").project_id
    town.player(project).until("sponsor_answer")
    task = town.open(project)["sponsor_answer"].task_id
    jobs.jobs.clear()
    jobs.given_up += [failed("a", task, town.people["anna"]), failed("b", "gone", name="paper.render", error=KILLED)]
    return jobs


def section(client: FlaskClient, address: str = "/monitor") -> str:
    shown: Any = html.fromstring(client.get(address).text)
    found = shown.xpath("//section[@aria-labelledby='jobs']")
    return " ".join(found[0].text_content().replace("\N{NO-BREAK SPACE}", " ").split()) if found else ""


def test_it_says_what_each_was_for_and_what_went_wrong(log_in: LogIn, given_up: MemoryJobs) -> None:
    said = section(log_in("ture"))
    assert "Mejla Anna Berg om ”Svara på idén” Cykelbana" in said
    assert "Mejlservern svarade inte. Försök igen när den är i gång. 5 försök." in said
    assert "Göra en handling till pdf" in said and "Servern stannade mitt i jobbet" in said
    assert REFUSED in said and KILLED not in said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("(550, b'5.1.1 no such user')", "tar inte emot adressen"),
        ("timed out", "Mejlservern svarade inte"),
        ("[Errno 28] No space left on device", "Disken är full"),
        ("KeyError: 'x'", "Något oväntat hände"),
    ],
)
def test_what_the_machine_said_is_told_in_words(log_in: LogIn, given_up: MemoryJobs, error: str, words: str) -> None:
    given_up.given_up[:] = [failed("a", error=error)]
    assert words in section(log_in("ture"))


def test_one_is_tried_again_and_it_is_noted_who_asked(log_in: LogIn, town: Town, given_up: MemoryJobs) -> None:
    answer = log_in("ture").post("/monitor/jobs", data={"key": "a"})
    assert answer.status_code == 303
    assert "1 jobb försöks igen." in log_in("ture").get(answer.location).text
    assert [job.key for job in given_up.jobs] == ["a"]
    assert [job.key for job in given_up.failed()] == ["b"]
    with town.ctx.read() as session:
        columns = (EventRow.verb, EventRow.actor, EventRow.body)
        (event,) = session.execute(select(*columns).where(EventRow.stream == STREAM))
    assert tuple(event) == ("retry_job", town.people["ture"], {"job": "a"})


def test_all_are_tried_again_and_a_second_press_does_nothing(log_in: LogIn, given_up: MemoryJobs) -> None:
    office = log_in("ture")
    assert "2 jobb försöks igen." in office.post("/monitor/jobs", data={"key": ["a", "b"]}, follow_redirects=True).text
    again = office.post("/monitor/jobs", data={"key": ["a", "b"]}, follow_redirects=True).text
    assert "Någon hann före" in again
    assert len(given_up.jobs) == 2
    assert section(office) == ""


def test_whoever_only_watches_has_no_button(log_in: LogIn, town: Town, given_up: MemoryJobs) -> None:
    assign_organisation_role(
        town.as_("ture"), role="auditor", person=town.people["rut"], valid_from=MONDAY.date(), reason="Granskar"
    )
    auditor = log_in("rut")
    assert "Mejla Anna Berg" in section(auditor) and "Försök igen:" not in section(auditor)
    assert auditor.post("/monitor/jobs", data={"key": "a"}).status_code == 403
    assert len(given_up.failed()) == 2


def test_the_part_that_changes_is_the_same_though_its_forms_have_new_tokens(
    log_in: LogIn, given_up: MemoryJobs
) -> None:
    office = log_in("ture")
    tag = office.get("/monitor/now").headers["ETag"]
    assert office.get("/monitor/now", headers={"If-None-Match": tag}).status_code == 304
