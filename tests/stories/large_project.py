"""The usual answers of a large project with a steering group, two members and two deliveries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.stories.meetings import approve_on_condition
from tests.stories.town import Town


def member(town: Town, who: str, hours: int = 200) -> dict[str, Any]:
    return {
        "person": town.people[who],
        "hours": hours,
        "period_start": "2027-01-11",
        "period_end": "2027-06-30",
        "resource_provider": town.people["bo"],
    }


def delivery(town: Town, title: str) -> dict[str, Any]:
    return {"title": title, "approver": town.people["lena"]}


def usual(town: Town) -> Mapping[str, Mapping[str, Any]]:
    people = town.people
    return {
        "idea_sheet": {"sponsor": people["anna"], "size_class": "large", "total_cost": 4_200_000},
        "sponsor_answer": {"decision": "go"},
        "appoint_manager": {"project_manager": people["karin"]},
        "organisation": {"steering_group_body": f"body:{town.group}"},
        "cost_benefit": {"total_cost": 4_200_000},
        "project_directive": {"receiver": people["lena"]},
        "office_review": {"outcome": "approve"},
        "project_plan": {
            "budget_total": 4_200_000,
            "staffing": [member(town, "nils"), member(town, "eva")],
            "deliverables": [delivery(town, "Ny entré"), delivery(town, "Utemiljö")],
        },
        "contract_provider": {"decision": "sign"},
        "contract_member": {"decision": "accept"},
        "deliverable_acceptance": {"outcome": "accept"},
        "status_report": {"overall": "green", "change": "no", "deviation": "no", "last": False},
        "status_read": {"action": "none"},
    }


def contracts_waiting(town: Town, owner: str) -> str:
    """A project whose two members' contracts wait for Bo, who lends both; `owner` answers for a condition."""
    project = town.start("olle", "Förskolan").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(approve_on_condition(town, owner, "VA-avtalet är klart"))
    player.hand_in("project_plan")
    return project
