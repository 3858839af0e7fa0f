"""The administrator sees what waits for nobody, and how somebody gets to do it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import approve_on_condition
from tests.stories.town import Town, build_town
from workflows.governance.personal import personal
from workflows.kernel.context import Context


@pytest.fixture
def town(ctx: Context) -> Town:
    """Nils has no role, but answers for a condition and is a member of a project."""
    town = build_town(ctx)
    project = town.start("olle", "Ny simhall").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.decide(approve_on_condition(town, "nils", "VA-avtalet är klart"))
    player.hand_in("project_plan")
    player.hand_in("contract_provider", item="m1")
    return town


def test_an_account_that_is_closed_leaves_a_list_and_a_way_to_hand_over(
    admin: FlaskClient, town: Town, browsing: Callable[[str], FlaskClient], clock: TestClock
) -> None:
    nils, sara = town.people["nils"], town.people["sara"]
    browser = browsing(nils)
    assert "Alla öppna uppgifter har någon som kan göra dem." in admin.get("/people/waiting").text
    page = admin.get(f"/people/{nils}").text
    assert "2 uppgifter väntar på Nils Öberg personligen" in page
    assert "Villkor 1" in page
    admin.post(f"/people/{nils}/close")
    assert browser.get("/account").status_code == 302
    listed = admin.get("/people/waiting").text
    assert "2 öppna uppgifter kan ingen göra i dag." in listed
    assert "Uppfyll villkor 1" in listed
    assert "VA-avtalet" not in listed
    assert "Väntar bara på Nils Öberg, vars konto är stängt." in listed
    closed = admin.get(f"/people/{nils}").text
    assert "2 uppgifter väntar på ingen." in closed
    assert "Öppna kontot igen så att Nils Öberg kan svara" in closed
    choice = {"person": sara, "valid_from": clock.today.isoformat(), "reason": "Slutade"}
    assert admin.post(f"/people/{nils}/handover/confirm", data=choice).status_code == 303
    assert "1 öppen uppgift kan ingen göra i dag." in admin.get("/people/waiting").text
    with town.ctx.read() as session:
        mine = personal(session, tenant=town.ctx.tenant, person=sara)
    assert [one.number for one in mine.conditions] == [1]


def test_nobody_but_an_administrator_sees_the_list(browsing: Callable[[str], FlaskClient], town: Town) -> None:
    assert browsing(town.people["anna"]).get("/people/waiting").status_code == 403
