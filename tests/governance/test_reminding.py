"""Somebody reminds of a step: those it waits for get a mail, and the project knows who asked for it and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import contracts_waiting
from tests.stories.town import Town, build_town, request_id
from workflows.flow import InstanceHeld, TaskAlreadyClosed
from workflows.governance.holding import hold_project
from workflows.governance.project_page import project_timeline
from workflows.governance.reminding import NobodyToRemind, remind
from workflows.governance.verify import verify
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden, NotFound
from workflows.kernel.jobs import Job, MemoryJobs
from workflows.people import deactivate_person
from workflows.people.errors import ReasonMissing


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def asked(town: Town) -> str:
    """An idea that waits for Anna's answer."""
    project = town.start("olle", "Cykelbana").project_id
    town.player(project).until("sponsor_answer")
    return project


def task(town: Town, project: str) -> str:
    return town.open(project)["sponsor_answer"].task_id


def reminders(jobs: MemoryJobs) -> list[Job]:
    return [job for job in jobs.jobs if job.name == "mail.remind"]


def test_everybody_the_step_waits_for_is_mailed_in_the_name_of_who_asked(
    town: Town, asked: str, jobs: MemoryJobs
) -> None:
    assert remind(town.as_("ture"), task_id=task(town, asked), reason="Brådskar", request_id=request_id()) == 1
    (mail,) = reminders(jobs)
    assert mail.arguments[:3] == (task(town, asked), town.people["anna"], town.people["ture"])


def test_the_project_knows_who_reminded_and_the_record_adds_up(town: Town, asked: str) -> None:
    remind(town.as_("ture"), task_id=task(town, asked), reason="Brådskar", request_id=request_id())
    _, told = project_timeline(town.as_("ture"), project_id=asked)
    assert told[0].sentence.format(**told[0].facts) == "Ture Malm påminde om ”Svara på idén”"
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_each_reminder_is_a_mail_of_its_own_and_a_double_click_is_one(town: Town, asked: str, jobs: MemoryJobs) -> None:
    twice = request_id()
    remind(town.as_("ture"), task_id=task(town, asked), reason="Brådskar", request_id=twice)
    with pytest.raises(AlreadyDone):
        remind(town.as_("ture"), task_id=task(town, asked), reason="Brådskar", request_id=twice)
    remind(town.as_("ture"), task_id=task(town, asked), reason="Fortfarande", request_id=request_id())
    assert len({job.key for job in reminders(jobs)}) == 2


def test_without_a_reason_nobody_is_mailed(town: Town, asked: str, jobs: MemoryJobs) -> None:
    with pytest.raises(ReasonMissing):
        remind(town.as_("ture"), task_id=task(town, asked), reason=" ", request_id=request_id())
    assert reminders(jobs) == []


def test_what_cannot_be_done_now_is_not_reminded_of(town: Town, asked: str, jobs: MemoryJobs, clock: TestClock) -> None:
    waiting = task(town, asked)
    with pytest.raises(Forbidden):
        remind(town.as_("karin"), task_id=waiting, reason="Brådskar")
    with pytest.raises(NotFound):
        remind(town.as_("ture"), task_id="none", reason="Brådskar")
    until = clock.today + timedelta(days=90)
    hold_project(town.as_("ture"), project_id=asked, reason="Pengar", resume_on=until, request_id=request_id())
    with pytest.raises(InstanceHeld):
        remind(town.as_("ture"), task_id=waiting, reason="Brådskar")
    assert reminders(jobs) == []


def test_a_step_that_somebody_did_meanwhile_is_told_as_done(town: Town, asked: str, jobs: MemoryJobs) -> None:
    waiting = task(town, asked)
    town.player(asked).hand_in("sponsor_answer")
    with pytest.raises(TaskAlreadyClosed):
        remind(town.as_("ture"), task_id=waiting, reason="Brådskar")
    assert reminders(jobs) == []


def test_where_nobody_has_the_role_somebody_is_to_be_appointed(town: Town, jobs: MemoryJobs) -> None:
    project = contracts_waiting(town, "nils")
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    with pytest.raises(NobodyToRemind):
        remind(town.as_("ture"), task_id=town.open(project)["condition"].task_id, reason="Brådskar")
    assert reminders(jobs) == []
