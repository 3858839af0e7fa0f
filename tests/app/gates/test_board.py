"""A board decides, and the secretary records its section."""

from __future__ import annotations

import pytest

from app.papers.shelf import decision_paper
from tests.app.gates.playing import Browser, address, decide, decisions, errors, text, to_gate, write
from tests.conftest import TestClock
from tests.stories.town import Town
from workflows.governance.record_page import decision_page
from workflows.people import BodyKind, create_body

BOARD = {
    "outcome": "approve",
    "body": "Kommunstyrelsen",
    "section": "§ 41",
    "held_on": "2026-11-24",
    "adjusted_on": "2026-11-26",
    "notice_on": "2026-11-27",
}


@pytest.fixture
def project(town: Town, clock: TestClock) -> str:
    """A matter of principle, a week after the gate was requested."""
    project = to_gate(town, principle_matter=True)
    clock.forward(days=7)
    return project


def test_the_room_waits_for_the_minutes_of_the_board(town: Town, browser: Browser, project: str) -> None:
    said = text(browser("anna").get(address(town, project)))
    assert "Nämnden avgör om projektet går" in said
    assert "Väntar på nämndens protokoll" in said
    assert "en fråga av principiell art" in said
    assert browser("anna").post(address(town, project), data=BOARD).status_code == 403


def test_a_project_above_the_limit_goes_to_the_board_and_the_room_says_why(town: Town, browser: Browser) -> None:
    project = to_gate(town, total_cost=20_000_000)
    assert "projektet kostar mer än 10,0 mkr" in text(browser("per").get(address(town, project))).replace("\xa0", " ")


def test_the_secretary_records_section_days_and_end_of_appeal(town: Town, browser: Browser, project: str) -> None:
    per = browser("per")
    recorded = decide(per, address(town, project), BOARD, form="/record")
    assert "Kommunstyrelsen § 41, registrerat av Per Wallin" in text(per.get(recorded.location))
    (decision,) = decisions(town, project)
    assert (decision.mode, decision.legal_basis, decision.decided_on.isoformat()) == ("board", "board", "2026-11-24")
    assert decision.detail["board"]["appeal_ends_on"] == "2026-12-18"
    said = text(per.get(f"/decisions/{decision.id}"))
    assert "Nämndbeslut" in said
    assert "fre 18 dec" in said


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"outcome": ""}, ["outcome"]),
        ({"body": ""}, ["body"]),
        ({"section": " "}, ["section"]),
        ({"held_on": ""}, ["held_on"]),
        ({"held_on": "2026-12-01"}, ["held_on"]),
        ({"held_on": "2026-11-20"}, ["held_on"]),
        ({"adjusted_on": "2026-11-23"}, ["adjusted_on"]),
        ({"adjusted_on": "i går"}, ["adjusted_on"]),
        ({"notice_on": "2026-11-25"}, ["notice_on"]),
        ({"appeal_ends_on": "2026-11-27"}, ["appeal_ends_on"]),
        ({"outcome": "reject"}, ["motivation"]),
    ],
)
def test_what_the_record_lacks_is_said(
    town: Town, browser: Browser, project: str, change: dict[str, str], wrong: list[str]
) -> None:
    page = write(browser("per"), address(town, project), {**BOARD, **change}, form="/record")
    assert (page.status_code, errors(page)) == (422, wrong)
    assert decisions(town, project) == ()


def test_who_recorded_it_finds_decision_and_pack_again(town: Town, browser: Browser, project: str) -> None:
    per = browser("per")
    decide(per, address(town, project), BOARD, form="/record")
    (decision,) = decisions(town, project)
    assert per.get(f"/decisions/{decision.id}").status_code == 200
    assert per.get(f"/packs/{decision.pack}").status_code == 200
    assert browser("nils").get(f"/packs/{decision.pack}").status_code == 404


def test_the_boards_of_the_organisation_are_suggested(town: Town, browser: Browser, project: str) -> None:
    for name in ("Samhällsnämnden", "Skolnämnden"):
        create_body(town.as_("ture"), name=name, kind=BodyKind.BOARD)
    page = browser("per").get(address(town, project) + "/record").text
    assert 'name="body" type="text" value="" maxlength="200" list="body-suggested"' in page
    assert '<option value="Samhällsnämnden"><option value="Skolnämnden"></datalist>' in page


def test_the_only_board_stands_there_already(town: Town, browser: Browser, project: str) -> None:
    create_body(town.as_("ture"), name="Samhällsnämnden", kind=BodyKind.BOARD)
    page = browser("per").get(address(town, project) + "/record").text
    assert 'name="body" type="text" value="Samhällsnämnden"' in page


def test_the_record_says_what_the_board_decided_in_its_own_words(town: Town, browser: Browser, project: str) -> None:
    per, words = browser("per"), "Nämnden godkänner direktivet och anvisar 600 000 kronor."
    recorded = decide(per, address(town, project), {**BOARD, "minutes": words}, form="/record")
    assert words in text(per.get(recorded.location))
    (decision,) = decisions(town, project)
    assert words in text(per.get(f"/decisions/{decision.id}"))
    page = decision_page(town.as_("per"), project_id=project, decision_id=decision.id)
    assert decision_paper(page, "Exempelkommun").wording == words


def test_a_proposal_to_go_on_is_no_decision_to_stop(town: Town, browser: Browser, project: str) -> None:
    per, proposal = browser("per"), "Beställaren godkänner projektdirektivet."
    stopped = {**BOARD, "outcome": "reject", "motivation": "Pengarna behövs till skolan.", "minutes": proposal}
    assert errors(write(per, address(town, project), stopped, form="/record")) == ["minutes"]
    assert decisions(town, project) == ()
