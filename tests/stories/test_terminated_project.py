"""A project that is stopped: short closure, final report with lessons, and nothing that comes too late."""

from __future__ import annotations

import pytest

from app.demo.playing import Player
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, met
from tests.stories.town import Town, build_town, request_id
from workflows.flow import TaskAlreadyClosed
from workflows.governance.anytime import terminate_project
from workflows.governance.decide import decide
from workflows.governance.errors import NotNow
from workflows.governance.outcomes import Outcome
from workflows.governance.packs import PackStatus, packs_of
from workflows.governance.project import ProjectStatus
from workflows.governance.readiness import document_versions
from workflows.governance.verify import verify
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def player(town: Town) -> Player:
    """A project whose second gate is requested."""
    player = town.player(town.start("olle", "Bättre gästhamnar").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    player.hand_in("request")
    return player


def wind_down(player: Player) -> None:
    player.hand_in("short_final_report", {"lessons": "Fråga hamnägarna först.", "summary": "Hamnarna ska säljas."})
    for node in ("short_books_closed", "short_records_archived", "access_closed"):
        player.hand_in(node)


def adds_up(town: Town) -> bool:
    return all(result.broken is None for result in verify(town.ctx))


def test_at_the_second_gate_it_goes_through_the_short_closure(town: Town, player: Player) -> None:
    player.decide(met(town, Outcome.TERMINATE, motivation="Hamnarna ska säljas."))
    assert player.project().status is ProjectStatus.TERMINATING
    wind_down(player)
    project = player.project()
    assert (project.status, player.open()) == (ProjectStatus.TERMINATED, ())
    assert project.closed_at is not None
    with town.ctx.read() as session:
        versions = document_versions(session, tenant=town.ctx.tenant, project_id=project.id)
    assert "short_final_report" in {version.key for version in versions}
    assert adds_up(town)


def test_at_any_time_it_takes_back_what_was_requested(town: Town, player: Player) -> None:
    late = player.task("decide_meeting")
    terminate_project(
        town.as_("anna"), project_id=player.project_id, reason="Hamnarna ska säljas", request_id=request_id()
    )
    with pytest.raises(TaskAlreadyClosed):
        decide(town.as_("per"), task_id=late.id, decision=met(town, Outcome.APPROVE), request_id=request_id())
    with town.ctx.read() as session:
        packs = packs_of(session, tenant=town.ctx.tenant, project_id=player.project_id)
    assert packs[-1].status is PackStatus.WITHDRAWN
    with pytest.raises(NotNow):
        terminate_project(town.as_("anna"), project_id=player.project_id, reason="Igen", request_id=request_id())
    wind_down(player)
    assert player.project().status is ProjectStatus.TERMINATED
    assert adds_up(town)
