"""What stands on a page beside single fields: lists, groups, texts, tables and lines."""

from __future__ import annotations

from typing import Any

from tests.forms.building import TWO, component, page

LIST = component(
    "dynamiclist",
    "risks",
    label="Risker",
    defaultRepetitions=2,
    components=[component("textfield", "risk"), component("radio", "big", defaultValue="1", **TWO)],
)


def test_a_list_begins_with_blank_rows_and_shows_those_it_has() -> None:
    begun = page(LIST)[0]
    assert (begun.kind, begun.name, begun.add, len(begun.rows)) == ("rows", "risks", "risks", 2)
    assert begun.rows[1].children[1].options[0].chosen
    one_row = page(LIST, answers={"risks": [{"risk": "Brand"}]})[0].rows
    assert [(row.label, row.remove, row.children[0].name, row.children[0].value) for row in one_row] == [
        ("Rad 1", "risks-0", "risks-0-risk", "Brand")
    ]
    assert one_row[0].children[1].options[0].id == "risks-0-big-1"


def test_help_is_read_once_in_a_list() -> None:
    inner = component("textfield", "a", properties={"help": "Hjälp"})
    rows = page(component("dynamiclist", "rows", defaultRepetitions=2, components=[inner]))[0].rows
    assert [row.children[0].help for row in rows] == ["Hjälp", ""]


def test_a_fixed_list_has_no_buttons() -> None:
    view = page({**LIST, "allowAddRemove": False})[0]
    assert view.add == "" and {row.remove for row in view.rows} == {""}


def test_groups_nest_names_only_with_a_path() -> None:
    inner = [component("textfield", "a")]
    loose, nested = page(
        component("group", "", label="Lös", components=inner), component("group", "inner", components=inner)
    )
    assert (loose.kind, loose.label, loose.children[0].name) == ("group", "Lös", "a")
    assert nested.children[0].name == "inner-a"


def test_text_puts_in_values_as_words_and_never_as_markup() -> None:
    text = {
        "type": "text",
        "text": "Hej **{{name}}**, {{n}}",
        "properties": {"text_en": "Hi {{name}}", "formal": "true"},
    }
    view = page(text, answers=None, context={"name": "<b>*Eva*</b>", "n": 1000})[0]
    assert view.kind == "text" and view.formal
    assert view.markdown == "Hej **\\<b\\>\\*Eva\\*\\</b\\>**, 1\u00a0000"
    assert page(text, context={"name": "Eva"}, language="en")[0].markdown == "Hi Eva"


def test_a_table_shows_its_rows() -> None:
    table = {
        "type": "table",
        "label": "Möten",
        "dataSource": "=facts.meetings",
        "columns": [{"key": "day", "label": "Dag"}, {"key": "n", "label": "Antal"}],
    }
    view = page(table, context={"facts": {"meetings": [{"day": "2026-12-01", "n": 1000}, 3]}})[0]
    assert view.columns == ("Dag", "Antal")
    assert view.cells == (("tis 1 dec", "1\u00a0000"),)
    assert page(table)[0].cells == ()


def test_lines_and_room_are_shown() -> None:
    assert [view.kind for view in page({"type": "separator"}, {"type": "spacer"}, component("textfield", "a"))] == [
        "separator",
        "spacer",
        "textfield",
    ]


def test_neighbours_of_one_row_stand_beside_one_another() -> None:
    row: dict[str, Any] = {"layout": {"row": "Row_1", "columns": 8}}
    last: dict[str, Any] = {"layout": {"row": "Row_1", "columns": None}}
    alone: dict[str, Any] = {"layout": {"row": "Row_2", "columns": 4}}
    views = page(
        component("textfield", "a", **row), component("number", "b", **last), component("textfield", "c", **alone)
    )
    assert [(view.kind, [child.name for child in view.children]) for view in views] == [
        ("beside", ["a", "b"]),
        ("textfield", []),
    ]
    assert [child.span for child in views[0].children] == [8, None]


def test_a_hidden_neighbour_leaves_its_place_and_a_row_of_one_is_no_row() -> None:
    row: dict[str, Any] = {"layout": {"row": "Row_1", "columns": 8}}
    views = page(component("textfield", "a", **row), component("number", "b", conditional={"hide": "=true"}, **row))
    assert [(view.kind, view.name, view.hidden) for view in views] == [("textfield", "a", False), ("number", "b", True)]


def test_html_carries_its_words_and_what_answers_put_in_is_no_markup() -> None:
    (view,) = page(
        {"type": "html", "content": "<p>Hej <b>{{facts.name}}</b></p>"}, context={"facts": {"name": "<i>Bo"}}
    )
    assert (view.kind, view.markdown) == ("html", "<p>Hej <b>&lt;i&gt;Bo</b></p>")
