"""What nobody can do shows to the administrator, whatever the reason: a role without holder, or an account closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import TestClock
from tests.stories.large_project import contracts_waiting, usual
from tests.stories.town import Town, build_town, request_id
from workflows.governance.holding import hold_project
from workflows.governance.unmanned import Unmanned, count_unmanned_on, unmanned
from workflows.kernel.context import Context
from workflows.kernel.ids import ORGANISATION
from workflows.people import deactivate_person, end_role, find_account, holdings_of

DAY = timedelta(days=1)


@pytest.fixture
def town(ctx: Context) -> Town:
    return build_town(ctx)


@pytest.fixture
def contracting(town: Town) -> str:
    """Two members' contracts wait for Bo, who lends both; Nils answers for a condition."""
    return contracts_waiting(town, "nils")


def alone(town: Town, clock: TestClock) -> tuple[Unmanned, ...]:
    with town.ctx.read() as session:
        found = unmanned(session, tenant=town.ctx.tenant, day=clock.today)
        assert count_unmanned_on(session, tenant=town.ctx.tenant, day=clock.today) == len(found)
    return found


def test_while_everybody_is_there_nothing_waits_for_nobody(town: Town, contracting: str, clock: TestClock) -> None:
    assert alone(town, clock) == ()


def test_an_account_that_is_closed_leaves_its_tasks_in_sight(town: Town, contracting: str, clock: TestClock) -> None:
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    (task,) = alone(town, clock)
    assert (task.condition, task.project, task.person_name) == (1, "Förskolan", "Nils Öberg")
    assert task.person == town.people["nils"]


def is_let_in(town: Town, who: str, clock: TestClock) -> bool:
    """Tell whether a session that was begun before still opens pages."""
    with town.ctx.read() as session:
        known = find_account(
            session, tenant=town.ctx.tenant, person=town.people[who], session_version=1, day=clock.today
        )
    return known is not None


def test_who_has_no_role_and_is_closed_is_out_at_once(town: Town, contracting: str, clock: TestClock) -> None:
    assert is_let_in(town, "nils", clock)
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    assert not is_let_in(town, "nils", clock)


def test_a_role_of_the_organisation_without_holder_shows_what_waits_for_it(
    town: Town, contracting: str, clock: TestClock
) -> None:
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("office_review")
    with town.ctx.read() as session:
        held = holdings_of(session, tenant=town.ctx.tenant, person=town.people["ture"])
    office = next(one for one in held if (one.scope, one.role) == (ORGANISATION, "project_office"))
    end_role(town.ctx, holder=office.id, last_day=clock.today, reason="Slutar")
    assert alone(town, clock) == ()
    clock.forward(days=1)
    (task,) = alone(town, clock)
    assert (task.role, task.everywhere, task.person) == ("project_office", True, None)


def test_what_a_hold_hides_is_no_orphan(town: Town, contracting: str, clock: TestClock) -> None:
    hold_project(
        town.as_("anna"),
        project_id=contracting,
        resume_on=clock.today + 30 * DAY,
        reason="Väntar",
        request_id=request_id(),
    )
    deactivate_person(town.as_("ture"), person=town.people["nils"])
    assert alone(town, clock) == ()
