"""Posted texts become typed answers, or a sentence that says what to do; nothing refused is stored."""

from __future__ import annotations

from typing import Any

import pytest

from forms.validation import Result, UnknownFields, check, validate
from tests.forms.building import ENV, answered, component, form, posted

TWO: dict[str, Any] = {"values": [{"label": "Ett", "value": "1"}, {"label": "Två", "value": "2"}]}


def one(kind: str, text: str | list[str], **extra: Any) -> Result:
    return answered(form(component(kind, "a", **extra)), a=text)


def kept(kind: str, text: str | list[str], **extra: Any) -> Any:
    result = one(kind, text, **extra)
    assert result.errors == {}
    return result.answers.get("a")


def told(kind: str, text: str | list[str], **extra: Any) -> str:
    result = one(kind, text, **extra)
    assert not result.answers.get("a")
    return result.errors["a"]


@pytest.mark.parametrize(
    ("kind", "text", "extra", "value"),
    [
        ("textfield", "  Karin \n Lind ", {}, "Karin Lind"),
        ("textfield", "<b>hej</b> & {{x}}", {}, "<b>hej</b> & {{x}}"),
        ("textfield", "A\u0000b\u0007c", {}, "Abc"),
        ("textfield", "e\u0301", {}, "é"),
        ("textarea", "Rad 1\r\nRad 2", {}, "Rad 1\nRad 2"),
        ("number", "27 400,50", {}, 27400.5),
        ("number", "1\u00a0000\u202f000", {}, 1_000_000),
        ("number", "−3", {}, -3),
        ("number", "0", {}, 0),
        ("number", "12.00", {"decimalDigits": 0}, 12),
        ("number", "1,5", {"increment": "0.5"}, 1.5),
        ("datetime", "2026-12-01", {}, "2026-12-01"),
        ("datetime", "1 dec 2026", {}, "2026-12-01"),
        ("datetime", "1/12 2026", {}, "2026-12-01"),
        ("datetime", "tis 1 december 2026", {}, "2026-12-01"),
        ("datetime", "9.05", {"subtype": "time"}, "09:05"),
        ("datetime", "2026-12-01T14:30", {"subtype": "datetime"}, "2026-12-01T14:30"),
        ("datetime", "1 dec 2026 14.30", {"subtype": "datetime"}, "2026-12-01T14:30"),
        ("checkbox", "on", {}, True),
        ("checkbox", "", {}, False),
        ("radio", "1", TWO, "1"),
        ("select", "2", TWO, "2"),
        ("checklist", ["1", "2", "1"], TWO, ["1", "2"]),
        ("taglist", ["2"], TWO, ["2"]),
        ("filepicker", ["sha256-1"], {}, ["sha256-1"]),
        ("textfield", "a@b.se", {"validate": {"validationType": "email"}}, "a@b.se"),
        ("textfield", "0611-12 34 56", {"validate": {"validationType": "phone"}}, "0611-12 34 56"),
        ("textfield", "KS 1", {"validate": {"pattern": "^KS "}}, "KS 1"),
        ("textfield", "", {}, None),
        ("number", " ", {"validate": {"min": 1}}, None),
    ],
)
def test_a_good_answer_is_kept_in_its_own_type(kind: str, text: Any, extra: dict[str, Any], value: Any) -> None:
    assert kept(kind, text, **extra) == value


@pytest.mark.parametrize(
    ("kind", "text", "extra", "sentence"),
    [
        ("number", "mycket", {}, "Skriv namn med siffror, till exempel 1 250,50"),
        ("number", "1e9", {}, "Skriv namn med siffror, till exempel 1 250,50"),
        ("number", "NaN", {}, "Skriv namn med siffror, till exempel 1 250,50"),
        ("number", "9" * 16, {}, "Skriv namn med högst 15 siffror"),
        ("number", "1,25", {"decimalDigits": 1}, "Skriv namn med högst en decimal"),
        ("number", "1,5", {"decimalDigits": 0}, "Skriv ett heltal: Namn"),
        ("number", "0", {"validate": {"min": 1, "max": 5}}, "Skriv ett tal mellan 1 och 5: Namn"),
        ("number", "0", {"validate": {"min": 1}}, "Skriv ett tal från 1 och uppåt: Namn"),
        ("number", "9", {"validate": {"max": 5}}, "Skriv ett tal som är högst 5: Namn"),
        ("number", "1,3", {"increment": "0.5"}, "Skriv namn i steg om 0,5"),
        ("datetime", "32/12 2026", {}, "Skriv namn som ett datum, till exempel 1 dec 2026"),
        ("datetime", "0026-12-01", {}, "Skriv namn som ett datum, till exempel 1 dec 2026"),
        ("datetime", "imorgon", {}, "Skriv namn som ett datum, till exempel 1 dec 2026"),
        ("datetime", "25.00", {"subtype": "time"}, "Skriv namn som ett klockslag, till exempel 14.30"),
        ("radio", "3", TWO, "Välj namn bland alternativen"),
        ("select", "<script>", TWO, "Välj namn bland alternativen"),
        ("checklist", ["1", "3"], TWO, "Välj namn bland alternativen"),
        ("filepicker", ["a", "b"], {}, "Välj färre under namn, högst 1"),
        ("textfield", "x" * 501, {}, "Korta namn till högst 500 tecken"),
        ("textarea", "x" * 10_001, {}, "Korta namn till högst 10\u00a0000 tecken"),
        ("textarea", "x" * 10_000_000, {}, "Korta namn till högst 10\u00a0000 tecken"),
        ("textfield", "xy", {"validate": {"minLength": 3}}, "Skriv minst 3 tecken: Namn"),
        ("textfield", "xyz", {"validate": {"maxLength": 2}}, "Korta namn till högst 2 tecken"),
        ("textfield", "a@b", {"validate": {"validationType": "email"}}, "Skriv namn som namn@exempel.se"),
        ("textfield", "nej", {"validate": {"pattern": "^KS "}}, "Skriv namn så som hjälptexten visar"),
        (
            "textfield",
            "nej",
            {"validate": {"pattern": "^KS ", "patternErrorMessage": "Börja med KS."}},
            "Börja med KS",
        ),
        ("textfield", ["ett", "två"], {}, "Ge ett enda svar: Namn"),
    ],
)
def test_a_bad_answer_is_told_what_to_do_and_not_stored(
    kind: str, text: Any, extra: dict[str, Any], sentence: str
) -> None:
    assert told(kind, text, **extra) == sentence


@pytest.mark.parametrize(
    ("kind", "extra", "sentence"),
    [
        ("textfield", {}, "Skriv namn"),
        ("textfield", {"label": "Vad är idén?"}, "Svara på frågan: Vad är idén?"),
        ("textfield", {"label": "EU-stöd"}, "Skriv EU-stöd"),
        ("textfield", {"properties": {"required_message": "Skriv varför."}}, "Skriv varför"),
        ("number", {}, "Skriv namn med siffror"),
        ("datetime", {}, "Skriv ett datum för namn"),
        ("datetime", {"subtype": "time"}, "Skriv ett klockslag för namn"),
        ("checkbox", {"label": "Jag accepterar"}, "Kryssa i rutan: Jag accepterar"),
        ("radio", TWO, "Välj namn"),
        ("checklist", TWO, "Välj minst ett alternativ under namn"),
        ("filepicker", {}, "Lägg till en fil: Namn"),
    ],
)
def test_a_missing_answer_is_asked_for_in_its_own_words(kind: str, extra: dict[str, Any], sentence: str) -> None:
    assert told(kind, "", validate={"required": True}, **extra) == sentence


def test_the_sentence_is_in_the_readers_language() -> None:
    asked = form(component("textfield", "a", validate={"required": True}, properties={"label_en": "Name"}))
    assert validate(asked, {}, env=ENV, language="en").errors == {"a": "Write name"}


def test_errors_stand_in_the_order_of_the_page() -> None:
    need: dict[str, Any] = {"validate": {"required": True}}
    asked = form(
        component("textfield", "b", **need),
        component("group", "inner", components=[component("textfield", "c", **need)]),
        component("textfield", "a", **need),
    )
    assert list(answered(asked).errors) == ["b", "inner-c", "a"]


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
