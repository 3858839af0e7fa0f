"""Every kind of FieldView and a checklist are printed as plain HTML that works without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from forms.checklist_view import AreaView, ChecklistView, ItemView
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


def question(**more: Any) -> ItemView:
    def part(name: str, **widget: Any) -> FieldView:
        return FieldView(**{"kind": "textarea", "id": f"P06-{name}", "name": f"P06-{name}", "label": name, **widget})

    words = (("yes", "Ja"), ("no", "Nej"), ("not_applicable", "Gäller inte"))
    ready: dict[str, Any] = {
        "id": "P06",
        "question": "Är personkontrakten undertecknade?",
        "topic": "personkontrakt",
        "help": "Gäller alla.",
        "requirement": "must",
        "requirement_words": "Krav",
        "kind": "choice",
        "choices": tuple(OptionView(id=f"P06-{value}", value=value, label=label) for value, label in words),
        "value": None,
        "reason": part("reason"),
        "reason_open": False,
        "comment": part("comment"),
        "links": (part("link", kind="textfield", input_type="url"),),
        "note": part("note"),
        "file": part("file", kind="file"),
        "evidence_words": "Lägg till underlag",
        "evidence_open": False,
        "error": "",
        "state": "unanswered",
    }
    return ItemView(**{**ready, **more})


def test_a_question_offers_three_answers_reason_and_evidence(render: Render) -> None:
    shown = render("{{ checklist.ask(item) }}", item=question())
    assert '<fieldset class="s-ask" id="P06" tabindex="-1" aria-describedby="P06-help">' in shown
    assert '<input type="radio" id="P06-yes" name="P06" value="yes">Ja' in shown
    assert shown.count("data-opens") == 2
    for name in ("P06-reason", "P06-link", "P06-note", "P06-file", "P06-comment"):
        assert f'name="{name}"' in shown
    assert '<details class="s-show s-proof"><summary>Lägg till underlag' in shown


def test_a_question_in_error_says_so_at_the_answers(render: Render) -> None:
    shown = render("{{ checklist.ask(item) }}", item=question(error="Svara på frågan", reason_open=True))
    assert '<p class="s-error" id="P06-error">' in shown
    assert shown.count('aria-invalid="true"') == 3
    assert '<div class="s-more" data-open>' in shown


def test_given_evidence_is_shown_and_only_web_addresses_are_links(render: Render) -> None:
    def link(number: int, value: str) -> FieldView:
        return FieldView(kind="textfield", id=f"P06-link-{number}", name="P06-link", label="Länk", value=value)

    item = question(links=(link(1, "https://granvik.example/a"), link(2, "javascript:x"), link(3, "")))
    shown = render("{{ checklist.ask(item) }}", item=item)
    assert '<a href="https://granvik.example/a" rel="noopener noreferrer">' in shown
    assert 'href="javascript' not in shown
    assert "Byt underlag" in shown


def test_a_number_question_has_an_input_and_may_not_apply(render: Render) -> None:
    value = FieldView(kind="number", id="P05-value", name="P05-value", label="Svar", unit="kr")
    item = question(kind="number", value=value, choices=question().choices[2:])
    shown = render("{{ checklist.ask(item) }}", item=item)
    assert '<label for="P05-value" class="s-hidden">Svar</label>' in shown
    assert '<input type="checkbox" id="P06-not_applicable" name="P06" value="not_applicable" data-opens>' in shown


def test_progress_counts_area_by_area(render: Render) -> None:
    area = AreaView(
        id="area-1",
        title="Bemanning",
        items=(question(),),
        answered=2,
        total=3,
        deviations=1,
        tone="warn",
        words="2 av 3, en avvikelse",
    )
    page = ChecklistView(key="c3", title="Planering", areas=(area,), answered=11, total=18, deviations=1)
    shown = render("{{ checklist.progress(page) }}", page=page)
    assert "<h2>11 av 18 besvarade</h2>" in shown
    assert '<progress max="18" value="11"' in shown
    assert '<a href="#area-1">Bemanning</a>' in shown
    assert '<section id="area-1"><h2>Bemanning</h2>' in render("{{ checklist.areas(page) }}", page=page)
