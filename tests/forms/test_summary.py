"""Answers to read: plain words, section by section, without what is hidden."""

from __future__ import annotations

from typing import Any

from forms.summary import SummarySection, summary_for
from tests.forms.building import ENV, TWO, component, form


def read(*components: Any, answers: dict[str, Any], **about: Any) -> tuple[SummarySection, ...]:
    return summary_for(form(*components), answers, env=ENV, **about)


def words(kind: str, answer: Any, about: Any = None, **extra: Any) -> str:
    return read(component(kind, "a", **extra), answers={"a": answer}, **(about or {}))[0].pairs[0].value


def test_answers_are_read_in_plain_words() -> None:
    assert words("textfield", "2026-12-01") == "2026-12-01"
    assert words("number", 27400.5, appearance={"suffixAdorner": "kr"}) == "27\u00a0400,5\u00a0kr"
    assert words("datetime", "2026-12-01") == "tis 1 dec"
    assert words("datetime", "14:05", subtype="time") == "14.05"
    assert words("datetime", "2027-01-14T14:05", subtype="datetime") == "tor 14 jan 2027 14.05"
    assert words("checkbox", True) == "Ja"
    assert words("radio", "2", **TWO) == "Två"
    assert words("checklist", ["1", "2"], **TWO) == "Ett, Två"
    assert words("filepicker", ["f1"], {"files": {"f1": "plan.pdf"}}) == "plan.pdf"
    assert words("expression", "2026-12-01", expression="=1") == "tis 1 dec"
    assert words("textfield", None) == ""
    people = {"context": {"people": [{"value": "p1", "label": "Karin Lind"}]}}
    assert words("select", "p1", people, valuesExpression="=people") == "Karin Lind"


def test_sections_follow_the_groups_and_lists_become_tables() -> None:
    rows = component("dynamiclist", "rows", label="Risker", components=[component("number", "n", label="Vikt")])
    sections = read(
        component("textfield", "a"),
        component("group", "", label="Risk", components=[rows, component("textfield", "b")]),
        component("group", "inner", label="Inre", components=[component("textfield", "c")]),
        answers={"a": "x", "rows": [{"n": 3}, {"n": 4}], "b": "y", "inner": {"c": "z"}},
    )
    assert [section.title for section in sections] == ["", "Risk", "Inre"]
    assert sections[1].tables[0].rows == (("3",), ("4",))
    assert (sections[1].tables[0].columns, sections[1].tables[0].name) == (("Vikt",), "rows")
    assert (sections[2].pairs[0].name, sections[2].pairs[0].value) == ("inner-c", "z")


def test_what_is_hidden_is_left_out() -> None:
    sections = read(
        component("textfield", "a"),
        component("textfield", "b", conditional={"hide": '=a = "x"'}),
        component(
            "group", "", label="Dold", conditional={"hide": '=a = "x"'}, components=[component("textfield", "c")]
        ),
        answers={"a": "x"},
    )
    assert [pair.name for section in sections for pair in section.pairs] == ["a"]


def test_a_long_text_has_a_paragraph_of_its_own() -> None:
    sections = read(component("textarea", "a", properties={"formal": "true"}), answers={"a": "Rad 1\nRad 2"})
    assert sections[0].pairs[0].long and sections[0].pairs[0].formal
