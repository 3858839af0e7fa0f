"""Decide, at the verb: what the pages cannot send is refused too, and two at once make one decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.app.gates.playing import gate, to_gate, to_meeting
from tests.conftest import TestClock
from tests.stories.meetings import met, seat
from tests.stories.town import Town, build_town
from workflows import engine
from workflows.flow import TaskAlreadyClosed
from workflows.governance.decide import decide
from workflows.governance.decision import DecisionInput, NewCondition
from workflows.governance.decision_record import decisions_of
from workflows.governance.errors import DecisionRefused
from workflows.governance.outcomes import Outcome
from workflows.governance.setting_change import set_cost_limit
from workflows.kernel.context import Context
from workflows.kernel.ids import BodyId, new_id
from workflows.people import Quorum, QuorumRule, assign_role, change_body

APPROVE = DecisionInput(outcome=Outcome.APPROVE, no_conflict=True)


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def refused(town: Town, who: str, project: str, decision: DecisionInput) -> list[str]:
    with pytest.raises(DecisionRefused) as refusal:
        town.decide(who, project, decision)
    assert gate(town, project)
    return list(refusal.value.errors)


def test_the_owner_of_a_condition_is_somebody(town: Town) -> None:
    project = to_gate(town)
    condition = NewCondition(text="Avtal finns", owner=town.people["bo"], due_on=date(2026, 12, 11))
    decision = replace(APPROVE, outcome=Outcome.APPROVE_CONDITIONAL)
    stranger = replace(decision, conditions=(replace(condition, owner="role:organisation:controller"),))
    assert refused(town, "anna", project, stranger) == ["conditions-0-owner"]
    town.decide("anna", project, replace(decision, conditions=(condition,)))


def test_nobody_sits_twice_and_only_members_sit(town: Town) -> None:
    project = to_meeting(town)
    twice = met(town, Outcome.APPROVE, [seat(town, "anna"), seat(town, "anna"), seat(town, "anna")])
    assert refused(town, "per", project, twice) == ["attendance"]
    strangers = met(town, Outcome.APPROVE, [seat(town, who) for who in ("anna", "nils", "eva", "rut")])
    assert refused(town, "per", project, strangers) == ["attendance"]


def test_the_quorum_is_the_bodys_own(town: Town) -> None:
    project = to_meeting(town)
    assert town.group is not None
    two = met(town, Outcome.APPROVE, [seat(town, "anna"), seat(town, "bo")])
    assert refused(town, "per", project, two) == ["attendance"]
    few = Quorum(rule=QuorumRule.COUNT, count=2)
    change_body(town.ctx, body=BodyId(town.group), name="Styrgrupp Samhälle", quorum=few)
    town.decide("per", project, two)


def test_the_record_names_group_and_chair_as_they_were(town: Town) -> None:
    project = to_meeting(town)
    town.decide("per", project, met(town, Outcome.APPROVE))
    assert town.group is not None
    change_body(town.ctx, body=BodyId(town.group), name="Styrgrupp Teknik", quorum=Quorum())
    with town.ctx.read() as session:
        newest = decisions_of(session, tenant=town.ctx.tenant, project_id=project)[0]
    assert newest.detail["meeting"]["group"] == "Styrgrupp Samhälle"
    assert newest.detail["meeting"]["chair"] == town.people["anna"]


def test_a_deferred_case_gets_the_decider_that_the_table_names_then(town: Town, clock: TestClock) -> None:
    project = to_gate(town)
    set_cost_limit(town.as_("ture"), amount=100_000, valid_from=clock.today, reason="Beslut", version=0)
    town.decide("anna", project, replace(APPROVE, outcome=Outcome.DEFER, defer_to=clock.today + timedelta(days=7)))
    assert gate(town, project).node == "decide_board"


def test_a_target_goes_nowhere_without_rework(town: Town) -> None:
    project = to_gate(town)
    town.decide("anna", project, replace(APPROVE, target="relevance"))
    with town.ctx.read() as session:
        (decision,) = decisions_of(session, tenant=town.ctx.tenant, project_id=project)
    assert decision.target is None
    assert town.project(project).phase == "planning"


def test_two_at_once_make_one_decision_and_the_other_hears_who(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    project = to_gate(town)
    task = gate(town, project).task_id
    with town.ctx.write() as session:
        assign_role(
            session, tenant=town.ctx.tenant, scope=project, role="sponsor", person=town.people["bo"], sole=False,
            valid_from=town.ctx.now().date(), reason="", actor=None, at=town.ctx.now(),
        )  # fmt: skip
    stepping, first = engine.complete, True

    def overtaken(*args: Any, **kwargs: Any) -> engine.Step:
        """Bo decides between Anna's read and her write."""
        nonlocal first
        if first:
            first = False
            decide(town.as_("bo"), task_id=task, decision=APPROVE, request_id=new_id())
        return stepping(*args, **kwargs)

    monkeypatch.setattr("workflows.governance.decide.engine.complete", overtaken)
    late = replace(APPROVE, outcome=Outcome.REJECT, motivation="Ryms inte.")
    with pytest.raises(TaskAlreadyClosed) as closed:
        decide(town.as_("anna"), task_id=task, decision=late, request_id=new_id())
    assert closed.value.facts["by"] == "Bo Rask"
    with town.ctx.read() as session:
        (decision,) = decisions_of(session, tenant=town.ctx.tenant, project_id=project)
    assert decision.outcome is Outcome.APPROVE
