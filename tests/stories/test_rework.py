"""What a phase asks for again when it is entered a second time: what is new or changed, not what is in force."""

from __future__ import annotations

import pytest

from app.demo.playing import Player
from tests.stories.large_project import delivery, member, usual
from tests.stories.meetings import APPROVE, approve_delivery, met, sent_back_by_group
from tests.stories.town import Town, build_town
from workflows.governance.outcomes import Outcome
from workflows.governance.readiness import document_versions
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def player(town: Town) -> Player:
    """A project at BP2 with two contracts in force."""
    player = town.player(town.start("olle", "Resecentrum etapp 2").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    return player


def waiting(player: Player, node: str) -> list[str]:
    return sorted(task.item for task in player.open() if task.node == node and task.item)


def test_the_plan_comes_back_with_the_rows_it_had(town: Town, player: Player) -> None:
    player.decide(sent_back_by_group(town, "planning", "P05"))
    player.hand_in("project_plan")
    assert waiting(player, "contract_provider") == []
    assert [row["hours"] for row in player.project().rows("members")] == [200, 200]


def test_only_a_changed_or_new_member_signs_again(town: Town, player: Player) -> None:
    player.decide(sent_back_by_group(town, "planning", "P05"))
    staffing = [member(town, "nils"), member(town, "eva", hours=300), member(town, "lena")]
    player.hand_in("project_plan", {"staffing": staffing})
    assert waiting(player, "contract_provider") == ["m2", "m3"]
    player.until("bp2")
    with town.ctx.read() as session:
        versions = document_versions(
            session, tenant=town.ctx.tenant, project_id=player.project_id, key="person_contract"
        )
    assert [(version.item, version.version) for version in versions] == [("m1", 1), ("m2", 1), ("m2", 2), ("m3", 1)]


def test_hours_agreed_in_a_counter_offer_stay_in_the_plan(town: Town) -> None:
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("contract_provider")
    offer = {"hours": 120, "period_start": "2027-02-01", "period_end": "2027-05-31"}
    player.hand_in("contract_provider", {"decision": "propose", "comment": "Mer går inte", **offer}, item="m1")
    player.hand_in("contract_revise", {"decision": "revise", **offer}, item="m1")
    player.until("bp2")
    player.decide(sent_back_by_group(town, "planning", "P05"))
    town.player(player.project_id).hand_in("project_plan")
    assert waiting(player, "contract_provider") == []
    assert [row["hours"] for row in player.project().rows("members")] == [120, 200]


def test_a_contract_that_was_declined_is_none(town: Town) -> None:
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("contract_provider")
    player.hand_in("contract_provider", item="m1")
    player.hand_in("contract_member", {"decision": "decline", "comment": "Nej"}, item="m1")
    player.until("bp2")
    with town.ctx.read() as session:
        versions = document_versions(
            session, tenant=town.ctx.tenant, project_id=player.project_id, key="person_contract"
        )
    assert [version.item for version in versions] == ["m2"]
    player.decide(sent_back_by_group(town, "planning", "P05"))
    player.hand_in("project_plan")
    assert waiting(player, "contract_provider") == ["m1"]


def test_approved_deliveries_are_not_made_again(town: Town, player: Player) -> None:
    player.decide(met(town, Outcome.APPROVE))
    approve_delivery(town, player)
    approve_delivery(town, player)
    player.until("bp3", status_report={"last": True})
    player.decide(sent_back_by_group(town, "execution", "G07"))
    assert waiting(player, "delivery_ready") == []
    player.until("bp3", status_report={"last": True})
    player.decide(sent_back_by_group(town, "planning", "G07"))
    player.until("project_plan")
    changed = [delivery(town, "Ny entré"), {**delivery(town, "Utemiljö"), "criteria": "Belysning hela vägen"}]
    player.hand_in("project_plan", {"deliverables": changed})
    player.until("bp2")
    player.decide(met(town, Outcome.APPROVE))
    assert waiting(player, "delivery_ready") == ["d2"]
