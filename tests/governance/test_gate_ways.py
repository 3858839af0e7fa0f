"""Where a gate leads with each outcome, as drawn: what the room promises is what the engine does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.models.telling import HARNOSAND, SECOND, bundle_of, with_text
from workflows.governance.facts import environment
from workflows.governance.gate_ways import Ways, reopenable, ways_of
from workflows.governance.outcomes import Outcome
from workflows.models import Bundle, read_bundle
from workflows.models.model import Ending

ENV = environment(datetime(2026, 11, 23, tzinfo=UTC))


def ways(gate: str, bundle: Bundle | None = None) -> Ways:
    bundle = bundle or bundle_of(HARNOSAND)
    return ways_of(bundle, bundle.model.gate(gate), ENV)


def phases(gate: str) -> dict[tuple[str, str | None], str]:
    """The phase that each way leads to, by outcome and target."""
    return {(str(outcome), target): way.phase.key for (outcome, target), way in ways(gate).items() if way.phase}


def test_the_first_gate_leads_on_or_back_to_either_phase_of_its_box() -> None:
    assert phases("bp1") == {
        ("approve", None): "planning",
        ("approve_conditional", None): "planning",
        ("rework", "preparation"): "preparation",
        ("rework", "relevance"): "relevance",
    }
    assert ways("bp1")[Outcome.REJECT, None].ending is Ending.REJECTED


@pytest.mark.parametrize("gate", ["bp1", "bp2", "bp3", "bp3k"])
def test_what_only_waits_comes_back_to_the_same_gate(gate: str) -> None:
    assert {outcome for (outcome, _), way in ways(gate).items() if way.again} == {Outcome.DEFER, Outcome.HOLD}


def test_a_revised_plan_leads_back_into_execution() -> None:
    assert phases("bp3")["approve_revised", None] == "execution"


def test_a_delivery_goes_back_to_itself_in_the_words_of_the_diagram() -> None:
    found = ways("bp3k")
    assert found[Outcome.REWORK, "execution"].label == {"sv": "Leveransen"}
    assert found[Outcome.APPROVE, None].name == "Leveransen godkänd"


def test_the_last_gate_closes_the_project() -> None:
    found = ways("bp4")
    assert found[Outcome.APPROVE, None].ending is Ending.CLOSED
    assert found[Outcome.APPROVE_CONDITIONAL, None].ending is Ending.CLOSED


def test_another_model_is_read_the_same_way() -> None:
    found = ways("g1", bundle_of(SECOND))
    assert {str(outcome) for outcome, _ in found} == {"approve", "rework", "defer", "reject"}
    back = found[Outcome.REWORK, "explore"].phase
    assert back is not None
    assert back.key == "explore"


def test_a_redrawn_flow_changes_what_is_promised() -> None:
    old = 'name="Godkänn med villkor" sourceRef="g_bp2" targetRef="in_execution"'
    drawn = with_text("project.bpmn", old, old.replace("in_execution", "in_closure"), HARNOSAND)
    led = ways("bp2", read_bundle(drawn))[Outcome.APPROVE_CONDITIONAL, None].phase
    assert led is not None
    assert led.key == "closure"


def test_only_items_that_are_asked_again_on_the_way_back_can_be_reopened() -> None:
    bundle = bundle_of(HARNOSAND)
    found = reopenable(bundle, bundle.model.gate("bp1"))
    assert {item[0] for item in found["preparation"]} == {"F"}
    assert {item[0] for item in found["relevance"]} == {"F", "R"}
