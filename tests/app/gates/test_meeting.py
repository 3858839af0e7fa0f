"""A steering group decides in a meeting, and its secretary or chair records what it decided."""

from __future__ import annotations

from typing import Any

import pytest

from tests.app.gates.playing import (
    Browser,
    address,
    decide,
    decisions,
    document,
    errors,
    gate,
    text,
    to_meeting,
    write,
)
from tests.stories.town import Town
from workflows.governance.outcomes import Outcome
from workflows.governance.project import ProjectStatus
from workflows.people import SeatRole, seat_member

MEMBERS = ("anna", "bo", "sara", "mats")


@pytest.fixture
def project(town: Town) -> str:
    return to_meeting(town)


def met(town: Town, **seats: str) -> dict[str, str]:
    """A meeting today with everybody there, except as `seats` say."""
    presence = dict.fromkeys(MEMBERS, "in_place") | seats
    return {
        "held_on": "2026-11-23",
        "place": "Sambiblioteket",
        "way": "unanimous",
        "minutes": "Styrgruppen godkänner projektplanen.",
        "outcome": "approve",
        **{f"presence-{town.people[who]}": how for who, how in presence.items()},
    }


def test_the_secretary_records_recusal_vote_and_reservation(town: Town, browser: Browser, project: str) -> None:
    per, room = browser("per"), address(town, project)
    bo, mats = town.people["bo"], town.people["mats"]
    fields = {
        **met(town, bo="recused", sara="remote"),
        f"recusal_reason-{bo}": "Är närstående till entreprenören.",
        f"reservation-{mats}": "Trafiklösningen borde ha redovisats före beslut.",
        "way": "vote", "in_favour": "2", "against": "1", "adjusted_by": town.people["sara"],
    }  # fmt: skip
    recorded = decide(per, room, fields, form="/record")
    assert "Projektet går vidare till Genomförande." in text(per.get(recorded.location))
    (decision, _) = decisions(town, project)
    assert (decision.mode, decision.decider, decision.recorded_by) == ("meeting", "steering_group", town.people["per"])
    said = text(per.get(f"/decisions/{decision.id}"))
    assert "Styrgrupp Samhälle, registrerat av Per Wallin" in said
    assert "Är närstående till entreprenören." in said
    assert "Trafiklösningen borde ha redovisats före beslut." in said
    assert "Efter votering: 2 ja, 1 nej" in said
    assert "Anna Berg ordförande" in said
    assert "På distans" in said


def test_the_form_begins_with_the_members_and_the_proposal(town: Town, browser: Browser, project: str) -> None:
    page = document(browser("per").get(f"{address(town, project)}/record"))
    assert page.xpath("string(//textarea[@name='minutes'])").strip() == "Styrgruppen godkänner projektplanen."
    names = [" ".join(th.text_content().split()) for th in page.xpath("//section[@id='attendance']//tbody//th")]
    assert names == ["Anna Berg ordförande", "Sara Holm", "Bo Rask", "Mats Åkerlund"]
    assert page.xpath("//select[starts-with(@name, 'presence-')]/option[@selected]/@value") == [""] * 4


def test_the_chair_may_record_too_and_a_member_may_not(town: Town, browser: Browser, project: str) -> None:
    room = address(town, project)
    assert document(browser("anna").get(room)).xpath(f"//a[@href='{room}/record']")
    assert browser("sara").get(f"{room}/record").location == room
    assert browser("sara").post(room, data=met(town)).status_code == 403
    decide(browser("anna"), room, met(town), form="/record")
    assert decisions(town, project)[0].recorded_by == town.people["anna"]


def test_members_read_who_decides_and_how_many_it_takes(town: Town, browser: Browser, project: str) -> None:
    said = text(browser("sara").get(address(town, project)))
    assert "Styrgrupp Samhälle avgör om projektet går från Planering till Genomförande." in said
    assert "4 av 4 kan delta, minst 3 krävs" in said
    assert "Styrgrupp Samhälle beslutar på ett möte. Per Wallin eller Anna Berg registrerar beslutet." in said


def wrong_meetings(town: Town) -> list[tuple[dict[str, Any], list[str]]]:
    bo, mats = town.people["bo"], town.people["mats"]
    reservation = f"reservation-{mats}"
    return [
        ({"held_on": ""}, ["held_on"]),
        ({"held_on": "2026-11-24"}, ["held_on"]),
        ({"held_on": "2026-11-20"}, ["held_on"]),
        ({f"presence-{bo}": "", f"presence-{mats}": "absent"}, ["attendance"]),
        ({f"presence-{bo}": "recused"}, [f"recusal_reason-{bo}"]),
        ({f"recusal_reason-{bo}": "Närstående."}, [f"presence-{bo}"]),
        ({f"presence-{mats}": "absent", reservation: "Nej."}, [reservation]),
        ({"way": ""}, ["way"]),
        ({"way": "vote"}, ["in_favour"]),
        ({"way": "vote", "in_favour": "3", "against": "2"}, ["in_favour"]),
        ({"way": "vote", "in_favour": "1", "against": "2"}, ["in_favour"]),
        ({"way": "casting_vote", "in_favour": "3", "against": "1"}, ["way"]),
        ({"minutes": " "}, ["minutes"]),
        ({"adjusted_by": bo, f"presence-{bo}": "absent"}, ["adjusted_by"]),
        ({"outcome": "rework", "minutes": "Planen ska kompletteras."}, ["target", "reopen", "due_on", "motivation"]),
    ]


@pytest.mark.full
def test_what_a_meeting_lacks_is_said_and_nothing_is_recorded(town: Town, browser: Browser, project: str) -> None:
    per, room = browser("per"), address(town, project)
    for change, wrong in wrong_meetings(town):
        page = write(per, room, {**met(town), **change}, form="/record")
        assert (page.status_code, errors(page)) == (422, wrong), change
        for name in wrong:
            assert document(page).xpath(f"//*[@id='{name}']"), name
    assert gate(town, project)
    assert len(decisions(town, project)) == 1


def test_a_seat_the_group_does_not_have_is_refused(town: Town, browser: Browser, project: str) -> None:
    stranger = {f"presence-{town.people['nils']}": "in_place"}
    page = write(browser("per"), address(town, project), {**met(town), **stranger}, form="/record")
    assert page.status_code == 400
    assert len(decisions(town, project)) == 1


def test_the_project_manager_takes_no_part_even_with_a_seat(town: Town, browser: Browser) -> None:
    project = to_meeting(town, manager="sara")
    room, per = address(town, project), browser("per")
    assert "3 av 4 kan delta" in text(per.get(room))
    page = write(per, room, met(town), form="/record")
    assert errors(page) == [f"presence-{town.people['sara']}"]
    assert decide(per, room, met(town, sara="absent"), form="/record").status_code == 303


def test_a_member_declares_a_conflict_beforehand_and_cannot_be_counted(
    town: Town, browser: Browser, project: str
) -> None:
    room, bo = address(town, project), town.people["bo"]
    declared = browser("bo").post(f"{room}/conflict", data={"reason": "Äger marken.", "request_id": "j" * 32})
    assert declared.status_code == 303
    per = browser("per")
    form = document(per.get(f"{room}/record"))
    assert form.xpath(f"//select[@name='presence-{bo}']/option[@selected]/@value") == ["recused"]
    assert form.xpath(f"//input[@name='recusal_reason-{bo}']/@value") == ["Äger marken."]
    page = write(per, room, met(town), form="/record")
    assert errors(page) == [f"presence-{bo}"]
    recused = {**met(town, bo="recused"), f"recusal_reason-{bo}": "Äger marken."}
    assert decide(per, room, recused, form="/record").status_code == 303


def test_a_draft_is_shared_by_those_who_may_record(town: Town, browser: Browser, project: str) -> None:
    room = address(town, project)
    saved = write(browser("per"), room, {**met(town), "place": "Rådhuset", "way": "", "_draft": "1"}, form="/record")
    assert (saved.status_code, saved.location) == (303, f"{room}/record")
    page = browser("anna").get(f"{room}/record")
    assert document(page).xpath("//input[@name='place']/@value") == ["Rådhuset"]
    assert "av Per Wallin" in text(page)
    assert len(decisions(town, project)) == 1


def test_a_group_cannot_decide_on_delegation(town: Town, browser: Browser, project: str) -> None:
    delegated = {**met(town), "legal_basis": "delegated", "delegation_point": "3.2"}
    page = write(browser("per"), address(town, project), delegated, form="/record")
    assert errors(page) == ["legal_basis"]


def test_terminate_leads_to_the_short_closure(town: Town, browser: Browser, project: str) -> None:
    fields = {**met(town), "outcome": "terminate", "motivation": "Behovet finns inte längre.", "minutes": "Avbryts."}
    decide(browser("per"), address(town, project), fields, form="/record")
    assert decisions(town, project)[0].outcome is Outcome.TERMINATE
    assert town.project(project).status is ProjectStatus.TERMINATING


def test_the_proposal_to_go_on_cannot_stand_as_a_decision_to_stop(town: Town, browser: Browser, project: str) -> None:
    per, room = browser("per"), address(town, project)
    proposal = document(per.get(f"{room}/record")).xpath("string(//textarea[@name='minutes'])").strip()
    untouched = {**met(town), "outcome": "terminate", "motivation": "Behovet finns inte längre.", "minutes": proposal}
    page = write(per, room, untouched, form="/record")
    assert (page.status_code, errors(page)) == (422, ["minutes"])
    assert len(decisions(town, project)) == 1
    assert write(per, room, {**met(town), "minutes": proposal}, form="/record").status_code == 303


def test_a_substitute_serves_in_the_place_of_an_absent_member(town: Town, browser: Browser, project: str) -> None:
    assert town.group is not None
    lena, anna, bo, sara, mats = (town.people[who] for who in ("lena", "anna", "bo", "sara", "mats"))
    seat_member(town.ctx, body=town.group, person=lena, role=SeatRole.SUBSTITUTE, valid_from=town.ctx.now().date())
    per, room = browser("per"), address(town, project)
    few = met(town, bo="absent", sara="absent")
    assert errors(write(per, room, few, form="/record")) == ["attendance"]
    twice = {**few, f"substitute-{bo}": lena, f"substitute-{sara}": lena}
    assert errors(write(per, room, twice, form="/record")) == [f"substitute-{sara}", f"substitute-{bo}"]
    assert errors(write(per, room, {**few, f"substitute-{mats}": lena}, form="/record")) == [
        "attendance",
        f"substitute-{mats}",
    ]
    served = {**few, f"substitute-{bo}": lena, "adjusted_by": lena, f"reservation-{bo}": "Budgeten är för snäv."}
    decide(per, room, served, form="/record")
    said = text(per.get(f"/decisions/{decisions(town, project)[0].id}"))
    assert "Ersatt av Lena Ek" in said
    assert anna not in said


def test_the_minutes_are_signed_by_secretary_chair_and_who_adjusts_them(
    town: Town, browser: Browser, project: str
) -> None:
    per, room = browser("per"), address(town, project)
    before = document(per.get(room)).xpath("//*[@class='s-sign']/div/text()")
    assert before == ["Per Wallin, sekreterare", "Anna Berg, ordförande", "Justerare", "Ort och datum"]
    decide(per, room, met(town) | {"adjusted_by": town.people["bo"]}, form="/record")
    recorded = document(per.get(f"/decisions/{decisions(town, project)[0].id}"))
    lines = recorded.xpath("//*[@class='s-sign']/div/text()")
    assert lines == ["Per Wallin, sekreterare", "Anna Berg, ordförande", "Bo Rask, justerare", "Ort och datum"]
