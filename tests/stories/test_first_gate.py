"""From idea to the first gate: what people do, what the record then holds."""

from __future__ import annotations

import pytest

from tests.stories.moments import played_once
from tests.stories.town import Town, build_town
from workflows.governance.decision import DecisionInput
from workflows.governance.outcomes import Outcome
from workflows.governance.project import ProjectStatus
from workflows.governance.verify import verify
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@played_once
def to_first_gate(town: Town) -> str:
    """Play a small project up to the sponsor's decision at the first gate."""
    project = town.start("olle", "Digital avtalssignering").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    town.fill("anna", project, "appoint_manager", project_manager=town.people["karin"])
    town.fill("karin", project, "risk_assessment")
    town.fill("eva", project, "cost_benefit", total_cost=650_000)
    town.fill("karin", project, "organisation")
    town.fill("karin", project, "resource_needs")
    town.fill("karin", project, "project_directive", receiver=town.people["lena"])
    town.fill("ture", project, "office_review", outcome="approve")
    town.fill("karin", project, "c2_preparation")
    town.fill("karin", project, "request", proposal="Beställaren godkänner projektdirektivet.")
    return project


def test_the_sponsor_approves_and_planning_begins(town: Town) -> None:
    project = to_first_gate(town)
    assert set(town.open(project)) == {"decide_single"}
    town.decide("anna", project, DecisionInput(outcome=Outcome.APPROVE, no_conflict=True))
    now = town.project(project)
    assert (now.status, now.phase, now.gate) == (ProjectStatus.ACTIVE, "planning", None)
    assert set(town.open(project)) == {"project_plan"}


def test_the_record_of_a_decided_gate_adds_up(town: Town) -> None:
    project = to_first_gate(town)
    town.decide("anna", project, DecisionInput(outcome=Outcome.APPROVE, no_conflict=True))
    (result,) = verify(town.ctx)
    assert result.broken is None
    assert result.events == 14
