"""A page's read model: what a template prints, with every decision taken."""

from __future__ import annotations

from typing import Any

from forms.field_view import FieldView
from forms.view import fields_for
from tests.forms.building import ENV, TWO, answered, component, form, page


def one(kind: str, answer: Any = None, about: Any = None, **extra: Any) -> FieldView:
    return page(component(kind, "a", **extra), answers={"a": answer}, **(about or {}))[0]


def test_each_type_has_its_kind_and_its_input() -> None:
    fields = [
        component("textfield", "a", validate={"validationType": "email"}),
        component("textfield", "b", validate={"validationType": "phone"}),
        component("textarea", "c", properties={"lines": "5"}),
        component("number", "d", decimalDigits=0, appearance={"suffixAdorner": "kr"}),
        component("datetime", "e"),
        component("datetime", "f", subtype="time"),
        component("datetime", "g", subtype="datetime"),
        component("checkbox", "h"),
        component("checklist", "i", **TWO),
        component("radio", "j", **TWO),
        component("select", "k", **TWO),
        component("taglist", "l", **TWO),
        component("filepicker", "m", multiple=True, accept=".pdf"),
        component("expression", "n", expression="=1 + 1"),
    ]
    views = page(*fields)
    kinds = "textfield textfield textarea number date time datetime checkbox checkboxes radio select tags file computed"
    assert [view.kind for view in views] == kinds.split()
    assert [view.input_type for view in views[:7]] == ["email", "tel", "text", "text", "date", "time", "datetime-local"]
    assert (views[0].autocomplete, views[2].lines, views[3].unit, views[3].input_mode) == ("email", 5, "kr", "numeric")
    assert (views[12].multiple, views[12].accept, views[13].value) == (True, ".pdf", "2")


def test_a_field_knows_its_names_and_its_helpers() -> None:
    about = {"errors": {"a": "Skriv namn"}}
    view = one("textfield", "Hej", about, validate={"required": True}, properties={"help": "Hjälp"})
    assert (view.id, view.name, view.value, view.help, view.error) == ("a", "a", "Hej", "Hjälp", "Skriv namn")
    assert view.described_by == "a-help a-error"
    assert (view.required, view.optional, view.max_length) == (True, False, 500)


def test_values_stand_as_the_input_wants_them() -> None:
    assert one("number", 27400.5).value == "27\u00a0400,5"
    assert one("number", "ungefär 3").value == "ungefär 3"
    assert one("datetime", "2026-12-01").value == "2026-12-01"
    assert one("datetime", "1 dec 2026").value == "2026-12-01"
    assert one("datetime", "snart").value == "snart"
    assert one("datetime", "2026-12-01T14:30", subtype="datetime").value == "2026-12-01T14:30"
    assert one("checkbox", True).checked


def test_choices_are_chosen_and_have_ids() -> None:
    options = one("checklist", ["2"], **TWO).options
    assert [(option.id, option.value, option.label, option.chosen) for option in options] == [
        ("a-1", "1", "Ett", False),
        ("a-2", "2", "Två", True),
    ]


def test_few_short_choices_stand_beside_one_another() -> None:
    assert one("radio", **TWO).inline
    assert not one("radio", values=[{"value": "1", "label": "Projektledaren, inom tolerans"}]).inline
    assert not one("radio", values=[{"value": str(n), "label": str(n)} for n in range(1, 5)]).inline
    assert not one("checklist", **TWO).inline


def test_traffic_lights_have_tones() -> None:
    lights = one("radio", **TWO, properties={"option_tone.1": "ok"}).options
    assert [option.tone for option in lights] == ["ok", ""]


def test_a_text_for_the_document_is_not_on_the_page() -> None:
    assert one("expression", expression='="Text"', properties={"only_on_paper": "true"}).hidden


def test_choices_come_from_the_context_or_become_a_text_field() -> None:
    known = one(
        "select", "p1", {"context": {"people": [{"value": "p1", "label": "Karin"}]}}, valuesExpression="=people"
    )
    assert (known.kind, known.options[0].label, known.options[0].chosen) == ("select", "Karin", True)
    assert one("select", "Karin", valuesExpression="=people").kind == "textfield"


def test_what_was_typed_wrong_is_shown_again() -> None:
    asked = form(component("number", "a"), component("textfield", "b"))
    result = answered(asked, a="ungefär 3", b="Hej")
    views = fields_for(asked, result.entered, env=ENV, errors=result.errors)
    assert [view.value for view in views] == ["ungefär 3", "Hej"]
    assert views[0].error.startswith("Skriv namn med siffror")


def test_conditions_hide_require_and_lock() -> None:
    fields = [
        component("number", "cost"),
        component("textfield", "hidden", conditional={"hide": "=cost > 5"}),
        component("textfield", "needed", properties={"required_if": "=cost > 5"}),
        component("textfield", "locked", readonly="=cost > 5"),
    ]
    views = page(*fields, answers={"cost": "1 000"})
    assert [view.hidden for view in views] == [False, True, False, False]
    assert [view.required for view in views] == [False, False, True, False]
    assert [view.readonly for view in views] == [False, False, False, True]
    assert [view.opens for view in views] == [True, False, False, False]


def test_a_locked_field_shows_what_the_server_gave() -> None:
    view = one("textfield", "Ändrad", {"given": {"a": "Given"}}, readonly=True)
    assert (view.value, view.readonly, view.optional) == ("Given", True, False)


def test_defaults_stand_where_nothing_was_answered() -> None:
    fields = [component("radio", "a", defaultValue="2", **TWO), component("checkbox", "b", defaultValue=True)]
    assert [option.chosen for option in page(*fields)[0].options] == [False, True]
    assert page(*fields)[1].checked
    assert [option.chosen for option in page(*fields, answers={"a": ""})[0].options] == [False, False]


def test_a_computed_day_is_shown_as_people_write_it() -> None:
    assert one("expression", expression="=today()").value == "mån 23 nov"


def test_uploaded_files_are_shown_by_name() -> None:
    view = one("filepicker", ["f1", "f2"], {"files": {"f1": "plan.pdf"}})
    assert [(kept.value, kept.label) for kept in view.kept] == [("f1", "plan.pdf"), ("f2", "f2")]


def test_the_page_is_in_the_readers_language() -> None:
    view = one("radio", None, {"language": "en"}, **TWO, properties={"label_en": "Name", "option_en.1": "One"})
    assert (view.label, [option.label for option in view.options]) == ("Name", ["One", "Två"])
