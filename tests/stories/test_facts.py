"""What expressions may ask about a project is what the check of a model believes they may ask."""

from __future__ import annotations

import pytest

from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, met
from tests.stories.town import Town, build_town
from workflows.governance.facts import facts_of, first_facts
from workflows.governance.outcomes import Outcome
from workflows.governance.project import load_project
from workflows.governance.task_page import task_page
from workflows.kernel.clock import local_date
from workflows.kernel.context import Context
from workflows.models import latest, load_bundle
from workflows.models.facts import DEFAULT_FACTS
from workflows.models.linting.questions import PAGE


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


def test_a_project_has_every_fact_and_no_other(town: Town) -> None:
    project_id = town.start("olle", "Trygg hemgång").project_id
    ctx, today = town.ctx, local_date(town.ctx.now())
    with ctx.read() as session:
        digest = latest(session, tenant=ctx.tenant).digest
        model = load_bundle(session, tenant=ctx.tenant, digest=digest).model
        project = load_project(session, tenant=ctx.tenant, project_id=project_id)
        facts = facts_of(session, tenant=ctx.tenant, project=project, model=model, on=today)
        first = first_facts(project.settings, on=today, registers=model.registers)
    assert facts.keys() == first.keys() == {*DEFAULT_FACTS, *model.registers}
    assert {name: first[name] for name in DEFAULT_FACTS} == DEFAULT_FACTS


def test_a_page_gives_its_form_what_the_check_counts_on(town: Town) -> None:
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("organisation")
    page = task_page(town.as_("karin"), task_id=player.task("organisation").id)
    assert page.questions is not None
    given = page.questions.context.keys() - DEFAULT_FACTS.keys() - {"members"}
    assert given == PAGE - {"targets"}


def test_yellow_twice_in_a_row_is_a_deviation(town: Town) -> None:
    """One yellow report is a warning; the second asks for a change, and one green between them forgives the first."""
    player = town.player(town.start("olle", "Trygg hemgång").project_id, usual=usual(town))
    player.until("bp1")
    player.decide(APPROVE)
    player.until("bp2")
    player.decide(met(town, Outcome.APPROVE))
    asked = []
    for light in ("yellow", "green", "yellow", "yellow"):
        player.hand_in("status_report", {"overall": light})
        asked.append("change_request" in {task.node for task in player.open()})
        player.hand_in("status_read")
    assert asked == [False, False, False, True]
