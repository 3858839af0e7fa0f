"""Rooms of later gates: of a delivery, in place of a group, the last one."""

from __future__ import annotations

import pytest

from app.demo.playing import Player
from tests.app.gates.playing import Browser, decide, document, errors, text, write
from tests.stories.large_project import usual
from tests.stories.meetings import APPROVE, approve_delivery, met
from tests.stories.town import Town
from workflows.governance.outcomes import Outcome


def room(player: Player) -> str:
    """The room of the gate that is open, or of the first of them."""
    return f"/gates/{next(task.id for task in player.open() if task.kind == 'decision')}"


@pytest.fixture
def large(town: Town) -> Player:
    return town.player(town.start("olle", "Förskolan Tallbacken").project_id, usual=usual(town))


def until_delivery(town: Town, large: Player) -> None:
    """Play a project with a steering group and two deliveries up to the first delivery's gate."""
    large.until("bp1")
    large.decide(APPROVE)
    large.until("bp2")
    large.decide(met(town, Outcome.APPROVE))
    large.until("decide_meeting")


@pytest.mark.full
def test_a_delivery_has_a_gate_of_its_own(town: Town, browser: Browser, large: Player) -> None:
    until_delivery(town, large)
    per, address = browser("per"), room(large)
    said = text(per.get(address))
    assert "Beslutspunkt 3 för en delleverans: Ny entré" in said or "delleverans: Utemiljö" in said
    assert "Styrgrupp Samhälle avgör om" in said and "godkänns." in said
    assert "ingen checklista hör hit" in said
    form = document(per.get(f"{address}/record"))
    assert form.xpath("//input[@type='hidden'][@name='target']/@value") == ["execution"]
    assert "Leveransen" in form.get_element_by_id("outcome").text_content()
    assert form.xpath("//input[@name='reopen']") == []
    versions = form.xpath("//select[@name='plan_version']/option/@value")
    assert versions == ["", "1"]


@pytest.mark.full
def test_continuing_by_a_revised_plan_names_the_version(town: Town, browser: Browser, large: Player) -> None:
    until_delivery(town, large)
    per, address = browser("per"), room(large)
    meeting = {
        "held_on": "2026-11-23", "way": "unanimous", "minutes": "Fortsätter.", "outcome": "approve_revised",
        **{f"presence-{town.people[who]}": "in_place" for who in ("anna", "bo", "sara", "mats")},
    }  # fmt: skip
    assert errors(write(per, address, meeting, form="/record")) == ["plan_version"]
    assert errors(write(per, address, {**meeting, "plan_version": "7"}, form="/record")) == ["plan_version"]
    recorded = decide(per, address, {**meeting, "plan_version": "1"}, form="/record")
    assert recorded.status_code == 303


@pytest.mark.full
def test_the_gate_without_a_group_is_decided_in_its_place(town: Town, browser: Browser) -> None:
    player = town.player(
        town.start("olle", "Nya cykelställ").project_id,
        usual={
            **usual(town),
            "organisation": {},
            "idea_sheet": {"sponsor": town.people["anna"], "size_class": "small"},
        },
    )
    player.until("bp1")
    player.hand_in("request")
    anna = browser("anna")
    assert "i styrgruppens ställe" not in text(anna.get(room(player)))
    decide(anna, room(player), {"outcome": "approve", "no_conflict": "1"})
    player.until("bp2")
    player.hand_in("request")
    address = room(player)
    assert "Du avgör i styrgruppens ställe om projektet går" in text(anna.get(address))
    recorded = decide(anna, address, {"outcome": "approve", "no_conflict": "1"})
    assert "Anna Berg, beställare i styrgruppens ställe" in text(anna.get(recorded.location))


@pytest.mark.full
def test_the_last_gate_ends_the_project(town: Town, browser: Browser, large: Player) -> None:
    until_delivery(town, large)
    for _ in range(2):
        approve_delivery(town, large)
    large.until("c4_execution", status_report={"last": True})
    large.until("bp3")
    large.decide(met(town, Outcome.APPROVE))
    large.until("bp4")
    large.hand_in("request")
    per, address = browser("per"), room(large)
    assert "avgör om projektet avslutas." in text(per.get(address))
    form = document(per.get(f"{address}/record"))
    then = {str(p.get("id")): " ".join(p.text_content().split()) for p in form.xpath("//div[@class='s-choice']/p")}
    assert then["outcome-approve-then"] == "Projektet avslutas."
    assert then["outcome-approve_conditional-then"] == "Projektet avslutas, villkoren följs upp efteråt."
    meeting = {
        "held_on": "2026-11-23", "way": "unanimous", "minutes": "Styrgruppen avslutar projektet.", "outcome": "approve",
        **{f"presence-{town.people[who]}": "in_place" for who in ("anna", "bo", "sara", "mats")},
    }  # fmt: skip
    recorded = decide(per, address, meeting, form="/record")
    said = text(per.get(recorded.location))
    assert "Projektet är avslutat." in said
    assert "Inget mer väntar i projektet just nu." in said
