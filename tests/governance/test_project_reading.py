"""The list shows exactly the projects that a person may open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.moments import played_once
from tests.stories.town import Town, build_town
from workflows.governance.answers import Entered
from workflows.governance.bank import bank_page
from workflows.governance.loaded import may_open
from workflows.governance.project_list import StatusGroup, Wanted, every_project
from workflows.governance.project_page import project_page
from workflows.governance.submit import save_draft
from workflows.governance.tables import ProjectRow
from workflows.governance.task_page import task_page
from workflows.kernel.context import Context
from workflows.kernel.errors import NotFound
from workflows.kernel.ids import PersonId
from workflows.people import acting, assign_organisation_role


@pytest.fixture
def town(ctx: Context) -> Town:
    """Three projects: one with a plan that names members, one idea, one that waits at its gate."""
    town = build_town(ctx)
    live(town)
    return town


@played_once
def live(town: Town) -> None:
    planned = town.player(town.start("olle", "Förskolan").project_id, usual=usual(town))
    planned.until("bp1")
    planned.decide(APPROVE)
    planned.hand_in("project_plan")
    town.start("rut", "Ny arkivtjänst")
    waiting = town.player(town.start("per", "Linbana").project_id, usual={**usual(town)})
    waiting.until("bp1")
    waiting.hand_in("request")
    assign_organisation_role(town.ctx, role="auditor", person=town.people["lena"], valid_from=date(2026, 11, 23))


def test_list_bank_and_page_agree_for_everybody(town: Town) -> None:
    everything = {entry.id for entry in bank_page(town.as_("ture")).entries}
    seen = []
    for who, person in town.people.items():
        ctx = town.as_(who)
        with ctx.read() as session:
            own = acting(session, tenant=ctx.tenant, person=person, on=date(2026, 11, 23))
        with ctx.read() as session:
            allowed = {
                project for project in everything if may_open(session, own, town.project(project), tenant=ctx.tenant)
            }
        listed = {line.id for line in every_project(ctx, wanted=Wanted(status=StatusGroup.ALL))}
        linked = {entry.id for entry in bank_page(ctx).entries if entry.may_read}
        assert listed == linked == allowed, who
        seen.append(len(allowed))
    assert len(everything) == 3
    assert set(seen) >= {1, 2, 3}


def test_a_member_named_in_the_plan_sees_the_project(town: Town) -> None:
    assert [line.title for line in every_project(town.as_("nils"), wanted=Wanted())] == ["Förskolan"]


def test_who_is_asked_for_the_organisation_sees_what_they_are_asked_about(town: Town) -> None:
    """Eva has confirmed the costs of those that have come so far; nobody has asked her about the idea."""
    lines = every_project(town.as_("eva"), wanted=Wanted())
    assert {line.title for line in lines} == {"Förskolan", "Linbana"}
    for line in lines:
        project_page(town.as_("eva"), project_id=line.id)
    other = next(one for one in every_project(town.as_("ture"), wanted=Wanted()) if one.title == "Ny arkivtjänst")
    with pytest.raises(NotFound):
        project_page(town.as_("eva"), project_id=other.id)


def test_unfinished_answers_are_shown_to_nobody_who_may_only_read(town: Town) -> None:
    project = next(one for one in every_project(town.as_("ture"), wanted=Wanted()) if one.title == "Ny arkivtjänst")
    task = town.player(project.id).task("idea_sheet")
    save_draft(town.as_("rut"), task_id=task.id, entered=Entered(answers={"what": "Inte färdigtänkt."}), version=0)
    mine, read = (task_page(town.as_(who), task_id=task.id) for who in ("rut", "ture"))
    assert (mine.mine, read.mine) == (True, False)
    assert mine.begins_with["what"] == "Inte färdigtänkt."
    assert "what" not in read.begins_with
    assert read.held.waiting.draft is None


def test_half_an_id_opens_nothing(town: Town) -> None:
    half = replace(town.ctx, actor=PersonId(town.people["nils"][:16]))
    assert every_project(half, wanted=Wanted()) == ()


def test_a_gate_that_came_after_a_project_had_been_there_is_left_out_of_the_list_as_on_its_page(town: Town) -> None:
    ctx = town.as_("ture")
    [line] = [line for line in every_project(ctx, wanted=Wanted()) if line.title == "Förskolan"]
    with town.ctx.write() as session:  # as a move leaves it to a version with a phase and a gate behind it
        session.execute(update(ProjectRow).where(ProjectRow.id == line.id).values(phase="execution"))
    [line] = [line for line in every_project(ctx, wanted=Wanted()) if line.title == "Förskolan"]
    page = project_page(ctx, project_id=line.id)
    assert [part.key for part in line.parts] == [part.key for part in page.parts]
    assert [part.key for part in line.parts] == ["1", "bp1", "3", "bp3", "4", "bp4"]
