"""A step that comes back: it begins with what was answered last, and says who wants it again, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from app.demo.playing import Player
from tests.conftest import TestClock
from tests.stories.meetings import APPROVE, rework
from tests.stories.town import Town, build_town
from workflows.governance.anytime import withdraw_request
from workflows.governance.came_back import Cause, returned_by
from workflows.governance.facts import environment
from workflows.governance.task_page import TaskPage, task_page
from workflows.kernel.context import Context

RISK = {
    "risk": "Leverantören blir sen",
    "probability": 3,
    "consequence": 4,
    "action": "Följ upp varje vecka",
    "owner": "Karin",
}


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def player(town: Town, clock: TestClock) -> Player:
    """A small project; every step takes a minute."""
    people = town.people
    usual: Mapping[str, Mapping[str, Any]] = {
        "idea_sheet": {"sponsor": people["anna"], "size_class": "small", "total_cost": 600_000},
        "sponsor_answer": {"decision": "go"},
        "appoint_manager": {"project_manager": people["karin"]},
        "project_directive": {"receiver": people["lena"], "project_manager": people["karin"]},
        "office_review": {"outcome": "approve"},
    }
    project = town.start("olle", "Digital felanmälan").project_id
    return Player(ctx=town.ctx, project_id=project, usual=usual, between=lambda: clock.forward(minutes=1))


def page_of(town: Town, player: Player, node: str) -> TaskPage:
    task = player.task(node)
    return task_page(_as(town, player, node), task_id=task.id)


def _as(town: Town, player: Player, node: str) -> Context:
    who = player.who(player.task(node))
    return town.as_(next(short for short, person in town.people.items() if person == who))


def given(town: Town, player: Player, node: str) -> Mapping[str, Any]:
    questions = page_of(town, player, node).questions
    assert questions is not None
    return questions.given


def sent_back(player: Player, town: Town) -> None:
    player.until("risk_assessment")
    player.hand_in("risk_assessment", {"risks": [RISK]})
    player.until("bp1")
    player.hand_in("request", {"proposal": "Beställaren godkänner direktivet."})
    player.decide(rework(town, "preparation", "F08"))


def test_every_step_of_a_new_round_begins_with_its_last_answers(town: Town, player: Player) -> None:
    sent_back(player, town)
    assert given(town, player, "risk_assessment")["risks"][0]["risk"] == RISK["risk"]
    for node in ("cost_benefit", "organisation", "resource_needs"):
        submitted = page_of(town, player, node).earlier[0].answers
        assert submitted
        assert {**given(town, player, node), **submitted} == given(town, player, node)


def test_a_review_begins_empty_and_a_new_request_too(town: Town, player: Player) -> None:
    sent_back(player, town)
    player.until("office_review")
    assert given(town, player, "office_review") == {}
    player.until("bp1")
    assert "proposal" not in given(town, player, "request")


def test_a_request_taken_back_keeps_its_words(town: Town, player: Player) -> None:
    player.until("bp1")
    player.hand_in("request", {"proposal": "Beställaren godkänner direktivet."})
    withdraw_request(town.as_("karin"), task_id=player.task("decide_single").id, reason="Fel siffra", request_id="back")
    page = page_of(town, player, "request")
    assert given(town, player, "request")["proposal"] == "Beställaren godkänner direktivet."
    assert page.came_back is not None
    assert (page.came_back.cause, page.came_back.reason) == (Cause.WITHDRAWN, "Fel siffra")


def test_what_a_review_sent_back_says_so_first(town: Town, player: Player) -> None:
    player.until("office_review")
    player.hand_in("office_review", {"outcome": "return", "comments": "Effektmålen går inte att mäta"})
    back = page_of(town, player, "project_directive").came_back
    assert back is not None
    assert (back.cause, back.by, back.reason) == (
        Cause.REVIEW,
        town.people["ture"],
        "Effektmålen går inte att mäta",
    )
    assert given(town, player, "project_directive")["receiver"] == town.people["lena"]


def test_every_step_of_a_rework_says_who_wants_what(town: Town, player: Player) -> None:
    sent_back(player, town)
    for node in ("risk_assessment", "cost_benefit"):
        back = page_of(town, player, node).came_back
        assert back is not None
        assert (back.cause, back.by, back.round) == (Cause.REWORK, town.people["anna"], 2)
        assert back.reason == "Kalkylen saknar driftskostnaden."
        assert [item.id for item in back.items] == ["F08"]
    player.until("project_directive")
    back = page_of(town, player, "project_directive").came_back
    assert back is not None and back.cause is Cause.REWORK


def test_a_step_that_comes_for_the_first_time_came_back_from_nobody(town: Town, player: Player) -> None:
    player.until("risk_assessment")
    assert page_of(town, player, "risk_assessment").came_back is None
    player.until("bp1")
    player.decide(APPROVE)
    assert page_of(town, player, "project_plan").came_back is None


def test_the_inbox_knows_who_sent_a_step_back(town: Town, player: Player) -> None:
    player.until("office_review")
    player.hand_in("office_review", {"outcome": "return", "comments": "Effektmålen går inte att mäta"})
    task = player.task("project_directive").id
    with town.ctx.read() as session:
        found = returned_by(session, tenant=town.ctx.tenant, tasks=[task], env=environment(town.ctx.now()))
    assert found == {task: town.people["ture"]}
