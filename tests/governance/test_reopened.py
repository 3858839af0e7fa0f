"""What a rework asked for anew stays asked for until it is answered, also when all happens in one moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import rework
from tests.stories.town import Town, build_town
from workflows.flow import latest_submissions
from workflows.governance.reopened import reopened_items
from workflows.kernel.context import Context

CHECKLIST = "c2_preparation"


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def reopened(town: Town, project: str) -> frozenset[str]:
    ctx = town.ctx
    with ctx.read() as session:
        latest = latest_submissions(session, tenant=ctx.tenant, instance_id=town.project(project).instance)
        return reopened_items(session, tenant=ctx.tenant, project_id=project, latest=latest, checklist=CHECKLIST)


@pytest.mark.parametrize("between", [timedelta(), timedelta(microseconds=1), timedelta(days=1)])
def test_items_are_open_from_the_decision_to_the_next_answer(town: Town, clock: TestClock, between: timedelta) -> None:
    project = town.start("olle", "Resecentrum").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    assert reopened(town, project) == frozenset()
    clock.now += between
    player.decide(rework(town, "preparation", "F05", "F06"))
    assert reopened(town, project) == {"F05", "F06"}
    clock.now += between
    player.until(CHECKLIST)
    assert reopened(town, project) == {"F05", "F06"}
    player.hand_in(CHECKLIST)
    assert reopened(town, project) == frozenset()
