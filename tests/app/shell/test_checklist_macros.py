"""A checklist is printed as plain HTML: questions with reasons and evidence, and how far it has come."""

from __future__ import annotations

from typing import Any

from forms.checklist_view import AreaView, ChecklistView, ItemView
from forms.field_view import FieldView, OptionView
from tests.app.shell.conftest import Render


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
        "voluntary": False,
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
