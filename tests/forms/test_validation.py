"""A whole post: conditions, computed and locked fields, rows, drafts; only declared names come out."""

from __future__ import annotations

from typing import Any

import pytest

from forms.validation import UnknownFields, check, validate
from tests.forms.building import ENV, TWO, answered, component, form, posted

CONDITIONAL = (
    component("radio", "more", values=[{"value": "yes", "label": "Ja"}, {"value": "no", "label": "Nej"}]),
    component("textfield", "why", validate={"required": True}, conditional={"hide": '=more = "no"'}),
    component("textfield", "how", validate={"required": True}, conditional={"hide": "=why = null"}),
)


def test_a_hidden_field_is_neither_required_nor_stored() -> None:
    result = answered(form(*CONDITIONAL), more="no", why="Därför", how="Så")
    assert (result.answers, result.errors) == ({"more": "no"}, {})


def test_a_hidden_answer_counts_as_absent_for_the_next_condition() -> None:
    assert answered(form(*CONDITIONAL), more="yes", why="Därför", how="").errors == {"how": "Skriv namn"}
    assert answered(form(*CONDITIONAL), more="no", why="Därför", how="").errors == {}


def test_a_condition_can_require() -> None:
    asked = form(
        component("number", "cost"),
        component("textfield", "funding", properties={"required_if": "=cost > 500000"}),
    )
    assert answered(asked, cost="650 000", funding="").errors == {"funding": "Skriv namn"}
    assert answered(asked, cost="400 000", funding="").errors == {}


def test_an_answer_can_be_compared_with_another() -> None:
    rule = {"valid_if": "=date(end) >= date(start)", "valid_message": "Skriv ett slut efter start."}
    asked = form(component("datetime", "start"), component("datetime", "end", properties=rule))
    assert answered(asked, start="2026-12-02", end="2026-12-01").errors == {"end": "Skriv ett slut efter start"}
    assert answered(asked, start="2026-12-01", end="2026-12-02").errors == {}
    assert answered(asked, start="", end="2026-12-02").errors == {}


def test_a_computed_field_is_computed_by_the_server() -> None:
    asked = form(component("number", "a"), component("expression", "twice", expression="=a * 2"))
    assert answered(asked, a="4").answers == {"a": 4, "twice": 8}
    with pytest.raises(UnknownFields):
        answered(asked, a="4", twice="1000")
    assert check(asked, {"a": 4, "twice": 1000}, env=ENV).answers == {"a": 4, "twice": 8}


def test_a_locked_field_keeps_what_the_server_gave() -> None:
    asked = form(
        component("textfield", "a", readonly=True),
        component("textfield", "b", disabled="=facts.closed"),
        component("checkbox", "c", readonly=True),
    )
    result = validate(
        asked,
        posted(a="Ändrad", b="Ändrad", c="on"),
        env=ENV,
        given={"a": "Given", "b": "Given"},
        context={"facts": {"closed": True}},
    )
    assert (result.answers, result.errors) == ({"a": "Given", "b": "Given", "c": False}, {})


@pytest.mark.parametrize("name", ["b", "typename", "__typename", "a-b", "a-0-b", "rows-x-a", "rows-0-b", "A", "a "])
def test_an_undeclared_field_is_refused(name: str) -> None:
    asked = form(
        component("textfield", "a"), component("dynamiclist", "rows", components=[component("textfield", "a")])
    )
    if name.startswith("_"):
        assert validate(asked, {name: ["1"]}, env=ENV).answers == {}
        return
    with pytest.raises(UnknownFields) as caught:
        validate(asked, {name: ["1"], "a": ["2"]}, env=ENV)
    assert caught.value.names == (name,)


def test_the_pages_own_names_are_passed_over() -> None:
    names = posted(csrf_token="x", request_id="y", version="3", _draft="1", a="Hej")
    assert validate(form(component("textfield", "a")), names, env=ENV).answers == {"a": "Hej"}


LIST = component(
    "dynamiclist",
    "risks",
    label="Risker",
    components=[component("textfield", "risk", validate={"required": True}), component("number", "weight")],
)


def test_rows_become_a_list_of_objects() -> None:
    result = answered(form(LIST), risks__0__risk="Brand", risks__0__weight="4", risks__3__risk="Vatten")
    assert result.answers == {"risks": [{"risk": "Brand", "weight": 4}, {"risk": "Vatten"}]}


def test_a_blank_row_is_dropped_and_asks_for_nothing() -> None:
    result = answered(form(LIST), risks__0__risk="", risks__0__weight="", risks__1__risk="Brand")
    assert (result.answers, result.errors) == ({"risks": [{"risk": "Brand"}]}, {})


def test_a_row_with_only_its_default_is_blank() -> None:
    role = component("select", "role", defaultValue="1", **TWO)
    name = component("textfield", "name", validate={"required": True})
    asked = form(component("dynamiclist", "staff", components=[name, role]))
    assert answered(asked, staff__0__name="", staff__0__role="1").errors == {}
    assert answered(asked, staff__0__name="", staff__0__role="2").errors == {"staff-0-name": "Skriv namn"}


def test_a_row_names_its_error_by_its_place() -> None:
    result = answered(form(LIST), risks__0__risk="Brand", risks__1__weight="hög")
    assert list(result.errors) == ["risks-1-risk", "risks-1-weight"]
    assert result.entered["risks"][1]["weight"] == "hög"


def test_conditions_see_their_own_row_and_the_answers_around_it() -> None:
    inner = [
        component("textfield", "a"),
        component("textfield", "b", conditional={"hide": '=a = "x" or outer = "y"'}),
    ]
    asked = form(component("textfield", "outer"), component("dynamiclist", "rows", components=inner))
    result = answered(asked, outer="", rows__0__a="x", rows__0__b="1", rows__1__a="z", rows__1__b="2")
    assert result.answers == {"rows": [{"a": "x"}, {"a": "z", "b": "2"}]}


def test_more_than_200_rows_are_too_many() -> None:
    rows = {f"risks-{number}-risk": ["Brand"] for number in range(201)}
    result = validate(form(LIST), rows, env=ENV)
    assert result.errors == {"risks": "Ta bort rader under risker, högst 200 får plats"}


def test_a_list_can_ask_for_rows() -> None:
    asked = form({**LIST, "properties": {"min_rows": "1"}})
    assert answered(asked, risks__0__risk="").errors == {"risks": "Lägg till minst en rad under risker"}
    assert answered(asked, risks__0__risk="Brand").errors == {}


def test_choices_can_come_from_the_context() -> None:
    asked = form(
        component("select", "who", valuesExpression="=people"), component("select", "what", valuesKey="things")
    )
    context = {"people": [{"value": "p1", "label": "Karin Lind"}], "things": ["a", "b"]}
    good = validate(asked, posted(who="p1", what="b"), env=ENV, context=context)
    assert good.answers == {"who": "p1", "what": "b"}
    bad = validate(asked, posted(who="p2", what="c"), env=ENV, context=context)
    assert set(bad.errors) == {"who", "what"} and bad.answers == {}


def test_choices_that_nobody_knows_are_answered_in_words() -> None:
    asked = form(component("select", "who", valuesExpression="=people"))
    assert answered(asked, who="Karin Lind").answers == {"who": "Karin Lind"}
    assert answered(asked, who="x" * 501).errors != {}


def test_a_draft_asks_for_nothing_and_keeps_what_cannot_be_read_yet() -> None:
    asked = form(component("textfield", "a", validate={"required": True}), component("number", "b"), LIST)
    result = validate(asked, posted(a="", b="ungefär 3", risks__0__weight="?"), env=ENV, draft=True)
    assert result.errors == {}
    assert result.answers == {"b": "ungefär 3", "risks": [{"weight": "?"}]}


def test_a_draft_says_so_when_a_text_is_too_long_to_keep() -> None:
    result = validate(form(component("textarea", "a")), posted(a="x" * 10_001), env=ENV, draft=True)
    assert set(result.errors) == {"a"} and result.answers == {}


def test_what_the_browser_did_not_show_is_named() -> None:
    result = answered(form(*CONDITIONAL), more="yes", why="Därför")
    assert result.unseen == ("how",)


@pytest.mark.parametrize(
    "answers", [{"a": 1}, {"a": ["x"]}, {"a": True}, {"n": True}, {"n": float("inf")}, {"c": "on"}]
)
def test_json_of_the_wrong_type_is_told_so_and_not_stored(answers: dict[str, Any]) -> None:
    asked = form(component("textfield", "a"), component("number", "n"), component("checkbox", "c"))
    result = check(asked, answers, env=ENV)
    assert len(result.errors) == 1 and result.answers.get(next(iter(answers))) in (None, False)


@pytest.mark.parametrize("answers", [{"x": 1}, {"rows": {}}, {"rows": [1]}, {"rows": [{"x": 1}]}, {"inner": []}])
def test_json_of_another_shape_is_refused(answers: dict[str, Any]) -> None:
    asked = form(
        component("dynamiclist", "rows", components=[component("textfield", "a")]),
        component("group", "inner", components=[component("textfield", "a")]),
    )
    with pytest.raises(UnknownFields):
        check(asked, answers, env=ENV)


def test_a_field_that_the_browser_had_not_shown_begins_with_what_is_known() -> None:
    result = validate(form(*CONDITIONAL), posted(more="yes", why="Därför"), env=ENV, given={"how": "Som förra gången"})
    assert result.unseen == ("how",)
    assert result.entered["how"] == "Som förra gången"
    assert result.errors == {}


def test_a_known_answer_that_was_emptied_stays_empty() -> None:
    result = validate(form(*CONDITIONAL), posted(more="yes", how=""), env=ENV, given={"how": "Som förra gången"})
    assert "how" not in result.answers
