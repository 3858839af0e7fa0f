"""A small project goes from idea to closure: one sponsor, one member, one delivery, every gate approved."""

from __future__ import annotations

import pytest

from tests.stories.meetings import APPROVE
from tests.stories.town import Town, build_town
from workflows.governance.decision_record import decisions_of
from workflows.governance.project import ProjectStatus
from workflows.governance.readiness import document_versions
from workflows.governance.verify import verify
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def test_it_ends_closed_with_every_document_and_decision(town: Town) -> None:
    people = town.people
    player = town.player(
        town.start("olle", "Digital avtalssignering").project_id,
        usual={
            "idea_sheet": {"sponsor": people["anna"], "size_class": "small", "total_cost": 600_000},
            "sponsor_answer": {"decision": "go"},
            "appoint_manager": {"project_manager": people["karin"]},
            "project_directive": {"receiver": people["lena"]},
            "project_plan": {
                "budget_total": 600_000,
                "staffing": [
                    {
                        "person": people["nils"],
                        "hours": 80,
                        "period_start": "2026-12-01",
                        "period_end": "2027-02-26",
                        "resource_provider": people["bo"],
                    }
                ],
                "deliverables": [{"title": "Tjänsten i drift", "approver": people["lena"]}],
            },
            "contract_provider": {"decision": "sign"},
            "contract_member": {"decision": "accept"},
            "deliverable_acceptance": {"outcome": "accept"},
            "status_report": {"overall": "green", "change": "no", "deviation": "no", "last": True},
            "status_read": {"action": "none"},
        },
    )
    for gate in ("bp1", "bp2", "bp3k", "bp3", "bp4"):
        player.until(gate)
        player.decide(APPROVE)

    project = player.project()
    assert (project.status, project.phase) == (ProjectStatus.CLOSED, "closure")
    assert player.open() == ()
    with town.ctx.read() as session:
        decided = decisions_of(session, tenant=town.ctx.tenant, project_id=project.id)
        versions = document_versions(session, tenant=town.ctx.tenant, project_id=project.id)
    assert [decision.gate for decision in decided] == ["bp4", "bp3", "bp3k", "bp2", "bp1"]
    assert {(version.key, version.item) for version in versions} == {
        ("idea_sheet", ""),
        ("project_directive", ""),
        ("project_plan", ""),
        ("person_contract", "m1"),
        ("status_report", ""),
        ("deliverable_acceptance", "d1"),
        ("handover_record", ""),
        ("final_report", ""),
    }
    (result,) = verify(town.ctx)
    assert (result.broken, result.title) == (None, "Digital avtalssignering")
