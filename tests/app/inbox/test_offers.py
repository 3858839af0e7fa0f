"""An offer that is answered with another begins with the figures that lie on the table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.stories.meetings import APPROVE
from tests.stories.town import Town

Client = Callable[[str], FlaskClient]


@pytest.fixture
def offered(town: Town) -> str:
    """A project that asks for 120 hours of Nils, of whom Bo decides."""
    project = town.start("olle", "Digital felanmälan").project_id
    people = town.people
    offer = {
        "person": people["nils"],
        "contract_role": "project_member",
        "hours": 120,
        "period_start": "2027-01-11",
        "period_end": "2027-05-28",
        "resource_provider": people["bo"],
    }
    player = town.player(
        project,
        {
            "idea_sheet": {"sponsor": people["anna"], "size_class": "small", "total_cost": 600_000},
            "sponsor_answer": {"decision": "go"},
            "appoint_manager": {"project_manager": people["karin"]},
            "project_directive": {"receiver": people["lena"]},
            "office_review": {"outcome": "approve"},
            "project_plan": {"staffing": [offer]},
        },
    )
    player.until("bp1")
    player.decide(APPROVE)
    player.until("contract_provider")
    return project


def chosen(client: FlaskClient, town: Town, project: str, node: str, decision: str) -> str:
    """Return the page as it is when only an answer was picked, without scripts."""
    task = town.player(project).task(node).id
    return client.post(f"/tasks/{task}", data={"decision": decision, "_show": "1", "version": "0"}).text


def test_other_hours_begin_with_the_offered_ones(town: Town, client: Client, offered: str) -> None:
    page = chosen(client("bo"), town, offered, "contract_provider", "propose")
    for value in ("120", "2027-01-11", "2027-05-28"):
        assert f'value="{value}"' in page


def test_a_new_offer_begins_with_what_the_other_side_proposed(town: Town, client: Client, offered: str) -> None:
    proposal = {"hours": 80, "period_start": "2027-02-01", "period_end": "2027-04-30", "comment": "Inte före februari."}
    town.fill("bo", offered, "contract_provider", decision="propose", **proposal)
    before = client("karin").get(f"/tasks/{town.player(offered).task('contract_revise').id}").text
    assert "mån 1 feb 2027" in before and "fre 30 april 2027" in before
    page = chosen(client("karin"), town, offered, "contract_revise", "revise")
    for value in ("80", "2027-02-01", "2027-04-30"):
        assert f'value="{value}"' in page


def test_the_error_summary_says_which_row(town: Town, client: Client) -> None:
    project = town.start("olle", "Digital felanmälan").project_id
    people = town.people
    player = town.player(
        project,
        {
            "idea_sheet": {"sponsor": people["anna"], "size_class": "small", "total_cost": 600_000},
            "sponsor_answer": {"decision": "go"},
            "appoint_manager": {"project_manager": people["karin"]},
        },
    )
    player.until("risk_assessment")
    task = player.task("risk_assessment").id
    sent = {"risks-0-risk": "Brand", "risks-1-probability": "6", "version": "0", "_review": "1"}
    page = client("karin").post(f"/tasks/{task}", data=sent).text
    assert '<a href="#risks-1-probability">Risker med projektet, rad 2: ' in page
