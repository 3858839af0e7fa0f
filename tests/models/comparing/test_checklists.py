"""What is said when a checklist changes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.models.comparing.changing import MODEL, PREPARATION, compared, only, sentences, with_json
from workflows.models.comparing import Area, Weight, What, compare


def _item(change: dict[str, Any], number: int = 6) -> Any:
    return with_json(PREPARATION, lambda raw: raw["items"][number].update(change))


def test_a_question_became_compulsory() -> None:
    softer = _item({"requirement": "warn"})
    [change] = compare(softer, MODEL).changes
    assert (change.sentence, change.weight) == ("Frågan F07 blev obligatorisk.", Weight.DUTY)
    assert (change.before, change.after) == ("en varning", "obligatorisk")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"requirement": "warn"}, "Frågan F07 är inte längre obligatorisk utan en varning."),
        ({"requirement": "info"}, "Frågan F07 är inte längre obligatorisk utan bara för information."),
        ({"answer": "date"}, "Frågan F07 besvaras nu med ett datum."),
        ({"evidence": "file"}, "Frågan F07 ber nu om en fil som belägg."),
        ({"satisfied_by": ["yes", "no"]}, "Frågan F07 är nu uppfylld av svaret ja eller nej."),
        (
            {"condition": "total_cost > 500000"},
            "Frågan F07 gäller nu bara när sammanlagd kostnad är över 500\u00a0000 kr.",
        ),
        ({"condition": 'item.F03 = "yes"'}, "Frågan F07 gäller nu bara när ”Svaret på fråga F03” är ja."),
    ],
)
def test_what_people_must_do_is_said_in_a_sentence(change: dict[str, Any], sentence: str) -> None:
    row = only(_item(change))
    assert (row.sentence, row.weight, row.element, row.area) == (sentence, Weight.DUTY, "F07", Area.CHECKLIST)


def test_another_wording_weighs_less() -> None:
    rows = compared(_item({"question": {"sv": "Finns pengarna?"}})).changes
    assert {row.weight for row in rows} == {Weight.WORDING}
    assert rows[0].sentence == "Frågan F07 har ny lydelse."
    assert rows[0].after == "Finns pengarna?"


def test_a_new_question_says_what_it_asks() -> None:
    def add(raw: Any) -> None:
        raw["items"].append({**raw["items"][0], "id": "F99", "question": {"sv": "Är allt klart?"}})

    row = only(with_json(PREPARATION, add))
    assert row.sentence == "Ny fråga F99, obligatorisk: ”Är allt klart?”."
    assert row.what is What.ADDED


def test_a_removed_question_says_what_it_asked() -> None:
    row = only(with_json(PREPARATION, lambda raw: raw["items"].pop(1)))
    assert row.sentence.startswith("Frågan F02 togs bort: ”Finns risker")
    assert row.what is What.REMOVED


def test_a_question_that_only_got_another_id_is_the_same_question() -> None:
    row = only(_item({"id": "F77"}))
    assert row.sentence == "Frågan F07 heter nu F77."
    assert (row.before, row.after) == ("F07", "F77")


def test_one_moved_question_is_one_quiet_row() -> None:
    row = only(with_json(PREPARATION, lambda raw: raw["items"].insert(9, raw["items"].pop(2))))
    assert row.sentence == "Frågan F03 flyttades till plats 10 i checklistan."
    assert (row.what, row.weight) == (What.MOVED, Weight.LAYOUT)


def test_a_default_written_out_is_no_change() -> None:
    assert sentences(_item({"satisfied_by": ["yes"]})) == []
