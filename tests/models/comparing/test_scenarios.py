"""What is said when scenarios change: they prove the model and change nobody's work."""

from __future__ import annotations

import re

from tests.models.comparing.changing import MODEL, compared, only, sentences, with_text
from workflows.models.comparing import Area, Lexicon, Weight, What, compare
from workflows.models.comparing.scenario_values import expected_words
from workflows.models.comparing.scenario_words import scenario_step
from workflows.models.strict_yaml import read_yaml

DEFERRED = "scenarios/deferred.yaml"
TITLE = "Beslutet skjuts upp och samma underlag kommer tillbaka; vilande kräver ett nytt"


def test_a_step_of_a_scenario_is_told_by_its_number() -> None:
    row = only(with_text(DEFERRED, ("- until: bp1\n", "- until: bp2\n")))
    assert row.sentence == f"I scenariot ”{TITLE}”: steg 1 är ändrat."
    assert (row.before, row.after, row.weight) == (
        "fram till ”Beslutspunkt 1”",
        "fram till ”Beslutspunkt 2”",
        Weight.PROOF,
    )


def test_answers_are_told_by_the_labels_of_their_fields_and_phases_by_name() -> None:
    decided = {"decide": "bp2", "with": {"outcome": "rework", "target": "planning"}}
    asked = {"do": "request", "with": {"with_deviation": True}}
    names = Lexicon(files=MODEL)
    assert scenario_step(decided, names) == "beslut vid BP2: Komplettera och till Planering"
    assert scenario_step(asked, names) == "gör ”Begär beslut”: ”Begär beslut med avvikelse” är ja"


def test_a_new_scenario_and_a_removed_one() -> None:
    after = {path: data for path, data in MODEL.items() if path != DEFERRED}
    gone = only(after)
    [come] = compare(after, MODEL).changes
    assert gone.sentence == f"Scenariot ”{TITLE}” togs bort."
    assert come.sentence == f"Nytt scenario: ”{TITLE}”."
    assert (gone.what, come.what, come.area) == (What.REMOVED, What.ADDED, Area.SCENARIO)


def test_the_usual_answers_are_told_by_their_step() -> None:
    row = only(
        with_text("scenarios/_usual.yaml", ("sponsor_answer: {decision: go}", "sponsor_answer: {decision: park}"))
    )
    assert row.sentence == "Scenariernas vanliga svar i ”Svara på idén” är ändrade."


def test_a_comment_is_no_change() -> None:
    after = {**MODEL, DEFERRED: b"# Om uppskov\n" + MODEL[DEFERRED]}
    assert sentences(after) == []
    assert compared(after).rewritten == (DEFERRED,)


def test_expecting_nothing_is_not_the_same_as_no_expectation() -> None:
    before = with_text(DEFERRED, ("gates: {bp1: {outcome: defer, round: 1}}", "gates: {}"))
    after = with_text(DEFERRED, (", gates: {bp1: {outcome: defer, round: 1}}", ""))
    assert len(compare(before, after).changes) == 1


def test_facts_and_answers_are_told_by_their_names_and_units() -> None:
    names, usual = Lexicon(files=MODEL), with_text("scenarios/_usual.yaml", ('{F03: "no"}', '{F03: "yes"}'))
    assert scenario_step({"facts": {"total_cost": 900_000}}, names) == "nu är ”Sammanlagd kostnad” 900\u00a0000 kr"
    row = only(usual)
    question = "”Behövs riskbedömning av arbetsmiljö och samverkan enligt MBL före beslut?”"
    assert (row.before, row.after) == (f"{question} är Nej", f"{question} är Ja")


def test_what_a_scenario_expects_is_told_by_the_names_of_the_model() -> None:
    row = only(with_text(DEFERRED, ("open: [project_plan]", "open: [c3_planning]")))
    assert "öppet är ”Svara på checklistan Planering”" in row.after
    assert "BP1 är Godkänn, omgång 2" in row.after


def test_no_step_of_a_shipped_scenario_is_told_in_the_names_of_its_file() -> None:
    names = Lexicon(files=MODEL)
    for path in (path for path in MODEL if path.startswith("scenarios/") and "_usual" not in path):
        raw = read_yaml(MODEL[path])
        told = " ".join([*(scenario_step(step, names) for step in raw["steps"]), expected_words(raw["expect"], names)])
        assert re.findall(r"\b(?:[a-z]+_[a-z_]+|[A-Z]\d\d|bp\d|\d{4}-\d\d-\d\d|\d{5,})\b", told) == [], path
