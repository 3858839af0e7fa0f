"""The room of a gate: what stands there, for whom."""

from __future__ import annotations

from tests.app.gates.playing import NO, Browser, address, again, decide, document, gate, text, to_gate
from tests.conftest import TestClock
from tests.stories.town import Town


def test_who_decides_meets_statement_facts_proposal_and_every_outcome(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    page = browser("anna").get(address(town, project))
    said = text(page)
    assert document(page).xpath("string(//h1)") == "Projektet är värt att genomföra. Förutsättningarna är riktiga."
    assert "Du avgör om projektet går från Relevans/Förberedelse till Planering." in said
    assert "Inga hinder" in said and "Inga avvikelser" in said and "1 av 1" in said
    assert "Beställaren godkänner projektdirektivet." in said
    outcomes = document(page).xpath("//input[@name='outcome']/@value")
    assert outcomes == ["approve", "approve_conditional", "rework", "defer", "hold", "reject"]
    assert document(page).xpath("//input[@name='outcome'][@checked]") == []


def test_each_outcome_says_where_it_leads(town: Town, browser: Browser) -> None:
    page = browser("anna").get(address(town, to_gate(town)))
    then = {str(p.get("id")): p.text_content() for p in document(page).xpath("//div[@class='s-choice']/p")}
    assert then["outcome-approve-then"] == "Projektet går vidare till Planering."
    assert then["outcome-rework-then"].strip() == "Går tillbaka till Karin Lind, ny omgång."
    assert then["outcome-reject-then"].strip() == "Idén går tillbaka till projektbanken som avslagen."


def test_deviations_stand_first_and_open(town: Town, browser: Browser) -> None:
    project = to_gate(town, answers={"F12": NO})
    page = browser("anna").get(address(town, project))
    folds = document(page).xpath("//details[@class='s-fold']")
    assert [fold.get("id") for fold in folds][:2] == ["checklist-c2_preparation", "checklist-c1_relevance"]
    assert folds[0].get("open") is not None and folds[1].get("open") is None
    assert "1 avvikelse, 21 uppfyllda" in " ".join(folds[0].xpath("string(summary)").split())
    assert NO["reason"] in text(page)
    assert "Inga hinder" in text(page) and "1 avvikelse" in text(page), "a deviation is decided on, it blocks nothing"
    assert "Begärt med avvikelse." in text(page)


def test_the_room_shows_the_frozen_pack_not_what_was_written_since(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    before = text(browser("anna").get(address(town, project)))
    assert "Underlag omgång 1, fryst mån 23 nov 9.00. Kontrollsumma" in before


def test_people_of_the_project_may_read_but_not_decide(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    page = browser("karin").get(address(town, project))
    assert page.status_code == 200
    assert document(page).xpath("//form[@id='beslut']") == []
    assert "Beslutet väntar på Anna Berg sedan i dag." in text(page)
    refused = browser("karin").post(address(town, project), data={"outcome": "approve", "no_conflict": "1"})
    assert refused.status_code == 403
    assert gate(town, project)


def test_a_stranger_to_the_project_is_told_that_there_is_nothing(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room = address(town, project)
    stranger = browser("nils")
    for path in (room, f"{room}/check", f"{room}/receipt", f"{room}/conflict", f"{room}/withdraw", f"{room}/record"):
        assert stranger.get(path).status_code == 404, path
    assert stranger.post(room, data={"outcome": "approve"}).status_code == 404
    decide(browser("anna"), room, {"outcome": "approve", "no_conflict": "1"})
    recorded = browser("anna").get(room).location
    assert browser("karin").get(recorded).status_code == 200
    assert stranger.get(recorded).status_code == 404


def test_who_is_not_logged_in_is_led_to_the_login(town: Town, browser: Browser) -> None:
    room = address(town, to_gate(town))
    anonymous = browser("anna").application.test_client()
    assert anonymous.get(room).status_code == 302
    assert "/login" in anonymous.get(room).location


def test_another_kind_of_step_has_no_room(town: Town, browser: Browser) -> None:
    project = town.start("olle", "Bara en idé").project_id
    task = town.open(project)["idea_sheet"].task_id
    assert browser("olle").get(f"/gates/{task}").status_code == 409
    assert browser("olle").get(f"/gates/{'0' * 32}").status_code == 404


def test_the_second_round_shows_what_was_sent_back_and_what_changed(
    town: Town, browser: Browser, clock: TestClock
) -> None:
    project = to_gate(town, answers={"F12": NO})
    clock.forward(hours=1)
    rework = {"outcome": "rework", "target": "preparation", "reopen": ["F12"], "due_on": "2026-12-04"}
    anna = browser("anna")
    decide(anna, address(town, project), {**rework, "motivation": "Samverkan saknas.", "no_conflict": "1"})
    again(town, project)
    page = anna.get(address(town, project))
    said = text(page)
    assert "omgång 2" in said
    assert "1 av 1 punkt åtgärdad" in said
    assert "Ska kompletteras: Samverkan saknas." in said
    rounds = document(page).get_element_by_id("rounds").text_content()
    assert "version 1" in rounds and "version 2" in rounds
    assert NO["reason"] in rounds


def test_who_decided_finds_the_decision_in_the_place_of_the_room(town: Town, browser: Browser) -> None:
    project = to_gate(town)
    room, anna = address(town, project), browser("anna")
    decide(anna, room, {"outcome": "approve", "no_conflict": "1"})
    assert anna.get(room).location.startswith("/decisions/")
    decision = anna.get(anna.get(room).location)
    assert "Godkänd" in text(decision)
    pack = document(decision).xpath("//main//a[contains(@href, '/packs/')]/@href")[0]
    assert "Underlaget som det såg ut när beslutet begärdes." in text(anna.get(pack))
    assert browser("nils").get(pack).status_code == 404
