"""A decision in a trial asks for what a real one does, and forms that appoint somebody do so in the trial."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from tests.app.designer.trying import WHY, TryPage, text, to_decision, to_meeting, trial_of
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, run_scenarios


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"outcome": "rework", "target": "preparation", "due_on": "2026-10-01"}, "motivation"),
        ({"outcome": "rework", "target": "preparation", "motivation": "Riskerna."}, "due_on"),
        ({"outcome": "reject"}, "motivation"),
        ({"outcome": "hold", "motivation": "Vi väntar."}, "resume_on"),
        ({"outcome": "hold", "motivation": "Vi väntar.", "resume_on": "2026-09-01"}, "resume_on"),
        ({"outcome": "hold", "motivation": "Vi väntar.", "resume_on": "i morgon"}, "resume_on"),
        ({"outcome": "defer"}, "defer_to"),
    ],
)
def test_what_a_decision_lacks_is_said_at_its_field_and_nothing_is_decided(
    page: TryPage, studio: Studio, draft: str, typed: dict[str, str], field: str
) -> None:
    to_decision(page)
    before = trial_of(studio, draft).turns
    answer = page.submit("decide_single", "_x", **typed)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert trial_of(studio, draft).turns == before


def test_what_a_decision_says_is_kept_and_stands_in_the_log(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    typed = {"outcome": "hold", "motivation": "Pengarna dröjer.", "resume_on": "2027-01-11"}
    assert page.submit("decide_single", "_x", **typed).status_code == 303
    (decision,) = (step for step in trial_of(studio, draft).turns[-1].steps if "decide" in step)
    assert decision["with"] == typed
    assert "Beslutspunkt 1: Gör vilande. Motivering: Pengarna dröjer." in text(page.get())


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "way"),
        ({"presence-e0": "absent", "presence-e1": "absent", "way": "unanimous"}, "attendance"),
        ({"way": "vote"}, "in_favour"),
        ({"way": "vote", "in_favour": "1", "against": "2"}, "in_favour"),
        ({"way": "vote", "in_favour": "9", "against": "1"}, "in_favour"),
        ({"way": "casting_vote", "in_favour": "2", "against": "1"}, "way"),
    ],
)
def test_a_meeting_says_who_was_there_and_how_it_decided(page: TryPage, typed: dict[str, Any], field: str) -> None:
    to_meeting(page)
    answer = page.submit("decide_meeting", "_x", outcome="approve", **typed)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text


@pytest.mark.full
def test_a_meeting_votes_and_the_trial_is_a_scenario_that_holds(page: TryPage, studio: Studio, draft: str) -> None:
    to_meeting(page)
    typed = {"outcome": "approve", "way": "vote", "in_favour": "3", "against": "1", "held_on": "2026-09-07"}
    assert page.submit("decide_meeting", "_x", **typed).status_code == 303
    (decision,) = (step for step in trial_of(studio, draft).turns[-1].steps if "decide" in step)
    assert (decision["with"]["in_favour"], decision["with"]["against"]) == (3, 1)
    assert len(decision["with"]["present"]) == 4
    page.save("Styrgruppen röstar")
    assert run_scenarios(find_model_draft(studio.as_("dag"), draft_id=draft).files).green


def test_whoever_a_form_appoints_has_the_role_from_then_on(page: TryPage) -> None:
    page.begin()
    page.forward("appoint_manager")
    shown: Any = html.fromstring(page.submit("appoint_manager", "_sample").text)
    people = [str(one) for one in shown.xpath("//select[@name='project_manager']/option/@value") if one]
    assert page.submit("appoint_manager", "_sample", "_done", project_manager=people[-1]).status_code == 303
    assert f"Projektledare: {people[-1]}" in text(page.get())


def test_rework_leads_back_with_its_reason(page: TryPage) -> None:
    to_decision(page)
    assert page.submit("decide_single", "_x", outcome="rework", target="relevance", **WHY).status_code == 303
    assert "Komplettera → Relevans. Motivering: Riskerna är inte bedömda." in text(page.get())


def test_the_days_of_a_decision_are_said_as_people_say_them(page: TryPage) -> None:
    to_decision(page)
    typed = {"outcome": "hold", "motivation": "Pengarna dröjer.", "resume_on": "2027-01-11"}
    assert page.submit("decide_single", "_x", **typed).status_code == 303
    told = text(page.client.get(page.save("Projektet vilar")).text).replace("\N{NO-BREAK SPACE}", " ")
    assert "upptas tidigast 11 jan 2027" in told
    assert "tidigast 2027" not in told


def test_a_hold_says_what_a_project_would_do_until_it_is_resumed(page: TryPage) -> None:
    to_decision(page)
    said = {"outcome": "hold", "motivation": "Vi väntar.", "resume_on": "2026-10-01"}
    assert page.submit("decide_single", "_x", **said).status_code == 303
    shown = text(page.get())
    assert "Ett riktigt projekt skulle vila nu" in shown and "tidigast 1 okt." in shown
    page.post("/wait", days="5")
    assert "skulle vila nu" in page.get()
    page.post("/wait", days="30")
    assert "skulle vila nu" not in page.get()


def test_a_project_that_was_not_held_does_not_rest(page: TryPage) -> None:
    to_decision(page)
    assert page.submit("decide_single", "_x", outcome="approve").status_code == 303
    assert "skulle vila nu" not in page.get()
