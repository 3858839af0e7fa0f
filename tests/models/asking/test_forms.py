"""A form is changed field by field without a mouse, and whole by an editor; what does not work is refused by name."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from forms.definition import read_form
from tests.forms.building import component, definition
from tests.models.telling import HARNOSAND, files_of
from workflows.models.asking import (
    ChangedMeanwhile,
    EntryRefused,
    Row,
    add_field,
    blank,
    change_field,
    component_at,
    copy_form,
    form_outline,
    form_scope,
    move_field,
    new_form,
    place_of,
    properties_of,
    put_properties,
    read_property,
    relocate_field,
    remove_field,
    rename_form,
    save_form,
)
from workflows.models.asking.properties import TYPES

FILES = files_of(HARNOSAND)
FORMS = sorted(path.removeprefix("forms/").removesuffix(".form.json") for path in FILES if path.endswith(".form.json"))
PATH = "forms/prov.form.json"


def files(*components: Mapping[str, Any], **extra: Any) -> dict[str, bytes]:
    """A model with one form of these components."""
    return {**FILES, PATH: json.dumps(definition(*components, **extra), indent=2).encode() + b"\n"}


def row(of: Mapping[str, bytes], address: str, key: str = "prov") -> Row:
    place = place_of(address)
    return next(row for row in form_outline(of, key).rows if row.place == place)


def schema(changed: Mapping[str, bytes]) -> Any:
    return json.loads(changed[PATH])


def plain(component: Mapping[str, Any]) -> dict[str, Any]:
    """A component without properties that say nothing."""
    return {name: value for name, value in component.items() if name != "properties" or value}


def keys(changed: Mapping[str, bytes]) -> list[str]:
    return [row.key for row in form_outline({**FILES, **changed}, "prov").rows]


@pytest.mark.full
@pytest.mark.parametrize("key", FORMS)
def test_saving_a_field_as_it_was_changes_no_byte_of_the_file(key: str) -> None:
    outline = form_outline(FILES, key)
    for one in outline.rows:
        found = component_at(outline.schema, one.place)
        typed = {each.name: read_property(found, each) for each in properties_of(one.type)}
        path = f"forms/{key}.form.json"
        assert change_field(FILES, key, one.place, typed, was=one.was) == {path: FILES[path]}


@pytest.mark.parametrize("key", FORMS)
def test_everything_that_the_shipped_forms_say_can_be_said_without_a_mouse(key: str) -> None:
    outline = form_outline(FILES, key)
    for one in outline.rows:
        found = component_at(outline.schema, one.place)
        typed = {each.name: read_property(found, each) for each in properties_of(one.type)}
        if found["type"] == "datetime":
            made, problems = put_properties({**blank("datetime"), "subtype": found["subtype"]}, typed)
        else:
            made, problems = put_properties(blank(one.type), typed)
        inside = {"components": found["components"]} if "components" in found else {}
        assert not problems
        assert plain({**made, "id": found["id"], **inside}) == plain(found)


def test_a_new_field_gets_a_key_of_its_label_and_stands_where_it_was_put() -> None:
    before = files(component("textfield", "a"), component("textfield", "b"))
    changed = add_field(before, "prov", (1,), "number", {"label": "Antal år", "min": "1", "required": "1"})
    made = schema(changed)["components"][1]
    assert (made["key"], made["label"], made["validate"]) == ("antal_ar", "Antal år", {"min": 1, "required": True})
    assert keys(changed) == ["a", "antal_ar", "b"]


def test_a_key_is_not_given_twice_in_one_scope_but_may_stand_again_in_a_list() -> None:
    inner = component("dynamiclist", "rows", components=[component("textfield", "a")])
    before = files(component("textfield", "a"), inner)
    changed = add_field(before, "prov", (2,), "textfield", {"label": "A"})
    assert keys(changed)[-1] == "a_2"
    assert add_field(before, "prov", (1, 1), "textfield", {"label": "B"})
    with pytest.raises(EntryRefused) as refused:
        add_field(before, "prov", (2,), "textfield", {"label": "B", "key": "a"})
    assert "finns redan" in refused.value.problems["key"]


def test_options_conditions_and_messages_are_typed_as_text() -> None:
    typed = {
        "label": "Läge",
        "options": "green | Grönt | Green | Enligt plan | ok\nred | Rött",
        "hide": "a = null",
        "required_if": "a > 3",
        "readonly": "true",
    }
    changed = add_field(files(component("number", "a")), "prov", (1,), "radio", typed)
    made = schema(changed)["components"][1]
    assert made["values"] == [{"label": "Grönt", "value": "green"}, {"label": "Rött", "value": "red"}]
    assert made["properties"] == {
        "option_en.green": "Green",
        "option_help.green": "Enligt plan",
        "option_tone.green": "ok",
        "required_if": "=a > 3",
    }
    assert (made["conditional"], made["readonly"]) == ({"hide": "=a = null"}, True)


@pytest.mark.parametrize(
    ("type", "typed", "field", "words"),
    [
        ("textfield", {"label": ""}, "label", "Skriv etiketten"),
        ("number", {"label": "A", "min": "tre"}, "min", "Skriv ett tal"),
        ("textfield", {"label": "A", "hide": "b = "}, "hide", "tecken"),
        ("textfield", {"label": "A", "hide": "nobody = 1"}, "hide", "Ingenting heter nobody"),
        ("radio", {"label": "A"}, "label", "alternativ saknas"),
        ("radio", {"label": "A", "options": "a | A | B | C | röd"}, "options", "Tonen"),
        ("textfield", {"label": "A", "pattern": "("}, "pattern", "mönstret"),
        ("textfield", {"label": "A", "valid_if": "a = b"}, "label", "valid_message"),
        ("expression", {"label": "A"}, "label", "uttrycket saknas"),
        ("iframe", {"label": "A"}, "type", "Välj"),
    ],
)
def test_what_cannot_stand_is_refused_at_its_property(type: str, typed: dict[str, str], field: str, words: str) -> None:
    before = files(component("textfield", "b"))
    with pytest.raises(EntryRefused) as refused:
        add_field(before, "prov", (1,), type, typed)
    assert words in refused.value.problems[field]


def test_fields_move_among_their_neighbours_and_into_sections() -> None:
    inner = component("group", "", "Avsnitt", components=[component("textfield", "c")])
    before = files(component("textfield", "a"), component("textfield", "b"), inner)
    changed, there = move_field(before, "prov", (0,), steps=1, was=row(before, "0").was)
    assert (keys(changed), there) == (["b", "a", "", "c"], (1,))
    assert move_field(before, "prov", (0,), steps=-1, was=row(before, "0").was) == ({}, (0,))
    into, there = relocate_field(before, "prov", (0,), (2,), was=row(before, "0").was)
    assert (keys(into), there) == (["b", "", "c", "a"], (1, 1))
    out, there = relocate_field(before, "prov", (2, 0), (), was=row(before, "2-0").was)
    assert (keys(out), there) == (["a", "b", "", "c"], (3,))
    with pytest.raises(ChangedMeanwhile):
        relocate_field(before, "prov", (2,), (2,), was=row(before, "2").was)


def test_a_field_is_removed_but_not_the_last_one() -> None:
    before = files(component("textfield", "a"), component("textfield", "b"))
    changed = remove_field(before, "prov", (0,), was=row(before, "0").was)
    assert keys(changed) == ["b"]
    after = {**before, **changed}
    with pytest.raises(EntryRefused):
        remove_field(after, "prov", (0,), was=row(after, "0").was)


def test_a_field_that_others_read_is_not_removed_in_silence() -> None:
    before = files(component("number", "a"), component("textfield", "b", conditional={"hide": "=a > 1"}))
    with pytest.raises(EntryRefused) as refused:
        remove_field(before, "prov", (0,), was=row(before, "0").was)
    assert "a" in str(refused.value.problems)


def test_a_field_that_somebody_else_changed_is_not_overwritten() -> None:
    before = files(component("textfield", "a"))
    seen = row(before, "0").was
    theirs = {**before, **change_field(before, "prov", (0,), {"label": "Deras"}, was=seen)}
    for place in ((0,), (5,), (0, 3)):
        with pytest.raises(ChangedMeanwhile):
            change_field(theirs, "prov", place, {"label": "Mitt"}, was=seen)


def test_what_an_editor_hands_over_keeps_its_title_and_loses_its_noise() -> None:
    before = files(component("textfield", "a"), title={"sv": "Prov", "en": "Test"})
    alone = component("textfield", "a", layout={"row": "Row_1", "columns": None})
    saved = save_form(before, "prov", {**definition(alone), "exporter": {"name": "x"}, "id": "Form_1"})
    assert schema(saved)["title"] == {"sv": "Prov", "en": "Test"}
    assert "exporter" not in schema(saved)
    assert "layout" not in schema(saved)["components"][0]


def test_an_editor_that_changes_nothing_changes_no_byte() -> None:
    for key in FORMS:
        path = f"forms/{key}.form.json"
        assert save_form(FILES, key, json.loads(FILES[path])) == {path: FILES[path]}


def test_an_editor_that_sorts_members_anew_changes_no_byte() -> None:
    def sorted_anew(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: sorted_anew(value[name]) for name in sorted(value)}
        return [sorted_anew(one) for one in value] if isinstance(value, list) else value

    for key in FORMS:
        path = f"forms/{key}.form.json"
        assert save_form(FILES, key, sorted_anew(json.loads(FILES[path]))) == {path: FILES[path]}


def test_neighbours_of_one_row_keep_their_row() -> None:
    row: dict[str, Any] = {"layout": {"row": "Row_1", "columns": None}}
    saved = save_form(
        files(component("textfield", "a")),
        "prov",
        definition(component("textfield", "a", **row), component("textfield", "b", **row)),
    )
    assert [one["layout"] for one in schema(saved)["components"]] == [row["layout"]] * 2


def test_what_styr_does_not_print_is_refused_with_the_name_of_the_field() -> None:
    with pytest.raises(EntryRefused) as refused:
        save_form(
            files(component("textfield", "a")), "prov", definition({"type": "image", "label": "Karta", "source": "x"})
        )
    assert "Fältet ”Karta”" in refused.value.problems["form"]


def test_a_form_of_five_thousand_fields_is_refused_within_two_seconds() -> None:
    begun = time.process_time()
    many = definition(*(component("textfield", f"a{number}") for number in range(5_000)))
    with pytest.raises(EntryRefused) as refused:
        save_form(files(component("textfield", "a")), "prov", many)
    assert "fler än 300 fält" in refused.value.problems["form"]
    assert time.process_time() - begun < 2


def test_a_form_with_a_fault_is_mended_one_field_at_a_time() -> None:
    broken = files(component("textfield", "a", label=""), component("textfield", "b", label=""))
    assert form_outline(broken, "prov").refusal
    changed = change_field(broken, "prov", (0,), {"label": "A"}, was=row(broken, "0").was)
    after = {**broken, **changed}
    mended = change_field(after, "prov", (1,), {"label": "B"}, was=row(after, "1").was)
    assert form_outline({**after, **mended}, "prov").refusal == ""


def test_a_new_form_a_copy_and_a_new_title() -> None:
    begun = {**FILES, **new_form(FILES, "prov", title="Prov", title_en="Test")}
    assert read_form(begun[PATH]).title.en == "Test"
    copied = copy_form(FILES, "parked_idea", "prov", title="Kopia", title_en="")
    assert schema(copied)["id"] == "prov"
    assert schema(rename_form(begun, "prov", title="Nytt", title_en=""))["title"] == {"sv": "Nytt"}
    with pytest.raises(EntryRefused):
        new_form(FILES, "prov", title=" ", title_en="")


def test_the_names_in_scope_begin_with_the_forms_own_fields() -> None:
    names = form_scope(FILES, "project_directive")
    assert names[0].name in {row.key for row in form_outline(FILES, "project_directive").rows}
    assert "total_cost" in {name.name for name in names}


def test_every_type_that_is_printed_can_be_added() -> None:
    need: dict[str, dict[str, str]] = {
        "expression": {"expression": "1 + 1"},
        "table": {"data": "facts.rows", "columns": "a | A"},
        "documentPreview": {"files": "facts.rows"},
        "text": {"text": "Hej"},
        "html": {"content": "<p>Hej</p>"},
    }
    for type in TYPES:
        typed = (
            {"label": "Nytt"}
            | need.get(type, {})
            | ({"options": "a | A"} if "options" in {one.name for one in properties_of(type)} else {})
        )
        assert add_field(files(component("textfield", "b")), "prov", (1,), type, typed)
