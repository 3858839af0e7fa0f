"""The flat names of HTML and the nested answers carry the same, and row buttons change only their list."""

from __future__ import annotations

import pytest

from forms.posted import UnknownFields, apply_row_action, flatten, row_action, unflatten, unknown
from forms.validation import validate
from tests.forms.building import ENV, component, form, posted

NESTED = form(
    component("textfield", "a"),
    component("checkbox", "yes"),
    component("checklist", "many", values=[{"value": "1", "label": "1"}, {"value": "2", "label": "2"}]),
    component("group", "inner", components=[component("number", "n")]),
    component(
        "dynamiclist",
        "rows",
        components=[
            component("textfield", "a"),
            component("dynamiclist", "deep", components=[component("textfield", "b")]),
        ],
    ),
)


def test_answers_survive_a_round_through_the_page() -> None:
    answers = {
        "a": "Hej",
        "yes": True,
        "many": ["1", "2"],
        "inner": {"n": 3},
        "rows": [{"a": "x", "deep": [{"b": "y"}]}, {"a": "z"}],
    }
    sent: dict[str, list[str]] = {}
    for name, text in flatten(NESTED, answers):
        sent.setdefault(name, []).append(text)
    assert sent["rows-0-deep-0-b"] == ["y"]
    assert validate(NESTED, sent, env=ENV).answers == answers


def test_an_unticked_box_is_false_and_an_unknown_name_changes_nothing() -> None:
    assert unflatten(NESTED, {"strange": ["1"]})["yes"] is False


@pytest.mark.parametrize(
    "name",
    ["a-", "a-x", "-a", "-", "inner", "inner-", "inner-n-", "rows", "rows-", "rows-0", "rows-0-", "rows-0-a-",
     "rows-00-a", "rows-٣-a", "rows-1000-a", "rows--a", "rows-0-deep-01-b"],
)  # fmt: skip
def test_a_name_that_is_almost_a_fields_is_refused_and_not_dropped(name: str) -> None:
    sent = posted(a="Hej") | {name: ["borta"]}
    assert unknown(NESTED, sent) == {name}
    with pytest.raises(UnknownFields):
        validate(NESTED, sent, env=ENV)


@pytest.mark.parametrize(
    ("pressed", "rows"),
    [
        ({"_add": ["rows"]}, [{"a": "x"}, {"a": "y"}, {}]),
        ({"_remove": ["rows-0"]}, [{"a": "y"}]),
        ({"_remove": ["rows-9"]}, [{"a": "x"}, {"a": "y"}]),
        ({"_remove": ["rows"]}, [{"a": "x"}, {"a": "y"}]),
        ({"_add": ["nowhere"]}, [{"a": "x"}, {"a": "y"}]),
        ({"_add": ["rows-0-deep"]}, [{"a": "x", "deep": [{}]}, {"a": "y"}]),
        ({"_add": ["rows-x-deep"]}, [{"a": "x"}, {"a": "y"}]),
        ({}, [{"a": "x"}, {"a": "y"}]),
    ],
)
def test_a_row_button_changes_only_its_list(pressed: dict[str, list[str]], rows: list[dict[str, object]]) -> None:
    entered = apply_row_action(NESTED, posted(rows__0__a="x", rows__1__a="y", a="Hej") | pressed)
    assert entered["a"] == "Hej"
    for row in entered["rows"]:
        if not row.get("deep"):
            row.pop("deep", None)
    assert entered["rows"] == rows


def test_a_list_takes_200_rows_and_no_more() -> None:
    full = {f"rows-{number}-a": ["x"] for number in range(200)} | {"_add": ["rows"]}
    assert len(apply_row_action(NESTED, full)["rows"]) == 200


def test_a_list_of_fixed_rows_stays() -> None:
    fixed = form(component("dynamiclist", "rows", allowAddRemove=False, components=[component("textfield", "a")]))
    for pressed in ({"_add": ["rows"]}, {"_remove": ["rows-0"]}):
        assert apply_row_action(fixed, {"rows-0-a": ["x"], **pressed})["rows"] == [{"a": "x"}]


def test_the_pressed_button_is_read() -> None:
    assert row_action({"_add": ["rows"]}) == ("add", "rows")
    assert row_action({"a": ["1"]}) is None
