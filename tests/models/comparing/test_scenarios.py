"""What is said when scenarios change: they prove the model and change nobody's work."""

from __future__ import annotations

from tests.models.comparing.changing import MODEL, compared, only, sentences, with_text
from workflows.models.comparing import Area, Lexicon, Weight, What, compare
from workflows.models.comparing.scenario_words import scenario_step

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
    assert scenario_step(asked, names) == "gör ”Begär beslut”: ”Begär beslut med avvikelse” ja"


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
