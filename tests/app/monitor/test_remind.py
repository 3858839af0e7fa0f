"""Reminding from a project's page in Drift."""

from __future__ import annotations

import pytest

from tests.app.monitor.conftest import LogIn
from tests.stories.town import Town, request_id
from workflows.kernel.jobs import MemoryJobs


@pytest.fixture
def asked(town: Town) -> str:
    project = town.start("olle", "Cykelbana").project_id
    town.player(project).until("sponsor_answer")
    return project


def form(town: Town, asked: str, **more: str) -> dict[str, str]:
    task = town.open(asked)["sponsor_answer"].task_id
    return {"task": task, "reason": "Brådskar", "request_id": request_id(), **more}


def test_a_reminder_is_sent_and_said_to_be(log_in: LogIn, town: Town, asked: str, jobs: MemoryJobs) -> None:
    office = log_in("ture")
    assert "Anna Berg får ett mejl" in office.get(f"/monitor/projects/{asked}").text
    data = form(town, asked)
    for _ in range(2):
        answer = office.post(f"/monitor/projects/{asked}/remind", data=data)
        assert answer.status_code == 303
        assert "Påminnelsen är skickad till 1 person" in office.get(answer.location).text
    assert [job.name for job in jobs.jobs].count("mail.remind") == 1


def test_without_a_reason_the_form_says_so_and_stays_open(
    log_in: LogIn, town: Town, asked: str, jobs: MemoryJobs
) -> None:
    answer = log_in("ture").post(f"/monitor/projects/{asked}/remind", data=form(town, asked, reason="  "))
    assert answer.status_code == 422
    assert "Skriv varför" in answer.text and '<details class="s-show" open>' in answer.text
    assert not [job for job in jobs.jobs if job.name == "mail.remind"]


def test_what_was_done_meanwhile_is_said_with_its_status(log_in: LogIn, town: Town, asked: str) -> None:
    data = form(town, asked)
    town.player(asked).hand_in("sponsor_answer")
    assert log_in("ture").post(f"/monitor/projects/{asked}/remind", data=data).status_code == 409


def test_whoever_only_reads_is_offered_none(log_in: LogIn, town: Town, asked: str) -> None:
    assert log_in("karin").post(f"/monitor/projects/{asked}/remind", data=form(town, asked)).status_code == 403
