"""One posted text becomes a typed answer, or a sentence that says what to do; nothing refused is stored."""

from __future__ import annotations

from typing import Any

import pytest

from forms.validation import Result, validate
from tests.forms.building import ENV, TWO, answered, component, form


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


def test_the_bounds_of_a_year_are_years() -> None:
    year = {"validate": {"min": 2000, "max": 2100}, "properties": {"ungrouped": "true"}}
    assert told("number", "1999", **year) == "Skriv ett tal mellan 2000 och 2100: Namn"
