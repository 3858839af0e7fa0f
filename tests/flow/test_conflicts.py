"""Two at once: one wins, the other is told by whom, and nothing is done twice."""

from __future__ import annotations

import threading
from collections import Counter

import pytest

from tests.stories.town import Town
from workflows.flow import TaskAlreadyClosed
from workflows.governance.answers import Entered
from workflows.governance.submit import submit_step
from workflows.governance.verify import verify
from workflows.kernel.errors import AlreadyDone, StyrError


@pytest.fixture
def project(town: Town) -> str:
    project = town.start("olle", "Digital avtalssignering").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"])
    town.fill("olle", project, "c1_relevance")
    return project


def _race(town: Town, project: str, requests: list[str]) -> Counter[str]:
    """Let as many threads as requests hand in the sponsor's answer at the same moment."""
    task = town.open(project)["sponsor_answer"].task_id
    start, outcomes = threading.Barrier(len(requests)), Counter[str]()

    def hand_in(request: str) -> None:
        start.wait()
        try:
            submit_step(town.as_("anna"), task_id=task, entered=Entered(answers={"decision": "go"}), request_id=request)
            outcomes["done"] += 1
        except StyrError as error:
            outcomes[type(error).__name__] += 1

    threads = [threading.Thread(target=hand_in, args=(request,)) for request in requests]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.full
def test_four_clicks_of_one_request_are_one_effect(town: Town, project: str) -> None:
    assert _race(town, project, ["same"] * 4) == {"done": 1, AlreadyDone.__name__: 3}
    assert set(town.open(project)) == {"appoint_manager"}


def test_of_four_requests_for_one_task_one_is_done(town: Town, project: str) -> None:
    assert _race(town, project, ["a", "b", "c", "d"]) == {"done": 1, TaskAlreadyClosed.__name__: 3}
    assert set(town.open(project)) == {"appoint_manager"}
    assert all(result.broken is None for result in verify(town.ctx))


def test_who_comes_late_is_told_who_was_first(town: Town, project: str) -> None:
    _race(town, project, ["first"])
    task = next(iter(town.open(project).values()))
    town.fill("anna", project, "appoint_manager", project_manager=town.people["karin"])
    with pytest.raises(TaskAlreadyClosed) as late:
        submit_step(town.as_("anna"), task_id=task.task_id, entered=Entered(answers={}), request_id="late")
    assert late.value.facts["by"] == "Anna Berg"
