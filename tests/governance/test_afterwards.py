"""A checklist that is handed in gets questions afterwards; whoever has its step answers them, and that is on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from tests.governance.asking_more import NEW, QUESTION, moved, prepared
from tests.governance.moving import at, seen
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, build_town, request_id
from workflows.flow import Submission, latest_submissions, submissions_for_task
from workflows.flow.errors import InstanceHeld
from workflows.governance.afterwards import Afterwards, afterwards_page, answer_afterwards
from workflows.governance.answers import Entered
from workflows.governance.decision import DecisionInput
from workflows.governance.errors import AnswersRefused, NotNow
from workflows.governance.gate_room import gate_room
from workflows.governance.holding import hold_project
from workflows.governance.moving import MovedOn, undo_move
from workflows.governance.outcomes import Outcome
from workflows.governance.project_page import project_page, project_timeline
from workflows.governance.task_page import task_page
from workflows.governance.verify import verify
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.kernel.errors import AlreadyDone, Forbidden

ANSWER = {NEW: {"answer": "yes", "comment": "Bedömt av dataskyddsombudet"}}


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def waiting(town: Town) -> str:
    """A project whose checklists are handed in, and whose first gate waits to be requested."""
    return at(town, "Dataskyddet", "bp1")


def found(town: Town, project: str, who: str = "karin") -> Afterwards:
    """What the request of the gate says can be answered afterwards."""
    [request] = [row for row in town.open(project).values() if row.gate == "bp1"]
    return task_page(town.as_(who), task_id=request.task_id).afterwards["c2_preparation"]


def missing(town: Town, project: str) -> int:
    ready = project_page(town.as_("karin"), project_id=project).readiness
    assert ready is not None
    return ready.missing


def answer(town: Town, project: str, who: str = "karin", said: Mapping[str, Any] = ANSWER) -> None:
    task = found(town, project, who).task
    answer_afterwards(town.as_(who), task_id=task, entered=Entered(answers=said), request_id=request_id())


def test_the_preview_says_that_the_gate_will_ask_for_it_and_who_answers(town: Town, waiting: str) -> None:
    notes = seen(town, prepared(town))[1]["Dataskyddet"].notes
    assert (
        f"Frågan ”{QUESTION}” har kommit till i ”Checklista Förberedelse”. BP1 frågar efter den. "
        "Checklistan är redan inlämnad, så den som är projektledare svarar i efterhand." in notes
    )


def test_the_preview_says_that_a_requested_gate_asks_only_if_it_is_requested_again(town: Town, waiting: str) -> None:
    town.player(waiting, usual=usual(town)).deciding()
    notes = seen(town, prepared(town))[1]["Dataskyddet"].notes
    asked = "BP1 är redan begärd och frågar efter den bara om beslutet begärs på nytt."
    assert f"Frågan ”{QUESTION}” har kommit till i ”Checklista Förberedelse”. {asked}" in notes


def test_a_project_before_the_checklist_is_asked_there_and_not_afterwards(town: Town) -> None:
    at(town, "Idén", "sponsor_answer")
    assert not any("i efterhand" in note for note in seen(town, prepared(town))[1]["Idén"].notes)


def test_the_answer_stands_beside_what_was_handed_in_with_who_gave_it_and_when(town: Town, waiting: str) -> None:
    moved(town)
    assert missing(town, waiting) == 1
    asked = found(town, waiting)
    assert ([item.id for item in asked.checklist.items], asked.mine, asked.waits_for) == ([NEW], True, ("Karin Lind",))
    answer(town, waiting)
    assert missing(town, waiting) == 0
    first, second = submitted(town, waiting)
    given = {"by": town.people["karin"], "at": town.ctx.now().isoformat()}
    assert NEW not in first.answers
    assert second.answers == {**first.answers, NEW: {**ANSWER[NEW], "afterwards": given}}
    last = project_timeline(town.as_("karin"), project_id=waiting)[1][0]
    assert last.sentence.format(**{**last.facts, "checklist": "Förberedelse"}) == (
        f"Karin Lind svarade i efterhand på ”{QUESTION}” i Förberedelse"
    )
    assert all(result.broken is None for result in verify(town.ctx))


def test_the_decision_rests_on_the_answer_and_says_that_it_was_given_afterwards(town: Town, waiting: str) -> None:
    moved(town)
    answer(town, waiting)
    player = town.player(waiting, usual=usual(town))
    deciding = player.deciding()
    view = gate_room(town.as_("anna"), task_id=deciding.id).view
    [item] = [item for checklist in view.checklists for item in checklist.items if item.id == NEW]
    assert (item.kind, item.given_by, item.given_at) == ("yes", "Karin Lind", town.ctx.now())
    assert view.deviations == 0
    player.decide(APPROVE)
    assert all(result.broken is None for result in verify(town.ctx))


def test_a_no_is_a_deviation_that_the_decider_sees(town: Town, waiting: str) -> None:
    moved(town)
    answer(town, waiting, said={NEW: {"answer": "no", "reason": "Görs i planeringen"}})
    assert missing(town, waiting) == 1
    assert not task_page(town.as_("karin"), task_id=found_request(town, waiting)).afterwards


def submitted(town: Town, project: str) -> tuple[Submission, ...]:
    """Everything that was handed in for the step of the checklist that was done last."""
    with town.ctx.read() as session:
        latest = latest_submissions(session, tenant=town.ctx.tenant, instance_id=town.project(project).instance)
        task = latest["c2_preparation", None].task
        return submissions_for_task(session, tenant=town.ctx.tenant, task_id=task)


def found_request(town: Town, project: str) -> str:
    return next(row.task_id for row in town.open(project).values() if row.gate == "bp1")


def test_a_compulsory_question_is_not_passed_over(town: Town, waiting: str) -> None:
    moved(town)
    for said in ({}, {NEW: {"answer": "no"}}):
        with pytest.raises(AnswersRefused):
            answer(town, waiting, said=said)
    assert missing(town, waiting) == 1
    assert not any("efterhand" in one.sentence for one in project_timeline(town.as_("karin"), project_id=waiting)[1])


def test_only_whoever_has_the_step_answers(town: Town, waiting: str) -> None:
    moved(town)
    assert not found(town, waiting, "anna").mine
    with pytest.raises(Forbidden):
        answer(town, waiting, "anna")
    assert missing(town, waiting) == 1


def test_what_was_answered_is_never_answered_again(town: Town, waiting: str) -> None:
    moved(town)
    task = found(town, waiting).task
    answer(town, waiting)
    with pytest.raises(NotNow):
        answer_afterwards(town.as_("karin"), task_id=task, entered=Entered(answers=ANSWER), request_id=request_id())
    assert len(submitted(town, waiting)) == 2


def test_the_same_click_twice_is_one_answer(town: Town, waiting: str) -> None:
    moved(town)
    task, click = found(town, waiting).task, request_id()
    entered = Entered(answers=ANSWER)
    answer_afterwards(town.as_("karin"), task_id=task, entered=entered, request_id=click)
    with pytest.raises(AlreadyDone):
        answer_afterwards(town.as_("karin"), task_id=task, entered=entered, request_id=click)
    assert len(submitted(town, waiting)) == 2


def test_nothing_is_added_while_the_decision_waits_nor_after_it(town: Town, waiting: str) -> None:
    player = town.player(waiting, usual=usual(town))
    deciding = player.deciding()
    moved(town)
    page = task_page(town.as_("karin"), task_id=deciding.id)
    task = submitted(town, waiting)[0].task
    before = gate_room(town.as_("anna"), task_id=deciding.id).view
    assert page.afterwards == {}
    with pytest.raises(NotNow):
        answer_afterwards(town.as_("karin"), task_id=task, entered=Entered(answers=ANSWER), request_id=request_id())
    assert gate_room(town.as_("anna"), task_id=deciding.id).view == before
    player.decide(APPROVE)
    assert afterwards_page(town.as_("karin"), task_id=task) is None


def test_a_project_that_rests_is_asked_nothing(town: Town, waiting: str) -> None:
    moved(town)
    task = found(town, waiting).task
    hold_project(
        town.as_("ture"),
        project_id=waiting,
        resume_on=local_date(town.ctx.now()).replace(year=2027),
        reason="Väntar",
        request_id=request_id(),
    )
    assert afterwards_page(town.as_("karin"), task_id=task) is None
    with pytest.raises(InstanceHeld):
        answer_afterwards(town.as_("karin"), task_id=task, entered=Entered(answers=ANSWER), request_id=request_id())


def test_a_voluntary_question_asks_for_nothing(town: Town, waiting: str) -> None:
    moved(town, requirement="info")
    assert missing(town, waiting) == 0
    assert task_page(town.as_("karin"), task_id=found_request(town, waiting)).afterwards == {}


def test_advice_may_be_answered_but_something_has_to_be_said(town: Town, waiting: str) -> None:
    moved(town, requirement="warn")
    assert missing(town, waiting) == 0
    with pytest.raises(AnswersRefused):
        answer(town, waiting, said={})
    answer(town, waiting)
    assert task_page(town.as_("karin"), task_id=found_request(town, waiting)).afterwards == {}


def test_a_move_is_not_undone_once_its_questions_are_answered(town: Town, waiting: str) -> None:
    move = moved(town)
    answer(town, waiting)
    with pytest.raises(MovedOn):
        undo_move(town.as_("ture"), move=move, project_id=waiting, reason="Fel version")
    assert project_page(town.as_("karin"), project_id=waiting).version == 2


def test_who_hands_the_checklist_in_anew_after_a_rework_gives_all_its_answers(town: Town, waiting: str) -> None:
    moved(town)
    answer(town, waiting)
    player = town.player(waiting, usual=usual(town))
    player.decide(
        DecisionInput(
            outcome=Outcome.REWORK,
            no_conflict=True,
            motivation="Bedöm på nytt.",
            target="preparation",
            reopen=("F01",),
            due_on=local_date(town.ctx.now()) + timedelta(days=9),
        )
    )
    player.until("bp1")
    answers = submitted(town, waiting)[-1].answers
    assert answers[NEW] == ANSWER[NEW]
    assert all(result.broken is None for result in verify(town.ctx))
