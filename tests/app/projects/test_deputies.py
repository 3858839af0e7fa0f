"""July: who has the work is away, a deputy sees and does it between two days, and every record says for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.app.projects.conftest import LogIn
from tests.app.projects.reading import text
from tests.conftest import TestClock
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE
from tests.stories.town import Town, request_id
from workflows.governance.anytime import terminate_project, withdraw_request
from workflows.governance.holding import hold_project
from workflows.governance.verify import verify
from workflows.kernel.errors import Forbidden, NotFound

JULY, LAST = date(2027, 7, 5), date(2027, 7, 30)


@pytest.fixture
def in_july(town: Town, clock: TestClock) -> str:
    """A project that waits for its sponsor's decision on a Monday in July."""
    project = town.start("olle", "Linbana").project_id
    player = town.player(project, usual=usual(town))
    player.until("bp1")
    player.hand_in("request")
    clock.on(JULY)
    return project


def appoint(log_in: LogIn, town: Town, project: str, *, who: str, deputy: str, role: str = "sponsor") -> int:
    """Let `who` appoint a deputy for July on their own page's form; return the answer's status."""
    address = f"/deputies/new?scope={project}&role={role}"
    days = {"valid_from": JULY.isoformat(), "valid_to": LAST.isoformat()}
    entry = {"person": town.people[deputy], "legal_source": "Delegationsordningen 3.2", **days}
    return log_in(who).post(address, data={**entry, "request_id": request_id()}).status_code


def test_a_deputy_does_the_work_for_who_is_away_and_it_ends_by_itself(
    log_in: LogIn, town: Town, in_july: str, clock: TestClock
) -> None:
    assert "Utse" in log_in("anna").get("/account").text
    assert log_in("nils").get(f"/projects/{in_july}").status_code == 404
    assert appoint(log_in, town, in_july, who="anna", deputy="nils") == 303
    page = text(log_in("karin").get(f"/projects/{in_july}").text)
    assert "Väntar på Anna Berg och Nils Öberg" in page
    assert "Nils Öberg är ersättare för Anna Berg till och med fre 30 juli" in page
    assert "Ersättare: Nils Öberg till 30 juli" in page
    assert "Linbana" in text(log_in("nils").get("/", follow_redirects=True).text)
    town.player(in_july).decide(APPROVE, by=town.people["nils"])
    events = text(log_in("karin").get(f"/projects/{in_july}/events").text)
    assert "Beslutspunkt 1: Godkänn" in events
    decision = log_in("karin").get(f"/projects/{in_july}").text
    address = decision.split('href="/decisions/')[1].split('"')[0]
    assert "Nils Öberg, för Anna Berg, beställare" in text(log_in("karin").get(f"/decisions/{address}").text)
    clock.on(LAST)
    assert log_in("nils").get(f"/projects/{in_july}").status_code == 200
    clock.on(LAST + timedelta(days=1))
    assert log_in("nils").get(f"/projects/{in_july}").status_code == 404
    assert "ersättare för Anna Berg" not in text(log_in("karin").get(f"/projects/{in_july}").text)
    (result,) = verify(town.ctx)
    assert result.broken is None


def test_what_a_deputy_hands_in_or_holds_says_for_whom(
    log_in: LogIn, town: Town, in_july: str, clock: TestClock
) -> None:
    town.player(in_july).decide(APPROVE)
    assert appoint(log_in, town, in_july, who="karin", deputy="nils", role="project_manager") == 303
    assert appoint(log_in, town, in_july, who="anna", deputy="mats") == 303
    plan = town.player(in_july).task("project_plan").id
    town.player(in_july, usual=usual(town)).hand_in("project_plan", by=town.people["nils"])
    receipt = text(log_in("nils").get(f"/tasks/{plan}/receipt").text)
    assert "Inlämnat av Nils Öberg, för Karin Lind" in receipt
    day = clock.today + timedelta(days=30)
    hold_project(town.as_("mats"), project_id=in_july, resume_on=day, reason="Semester", request_id=request_id())
    clock.on(LAST + timedelta(days=20))
    events = text(log_in("karin").get(f"/projects/{in_july}/events").text)
    assert "Nils Öberg (för Karin Lind) lämnade in projektplan, version 1" in events
    assert "Mats Åkerlund (för Anna Berg) gjorde projektet vilande" in events


def test_what_the_chair_or_secretary_does_is_done_for_the_group(log_in: LogIn, town: Town, planned: str) -> None:
    terminate_project(town.as_("per"), project_id=planned, reason="§ 3", request_id=request_id())
    events = text(log_in("karin").get(f"/projects/{planned}/events").text)
    assert "Per Wallin (för Styrgrupp Samhälle) avbröt projektet" in events


def test_only_the_holder_or_an_administrator_appoints_a_deputy(log_in: LogIn, town: Town, in_july: str) -> None:
    assert appoint(log_in, town, in_july, who="karin", deputy="nils") == 404
    assert appoint(log_in, town, in_july, who="ture", deputy="nils") == 303
    assert log_in("nils").get(f"/projects/{in_july}").status_code == 200


def test_a_deputy_stands_in_on_no_other_day_and_in_no_other_role(
    log_in: LogIn, town: Town, in_july: str, clock: TestClock
) -> None:
    appoint(log_in, town, in_july, who="anna", deputy="nils")
    gate = town.player(in_july).task("decide_single").id
    with pytest.raises(Forbidden):
        withdraw_request(town.as_("nils"), task_id=gate, reason="Fel", request_id=request_id())
    clock.on(LAST + timedelta(days=1))
    with pytest.raises(NotFound):
        terminate_project(town.as_("nils"), project_id=in_july, reason="Stopp", request_id=request_id())
    assert "decide_single" in town.open(in_july)
