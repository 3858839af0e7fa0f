"""What is said when a form changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.models.comparing.changing import DIRECTIVE, PLAN, compared, only, sentences, with_json
from workflows.models.comparing import Weight, What

Field = dict[str, Any]


def _summary(change: Callable[[Field], object]) -> Any:
    return with_json(PLAN, lambda raw: change(raw["components"][0]["components"][0]))


def _changes(change: Callable[[Field], object]) -> Any:
    return with_json(PLAN, lambda raw: change(raw["components"][0]["components"][1]))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda field: field.update(validate={"required": True}),
            "Fältet Ändringar mot direktivet blev obligatoriskt.",
        ),
        (
            lambda field: field["properties"].update(required_if='=facts.size_class = "large"'),
            "Fältet Ändringar mot direktivet blev obligatoriskt när ”Storlek” är Stort.",
        ),
        (
            lambda field: field.update(conditional={"hide": "=facts.total_cost < 500000"}),
            "Fältet Ändringar mot direktivet döljs nu när sammanlagd kostnad är under 500\u00a0000 kr.",
        ),
        (lambda field: field.update(type="textfield"), "Fältet Ändringar mot direktivet är nu kort text."),
        (
            lambda field: field.update(validate={"maxLength": 200}),
            "Största tillåtna längd i fältet Ändringar mot direktivet är nu 200 tecken.",
        ),
        (
            lambda field: field.update(conditional={"hide": "=count(facts.members) > 3"}),
            "Fältet Ändringar mot direktivet döljs nu när ”count(facts.members) > 3”.",
        ),
    ],
)
def test_what_a_field_asks_of_people_is_said_in_a_sentence(change: Callable[[Field], object], sentence: str) -> None:
    row = only(_changes(change))
    assert (row.sentence, row.weight, row.where) == (sentence, Weight.DUTY, "Formuläret Projektplan")


def test_a_field_that_need_not_be_filled_in_any_more() -> None:
    row = only(_summary(lambda field: field["validate"].update(required=False)))
    assert row.sentence == "Fältet Sammanfattning är inte längre obligatoriskt."


def test_a_new_label_is_only_words() -> None:
    row = only(_summary(lambda field: field.update(label="Kortfattat")))
    assert (row.sentence, row.weight) == ("Fältet ”Sammanfattning” heter nu ”Kortfattat”.", Weight.WORDING)


def test_choices_are_told_one_by_one() -> None:
    path = "forms/sponsor_answer.form.json"

    def change(raw: Any) -> None:
        options = next(part for part in raw["components"] if part.get("values"))["values"]
        options[0]["label"] = "Nytt namn"
        options.append({"value": "later", "label": "Senare"})

    said = sentences(with_json(path, change))
    assert any("har det nya alternativet ”Senare”." in sentence for sentence in said)
    assert any("heter nu ”Nytt namn”." in sentence for sentence in said)
    assert len(said) == 2


def test_a_new_field_and_a_removed_one_are_each_a_row() -> None:
    def change(raw: Any) -> None:
        fields = raw["components"][0]["components"]
        fields[1] = {"type": "number", "id": "new", "key": "new", "label": "Antal", "validate": {"required": True}}

    rows = compared(with_json(PLAN, change)).changes
    assert {(row.sentence, row.what) for row in rows} == {
        ("Nytt fält: Antal, obligatoriskt.", What.ADDED),
        ("Fältet Ändringar mot direktivet togs bort.", What.REMOVED),
    }


def test_a_field_in_another_section_moved() -> None:
    def change(raw: Any) -> None:
        raw["components"][2]["components"].append(raw["components"][0]["components"].pop(0))

    row = only(with_json(PLAN, change))
    assert row.sentence == "Fältet Sammanfattning flyttades till avsnittet 3 Leveranser."
    assert (row.what, row.weight) == (What.MOVED, Weight.LAYOUT)


def test_another_order_is_told_of_the_one_field_that_moved() -> None:
    row = only(with_json(PLAN, lambda raw: raw["components"].insert(0, raw["components"].pop(4))))
    assert (row.what, row.weight) == (What.MOVED, Weight.LAYOUT)
    assert row.sentence.endswith("på en annan plats: först.")


def test_a_new_key_is_told_and_is_no_new_field() -> None:
    row = only(_summary(lambda field: field.update(key="short")))
    assert row.sentence == "Fältet Sammanfattning har ett nytt namn i villkor och beräkningar."
    assert (row.before, row.after) == ("summary", "short")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda field: field.update(valuesExpression="=people"), "Alternativen i fältet {} hämtas nu från annat håll."),
        (
            lambda field: field.update(validate={"validationType": "email"}),
            "Svaret i fältet {} ska nu vara en e-postadress.",
        ),
        (
            lambda field: field.update(validate={"pattern": "[0-9]+"}),
            "Svaret i fältet {} ska nu skrivas på ett annat sätt.",
        ),
        (lambda field: field.update(accept=".pdf"), "Fältet {} tar nu emot andra slags filer."),
        (lambda field: field.update(multiple=True), "Fältet {} tar nu emot flera filer."),
        (lambda field: _properties(field)({"personal-data": "true"}), "Fältet {} är nu märkt som personuppgift."),
        (lambda field: _properties(field)({"only_on_paper": "true"}), "Fältet {} står nu bara i dokumentet."),
    ],
)
def test_a_setting_of_a_field_is_said_as_what_it_does(change: Callable[[Any], object], sentence: str) -> None:
    def changed(form: Any) -> None:
        change(form["components"][0]["components"][5])

    row = only(with_json(DIRECTIVE, changed))
    assert row.sentence == sentence.format("Portfölj eller program")


def _properties(field: Any) -> Callable[[Any], object]:
    said: Callable[[Any], object] = field.setdefault("properties", {}).update
    return said
