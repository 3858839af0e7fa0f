"""A large project from idea to closure: a rework, a condition, a meeting with a recusal and a reservation, a hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.demo.playing import Player
from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, approve_delivery, approve_on_condition, met, rework, seat
from tests.stories.town import Town, build_town, request_id
from workflows.flow import InstanceHeld
from workflows.governance.conditions import complete_condition
from workflows.governance.decision_record import decisions_of
from workflows.governance.errors import DecisionRefused
from workflows.governance.holding import hold_project, resume_project
from workflows.governance.outcomes import Outcome
from workflows.governance.project import ProjectStatus
from workflows.governance.verify import verify
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def player(town: Town) -> Player:
    return town.player(town.start("olle", "Resecentrum etapp 2").project_id, usual=usual(town))


def adds_up(town: Town) -> bool:
    return all(result.broken is None for result in verify(town.ctx))


def through_first_gate(town: Town, player: Player) -> None:
    """BP1: sent back once, then approved on a condition."""
    player.until("bp1")
    player.decide(rework(town, "preparation", "F05", "F06"))
    player.until("bp1")
    player.decide(approve_on_condition(town, "karin", "Avtalet med trafikhuvudmannen är undertecknat"))


def meet_condition(town: Town, player: Player) -> None:
    complete_condition(
        town.as_("karin"), task_id=player.task("condition").id, note="Undertecknat, dnr KS-114", request_id=request_id()
    )


def through_second_gate(town: Town, player: Player) -> None:
    """BP2: the group meets; one member is recused, another has reservations."""
    player.until("bp2")
    meet_condition(town, player)
    seats = [
        seat(town, "anna"),
        seat(town, "bo", recusal="Äger marken intill"),
        seat(town, "sara"),
        seat(town, "mats", reservation="Budgeten borde ha en reserv på tio procent."),
    ]
    player.decide(met(town, Outcome.APPROVE, seats))


@pytest.mark.full
def test_from_idea_to_closure(town: Town, player: Player, clock: TestClock) -> None:
    through_first_gate(town, player)
    assert player.project().phase == "planning"
    through_second_gate(town, player)
    assert player.project().phase == "execution"

    due = player.task("status_report").due_at
    today = clock.today
    hold_project(
        town.as_("anna"),
        project_id=player.project_id,
        resume_on=today + timedelta(days=60),
        reason="Väntar på statsbidrag",
        request_id=request_id(),
    )
    assert player.project().status is ProjectStatus.ON_HOLD
    with pytest.raises(InstanceHeld):
        player.hand_in("status_report", by=town.people["karin"])
    clock.forward(days=14)
    resume_project(town.as_("anna"), project_id=player.project_id, note="Bidraget är beviljat", request_id=request_id())
    assert due is not None
    assert player.task("status_report").due_at == due + timedelta(days=14)

    player.hand_in("status_report", {"last": True})
    assert {approve_delivery(town, player), approve_delivery(town, player)} == {"d1", "d2"}
    player.until("bp3")
    player.decide(met(town, Outcome.APPROVE))
    player.until("bp4")
    player.decide(met(town, Outcome.APPROVE))

    assert player.project().status is ProjectStatus.CLOSED
    with town.ctx.read() as session:
        decided = decisions_of(session, tenant=town.ctx.tenant, project_id=player.project_id)
    assert [(one.gate, one.outcome) for one in reversed(decided)] == [
        ("bp1", Outcome.REWORK),
        ("bp1", Outcome.APPROVE_CONDITIONAL),
        ("bp2", Outcome.APPROVE),
        ("bp3k", Outcome.APPROVE),
        ("bp3k", Outcome.APPROVE),
        ("bp3", Outcome.APPROVE),
        ("bp4", Outcome.APPROVE),
    ]
    meeting = decided[-3].detail["meeting"]
    assert [one["recusal_reason"] for one in meeting["attendance"] if one["recused"]] == ["Äger marken intill"]
    assert [one["reservation"] for one in meeting["attendance"] if one["reservation"]]
    assert adds_up(town)


def test_an_open_condition_hinders_the_next_gate(town: Town, player: Player) -> None:
    through_first_gate(town, player)
    player.until("bp2")
    player.hand_in("request")
    with pytest.raises(DecisionRefused):
        player.decide(met(town, Outcome.APPROVE))
    meet_condition(town, player)
    player.decide(met(town, Outcome.APPROVE))
    assert player.project().phase == "execution"


def test_the_sponsor_cannot_decide_for_the_group(town: Town, player: Player) -> None:
    through_first_gate(town, player)
    player.until("bp2")
    meet_condition(town, player)
    with pytest.raises(DecisionRefused):
        player.decide(APPROVE)
