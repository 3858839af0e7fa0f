"""A form-js file is read into a typed tree, and what Styr does not run is refused by name."""

from __future__ import annotations

import json
import re
import time
from decimal import Decimal
from typing import Any

import pytest

from forms.definition import MAX_FIELDS, read_form
from forms.tree import Field, FieldType, FormRefused, Gap, Group, Moment, Rows, Table, Text, TextKind
from tests.forms.building import component, definition, form

ONE: dict[str, Any] = {"values": [{"label": "Ett", "value": "1"}]}
TYPES: dict[str, dict[str, Any]] = {
    "textfield": {},
    "textarea": {},
    "number": {},
    "datetime": {},
    "checkbox": {},
    "checklist": ONE,
    "radio": ONE,
    "select": ONE,
    "taglist": ONE,
    "filepicker": {},
    "expression": {"expression": "=1 + 1"},
}


def refused(*components: Any, **extra: Any) -> FormRefused:
    with pytest.raises(FormRefused) as caught:
        read_form(json.dumps(definition(*components, **extra)).encode(), file="prov.form.json")
    return caught.value


@pytest.mark.parametrize("kind", sorted(TYPES))
def test_each_answered_type_is_read(kind: str) -> None:
    field = form(component(kind, "a", **TYPES[kind])).nodes[0]
    assert isinstance(field, Field) and (field.key, field.type, field.label.sv) == ("a", FieldType(kind), "Namn")


def test_the_types_that_are_only_shown_are_read() -> None:
    read = form(
        {"type": "text", "text": "# Hej {{name}}"},
        {"type": "separator"},
        {"type": "spacer"},
        {"type": "table", "label": "T", "dataSource": "=facts.rows", "columns": [{"key": "a", "label": "A"}]},
    )
    text, line, room, table = read.nodes
    assert isinstance(text, Text)
    assert text.parts[0] == "# Hej "
    assert isinstance(line, Gap) and not line.spacer
    assert isinstance(room, Gap) and room.spacer
    assert isinstance(table, Table)
    assert read.outside == {"name", "facts"}


def test_containers_nest_and_a_group_without_path_writes_into_its_surroundings() -> None:
    read = form(
        component("group", "", components=[component("textfield", "a")]),
        component("group", "inner", components=[component("textfield", "a")]),
        component("dynamiclist", "rows", components=[component("textfield", "a")], defaultRepetitions=2),
    )
    assert read.names == {"a", "inner", "rows"}
    assert isinstance(read.nodes[1], Group)
    assert isinstance(read.nodes[2], Rows) and read.nodes[2].start == 2


def test_rules_are_read() -> None:
    validate = {"required": True, "min": "1", "max": 9, "minLength": 2, "maxLength": 5, "pattern": "^x"}
    field = form(
        component(
            "number",
            "a",
            validate=validate | {"patternErrorMessage": "Börja med x.", "validationType": "email"},
            decimalDigits=2,
            increment="0.5",
        )
    ).nodes[0]
    assert isinstance(field, Field)
    rules = field.rules
    assert (rules.required, rules.minimum, rules.maximum) == (True, Decimal(1), Decimal(9))
    assert (rules.min_length, rules.max_length, rules.decimals) == (2, 5, 2)
    assert rules.pattern is not None and rules.pattern_message == "Börja med x"
    assert (rules.kind, rules.increment) == (TextKind.EMAIL, Decimal("0.5"))


def test_words_in_both_languages_are_read() -> None:
    field = form(
        component(
            "radio",
            "a",
            **ONE,
            properties={"help": "Hjälp", "label_en": "Name", "help_en": "Help", "option_en.1": "One"},
        )
    ).nodes[0]
    assert isinstance(field, Field)
    assert (field.label.in_language("en"), field.help.in_language("en")) == ("Name", "Help")
    assert field.options.values[0].label.in_language("en") == "One"


def test_a_label_without_english_is_read_in_swedish() -> None:
    assert isinstance(field := form(component("textfield", "a")).nodes[0], Field)
    assert field.label.in_language("en") == "Namn"


def test_datetime_takes_its_label_and_its_kind() -> None:
    field = form({"type": "datetime", "key": "a", "dateLabel": "Dag", "subtype": "time"}).nodes[0]
    assert isinstance(field, Field) and (field.label.sv, field.moment) == ("Dag", Moment.TIME)


@pytest.mark.parametrize("kind", ["iframe", "button", "image"])
def test_a_type_that_could_carry_foreign_content_is_refused_with_what_to_use_instead(kind: str) -> None:
    assert re.search("används inte i Styr; .+", refused(component(kind, "a")).message)


def test_a_form_of_five_thousand_fields_is_refused_at_once_with_how_many_it_may_have() -> None:
    begun = time.perf_counter()
    message = refused(*(component("textfield", f"a{number}") for number in range(5_000))).message
    assert f"fler än {MAX_FIELDS} fält" in message
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("components", "reason"),
    [
        ([component("textbox", "a")], "”textbox” är okänd"),
        ([component("textfield", "a"), component("textfield", "a")], "finns redan"),
        ([component("textfield", "a b")], "nyckeln"),
        ([component("textfield", "a-b")], "nyckeln"),
        ([component("textfield", "_a")], "nyckeln"),
        ([component("textfield", "if")], "nyckeln"),
        ([component("textfield", "version")], "används av Styr självt"),
        ([component("textfield", "a", label="")], "etikett saknas"),
        ([component("dynamiclist", "a", label="")], "etikett saknas"),
        ([component("textfield", "a", validate={"pattern": "("})], "går inte att läsa"),
        ([component("textfield", "a", validate={"pattern": "(a+)+$"})], "för lång tid"),
        ([component("textfield", "a", validate={"pattern": "(a|aa)*$"})], "för lång tid"),
        ([component("textfield", "a", validate={"pattern": "a" * 201})], "för lång tid"),
        ([component("textfield", "a", validate={"min": 2, "max": 1})], "större än"),
        ([component("textfield", "a", validate={"minLength": -1})], "heltal"),
        ([component("textfield", "a", validate={"required": "ja"})], "true eller false"),
        ([component("textfield", "a", validate={"validationType": "ssn"})], "validationType"),
        ([component("number", "a", increment=0)], "större än 0"),
        ([component("textfield", "a", conditional={"hide": "=x["})], "går inte att läsa"),
        ([component("textfield", "a", readonly="=1 +")], "går inte att läsa"),
        ([component("textfield", "a", properties={"required_if": "=("})], "går inte att läsa"),
        ([component("textfield", "a", properties={"valid_if": "=a = 1"})], "valid_message"),
        ([component("textfield", "a", properties={"help": 1})], "ska vara text"),
        ([component("expression", "a")], "uttrycket saknas"),
        ([component("radio", "a")], "alternativ saknas"),
        ([component("radio", "a", values=[{"value": "1"}, {"value": "1"}])], "finns redan"),
        ([component("datetime", "a", subtype="year")], "subtype"),
        ([component("table", "a", columns=[{"key": "a", "label": "A"}])], "dataSource"),
        ([component("table", "a", dataSource="=rows")], "kolumner saknas"),
        ([{"type": "text", "text": "{{ 1 + }}"}], "går inte att läsa"),
        ([component("textfield", "a", defaultValue={"a": 1})], "enkelt värde"),
        (["text"], "ska vara ett objekt"),
        ([], "inga fält"),
    ],
)
def test_a_broken_field_is_refused_with_its_reason(components: list[Any], reason: str) -> None:
    assert reason in refused(*components).message


def test_a_refusal_names_the_file_and_the_field() -> None:
    refusal = refused(component("textfield", "cost", label="Kostnad", validate={"pattern": "("}))
    assert refusal.file == "prov.form.json"
    assert refusal.element == "cost"
    assert refusal.message.startswith("Fältet ”Kostnad” (cost): ")


def test_the_same_key_is_free_in_another_scope_but_not_in_a_group_without_path() -> None:
    inner = [component("textfield", "a")]
    assert form(component("textfield", "a"), component("dynamiclist", "rows", components=inner)).names
    assert "finns redan" in refused(component("textfield", "a"), component("group", "", components=inner)).message


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        *[(b"{", "JSON"), (b"\xff\xfe", "JSON"), (b"[]", "objekt")],
        (b'{"schemaVersion": NaN}', "JSON"),
        (b'{"schemaVersion": 99, "components": []}', "schemaVersion"),
        (b'{"components": []}', "schemaVersion"),
        (b'{"schemaVersion": 19, "components": 3}', "lista"),
        (b"[" * 200_000, "JSON"),
        (b" " * 1_000_001, "400 kB"),
    ],
)
def test_a_file_that_is_no_form_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(FormRefused, match=reason):
        read_form(data, file="prov.form.json")


def test_too_many_fields_are_refused() -> None:
    fields = [component("textfield", f"a{number}") for number in range(MAX_FIELDS + 1)]
    assert "fler än 300 fält" in refused(*fields).message
    assert len(form(*fields[:-1]).nodes) == MAX_FIELDS


def test_too_deep_nesting_is_refused() -> None:
    nested = component("textfield", "a")
    for _ in range(8):
        nested = component("group", "", components=[nested])
    assert "nivåer" in refused(nested).message
