"""Fields that mean the holder of a role: they begin with whoever has it, and make nobody both manage and decide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.stories.town import Town, build_town
from workflows.governance.answers import Entered
from workflows.governance.anytime import replace_project_holder
from workflows.governance.errors import AnswersRefused
from workflows.governance.submit import review_step, submit_step
from workflows.governance.task_page import task_page
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def wanted(town: Town) -> str:
    """A project whose sponsor is about to appoint the project manager."""
    project = town.start("olle", "Digital felanmälan").project_id
    town.fill("olle", project, "idea_sheet", sponsor=town.people["anna"], size_class="small", total_cost=600_000)
    town.fill("olle", project, "c1_relevance")
    town.fill("anna", project, "sponsor_answer", decision="go")
    return project


def given(town: Town, who: str, project: str, node: str) -> Mapping[str, Any]:
    questions = task_page(town.as_(who), task_id=town.open(project)[node].task_id).questions
    assert questions is not None
    return questions.given


def test_a_sponsor_cannot_appoint_herself_and_nothing_is_left_behind(town: Town, wanted: str) -> None:
    task = town.open(wanted)["appoint_manager"].task_id
    entered = Entered(answers={"project_manager": town.people["anna"]})
    for hand_in in (
        lambda: review_step(town.as_("anna"), task_id=task, entered=entered, version=0),
        lambda: submit_step(town.as_("anna"), task_id=task, entered=entered, request_id="herself"),
    ):
        with pytest.raises(AnswersRefused) as refused:
            hand_in()
        assert refused.value.errors == {
            "project_manager": "Välj någon annan. Samma person kan inte vara både projektledare och beställare"
        }
    assert set(town.open(wanted)) == {"appoint_manager"}
    assert given(town, "anna", wanted, "appoint_manager") == {}


def test_a_form_begins_with_who_has_the_roles_now(town: Town, wanted: str) -> None:
    town.fill("anna", wanted, "appoint_manager", project_manager=town.people["karin"])
    for role, holder in (("receiver", town.people["lena"]), ("steering_group", f"body:{town.group}")):
        replace_project_holder(
            town.as_("anna"), project_id=wanted, role=role, holder=holder, reason="Utsedd", request_id=role
        )
    begun = given(town, "karin", wanted, "organisation")
    assert begun["sponsor"] == town.people["anna"]
    assert begun["receiver"] == town.people["lena"]
    assert begun["steering_group_body"] == f"body:{town.group}"


def test_the_directive_names_the_project_manager_of_the_day_and_the_numbers_of_the_project(
    town: Town, wanted: str
) -> None:
    town.fill("anna", wanted, "appoint_manager", project_manager=town.people["karin"])
    for who, node in (("karin", "risk_assessment"), ("eva", "cost_benefit"), ("karin", "resource_needs")):
        town.fill(who, wanted, node)
    town.fill("karin", wanted, "organisation", receiver=town.people["lena"])
    assert given(town, "karin", wanted, "project_directive")["receiver"] == town.people["lena"]
    task = town.open(wanted)["project_directive"].task_id
    town.fill("karin", wanted, "project_directive", project_manager=town.people["anna"])
    answers = task_page(town.as_("karin"), task_id=task).earlier[0].answers
    assert answers["project_manager"] == town.people["karin"]
    assert answers["project_number"] == answers["registry_number"] == town.project(wanted).number


def test_a_field_that_only_shows_a_role_changes_nobody(town: Town, wanted: str) -> None:
    town.fill("anna", wanted, "appoint_manager", project_manager=town.people["karin"])
    task = town.open(wanted)["organisation"].task_id
    town.fill("karin", wanted, "organisation", sponsor=town.people["bo"])
    assert task_page(town.as_("karin"), task_id=task).earlier[0].answers["sponsor"] == town.people["anna"]
