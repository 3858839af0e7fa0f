"""Every kind of FieldView is printed as plain HTML that works without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from forms.field_view import FieldView, KeptFile, OptionView, RowView
from tests.app.shell.conftest import Render

OPTIONS = (
    OptionView(id="size-1", value="small", label="Litet"),
    OptionView(id="size-2", value="large", label="Stort", help="över 500 timmar", chosen=True),
)


def view(kind: str, **more: Any) -> FieldView:
    return FieldView(**{"kind": kind, "id": "size", "name": "size", "label": "Storlek", **more})


@pytest.fixture
def show(render: Render) -> Render:
    return lambda *views: render("{{ form.fields(views) }}", views=views)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (view("textfield", value='a"b', max_length=80), 'type="text" value="a&#34;b" maxlength="80"'),
        (view("number", input_mode="decimal", width="short"), 'data-width="short" inputmode="decimal"'),
        (view("date", input_type="date", value="2026-12-01"), 'type="date" value="2026-12-01"'),
        (view("time", input_type="time", value="14:30"), 'type="time" value="14:30"'),
        (view("datetime", input_type="datetime-local"), 'type="datetime-local"'),
        (view("textarea", value="<x>", lines=6), 'rows="6">\n&lt;x&gt;</textarea>'),
        (view("textarea", formal=True), 'class="s-formal"'),
        (view("checkbox", checked=True), 'type="checkbox" id="size" name="size" value="true" checked'),
        (view("radio", options=OPTIONS), 'type="radio" id="size-2" name="size" value="large" checked'),
        (view("checkboxes", options=OPTIONS), 'type="checkbox" id="size-1" name="size" value="small"'),
        (view("tags", options=OPTIONS), 'type="checkbox" id="size-2" name="size" value="large" checked'),
        (view("select", options=OPTIONS), '<option value=""></option>\n<option value="small">Litet</option>'),
        (
            view("select", options=OPTIONS, required=True, value="large"),
            '<option value="large" selected>Stort</option>',
        ),
        (view("file", accept=".pdf", multiple=True), 'type="file" accept=".pdf" multiple'),
        (view("computed", value="97", unit="kr"), '<output id="size">97 kr</output>'),
        (view("text", markdown="Skriv **kort**."), "<strong>kort</strong>"),
        (view("separator"), "<hr>"),
        (view("spacer"), "s-spacer"),
    ],
)
def test_each_kind_prints_its_widget(show: Render, field: FieldView, expected: str) -> None:
    assert expected in show(field)


def test_a_hidden_field_prints_nothing(show: Render) -> None:
    assert show(view("textfield", hidden=True)).strip() == ""


def test_help_and_error_are_tied_to_the_control(show: Render) -> None:
    shown = show(view("textfield", help="Kort", error="Skriv namnet"))
    assert '<p class="s-hint" id="size-help">Kort</p>' in shown
    assert 'id="size-error"' in shown
    assert 'aria-describedby="size-help size-error" aria-invalid="true"' in shown


def test_an_error_of_a_group_of_choices_belongs_to_the_whole_group(show: Render) -> None:
    shown = show(view("radio", options=OPTIONS, error="Välj storlek"))
    assert '<fieldset class="s-field" id="size" tabindex="-1" aria-describedby="size-error">' in shown


def test_required_optional_readonly_and_deciding_fields_say_so(show: Render) -> None:
    assert 'aria-required="true"' in show(view("textfield", required=True))
    assert '<span class="s-soft">(frivilligt)</span>' in show(view("textfield", optional=True))
    assert " readonly" in show(view("textfield", readonly=True))
    assert " disabled" in show(view("select", disabled=True, options=OPTIONS))
    assert show(view("radio", options=OPTIONS, opens=True)).count("data-decides") == 2


def test_a_unit_stands_after_its_number(show: Render) -> None:
    assert "<span>kr</span></div>" in show(view("number", unit="kr"))


def test_a_group_without_a_key_has_no_id(show: Render) -> None:
    shown = show(view("group", id="", label="Plan", help="Det viktigaste först."))
    assert shown.startswith('<section class="s-form">\n<h2>Plan</h2>')
    assert "id=" not in shown


def test_few_and_short_choices_stand_beside_one_another(show: Render) -> None:
    shown = show(view("radio", options=OPTIONS, inline=True))
    assert '<div class="s-seg">' in shown
    assert '<label><input type="radio" id="size-1" name="size" value="small">' in shown


def test_a_traffic_light_carries_its_tone(show: Render) -> None:
    red = OptionView(id="size-1", value="red", label="Rött", tone="bad")
    assert '<span class="s-tag" data-tone="bad">Rött</span>' in show(view("radio", options=(red,), inline=True))


def test_what_a_box_means_stands_below_its_words(show: Render) -> None:
    shown = show(view("checkbox", label="Principiell", help="Då beslutar nämnden."))
    assert shown.index("Principiell") < shown.index("Då beslutar nämnden.")


def test_a_stored_file_is_kept_unless_it_is_unticked(show: Render) -> None:
    shown = show(view("file", kept=(KeptFile(value="ab12", label="avtal.pdf"),)))
    assert 'type="checkbox" id="size-kept-1" name="size" value="ab12" checked' in shown
    assert "Behåll avtal.pdf" in shown


def test_a_group_is_a_section_and_groups_within_it_step_down(show: Render) -> None:
    inner = view("group", id="inner", label="Tid", children=(view("textfield"),))
    shown = show(view("group", id="outer", label="Plan", children=(inner,)))
    assert '<section class="s-form" id="outer">\n<h2>Plan</h2>' in shown
    assert "<h3>Tid</h3>" in shown


def test_a_list_adds_and_removes_rows_with_plain_buttons(show: Render) -> None:
    child = view("textfield", id="risks-0-risk", name="risks-0-risk", label="Risk")
    rows = view(
        "rows",
        id="risks",
        label="Risker",
        rows=(
            RowView(number=1, label="Rad 1", children=(child,), remove="risks-0"),
            RowView(number=2, label="Rad 2", children=(), remove=""),
        ),
        add="risks",
    )
    shown = show(rows)
    assert '<button class="s-btn" data-kind="plain" name="_add" value="risks">Lägg till rad' in shown
    assert shown.count('name="_remove"') == 1
    assert 'value="risks-0">Ta bort<span class="s-hidden"> Risker, Rad 1</span>' in shown
    assert 'name="risks-0-risk"' in shown
    assert 'name="_add"' not in show(view("rows", id="risks", add=""))


def test_enter_in_a_field_reviews_and_never_removes_a_row(render: Render) -> None:
    button = render("{{ form.enter('_review') }}")
    assert 'name="_review" value="1" tabindex="-1" aria-hidden="true"' in button


def test_a_table_keeps_its_headings_on_a_phone(show: Render) -> None:
    shown = show(view("table", columns=("År", "Kronor"), cells=(("2027", "3 000"),)))
    assert '<th scope="row">2027</th><td data-label="Kronor">3 000</td>' in shown


def test_markdown_shows_raw_html_as_text_and_keeps_the_pages_own_heading(show: Render) -> None:
    shown = show(view("text", markdown="# Om\n<script>x</script> [a](javascript:x) [b](https://granvik.example)"))
    assert "<h2>Om</h2>" in shown
    assert "<script" not in shown
    assert "javascript:x)" in shown
    assert '<a href="https://granvik.example" rel="noopener noreferrer">b</a>' in shown


def test_html_of_a_form_keeps_its_words_and_loses_what_could_do_something(show: Render) -> None:
    html = '<h2 id="x" style="color:red">Om</h2><script>x</script><img src="a"><form><p>c</p></form>'
    html += '<a href="javascript:x">b</a>'
    shown = show(view("html", markdown=html))
    assert "<h2>Om</h2>" in shown
    assert "<p>c</p>" in shown
    assert not [part for part in ("<script", "<img", "javascript:", "<form", "style=") if part in shown]


def test_fields_beside_one_another_share_a_row(show: Render) -> None:
    shown = show(
        view("beside", children=(view("textfield", id="a", name="a", span=10), view("number", id="b", name="b")))
    )
    assert shown.count('class="s-beside"') == 1
    assert '<div data-span="10"><div class="s-field">' in shown
    assert 'name="a"' in shown
    assert 'name="b"' in shown


def test_computed_values_that_follow_one_another_are_a_table_of_facts(show: Render) -> None:
    facts = tuple(view("computed", id=f"fact-{number}", label="Timmar", value="200") for number in range(2))
    shown = show(view("group", id="", label="Kontraktet", children=facts))
    assert shown.count("<dl") == 1 and shown.count("<dt>Timmar</dt><dd>200</dd>") == 2
    alone = show(view("group", id="", label="Kontraktet", children=facts[:1]))
    assert '<output id="fact-0">' in alone
