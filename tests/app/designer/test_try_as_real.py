"""A gate is decided in a trial as for real: who steps aside, dissent, a board's paragraph, what is completed after."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from tests.app.designer.trying import WHY, TryPage, text, to_board, to_decision, to_meeting, trial_of
from tests.models.drafting.conftest import Studio
from workflows.models import find_model_draft, run_scenarios

ASIDE = {"conflict": "1", "conflict_reason": "Äger marken", "decided_by": "Bo Exempel"}
BOARD = {"outcome": "approve", "body": "Nämnden Exempel", "section": "§ 41", "held_on": "2026-09-07"}


def said(studio: Studio, draft: str) -> Any:
    """What the last decision of the trial says."""
    steps = [step for turn in trial_of(studio, draft).turns for step in turn.steps if "decide" in step]
    return steps[-1]["with"]


def holds(studio: Studio, draft: str) -> bool:
    return run_scenarios(find_model_draft(studio.as_("dag"), draft_id=draft).files).green


@pytest.mark.parametrize(
    ("typed", "field"),
    [({**ASIDE, "conflict_reason": " "}, "conflict_reason"), ({**ASIDE, "decided_by": "Ingen"}, "decided_by")],
)
def test_who_steps_aside_says_why_and_who_decides_instead(
    page: TryPage, studio: Studio, draft: str, typed: dict[str, str], field: str
) -> None:
    to_decision(page)
    before = trial_of(studio, draft).turns
    answer = page.submit("decide_single", "_x", outcome="approve", **typed)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text
    assert trial_of(studio, draft).turns == before


@pytest.mark.full
def test_a_conflict_of_interest_is_kept_told_and_saved(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    shown: Any = html.fromstring(page.submit("decide_single").text)
    others = [str(one) for one in shown.xpath("//select[@name='decided_by']/option/@value") if one]
    who = text(page.get()).partition("Beställare: ")[2].split(" Exempel")[0] + " Exempel"
    assert who not in others and others
    typed = {**ASIDE, "decided_by": others[0], "outcome": "approve"}
    assert page.submit("decide_single", "_x", **typed).status_code == 303
    assert said(studio, draft) == {"outcome": "approve", "recused": {who: "Äger marken"}, "decided_by": others[0]}
    told = f"{who} är jävig och deltar inte: Äger marken"
    assert f"{told}. {others[0]} beslutar i stället" in text(page.get())
    address = page.save("Beställaren är jävig")
    assert told in text(page.client.get(address).text) and holds(studio, draft)


@pytest.mark.full
def test_a_meeting_has_members_who_step_aside_are_served_for_and_dissent(
    page: TryPage, studio: Studio, draft: str
) -> None:
    to_meeting(page)
    aside = {"presence-e1": "recused", "recusal_reason-e1": "Gift med leverantören", "substitute-e1": "e4"}
    typed = {**aside, "presence-e2": "remote", "reservation-e2": "För dyrt", "outcome": "approve", "way": "unanimous"}
    wrong = page.submit("decide_meeting", "_x", **{**typed, "recusal_reason-e1": ""})
    assert wrong.status_code == 422 and 'href="#recusal_reason-e1"' in wrong.text
    assert page.submit("decide_meeting", "_x", **typed).status_code == 303
    kept = said(studio, draft)
    ((gone, why),), ((seat, other),) = list(kept["recused"].items()), list(kept["substitutes"].items())
    assert (gone, why) == (seat, "Gift med leverantören") and gone not in kept["present"] and "Exempel" in other
    assert list(kept["reservations"].values()) == ["För dyrt"] and kept["remote"] == list(kept["reservations"])
    shown = text(page.client.get(page.save("Mötet med jäv och reservation")).text)
    assert f"{gone} ersätts av {other}" in shown and f"{kept['remote'][0]} reserverar sig: För dyrt" in shown
    assert holds(studio, draft)


@pytest.mark.full
def test_a_board_decides_by_paragraph_and_day(page: TryPage, studio: Studio, draft: str) -> None:
    to_board(page)
    wrong = page.submit("decide_board", "_x", **{**BOARD, "section": "", "held_on": "2026-09-08"})
    assert wrong.status_code == 422 and 'href="#section"' in wrong.text and 'href="#held_on"' in wrong.text
    assert page.submit("decide_board", "_x", **BOARD, notice_on="2026-09-14").status_code == 303
    assert said(studio, draft) == {**BOARD, "notice_on": "2026-09-14", "appeal_ends_on": "2026-10-05"}
    assert "Nämnden Exempel beslutar. Paragraf: § 41" in text(page.get())
    shown = text(page.client.get(page.save("Nämnden säger ja")).text)
    assert "Beslutet anslogs 14 sep 2026" in shown and holds(studio, draft)


@pytest.mark.full
def test_what_is_to_be_completed_is_chosen_and_asked_anew(page: TryPage, studio: Studio, draft: str) -> None:
    page.begin()
    page.forward("c2_preparation")
    assert page.submit("c2_preparation", "_sample", "_done").status_code == 303
    page.forward("bp1")
    assert page.submit("request", "_sample", "_done").status_code == 303
    wrong = page.submit("decide_single", "_x", outcome="rework", target="preparation", **{**WHY, "reopen": ""})
    assert wrong.status_code == 422 and 'href="#reopen"' in wrong.text
    assert page.submit("decide_single", "_x", outcome="rework", target="preparation", **WHY).status_code == 303
    assert said(studio, draft)["reopen"] == ["F01"]
    page.forward("c2_preparation")
    print(sorted(set(__import__("re").findall(r"steps/(\w+)", page.get()))))
    again: Any = html.fromstring(page.submit("c2_preparation").text)
    assert "Beslutspunkt 1 ska kompletteras" in text(page.submit("c2_preparation").text)
    chosen = {str(one.get("name")) for one in again.xpath("//input[@type='radio'][@checked]")}
    assert not any(name.startswith("F01") for name in chosen) and any(name.startswith("F02") for name in chosen)


@pytest.mark.full
def test_a_request_is_taken_back_with_a_reason(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    before = trial_of(studio, draft).turns
    wrong = page.submit("decide_single", "_withdraw")
    assert wrong.status_code == 422 and 'href="#withdraw_reason"' in wrong.text
    assert trial_of(studio, draft).turns == before
    assert page.submit("decide_single", "_withdraw", withdraw_reason="Fel underlag").status_code == 303
    shown = text(page.get())
    assert "Begär beslut" in shown and ". Skäl: Fel underlag" in shown
    assert "Fel underlag" in text(page.client.get(page.save("Begäran återkallas")).text) and holds(studio, draft)


@pytest.mark.full
def test_open_conditions_forbid_plain_approval(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    typed = {"conditions-0-text": "Avtal", "conditions-0-owner": "Bo Exempel", "conditions-0-due_on": "2026-12-01"}
    page.submit("decide_single", "_x", outcome="approve_conditional", **typed)
    page.forward("bp2")
    deviation = {"with_deviation": "true", "deviation_reason": "Avtalet dröjer"}
    assert page.submit("request", "_sample", "_done", **deviation).status_code == 303
    before = trial_of(studio, draft).turns
    refused = page.submit("decide_single", "_x", outcome="approve")
    assert refused.status_code == 422 and "Det finns öppna villkor" in text(refused.text)
    assert trial_of(studio, draft).turns == before


def test_a_field_that_the_decision_does_not_have_is_refused(page: TryPage, studio: Studio, draft: str) -> None:
    to_decision(page)
    before = trial_of(studio, draft).turns
    assert page.submit("decide_single", "_x", outcome="approve", section="§ 1").status_code == 400
    assert trial_of(studio, draft).turns == before
