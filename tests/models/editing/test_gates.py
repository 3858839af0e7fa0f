"""A gate's words, outcomes and targets are changed where they stand: in the diagram and in `model.json`."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from tests.models.editing.changing import HARNOSAND, changed_lines, errors, said_of
from tests.models.editing.pictures import faults
from workflows.models import read_bundle
from workflows.models.editing.errors import OutcomesWrong, WordsMissing
from workflows.models.editing.gate_ways import AGAIN, STOP, OutcomeWay
from workflows.models.editing.gates import GateWords, change_gate

GATES = ("bp1", "bp2", "bp3", "bp3k", "bp4")


@pytest.mark.parametrize("key", GATES)
def test_the_same_words_change_nothing(key: str) -> None:
    assert change_gate(HARNOSAND, key, said_of(HARNOSAND, key)) == {}


def test_a_statement_changes_one_line_of_the_model() -> None:
    words = replace(said_of(HARNOSAND, "bp2"), statement="Planen håller.")
    changes = change_gate(HARNOSAND, "bp2", words)
    assert changes.keys() == {"model.json"}
    assert len(changed_lines(HARNOSAND["model.json"], changes["model.json"])) == 2
    assert read_bundle({**HARNOSAND, **changes}).model.gate("bp2").statement["en"].startswith("The project plan")


def test_an_outcome_is_added_with_a_way_of_its_own() -> None:
    words = said_of(HARNOSAND, "bp2")
    more = replace(words, ways=(*words.ways, OutcomeWay(outcome="approve_revised", target="planning")))
    files = changed("bp2", more)
    assert "approve_revised" in read_bundle(files).executable.gates["bp2"].outcomes
    assert errors(files) == []
    assert faults(files["project.bpmn"], labels=False) == []


def test_an_outcome_is_taken_away_with_its_way_and_its_end() -> None:
    words = said_of(HARNOSAND, "bp1")
    ways = tuple(way for way in words.ways if way.outcome not in ("reject", "hold"))
    files = changed("bp1", replace(words, ways=(*ways, OutcomeWay(outcome="terminate", target=STOP))))
    bundle = read_bundle(files)
    assert set(bundle.model.gate("bp1").outcomes) == {way.outcome for way in ways} | {"terminate"}
    assert "bp1_rejected" not in bundle.executable.ends
    assert "bp1_rejected" not in bundle.model.ends
    assert errors(files) == []


def test_an_outcome_leads_somewhere_else() -> None:
    words = said_of(HARNOSAND, "bp1")
    ways = tuple(replace(way, target="preparation") if way.outcome == "approve" else way for way in words.ways)
    files = changed("bp1", replace(words, ways=ways))
    assert said_of(files, "bp1").ways == ways
    assert errors(files) == []


def test_another_phase_becomes_the_usual_one_for_rework() -> None:
    words = said_of(HARNOSAND, "bp2")
    other = {"planning": "preparation", "preparation": "planning"}
    ways = tuple(replace(way, target=other[way.target]) if way.outcome == "rework" else way for way in words.ways)
    files = changed("bp2", replace(words, ways=ways))
    assert read_bundle(files).model.gate("bp2").rework_to == ("preparation", "planning")
    assert errors(files) == []


def test_changes_taken_back_give_the_same_model() -> None:
    words = said_of(HARNOSAND, "bp2")
    fewer = replace(words, ways=tuple(way for way in words.ways if way.outcome != "hold"))
    back = {**(files := changed("bp2", fewer)), **change_gate(files, "bp2", words)}
    assert said_of(back, "bp2") == words
    assert errors(back) == []


@pytest.mark.parametrize("lost", ["approve", "rework", "terminate"])
def test_what_makes_no_gate_is_refused(lost: str) -> None:
    words = said_of(HARNOSAND, "bp2")
    with pytest.raises(OutcomesWrong):
        change_gate(HARNOSAND, "bp2", replace(words, ways=tuple(w for w in words.ways if w.outcome != lost)))


def test_the_closing_gate_needs_no_way_to_stop() -> None:
    words = said_of(HARNOSAND, "bp4")
    held = replace(words, ways=(*words.ways, OutcomeWay(outcome="hold", target=AGAIN)))
    assert errors(changed("bp4", held)) == []


@pytest.mark.parametrize("field", ["label", "short", "statement"])
def test_a_gate_has_words(field: str) -> None:
    words = said_of(HARNOSAND, "bp2")
    said = {one.name: getattr(words, one.name) for one in fields(GateWords)}
    with pytest.raises(WordsMissing) as refused:
        change_gate(HARNOSAND, "bp2", GateWords(**{**said, field: " "}))
    assert refused.value.field == field


def changed(key: str, words: GateWords) -> dict[str, bytes]:
    return {**HARNOSAND, **change_gate(HARNOSAND, key, words)}
