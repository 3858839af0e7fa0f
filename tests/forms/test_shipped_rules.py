"""The rules that the shipped forms carry, tried with answers."""

from __future__ import annotations

from typing import Any

import pytest

from forms.tree import Form
from forms.validation import Result, check
from tests.forms.building import ENV
from tests.forms.test_definitions import form

STAFF: dict[str, Any] = {"person": "p1", "hours": 40, "resource_provider": "p2", "period_start": "2026-12-01"}
OFFER = {"contract_role": "project_member", "person_name": "Karin Lind", "hours": 120, "period_start": "2026-12-01"}
SIGNED = {"provider_signature": "Anna Berg", "provider_signed_on": "2026-11-20"}
CONTRACT: dict[str, Any] = {
    "item": OFFER,
    "project": {"title": "Trygg hemgång"},
    "actor": {"name": "Karin Lind"},
    "earlier": {"person_contract_provider": SIGNED},
}


def handed(key: str, context: dict[str, Any] | None = None, **answers: Any) -> Result:
    asked: Form = form(key)
    return check(asked, answers, env=ENV, context=context or {})


IDEA: dict[str, Any] = {
    "title": "Trygg hemgång",
    "what": "Färre återinläggningar",
    "why": "Patienter kommer tillbaka",
    "R07": "yes",
    "R08": "yes",
    "R09": "yes",
    "R10": "no",
    "sponsor": "p1",
}


def test_an_idea_is_handed_in_with_eight_answers() -> None:
    assert handed("idea_sheet", **IDEA).ok


def test_a_parked_idea_needs_a_day_and_a_reason_and_a_go_needs_neither() -> None:
    assert list(handed("sponsor_answer", decision="park").errors) == ["resume_on", "reason"]
    assert list(handed("sponsor_answer", decision="no").errors) == ["reason"]
    gone = handed("sponsor_answer", decision="go", resume_on="2027-01-01")
    assert gone.ok and gone.answers == {"decision": "go"}


@pytest.mark.parametrize("light", ["yellow", "red"])
def test_forecast_and_future_risk_are_compulsory_when_the_report_is_not_green(light: str) -> None:
    wanted = ["overall_comment", "forecast", "future_risk"]
    assert list(handed("status_report", period="November", overall=light).errors) == wanted
    assert handed("status_report", period="November", overall="green").ok


def test_a_light_that_is_not_green_says_why() -> None:
    told = handed("status_report", period="November", overall="green", resources_state="red").errors
    assert told == {"resources_comment": "Skriv varför läget för resurser inte är grönt"}
    kept = handed("status_report", period="November", overall="green", time_state="green", time_comment="Allt väl")
    assert kept.ok and "time_comment" not in kept.answers


def test_a_request_with_things_missing_is_a_request_with_deviation() -> None:
    proposal: dict[str, Any] = {"proposal": "Projektet godkänns."}
    open_things = {"facts": {"missing": 2}}
    assert list(handed("gate_request", open_things, **proposal).errors) == ["with_deviation"]
    assert list(handed("gate_request", open_things, **proposal, with_deviation=True).errors) == ["deviation_reason"]
    assert handed("gate_request", open_things, **proposal, with_deviation=True, deviation_reason="Klart i mars").ok
    ready = handed("gate_request", {"facts": {"missing": 0}}, **proposal, with_deviation=True)
    assert ready.ok and ready.answers == proposal


def test_a_period_does_not_end_before_it_begins() -> None:
    plan: dict[str, Any] = {"summary": "Kort", "budget_total": 400000}
    wrong = handed("project_plan", **plan, staffing=[STAFF | {"period_end": "2026-11-01"}])
    assert wrong.errors == {"staffing-0-period_end": "Skriv en slutdag som inte ligger före startdagen"}
    assert handed("project_plan", **plan, staffing=[STAFF | {"period_end": "2027-05-31"}]).ok


def test_the_yearly_costs_are_added_up() -> None:
    yearly = [{"year": 2027, "investment": 100000, "internal": 50000}, {"year": 2028, "operation": 20000.5}]
    kept = handed("cost_benefit", yearly=yearly, total_cost=170000.5).answers
    assert [row["sum"] for row in kept["yearly"]] == [150000, 20000.5]
    assert kept["yearly_total"] == 170000.5


def test_a_risk_weighs_probability_times_consequence() -> None:
    risks = [{"risk": "Brand", "probability": 2, "consequence": 4}, {"risk": "Vatten"}]
    kept = handed("risk_assessment", doing_nothing="Som i dag", risks=risks).answers["risks"]
    assert kept == [{"risk": "Brand", "probability": 2, "consequence": 4, "weight": 8}, {"risk": "Vatten"}]
    assert not handed("risk_assessment", doing_nothing="Som i dag", risks=[{"risk": "Brand", "probability": 6}]).ok


def test_a_provider_who_signs_gives_day_and_name() -> None:
    signed = handed("person_contract_provider", CONTRACT, decision="sign")
    assert signed.ok
    assert (signed.answers["provider_signed_on"], signed.answers["provider_signature"]) == ("2026-11-23", "Karin Lind")
    assert signed.answers["offer_hours"] == 120


def test_a_provider_who_proposes_says_what_and_why() -> None:
    wanted = ["hours", "period_start", "period_end", "comment"]
    proposed = handed("person_contract_provider", CONTRACT, decision="propose")
    assert list(proposed.errors) == wanted
    assert "provider_signature" not in proposed.answers
    assert list(handed("person_contract_provider", CONTRACT, decision="decline").errors) == ["comment"]


def test_a_member_accepts_with_terms_and_the_contract_is_whole() -> None:
    assert list(handed("person_contract_member", CONTRACT, decision="accept").errors) == ["accept_terms"]
    accepted = handed("person_contract_member", CONTRACT, decision="accept", accept_terms=True, place="Härnösand")
    assert accepted.ok
    kept = accepted.answers
    assert (kept["project"], kept["person"], kept["hours"]) == ("Trygg hemgång", "Karin Lind", 120)
    assert (kept["provider_signature"], kept["member_signature"]) == ("Anna Berg", "Karin Lind")
    assert kept["general_responsibility_text"].startswith("Som projektmedlem har jag ett allmänt projektansvar")
    assert "rapportera tid" in kept["duties"]


def test_a_member_who_declines_signs_nothing() -> None:
    declined = handed("person_contract_member", CONTRACT, decision="decline", comment="Byter tjänst")
    assert declined.ok and "member_signature" not in declined.answers


@pytest.mark.parametrize(
    ("key", "answers", "missing"),
    [
        ("office_review", {"outcome": "return"}, "comments"),
        ("deliverable_acceptance", {"outcome": "return"}, "comments"),
        ("change_decision", {"outcome": "reject"}, "reason"),
        ("change_decision", {"outcome": "rework"}, "reason"),
        ("status_read", {"action": "action"}, "comment"),
    ],
)
def test_a_no_says_why(key: str, answers: dict[str, Any], missing: str) -> None:
    assert list(handed(key, **answers).errors) == [missing]


@pytest.mark.parametrize(
    ("key", "answers"),
    [
        ("office_review", {"outcome": "approve"}),
        ("deliverable_acceptance", {"outcome": "accept"}),
        ("change_decision", {"outcome": "approve"}),
        ("status_read", {"action": "none"}),
        ("books_closed", {"total_outcome": 380000}),
        ("handover_record", {"taken_over_on": "2027-06-01"}),
        ("closing_words", {"words": "Väl genomfört."}),
        ("final_report", {"summary": "Klart", "lessons": "Börja tidigt"}),
        ("short_final_report", {"summary": "Avbröts", "lessons": "Pröva först"}),
        ("project_directive", {"title": "T", "background": "B", "proposal": "P"}),
        ("records_archived", {"registered": "yes"}),
        ("access_closed", {}),
    ],
)
def test_few_answers_are_enough(key: str, answers: dict[str, Any]) -> None:
    assert handed(key, **answers).errors == {}


@pytest.mark.parametrize(
    ("key", "day", "answers"),
    [
        ("deliverable_acceptance", "accepted_on", {"outcome": "accept"}),
        ("change_decision", "decided_on", {"outcome": "approve"}),
        ("status_action", "done_on", {"done": "Testerna är gjorda"}),
    ],
)
def test_what_has_happened_has_no_day_to_come(key: str, day: str, answers: dict[str, Any]) -> None:
    assert list(handed(key, None, **{**answers, day: "2026-11-24"}).errors) == [day]
    assert handed(key, None, **{**answers, day: "2026-11-23"}).ok
