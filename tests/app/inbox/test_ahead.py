"""What the diagram says comes after a step."""

from __future__ import annotations

import pytest

from app.inbox.ahead import Ahead, ahead
from workflows.models import Bundle, read_bundle, shipped


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return read_bundle(shipped("harnosand"))


def after(bundle: Bundle, node: str) -> list[tuple[str, str]]:
    """Return the ways and names of what may follow a step."""
    return [(f"{one.question} {one.way}".strip(), one.name) for one in ahead(bundle.executable, bundle.model, node)]


def test_the_next_step_is_named_with_who_does_it(bundle: Bundle) -> None:
    (following,) = ahead(bundle.executable, bundle.model, "c1_relevance")
    assert following == Ahead(name="Svara på idén", role=bundle.model.role("sponsor").label)


def test_a_choice_is_told_as_its_question_and_answer(bundle: Bundle) -> None:
    assert after(bundle, "office_review") == [
        ("Granskat? Ja", "Svara på checklistan Förberedelse"),
        ("Granskat? Nej, tillbaka med synpunkter", "Skriv projektdirektivet"),
    ]


def test_the_last_step_of_a_phase_leads_to_the_gate(bundle: Bundle) -> None:
    (following,) = ahead(bundle.executable, bundle.model, "c2_preparation")
    assert (following.name, following.gate) == ("Beslutspunkt 1", True)


def test_a_step_beside_others_says_that_they_come_first(bundle: Bundle) -> None:
    following = ahead(bundle.executable, bundle.model, "risk_assessment")
    assert all(one.waits for one in following)


def test_an_end_is_called_by_its_name(bundle: Bundle) -> None:
    assert ("Vad svarar beställaren? Nej till idén", "Idén avslagen") in after(bundle, "sponsor_answer")


def test_a_phase_is_called_what_the_model_calls_it(bundle: Bundle) -> None:
    assert ("Vad svarar beställaren? Gå vidare", "Förberedelse") in after(bundle, "sponsor_answer")


def test_a_work_item_has_nothing_after_it(bundle: Bundle) -> None:
    assert ahead(bundle.executable, bundle.model, "condition") == ()


def test_every_step_of_a_shipped_model_can_be_asked(bundle: Bundle) -> None:
    for node in bundle.executable.tasks:
        assert all(one.name for one in ahead(bundle.executable, bundle.model, node)), node


def test_a_way_that_no_choice_of_the_form_leads_to_is_not_told(bundle: Bundle) -> None:
    told = ahead(bundle.executable, bundle.model, "sponsor_answer", bundle.forms)
    assert {one.name for one in told} == {"Ta upp idén igen", "Förberedelse", "Idén avslagen"}
    (only,) = ahead(bundle.executable, bundle.model, "entry_choice", bundle.forms)
    assert only.name == "Inget projekt"
