"""Gates of a trial, and a trial that is kept and saved."""

from __future__ import annotations

from collections.abc import Sequence

from tests.models.trying.steps import BEGUN, FILES, MODEL, open_nodes, stand, step, to_decision, usual, with_answers
from workflows.models import play, read_bundle, read_scenarios
from workflows.models.trying import (
    Turn,
    completed,
    decided,
    expectations,
    fulfilled,
    questions_of,
    readiness_of,
    sample_answers,
    scenario_path,
    scenario_text,
    waited,
    went_on,
    with_facts,
)
from workflows.models.trying.trial import packed, unpacked


def test_a_gate_leads_where_its_outcome_says() -> None:
    turns, now = to_decision()
    decision = step(now, "decide_single")
    assert decision.decides and decision.task.gate == "bp1"
    reworked = stand(*turns, decided(now, decision, outcome="rework", target="preparation"))
    assert "risk_assessment" in open_nodes(reworked)
    assert open_nodes(stand(*turns, decided(now, decision, outcome="approve"))) == ["project_plan"]


def test_a_condition_stands_in_the_way_of_the_next_gate_until_it_is_met() -> None:
    turns, now = to_decision()
    turns.append(
        decided(now, step(now, "decide_single"), outcome="approve_conditional", conditions=["Teckna avtal om mark"])
    )
    turns.append(went_on("bp2"))
    now = stand(*turns)
    gate = MODEL.gate("bp2")
    assert [one.text for one in now.memory.open_conditions] == ["Teckna avtal om mark"]
    assert readiness_of(now, gate, "").missing == 1
    assert questions_of(now, step(now, "request")).facts["missing"] == 1
    met = stand(*turns, fulfilled(1))
    assert readiness_of(met, gate, "").missing == 0


def test_an_unfulfilled_must_is_asked_for_as_a_deviation() -> None:
    turns = [went_on("c2_preparation")]
    now = stand(*turns)
    waiting = step(now, "c2_preparation")
    questions = questions_of(now, waiting)
    assert questions.checklist is not None
    must = next(item.id for item in questions.checklist.items if item.requirement == "must" and item.answer.chosen)
    answers = sample_answers(questions, {**now.usual["c2_preparation"], must: "no: Underlaget saknas"}).answers
    turns.append(completed(now, waiting, questions, answers))
    now = stand(*turns)
    request = usual(now, "request")
    assert request.steps[0] == {"facts": {"missing": 1}}
    assert request.answers["with_deviation"] is True
    assert [one.task.gate for one in stand(*turns, request).open_steps] == ["bp1"]


def test_a_trial_is_stored_as_it_was_said() -> None:
    turns, now = to_decision(with_answers(stand(), "idea_sheet", title="Å"), with_facts({"members": ["m1"]}))
    turns.append(decided(now, step(now, "decide_single"), outcome="approve_conditional", conditions=["a", "b"]))
    turns.append(fulfilled(2))
    assert unpacked(packed(BEGUN, turns)) == (BEGUN, tuple(turns))


def saved(turns: Sequence[Turn], title: str = "Mitt prov") -> bytes:
    now = stand(*turns)
    return scenario_text(now, turns, title=title, expect=expectations(now)).encode()


def test_a_trial_saved_as_a_scenario_holds() -> None:
    turns, now = to_decision()
    turns.append(decided(now, step(now, "decide_single"), outcome="rework", target="preparation"))
    turns += [waited("P10D"), went_on("bp1")]
    (scenario,) = read_scenarios(
        {"scenarios/_usual.yaml": FILES["scenarios/_usual.yaml"], "scenarios/mitt.yaml": saved(turns)}
    )
    assert scenario.title == "Mitt prov"
    assert scenario.expect is not None
    assert scenario.expect["gates"] == {"bp1": {"outcome": "rework", "round": 1}}
    assert play(read_bundle(FILES), scenario).failure is None


def test_a_scenario_is_named_after_its_title_and_by_no_name_that_is_taken() -> None:
    assert scenario_path("Å, ett prov!", ()) == "scenarios/a_ett_prov.yaml"
    assert scenario_path("Å, ett prov!", {"scenarios/a_ett_prov.yaml"}) == "scenarios/a_ett_prov_2.yaml"
    assert scenario_path("???", ()) == "scenarios/scenario.yaml"
