"""Another model, with other roles, forms and gates, goes through the same verbs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.demo.playing import Player
from tests.models.telling import SECOND, files_of
from tests.stories.meetings import APPROVE, approve_on_condition, met, rework
from tests.stories.town import Town, build_town, request_id
from workflows.governance.anytime import replace_project_holder
from workflows.governance.conditions import complete_condition
from workflows.governance.decision_record import decisions_of
from workflows.governance.outcomes import Outcome
from workflows.governance.project import ProjectStatus
from workflows.governance.verify import verify
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.people import assign_role


@pytest.fixture
def town(ctx: Context) -> Town:
    town = build_town(ctx, files=files_of(SECOND))
    with ctx.write() as session:
        for role, who in {"tester": "nils", "caretaker": "rut", "coordinator": "ture"}.items():
            assign_role(
                session,
                tenant=ctx.tenant,
                scope=ORGANISATION,
                role=role,
                person=town.people[who],
                valid_from=ctx.now().date(),
                reason="",
                actor=None,
                at=ctx.now(),
            )
    return town


@pytest.fixture
def player(town: Town) -> Player:
    people = town.people
    reviewers = [{"person": people["eva"]}, {"person": people["lena"]}]
    return town.player(
        town.start("olle", "Boka sporthall på nätet").project_id,
        usual={
            "need": {"sponsor": people["anna"], "cost": 200_000, "reviewers": reviewers},
            "opinions": {"view": "for"},
            "ready_check": {"K02": {"answer": "yes"}},
        },
    )


def appoint(town: Town, player: Player, role: str, holder: str) -> None:
    replace_project_holder(
        town.as_("anna"),
        project_id=player.project_id,
        role=role,
        holder=holder,
        reason="Leder tjänsten",
        request_id=request_id(),
    )


def test_three_gates_to_a_service_in_operation(town: Town, player: Player) -> None:
    player.hand_in("need")
    appoint(town, player, "project_manager", town.people["karin"])
    player.until("g1")
    player.decide(rework(town, "explore"))
    player.until("g1")
    player.decide(APPROVE)
    appoint(town, player, "service_council", f"body:{town.group}")
    player.until("opinions")
    assert {task.item for task in player.open()} == {"r1", "r2"}
    player.until("ready_check")
    player.hand_in("ready_check", {"K02": {"answer": "no", "reason": "Kontrasten räcker inte"}})
    player.hand_in("mend")
    player.until("g2")
    condition = approve_on_condition(town, "karin", "Avtalet med leverantören är tecknat").conditions
    player.decide(met(town, Outcome.APPROVE_CONDITIONAL, conditions=condition))
    complete_condition(
        town.as_("karin"), task_id=player.task("condition").id, note="Tecknat i dag", request_id=request_id()
    )
    player.until("g3")
    player.decide(met(town, Outcome.APPROVE))
    assert player.project().status is ProjectStatus.CLOSED
    with town.ctx.read() as session:
        decided = decisions_of(session, tenant=town.ctx.tenant, project_id=player.project_id)
    assert [decision.gate for decision in reversed(decided)] == ["g1", "g1", "g2", "g3"]
    assert all(result.broken is None for result in verify(town.ctx))


def test_it_is_stopped_at_the_second_gate(town: Town, player: Player) -> None:
    player.hand_in("need")
    appoint(town, player, "project_manager", town.people["karin"])
    player.until("g1")
    player.decide(APPROVE)
    player.until("g2")
    player.hand_in("request")
    (task,) = player.open()
    assert task.node == "decide_single"
    player.decide(replace(APPROVE, outcome=Outcome.TERMINATE, motivation="Ingen vill använda den."))
    player.until("stop_note")
    player.hand_in("stop_note")
    assert player.project().status is ProjectStatus.TERMINATED
