"""The list shows exactly the projects that a person may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, build_town
from workflows.governance.bank import bank_page
from workflows.governance.project_list import StatusGroup, Wanted, every_project
from workflows.governance.roles import may_read
from workflows.kernel.context import Context
from workflows.kernel.ids import PersonId
from workflows.people import acting, assign_organisation_role


@pytest.fixture
def town(ctx: Context) -> Town:
    """Three projects: one with a plan that names members, one idea, one that waits at its gate."""
    town = build_town(ctx)
    planned = town.player(town.start("olle", "Förskolan").project_id, usual=usual(town))
    planned.until("bp1")
    planned.decide(APPROVE)
    planned.hand_in("project_plan")
    town.start("rut", "Ny arkivtjänst")
    waiting = town.player(town.start("per", "Linbana").project_id, usual={**usual(town)})
    waiting.until("bp1")
    waiting.hand_in("request")
    assign_organisation_role(ctx, role="auditor", person=town.people["lena"], valid_from=date(2026, 11, 23))
    return town


def test_list_bank_and_page_agree_for_everybody(town: Town) -> None:
    everything = {entry.id for entry in bank_page(town.as_("ture")).entries}
    seen = []
    for who, person in town.people.items():
        ctx = town.as_(who)
        with ctx.read() as session:
            principals = acting(session, tenant=ctx.tenant, person=person, on=date(2026, 11, 23)).principals
        allowed = {project for project in everything if may_read(principals, town.project(project))}
        listed = {line.id for line in every_project(ctx, wanted=Wanted(status=StatusGroup.ALL))}
        linked = {entry.id for entry in bank_page(ctx).entries if entry.may_read}
        assert listed == linked == allowed, who
        seen.append(len(allowed))
    assert len(everything) == 3
    assert set(seen) >= {1, 2, 3}


def test_a_member_named_in_the_plan_sees_the_project(town: Town) -> None:
    assert [line.title for line in every_project(town.as_("nils"), wanted=Wanted())] == ["Förskolan"]


def test_half_an_id_opens_nothing(town: Town) -> None:
    half = replace(town.ctx, actor=PersonId(town.people["nils"][:16]))
    assert every_project(half, wanted=Wanted()) == ()
