"""A designer tries a draft on its pages: forms, gates and conditions."""

from __future__ import annotations

import pytest

from tests.app.designer.trying import WHY, TryPage, text, to_decision, trial_of
from tests.models.drafting.conftest import Studio
from workflows.models.trying import find_trial


def test_the_tab_asks_what_to_try_and_begins_it(page: TryPage) -> None:
    asked = page.get()
    assert "Prova utkastet" in asked and 'value="gate"' in asked
    page.begin()
    shown = text(page.get())
    assert "1 steg väntar. Det är mån 7 sep 2026 i provkörningen." in shown.replace("\xa0", " ")
    assert "Anna Exempel" in shown


def test_a_day_that_is_none_begins_nothing(page: TryPage, studio: Studio, draft: str) -> None:
    answer = page.client.post(page.base + "/begin", data={"start": "2026-02-31"})
    assert answer.status_code == 422 and 'href="#start"' in answer.text
    assert find_trial(studio.as_("dag"), draft_id=draft) is None


def test_a_step_has_its_real_form_and_is_checked_as_for_real(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    refused = page.submit("idea_sheet", "_done")
    assert refused.status_code == 422 and 'class="s-errors"' in refused.text
    assert trial_of(studio, draft).turns == ()
    assert page.submit("idea_sheet", "_sample", "_done").status_code == 303
    assert "Svara på checklistan Relevans" in page.get() and len(trial_of(studio, draft).turns) == 1


def test_what_is_typed_stays_when_a_row_is_added(page: TryPage) -> None:
    page.begin()
    page.forward("risk_assessment")
    answer = page.submit("risk_assessment", "_sample")
    assert answer.status_code == 200 and "Svaren är påhittade" in answer.text


def test_a_gate_offers_its_outcomes_with_where_they_lead(page: TryPage) -> None:
    to_decision(page)
    room = text(page.submit("decide_single").text)
    assert "Projektet går vidare till Planering" in room and "Godkänn med villkor" in room and "Avslå" in room
    refused = page.submit("decide_single", "_x")
    assert refused.status_code == 422 and "Välj ett beslut" in refused.text


def test_rework_leads_back_and_the_log_says_so(page: TryPage) -> None:
    to_decision(page)
    assert page.submit("decide_single", "_x", outcome="rework", target="preparation", **WHY).status_code == 303
    shown = text(page.get())
    assert "Komplettera → Förberedelse" in shown and "Bedöm risker" in shown
    assert "Underlaget för Beslutspunkt 1 fryses, omgång 1" in shown


def test_days_that_are_no_number_are_asked_for_again_and_nothing_moves(page: TryPage) -> None:
    page.begin()
    before = page.get()
    for typed in ("abc", "0", "1000", "٣"):
        answer = page.post("/wait", days=typed)
        assert answer.status_code == 422 and "från 1 till 999" in answer.text and f'value="{typed}"' in answer.text
    assert text(page.get()) == text(before)


@pytest.mark.full
def test_a_condition_waits_until_it_is_met(page: TryPage) -> None:
    to_decision(page)
    wrong = page.submit("decide_single", "_x", outcome="approve_conditional")
    assert wrong.status_code == 422 and 'href="#conditions-0-text"' in wrong.text
    typed = {
        "conditions-0-text": "Teckna avtal",
        "conditions-0-owner": "Bo Exempel",
        "conditions-0-due_on": "2026-12-01",
    }
    assert page.submit("decide_single", "_x", outcome="approve_conditional", **typed).status_code == 303
    assert "Teckna avtal" in page.get()
    page.forward("bp2")
    assert "1 sak saknas inför beslutspunkt 2" in text(page.get())
    page.post("/met", number="1")
    assert "Inget saknas inför beslutspunkt 2" in text(page.get())
